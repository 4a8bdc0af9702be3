# SPDX-License-Identifier: EUPL-1.2
"""Nobody decides about money of their own, whatever way it comes to them."""

from dataclasses import dataclass
from datetime import date
from itertools import combinations
from uuid import UUID

import pytest

from tests.vouchers.conftest import HOUSE, Group, faults, filed, issue, refused
from wijkbudget.identity import queries as people
from wijkbudget.identity import seed as identity
from wijkbudget.identity import service as membership
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.payments import queries as payouts
from wijkbudget.payments import service as payments
from wijkbudget.payments.rules import HadAHandInIt
from wijkbudget.payments.schemas import PayPayout
from wijkbudget.trail.work import Look, question
from wijkbudget.vouchers import queries, rules, service
from wijkbudget.vouchers.claims import queries as claims_queries
from wijkbudget.vouchers.claims import rules as claims_rules
from wijkbudget.vouchers.claims import service as claiming
from wijkbudget.vouchers.claims.schemas import ApproveClaim, ClaimView, RefuseClaim
from wijkbudget.vouchers.schemas import AccountFor


@question(HOUSE)
def named(look: Look, _place: str, person_id: str) -> str:
    """Return what somebody is called."""
    return people.names(look, [person_id])[person_id]


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
        claimant, partner, voucher.id, group.as_(claimant).act(claiming.claim, "oost", voucher.id, filed(seed=9))
    )


class TestSomebodyWhoJoinsLater:
    def test_decides_nothing_about_money_of_the_organisation(self, group):
        club = identity.start_organisation(group.desk, "oost", "De Linde", [group.anna, group.bart])
        voucher = group.desk.act(issue, "oost", "Buurtfeest", [group.anna.id, group.bart.id], 50_000, club)
        claim = group.as_(group.anna).act(claiming.claim, "oost", voucher.id, filed(seed=9))
        late = identity.grant(group.desk, "oost", group.outsider, Role.COUNCIL)
        assert group.desk.by(late).ask(claims_queries.claim_view, "oost", claim.id).may_decide
        group.desk.by(group.outsider).act(membership.join, "oost", club)
        group.desk.by(group.anna).act(membership.admit, "oost", club, UUID(group.outsider.id))
        refused(group, rules.OwnMoney, claiming.approve, claim.id, by=late)
        refused(group, rules.OwnMoney, claiming.refuse_claim, claim.id, NO, by=late)
        refused(group, rules.OwnMoney, service.settle, voucher.id, by=late)
        assert not group.desk.by(late).ask(claims_queries.claim_view, "oost", claim.id).may_decide


class TestSomebodyAtTheSameAddress:
    def test_does_not_approve_or_refuse_the_claim(self, group, couple):
        partner = couple.partner_as(group, Role.OFFICIAL)
        refused(group, rules.OwnMoney, claiming.approve, couple.claim.id, by=partner)
        refused(group, rules.OwnMoney, claiming.refuse_claim, couple.claim.id, NO, by=partner)
        assert not group.desk.by(partner).ask(claims_queries.claim_view, "oost", couple.claim.id).may_decide

    def test_does_not_settle_the_voucher(self, group, couple):
        group.as_(Role.COUNCIL).act(claiming.refuse_claim, "oost", couple.claim.id, NO)
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
        assert group.as_(neighbour).act(claiming.approve, "oost", couple.claim.id).approval_count == 1


class TestSomebodyWithTheSameAccount:
    def test_decides_nothing_about_what_is_paid_on_it(self, group):
        own = group.desk.act(issue, "oost", "Geveltuin", [group.outsider.id], 50_000)
        group.as_(group.outsider).act(claiming.claim, "oost", own.id, filed(seed=8, iban="DE89370400440532013000"))
        late = identity.grant(group.desk, "oost", group.outsider, Role.COUNCIL)
        there = group.claim(iban="DE89370400440532013000")
        refused(group, rules.OwnMoney, claiming.approve, there.id, by=late)
        refused(group, rules.OwnMoney, claiming.refuse_claim, there.id, NO, by=late)
        assert not group.desk.by(late).ask(claims_queries.claim_view, "oost", there.id).may_decide
        elsewhere = group.claim(2)
        assert group.as_(late).act(claiming.approve, "oost", elsewhere.id).approval_count == 1

    def test_nor_somebody_with_the_name_of_the_payee(self, group):
        name = group.desk.ask(named, "oost", group.staff[Role.OFFICIAL].id)
        claim = group.claim(payee=name.upper())
        refused(group, rules.OwnMoney, claiming.approve, claim.id, by=Role.OFFICIAL)
        assert not group.as_(Role.OFFICIAL).ask(claims_queries.claim_view, "oost", claim.id).may_decide


class TestMuchMoney:
    def test_takes_three_people_who_say_why(self, group):
        voucher = group.desk.act(issue, "oost", "Speelplaats", [group.anna.id], 1_200_000)
        claim = group.as_(group.anna).act(claiming.claim, "oost", voucher.id, filed(seed=8, amount_cents=1_000_001))
        assert (claim.approvals_needed, claim.is_reason_asked) == (3, True)
        refused(group, claims_rules.ReasonMissing, claiming.approve, claim.id, by=Role.COUNCIL)
        for count, role in enumerate((Role.COUNCIL, Role.OFFICIAL, Role.CHAIR), 1):
            assert group.as_(Role.CASHIER).ask(payouts.payouts, "oost") == []
            command = ApproveClaim(reason=f"Gezien door {role}.")
            claim = group.as_(role).act(claiming.approve, "oost", claim.id, command)
            assert claim.approval_count == count
        assert claim.details.approval_reasons == ["Gezien door council.", "Gezien door official.", "Gezien door chair."]
        assert [payout.amount_cents for payout in group.as_(Role.CASHIER).ask(payouts.payouts, "oost")] == [1_000_001]
        assert group.desk.ask(faults) == []
