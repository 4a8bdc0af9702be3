# SPDX-License-Identifier: EUPL-1.2
"""Nobody decides about money of their own, whatever way it comes to them."""

from dataclasses import dataclass
from datetime import date
from itertools import combinations
from uuid import UUID

import pytest

from tests.vouchers.conftest import Group, filed, issue, refused
from wijkbudget.identity import queries as people
from wijkbudget.identity import seed as identity
from wijkbudget.identity import service as membership
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.payments import queries as payouts
from wijkbudget.payments import service as payments
from wijkbudget.payments.rules import HadAHandInIt
from wijkbudget.payments.schemas import PayPayout
from wijkbudget.vouchers import queries, rules, service
from wijkbudget.vouchers.schemas import AccountFor, ClaimView, RefuseClaim

NO = RefuseClaim(reason="The receipt cannot be read.")


@dataclass(frozen=True)
class Couple:
    """Two people who live together, and a claim that the first filed on a voucher of their own."""

    claimant: Actor
    partner: Actor
    voucher_id: UUID
    claim: ClaimView

    def partner_as(self, group: Group, role: Role) -> Actor:
        return identity.grant(group.desk, "oost", self.partner, role)


@pytest.fixture
def couple(group: Group) -> Couple:
    everybody = group.desk.ask(people.residents, "oost", date(2026, 3, 2), 18)
    pair = next(pair for pair in combinations(everybody, 2) if pair[0].household_id == pair[1].household_id)
    identity.prove(group.desk, "oost", [each.person_id for each in pair])
    claimant, partner = (group.desk.ask(people.actor, UUID(each.person_id)) for each in pair)
    voucher = group.desk.act(issue, "oost", "Geveltuin", [claimant.id], 50_000)
    return Couple(
        claimant, partner, voucher.id, group.as_(claimant).act(service.claim, "oost", voucher.id, filed(seed=9))
    )


class TestSomebodyWhoJoinsLater:
    def test_decides_nothing_about_money_of_the_organisation(self, group):
        club = identity.start_organisation(group.desk, "oost", "De Linde", [group.anna, group.bart])
        voucher = group.desk.act(issue, "oost", "Buurtfeest", [group.anna.id, group.bart.id], 50_000, club)
        claim = group.as_(group.anna).act(service.claim, "oost", voucher.id, filed(seed=9))
        late = identity.grant(group.desk, "oost", group.outsider, Role.COUNCIL)
        assert group.desk.by(late).ask(queries.claim_view, "oost", claim.id).may_decide
        group.desk.by(group.outsider).act(membership.join, "oost", club)
        group.desk.by(group.anna).act(membership.admit, "oost", club, UUID(group.outsider.id))
        refused(group, rules.OwnMoney, service.approve, claim.id, by=late)
        refused(group, rules.OwnMoney, service.refuse_claim, claim.id, NO, by=late)
        refused(group, rules.OwnMoney, service.settle, voucher.id, by=late)
        assert not group.desk.by(late).ask(queries.claim_view, "oost", claim.id).may_decide


class TestSomebodyAtTheSameAddress:
    def test_does_not_approve_or_refuse_the_claim(self, group, couple):
        partner = couple.partner_as(group, Role.OFFICIAL)
        refused(group, rules.OwnMoney, service.approve, couple.claim.id, by=partner)
        refused(group, rules.OwnMoney, service.refuse_claim, couple.claim.id, NO, by=partner)
        assert not group.desk.by(partner).ask(queries.claim_view, "oost", couple.claim.id).may_decide

    def test_does_not_settle_the_voucher(self, group, couple):
        group.as_(Role.COUNCIL).act(service.refuse_claim, "oost", couple.claim.id, NO)
        told = AccountFor(done="We planted it.", finished_on=date(2026, 3, 2))
        group.as_(couple.claimant).act(service.account_for, "oost", couple.voucher_id, told)
        partner = couple.partner_as(group, Role.COUNCIL)
        refused(group, rules.OwnMoney, service.settle, couple.voucher_id, by=partner)
        assert not group.desk.by(partner).ask(queries.voucher, "oost", couple.voucher_id).may_settle
        assert group.as_(Role.COUNCIL).ask(queries.voucher, "oost", couple.voucher_id).may_settle

    def test_does_not_pay_it_either(self, group, couple):
        group.approve(couple.claim.id)
        [payout] = group.as_(Role.CASHIER).ask(payouts.payouts, "oost")
        partner = couple.partner_as(group, Role.CASHIER)
        refused(group, HadAHandInIt, payments.pay, payout.id, PayPayout(bank_reference="2026-0001"), by=partner)

    def test_is_no_neighbour_of_another_address(self, group, couple):
        neighbour = identity.grant(group.desk, "oost", group.outsider, Role.COUNCIL)
        assert group.as_(neighbour).act(service.approve, "oost", couple.claim.id).approval_count == 1
