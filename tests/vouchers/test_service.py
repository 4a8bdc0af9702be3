# SPDX-License-Identifier: EUPL-1.2
"""From issue to approval, at the desk."""

import base64
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from tests.vouchers.conftest import filed, issue, png, read, refused
from wijkbudget.identity import seed as identity
from wijkbudget.kit.actor import GUEST, Role
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.uploads import sent
from wijkbudget.payments import queries as payments
from wijkbudget.payments.rules import IbanUnreadable
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import NotYours
from wijkbudget.vouchers import queries, rules
from wijkbudget.vouchers.claims import queries as claims_queries
from wijkbudget.vouchers.claims import rules as claim_rules
from wijkbudget.vouchers.claims import service as claiming
from wijkbudget.vouchers.claims.rules import ClaimState, CostKind
from wijkbudget.vouchers.claims.schemas import RefuseClaim
from wijkbudget.vouchers.rules import VoucherState


class TestIssue:
    def test_moves_reserved_money_into_the_voucher(self, group):
        assert group.money() == {"pot": 10_400_000, "reserved": 0, "voucher": 100_000, "paid": 0}

    def test_holds_as_long_as_the_policy_says(self, group):
        voucher = read(group)
        assert (voucher.issued_on, voucher.last_day) == (date(2026, 3, 2), date(2027, 3, 1))
        assert (voucher.state, voucher.left_cents) == (VoucherState.ACTIVE, 100_000)

    def test_gives_the_group_a_code_that_finds_it_and_nobody_else_sees(self, group):
        code = read(group).code
        found = group.desk.by(GUEST).ask(queries.found_by_code, "oost", code.lower().replace("-", " "))
        assert (found.id, found.code, found.holders) == (group.voucher_id, None, [])
        with pytest.raises(rules.VoucherNotFound):
            group.desk.by(GUEST).ask(queries.found_by_code, "west", code)

    @pytest.mark.parametrize("code", ["", "0000-0000-0000-0000", "nonsense"])
    def test_is_not_found_by_another_code(self, group, code):
        with pytest.raises(rules.VoucherNotFound):
            group.desk.by(GUEST).ask(queries.found_by_code, "oost", code)

    def test_happens_once_for_a_plan(self, group):
        with pytest.raises(IntegrityError):
            group.desk.act(issue, "oost", "Pluktuin", [group.anna.id], 100_000)

    def test_shows_names_to_its_group_and_staff_only(self, group):
        assert len(read(group).holders) == len(read(group, group.staff[Role.AUDITOR]).holders) == 2
        assert read(group, group.outsider).holders == read(group, GUEST).holders == []


class TestClaim:
    def test_sets_its_amount_apart_and_moves_nothing(self, group):
        claim = group.claim()
        assert (claim.state, claim.amount_cents, claim.approvals_needed) == (ClaimState.FILED, 12_500, 2)
        assert (read(group).open_cents, read(group).left_cents) == (12_500, 87_500)
        assert group.money()["voucher"] == 100_000

    def test_keeps_the_receipt_under_its_hash(self, group):
        claim = group.claim()
        assert group.desk.files.read(claim.receipt_sha256) == png(1)

    def test_is_refused_above_what_is_left_to_the_cent(self, group):
        group.claim(1, amount_cents=60_000)
        refusal = refused(
            group,
            claim_rules.MoreThanLeft,
            claiming.claim,
            group.voucher_id,
            filed(2, amount_cents=40_001),
            by=group.anna,
        )
        assert "€400.00" in str(refusal.text)
        assert refusal.article == "Verordening wijkbudgetten Meerwijk 2024, art. 11"
        group.claim(2, amount_cents=40_000)
        assert read(group).left_cents == 0

    def test_is_never_together_more_than_the_voucher_when_sent_at_once(self, group):
        waiting = [
            group.as_(who).submit(claiming.claim, "oost", group.voucher_id, filed(seed, amount_cents=30_000))
            for seed, who in enumerate([group.anna, group.bart] * 3)
        ]
        errors = [future.exception() for future in waiting]
        assert [type(error) for error in errors if error] == [claim_rules.MoreThanLeft] * 3
        assert read(group).left_cents == 10_000

    def test_is_counted_once_when_sent_twice(self, group):
        for _time in range(2):
            group.as_(group.anna, key="twice").act(claiming.claim, "oost", group.voucher_id, filed())
        assert read(group).waiting_count == 1

    def test_is_refused_to_whoever_is_not_of_the_group(self, group):
        refused(group, NotYours, claiming.claim, group.voucher_id, filed(), by=group.outsider)

    @pytest.mark.parametrize("role", [Role.COUNCIL, Role.CHAIR, Role.OFFICIAL, Role.CASHIER, Role.AUDITOR])
    def test_is_refused_to_staff(self, group, role):
        refused(group, DoorClosed, claiming.claim, group.voucher_id, filed(), by=role)

    def test_is_not_found_from_another_neighbourhood(self, group):
        with pytest.raises(DoorClosed):
            group.as_(group.anna).act(claiming.claim, "west", group.voucher_id, filed())
        with pytest.raises(rules.VoucherNotFound):
            group.desk.by(GUEST).ask(queries.voucher, "west", group.voucher_id)

    @pytest.mark.parametrize("kind", [CostKind.ALCOHOL, CostKind.WAGES, CostKind.POLITICS, CostKind.RELIGION])
    def test_is_refused_for_costs_that_the_policy_excludes(self, group, kind):
        command = filed(lines=[{"category": kind}])
        refused(group, claim_rules.CostExcluded, claiming.claim, group.voucher_id, command, by=group.anna)

    def test_is_refused_for_what_was_bought_before(self, group):
        early = filed(bought_on=date(2026, 3, 1))
        refused(group, claim_rules.BoughtTooEarly, claiming.claim, group.voucher_id, early, by=group.anna)

    def test_is_refused_with_a_wrong_account_number(self, group):
        wrong = filed(iban="NL92ABNA0417164300")
        refused(group, IbanUnreadable, claiming.claim, group.voucher_id, wrong, by=group.anna)

    def test_is_refused_without_a_readable_receipt(self, group):
        text = filed(receipt=base64.b64encode(b"<script>alert(1)</script>").decode())
        refused(group, sent.FileUnreadable, claiming.claim, group.voucher_id, text, by=group.anna)

    def test_is_refused_after_the_last_day(self, group, clock):
        clock.forward(days=364)
        group.claim(1, bought_on=date(2027, 3, 1))
        clock.forward(days=1)
        late = filed(2, bought_on=date(2027, 3, 2))
        refused(group, rules.VoucherOver, claiming.claim, group.voucher_id, late, by=group.anna)


class TestReceipts:
    def test_count_once_over_all_vouchers_of_the_municipality(self, group):
        other = group.desk.act(issue, "oost", "Buurtfeest", [group.anna.id], 50_000)
        group.claim(1)
        same_file = filed(2, receipt=base64.b64encode(png(1)).decode())
        refused(group, claim_rules.ReceiptUsed, claiming.claim, other.id, same_file, by=group.anna)

    def test_count_once_even_photographed_anew(self, group):
        group.claim(1)
        new_photo = filed(2, number="2026-1", supplier="TUINCENTRUM DE LINDE")
        refused(group, claim_rules.ReceiptUsed, claiming.claim, group.voucher_id, new_photo, by=group.bart)

    def test_can_be_used_again_after_a_refusal(self, group):
        claim = group.claim(1)
        group.as_(Role.COUNCIL).act(claiming.refuse_claim, "oost", claim.id, RefuseClaim(reason="Wrong account."))
        assert group.claim(1).state is ClaimState.FILED

    def test_are_given_to_the_group_and_staff_only(self, group):
        claim = group.claim()
        for reader in (group.bart, *(group.staff[role] for role in (Role.COUNCIL, Role.CASHIER, Role.AUDITOR))):
            receipt = group.desk.by(reader).ask(claims_queries.receipt, "oost", claim.id)
            assert (receipt.media_type, receipt.content) == ("image/png", png(1))
        with pytest.raises(NotYours):
            group.desk.by(group.outsider).ask(claims_queries.receipt, "oost", claim.id)
        with pytest.raises(DoorClosed):
            group.desk.by(GUEST).ask(claims_queries.receipt, "oost", claim.id)

    def test_and_names_are_hidden_from_others(self, group):
        claim = group.claim()
        seen = group.desk.by(group.staff[Role.OFFICIAL]).ask(claims_queries.claim_view, "oost", claim.id)
        assert (seen.details.supplier, seen.details.iban) == ("Tuincentrum De Linde", "NL91ABNA0417164300")
        for reader in (GUEST, group.outsider):
            assert group.desk.by(reader).ask(claims_queries.claim_view, "oost", claim.id).details is None


class TestApprove:
    def test_takes_two_people_and_then_orders_the_payment(self, group):
        claim = group.claim()
        first = group.as_(Role.COUNCIL).act(claiming.approve, "oost", claim.id)
        assert (first.state, first.approval_count) == (ClaimState.FILED, 1)
        assert group.desk.by(group.staff[Role.CASHIER]).ask(payments.payouts, "oost") == []
        second = group.as_(Role.OFFICIAL).act(claiming.approve, "oost", claim.id)
        assert (second.state, second.approval_count) == (ClaimState.APPROVED, 2)
        [payout] = group.desk.by(group.staff[Role.CASHIER]).ask(payments.payouts, "oost")
        assert (payout.about, payout.amount_cents, payout.payee) == (str(claim.id), 12_500, "A. Bewoner")

    def test_is_refused_to_the_same_person_twice(self, group):
        claim = group.claim()
        group.as_(Role.COUNCIL).act(claiming.approve, "oost", claim.id)
        refused(group, claim_rules.ApprovedBefore, claiming.approve, claim.id, by=Role.COUNCIL)

    def test_is_refused_to_residents_and_the_cashier(self, group):
        claim = group.claim()
        for who in (group.anna, group.outsider, Role.CASHIER, Role.AUDITOR):
            refused(group, DoorClosed, claiming.approve, claim.id, by=who)

    def test_is_refused_to_a_council_member_of_the_group(self, group):
        claim = group.claim()
        bart = identity.grant(group.desk, "oost", group.bart, Role.COUNCIL)
        refused(group, rules.OwnMoney, claiming.approve, claim.id, by=bart)
        refused(group, rules.OwnMoney, claiming.refuse_claim, claim.id, RefuseClaim(reason="No."), by=bart)
        assert not group.desk.by(bart).ask(claims_queries.claim_view, "oost", claim.id).may_decide

    def test_is_refused_when_it_was_decided(self, group):
        claim = group.claim()
        group.approve(claim.id)
        refused(group, WrongState, claiming.approve, claim.id, by=Role.CHAIR)
        late = RefuseClaim(reason="It was bought for another plan.")
        group.as_(Role.CHAIR).act(claiming.refuse_claim, "oost", claim.id, late)
        refused(group, WrongState, claiming.refuse_claim, claim.id, late, by=Role.CHAIR)


class TestRefuse:
    def test_frees_the_amount_and_tells_the_group_why(self, group):
        claim = group.claim()
        reason = RefuseClaim(reason="The receipt cannot be read.")
        group.as_(Role.OFFICIAL).act(claiming.refuse_claim, "oost", claim.id, reason)
        [seen] = group.desk.by(group.anna).ask(claims_queries.claims, "oost", group.voucher_id)
        assert (seen.state, seen.details.reason) == (ClaimState.REFUSED, "The receipt cannot be read.")
        assert read(group).left_cents == 100_000
