# SPDX-License-Identifier: EUPL-1.2
"""Follows the money of one plan, from the municipality's grant to the last receipt."""

from collections.abc import Iterator
from uuid import UUID

from wijkbudget.council import queries as council
from wijkbudget.council.rules import Stance
from wijkbudget.initiatives import access
from wijkbudget.initiatives.flows import RESERVE
from wijkbudget.initiatives.models import Initiative
from wijkbudget.initiatives.queries import rows, stops
from wijkbudget.initiatives.queries.plans import option_result
from wijkbudget.initiatives.rules import Side, State, Verdict
from wijkbudget.initiatives.schemas import ChainLink, ChainView, Step
from wijkbudget.kit.period import day_of
from wijkbudget.kit.text import Text, _
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look, question
from wijkbudget.voting import queries as voting
from wijkbudget.voting.phases import Phase
from wijkbudget.voting.schemas import RoundView
from wijkbudget.vouchers import queries as vouchers
from wijkbudget.vouchers.claims import queries as claims
from wijkbudget.vouchers.claims.rules import ClaimState
from wijkbudget.vouchers.claims.schemas import ClaimView
from wijkbudget.vouchers.rules import MORE, issue_reference, rest_reference
from wijkbudget.vouchers.schemas import VoucherView

_STOPPED_BY = {
    Side.GROUP: _("The group stopped this plan."),
    Side.COUNCIL: _("The neighbourhood council stopped this plan."),
    Side.EXECUTIVE: _("The municipality took the money of this plan back."),
}


@question(access.READ)
def chain(look: Look, place: str, initiative_id: UUID) -> ChainView:
    """Return everything that happened to a plan and its money, in order. Raises InitiativeNotFound."""
    row = rows.initiative_row(look, place, initiative_id)
    voucher = vouchers.of_initiative(look, place, str(row.id)) if row.state == State.GRANTED else None
    links = [*_budget(look, row), *_plan(look, row), *_vote(look, row), *_decision(look, row), *_moved_up(look, row)]
    if voucher:
        links += [*_commitment(look, row, voucher), *_spending(look, row, voucher)]
    links += _stopped(look, row)
    return ChainView(
        initiative=rows.lines(look, place, [row])[0],
        links=links,
        granted_cents=voucher.value_cents if voucher else 0,
        committed_cents=voucher.open_cents + voucher.left_cents if voucher else 0,
        paid_cents=voucher.paid_cents if voucher else 0,
        returned_cents=voucher.returned_cents if voucher else 0,
    )


def _base(row: Initiative) -> str:
    return f"/wijken/{row.place}"


def _budget(look: Look, row: Initiative) -> Iterator[ChainLink]:
    """Yield what the municipality granted to the pot that pays the plan, the oldest first."""
    for grant in reversed(neighbourhoods.grants(look, row.place)):
        if grant.year == row.year:
            yield ChainLink(
                step=Step.BUDGET,
                on=day_of(grant.granted_at),
                says=_("The municipality put money in the pot of %(year)s.", year=grant.year),
                detail=grant.decision,
                amount_cents=grant.amount_cents,
                page=f"{_base(row)}/begroting",
                reference=f"grant:{grant.id}",
            )


def _plan(look: Look, row: Initiative) -> Iterator[ChainLink]:
    """Yield how the plan came to be ready for a vote."""
    page = f"{_base(row)}/initiatieven/{row.id}"
    yield ChainLink(
        step=Step.PROPOSAL,
        on=day_of(row.proposed_at),
        says=_("Residents made this plan."),
        amount_cents=row.asked_cents,
        page=page,
    )
    if row.supported_at:
        yield ChainLink(
            step=Step.SUPPORT,
            on=day_of(row.supported_at),
            says=_(
                "%(count)s neighbours supported it; %(least)s were needed.",
                count=row.support_count,
                least=row.support_min,
            ),
            page=page,
        )
    assessment = rows.assessment_of(look, row)
    if assessment:
        can = assessment.verdict == Verdict.FEASIBLE
        yield ChainLink(
            step=Step.ASSESSMENT,
            on=day_of(assessment.assessed_at),
            says=_("The municipality says: this can be done.") if can else _("The municipality says: not like this."),
            detail=assessment.reason,
            page=page,
        )


def _vote(look: Look, row: Initiative) -> Iterator[ChainLink]:
    """Yield the round, the voices it was held with, and what became of the plan."""
    round_ = voting.round_(look, row.place, row.round_id) if row.round_id else None
    if round_ is None or round_.phase is Phase.PREPARED or round_.is_early:
        return
    page = f"{_base(row)}/stemrondes/{round_.id}"
    is_voting = round_.phase is Phase.OPEN and not round_.is_over
    says = _("Residents are voting now.") if is_voting else _voices(round_)
    yield ChainLink(step=Step.VOTE, on=round_.opens_on, says=says, page=page)
    option = option_result(look, row)
    if option:
        yield ChainLink(
            step=Step.OUTCOME,
            on=round_.closes_on,
            says=_("The plan won the vote.") if option.won else _("The plan did not win the vote."),
            why=option.why,
            page=f"{page}/uitslag",
        )


def _voices(round_: RoundView) -> Text:
    """Return how large the voices in a round were."""
    assert round_.rules, "a round that was opened has its rules"
    most_hundredths = max(each.voice_hundredths for each in round_.rules.classes)
    if most_hundredths == min(each.voice_hundredths for each in round_.rules.classes):
        return _("Residents voted. Everybody had the same voice.")
    return _(
        "Residents voted. Who gave time to the neighbourhood had a larger voice, at most %(most_hundredths)s.",
        most_hundredths=most_hundredths,
    )


def _decision(look: Look, row: Initiative) -> Iterator[ChainLink]:
    """Yield the decision of the council."""
    adopted = rows.adoption_of(look, row.place, row.round_id) if row.round_id else None
    if adopted:
        decision = council.decision(look, row.place, adopted.decision_id)
        yield ChainLink(
            step=Step.DECISION,
            on=decision.decided_on,
            says=_(
                "The neighbourhood council adopted the outcome: %(in_favour)s for, %(against)s against.",
                in_favour=len(decision.names(Stance.FOR)),
                against=len(decision.names(Stance.AGAINST)),
            ),
            detail=decision.motivation,
            page=f"{_base(row)}/besluiten/{decision.id}",
        )


def _moved_up(look: Look, row: Initiative) -> Iterator[ChainLink]:
    """Yield how a plan of the reserve list got its turn."""
    moved = stops.moved_up_of(look, row)
    if moved:
        yield ChainLink(
            step=Step.MOVING_UP,
            on=moved.moved_on,
            says=_("“%(title)s” stopped. This plan was next on the reserve list.", title=moved.after_title),
            page=f"{_base(row)}/initiatieven/{moved.after_id}",
        )


def _stopped(look: Look, row: Initiative) -> Iterator[ChainLink]:
    """Yield who stopped a plan, and where its money went on to."""
    stopped = stops.stopped_of(look, row)
    if stopped is None:
        return
    yield ChainLink(
        step=Step.STOP,
        on=stopped.stopped_on,
        says=_STOPPED_BY[stopped.stopped_by],
        detail=stopped.reason,
        amount_cents=stopped.freed_cents,
        page=f"{_base(row)}/besluiten/{stopped.decision_id}" if stopped.decision_id else None,
    )
    for plan in stopped.promoted:
        yield ChainLink(
            step=Step.MOVING_UP,
            on=stopped.stopped_on,
            says=_("“%(title)s” was next on the reserve list, and moved up.", title=plan.title),
            amount_cents=plan.cost_cents,
            page=f"{_base(row)}/initiatieven/{plan.id}/keten",
        )


def _commitment(look: Look, row: Initiative, voucher: VoucherView) -> Iterator[ChainLink]:
    """Yield how the money went from the pot into the voucher, as the books say."""
    page = f"{_base(row)}/wijkvouchers/{voucher.id}"
    for transfer in ledger.transfers(look, row.place, chart.reserved(row.place, row.year, row.pot)):
        if transfer.reference == RESERVE.reference_of(row.id):
            step, says = Step.RESERVATION, _("Money was set apart for this plan.")
        elif transfer.reference == issue_reference(voucher.id):
            step, says = Step.COMMITMENT, _("The group got a voucher.")
        else:
            continue
        yield ChainLink(
            step=step,
            on=day_of(transfer.at),
            says=says,
            amount_cents=transfer.amount,
            page=page,
            reference=transfer.reference,
        )
    for transfer in ledger.transfers(look, row.place, chart.voucher(row.place, row.year, voucher.id, row.pot)):
        if transfer.reference.startswith(MORE.reference_of(voucher.id, "")):
            yield ChainLink(
                step=Step.COMMITMENT,
                on=day_of(transfer.at),
                says=_("The plan got more money, by a decision."),
                amount_cents=transfer.amount,
                page=page,
                reference=transfer.reference,
            )


def _spending(look: Look, row: Initiative, voucher: VoucherView) -> Iterator[ChainLink]:
    """Yield every claim with its receipt and payment, what the group says it did, and what went back."""
    page = f"{_base(row)}/wijkvouchers/{voucher.id}"
    for claim in claims.claims(look, row.place, voucher.id):
        yield from _claim(claim, f"{_base(row)}/declaraties/{claim.id}")
    if voucher.account and voucher.finished_on:
        yield ChainLink(
            step=Step.ACCOUNT,
            on=voucher.finished_on,
            says=_("The group told what it did."),
            detail=voucher.account,
            page=page,
        )
    for transfer in ledger.transfers(look, row.place, chart.voucher(row.place, row.year, voucher.id, row.pot)):
        if transfer.reference.startswith(rest_reference(voucher.id)):
            yield ChainLink(
                step=Step.RETURN,
                on=day_of(transfer.at),
                says=_("The rest went back to the pot."),
                amount_cents=transfer.amount,
                page=page,
                reference=transfer.reference,
            )


def _claim(claim: ClaimView, page: str) -> Iterator[ChainLink]:
    """Yield a claim, and its payment if it was paid."""
    refused = claim.state is ClaimState.REFUSED
    yield ChainLink(
        step=Step.CLAIM,
        on=claim.filed_on,
        says=_("The group asked for money with a receipt. This was refused.")
        if refused
        else _("The group asked for money with a receipt. %(count)s people approved it.", count=claim.approval_count),
        amount_cents=claim.amount_cents,
        page=page,
        receipt_sha256=claim.receipt_sha256,
    )
    if claim.paid_on:
        yield ChainLink(
            step=Step.PAYMENT,
            on=claim.paid_on,
            says=_("This was paid."),
            amount_cents=claim.amount_cents,
            page=page,
            receipt_sha256=claim.receipt_sha256,
        )
