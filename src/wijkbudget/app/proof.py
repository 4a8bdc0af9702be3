# SPDX-License-Identifier: EUPL-1.2
"""Proves the whole house: every domain's own proof, in the order of the house."""

from itertools import chain

from wijkbudget.app import handlers  # noqa: F401 - with every page comes every verb, and each declares its transfers
from wijkbudget.challenges import queries as challenges
from wijkbudget.challenges.advice import queries as advice
from wijkbudget.challenges.agreements import queries as agreements
from wijkbudget.challenges.assessment import queries as assessment
from wijkbudget.challenges.clocks import queries as clocks
from wijkbudget.challenges.decisions import queries as decisions
from wijkbudget.challenges.objections import queries as objections
from wijkbudget.challenges.reviews import queries as reviews
from wijkbudget.challenges.support import queries as support
from wijkbudget.council import queries as council
from wijkbudget.council.contracts import queries as contracts
from wijkbudget.identity import queries as identity
from wijkbudget.initiatives import queries as initiatives
from wijkbudget.initiatives.projects import queries as projects
from wijkbudget.kit.actor import Role, may
from wijkbudget.kit.faults import Fault
from wijkbudget.ledger import queries as ledger
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.payments import queries as payments
from wijkbudget.payments.batches import queries as batches
from wijkbudget.payments.contributions import queries as contributions
from wijkbudget.payments.deposits import queries as deposits
from wijkbudget.payments.reversals import queries as reversals
from wijkbudget.payments.statements import queries as statements
from wijkbudget.reciprocity import queries as reciprocity
from wijkbudget.reciprocity.attendance import queries as attendance
from wijkbudget.reciprocity.fees import queries as fees
from wijkbudget.reciprocity.guidance import queries as guidance
from wijkbudget.reciprocity.offers import queries as offers
from wijkbudget.reciprocity.oversight import queries as oversight
from wijkbudget.reciprocity.pledges import queries as pledges
from wijkbudget.reports import queries as reports
from wijkbudget.shares import queries as shares
from wijkbudget.trail import queries as trail
from wijkbudget.trail.work import Look, question
from wijkbudget.voting import queries as voting
from wijkbudget.voting.paper import queries as paper
from wijkbudget.vouchers import queries as vouchers
from wijkbudget.vouchers.cheques import queries as cheques
from wijkbudget.vouchers.rewards import queries as rewards

DOMAINS = (
    trail,
    ledger,
    neighbourhoods,
    identity,
    council,
    contracts,
    reciprocity,
    attendance,
    fees,
    oversight,
    guidance,
    offers,
    pledges,
    payments,
    batches,
    reversals,
    statements,
    contributions,
    deposits,
    shares,
    vouchers,
    cheques,
    rewards,
    voting,
    paper,
    initiatives,
    projects,
    challenges,
    clocks,
    decisions,
    objections,
    agreements,
    reviews,
    support,
    assessment,
    advice,
    reports,
)
CHECKS = (*(domain.check for domain in DOMAINS), ledger.check_declared)


@question(may(Role.SYSTEM, Role.AUDITOR), municipal=True)
def first_fault(look: Look) -> Fault | None:
    """Return the first thing that is not as it must be, or None when all is well."""
    return next(chain.from_iterable(check(look) for check in CHECKS), None)
