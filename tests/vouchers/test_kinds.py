# SPDX-License-Identifier: EUPL-1.2
"""The ways to ask for money: what each asks, how its money goes, and how an advance is accounted for."""

import pytest

from tests.initiatives.conftest import drafted
from tests.vouchers.conftest import HOUSE, IBAN, faults, filed, pay_first, read, refused
from wijkbudget.initiatives import service as initiatives
from wijkbudget.kit.actor import Role
from wijkbudget.kit.errors import NotAllowed
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.payments import queries as payments
from wijkbudget.trail.work import Look, question
from wijkbudget.vouchers import rules as vouchers
from wijkbudget.vouchers import service
from wijkbudget.vouchers.claims import advances, queries, rules
from wijkbudget.vouchers.claims import service as claiming
from wijkbudget.vouchers.claims.kinds import KINDS
from wijkbudget.vouchers.claims.rules import ClaimState, Cost, CostKind, VatRate
from wijkbudget.vouchers.claims.schemas import BookBack, ChangeAccount, FileClaim, RefuseClaim
from wijkbudget.vouchers.grants.schemas import LowerVoucher
from wijkbudget.vouchers.rules import VoucherState
from wijkbudget.vouchers.schemas import AccountFor, TakeBack

ADVANCE = {"kind": "advance", "amount_cents": 40_000, "purpose": "Planten", "payee": "A. Bewoner", "iban": IBAN}
IN_KIND = {
    "kind": "in_kind",
    "amount_cents": 15_000,
    "purpose": "Aarde en een dag hulp",
    "supplier": "Gemeente, afdeling Groen",
    "bought_on": "2026-03-02",
    "lines": [{"category": "materials"}],
}


@question(HOUSE)
def apart(look: Look, place: str, voucher_id) -> tuple[int, int]:
    """Return what the books hold as given in kind and as come back of advances."""
    return tuple(ledger.balance(look, of(place, 2026, voucher_id)) for of in (chart.used, chart.unused))


def ask(group, **fields):
    """File a claim as Anna."""
    command = FileClaim.model_validate(fields)
    return group.as_(group.anna).act(claiming.claim, "oost", group.voucher_id, command)


def advanced(group, **changed):
    """Have an advance paid."""
    claim = ask(group, **{**ADVANCE, **changed})
    group.approve(claim.id)
    pay_first(group)
    return claim


def seen(group, claim):
    return group.desk.by(group.staff[Role.CASHIER]).ask(queries.claim_view, "oost", claim.id)


class TestWhatAKindAsks:
    def test_is_registered_under_its_own_name(self):
        assert list(KINDS) == ["receipt", "invoice", "advance", "in_kind", "volunteer_fee"]

    @pytest.mark.parametrize(
        ("fields", "wrong"),
        [
            ({**ADVANCE, "supplier": "De Linde"}, {"supplier"}),
            ({**ADVANCE, "purpose": None}, {"purpose"}),
            ({**IN_KIND, "iban": IBAN}, {"iban"}),
            ({**IN_KIND, "lines": []}, {"lines"}),
        ],
    )
    def test_must_be_filled_in_and_nothing_else(self, group, fields, wrong):
        command = FileClaim.model_validate(fields)
        refusal = refused(group, rules.Incomplete, claiming.claim, group.voucher_id, command, by=group.anna)
        assert set(refusal.fields) == wrong

    def test_is_an_account_where_something_is_paid(self, group):
        command = filed(payee=None, iban=None)
        refusal = refused(group, rules.Incomplete, claiming.claim, group.voucher_id, command, by=group.anna)
        assert set(refusal.fields) == {"payee", "iban"}


class TestLines:
    def test_add_up_to_the_claim_and_each_may_be_paid(self, group):
        lines = [
            {"category": "food", "amount_cents": 2_725, "vat": "9"},
            {"category": "materials", "amount_cents": 9_775, "vat": "21"},
        ]
        claim = group.claim(lines=lines)
        assert [(line.category, line.amount_cents, line.vat_cents) for line in claim.lines] == [
            ("food", 2_725, 225),
            ("materials", 9_775, 1_696),
        ]
        assert claim.category == "materials"
        short = filed(2, lines=[*lines[:1], {"category": "materials", "amount_cents": 9_774}])
        refused(group, rules.LinesDoNotAddUp, claiming.claim, group.voucher_id, short, by=group.anna)
        beer = filed(2, lines=[lines[1], {"category": "alcohol", "amount_cents": 2_725}])
        refused(group, rules.CostExcluded, claiming.claim, group.voucher_id, beer, by=group.anna)

    @pytest.mark.parametrize(
        ("amount", "rate", "vat"),
        [
            (121, "21", 21),
            (109, "9", 9),
            (100, "0", 0),
            (100, "exempt", 0),
            (3, "21", 1),
            (2, "21", 0),
            (100, None, None),
        ],
    )
    def test_say_the_vat_half_a_cent_up(self, amount, rate, vat):
        cost = Cost(category=CostKind.OTHER, amount_cents=amount, vat=VatRate(rate) if rate else None)
        assert cost.vat_cents == vat


class TestInvoice:
    def test_goes_to_the_supplier(self, group):
        claim = group.claim(kind="invoice", payee=None)
        group.approve(claim.id)
        paid = pay_first(group)
        assert (paid.payee, paid.iban, paid.amount_cents) == ("Tuincentrum De Linde", IBAN, 12_500)
        assert group.desk.ask(faults) == []


class TestInKind:
    def test_counts_as_spent_without_the_bank(self, group):
        claim = ask(group, **IN_KIND)
        group.approve(claim.id)
        assert (seen(group, claim).state, seen(group, claim).to_pay_cents) == (ClaimState.COUNTED, 0)
        assert group.desk.by(group.staff[Role.CASHIER]).ask(payments.payouts, "oost") == []
        assert group.money()["voucher"] == 85_000
        assert group.desk.ask(apart, "oost", group.voucher_id) == (15_000, 0)
        voucher = read(group)
        assert (voucher.used_cents, voucher.paid_cents, voucher.left_cents) == (15_000, 0, 85_000)
        assert group.desk.ask(faults) == []

    def test_has_no_account_to_change(self, group):
        claim = ask(group, **IN_KIND)
        command = ChangeAccount(payee="A", iban=IBAN)
        refused(group, rules.NothingToPay, claiming.change_account, claim.id, command, by=group.anna)


class TestAdvance:
    def test_is_at_most_the_part_that_the_policy_says(self, group):
        command = FileClaim.model_validate({**ADVANCE, "amount_cents": 50_001})
        refusal = refused(group, advances.AdvanceTooHigh, claiming.claim, group.voucher_id, command, by=group.anna)
        assert refusal.article == "Verordening wijkbudgetten Meerwijk 2024, art. 11 lid 4"
        assert ask(group, **{**ADVANCE, "amount_cents": 50_000}).amount_cents == 50_000

    def test_comes_one_at_a_time(self, group):
        advanced(group)
        command = FileClaim.model_validate({**ADVANCE, "amount_cents": 100})
        refused(group, advances.AdvanceOpen, claiming.claim, group.voucher_id, command, by=group.anna)

    def test_covers_receipts_and_only_what_is_more_is_paid(self, group):
        advance = advanced(group)
        first = group.claim(1, amount_cents=30_000, payee=None, iban=None)
        group.approve(first.id)
        assert (seen(group, first).state, seen(group, advance).open_cents) == (ClaimState.COUNTED, 10_000)
        second = group.claim(2, amount_cents=25_000)
        assert (second.covered_cents, second.to_pay_cents) == (10_000, 15_000)
        group.approve(second.id)
        assert pay_first(group).amount_cents == 15_000
        voucher = read(group)
        assert (voucher.paid_cents, voucher.advanced_cents, voucher.left_cents) == (55_000, 0, 45_000)
        assert group.desk.ask(faults) == []

    def test_is_open_again_when_a_receipt_is_refused(self, group):
        advance = advanced(group)
        claim = group.claim(1, amount_cents=30_000)
        group.as_(Role.COUNCIL).act(claiming.refuse_claim, "oost", claim.id, RefuseClaim(reason="Onleesbaar."))
        assert (seen(group, advance).open_cents, read(group).left_cents) == (40_000, 60_000)
        assert group.desk.ask(faults) == []

    def test_is_settled_when_receipts_and_what_came_back_are_all_of_it(self, group):
        advance = advanced(group)
        group.approve(group.claim(1, amount_cents=30_000).id)
        group.as_(group.anna).act(
            service.account_for, "oost", group.voucher_id, AccountFor(done="Klaar.", finished_on="2026-03-02")
        )
        refused(group, vouchers.AdvanceOwed, service.settle, group.voucher_id, by=Role.COUNCIL)
        more = BookBack(amount_cents=10_001)
        refused(group, advances.MoreThanOwed, claiming.book_back, advance.id, more, by=Role.CASHIER)
        for who in (group.anna, Role.COUNCIL):
            with pytest.raises(NotAllowed):
                group.as_(who).act(claiming.book_back, "oost", advance.id, BookBack(amount_cents=1))
        back = group.as_(Role.CASHIER).act(claiming.book_back, "oost", advance.id, BookBack(amount_cents=10_000))
        assert (back.open_cents, back.paid_back_cents) == (0, 10_000)
        assert group.money()["voucher"] == 70_000
        settled = group.as_(Role.COUNCIL).act(service.settle, "oost", group.voucher_id)
        assert (settled.state, settled.paid_cents, settled.returned_cents) == (VoucherState.SETTLED, 30_000, 70_000)
        assert group.desk.ask(apart, "oost", group.voucher_id) == (0, -10_000)
        assert group.desk.ask(faults) == []

    @pytest.mark.parametrize("has_ended", [False, True])
    def test_is_claimed_back_by_a_settlement_for_less_as_far_as_it_is_open(self, group, clock, has_ended):
        advance = advanced(group)
        group.approve(group.claim(1, amount_cents=30_000).id)
        if has_ended:
            clock.forward(days=366)
            group.desk.act(service.expire, "oost")
        pot = group.money()["pot"]
        told = AccountFor(done="Klaar.", finished_on="2026-03-02")
        group.as_(group.anna).act(service.account_for, "oost", group.voucher_id, told)
        assert not read(group, group.staff[Role.COUNCIL]).may_settle
        heard = {"heard_on": "2026-03-02", "heard_note": "De groep zei niets."}
        less = LowerVoucher.model_validate(
            {"settled_cents": 30_001, "ground": "not_done", "motivation": "Er kwam geen bon meer.", **heard}
        )
        refusal = refused(group, vouchers.NotLower, service.settle_lower, group.voucher_id, less, by=Role.COUNCIL)
        assert refusal.text.values["most_cents"] == 30_000
        less = less.model_copy(update={"settled_cents": 25_000})
        settled = group.as_(Role.COUNCIL).act(service.settle_lower, "oost", group.voucher_id, less)
        assert (settled.state, settled.owed_cents, settled.advanced_cents) == (VoucherState.SETTLED, 15_000, 0)
        assert (seen(group, advance).open_cents, seen(group, advance).reclaimed_cents) == (0, 10_000)
        back = BookBack(amount_cents=1)
        refused(group, advances.MoreThanOwed, claiming.book_back, advance.id, back, by=Role.CASHIER)
        whole = TakeBack(amount_cents=15_000)
        back = group.as_(Role.CASHIER).act(service.take_back, "oost", group.voucher_id, whole)
        left = 15_000 if has_ended else 75_000
        assert (back.owed_cents, group.money()["pot"], group.money()["voucher"]) == (0, pot + left, 0)
        assert group.desk.ask(faults) == []

    def test_goes_back_to_the_pot_after_the_end(self, group, clock):
        advance = advanced(group)
        pot = group.money()["pot"]
        clock.forward(days=366)
        group.desk.act(service.expire, "oost")
        group.as_(Role.CASHIER).act(claiming.book_back, "oost", advance.id, BookBack(amount_cents=40_000))
        assert (group.money()["pot"], group.money()["voucher"]) == (pot + 100_000, 0)
        assert group.desk.ask(faults) == []

    def test_can_be_accounted_for_after_the_last_day_and_no_more(self, group, clock):
        advanced(group)
        clock.forward(days=366)
        command = filed(1, amount_cents=40_001)
        refused(group, rules.MoreThanLeft, claiming.claim, group.voucher_id, command, by=group.anna)
        assert group.claim(1, amount_cents=40_000).to_pay_cents == 0

    def test_that_is_too_late_stops_what_is_new_and_not_its_receipts(self, group, clock):
        advance = advanced(group)
        assert seen(group, advance).due_on is not None
        clock.forward(days=43)
        command = FileClaim.model_validate(IN_KIND)
        refusal = refused(group, advances.AdvanceOverdue, claiming.claim, group.voucher_id, command, by=group.anna)
        assert refusal.article == "Verordening wijkbudgetten Meerwijk 2024, art. 11 lid 4"
        refusal = refused(group, advances.AdvanceOverdue, initiatives.propose, drafted(), by=group.anna)
        assert refusal.text.values["owed_cents"] == 40_000
        group.claim(1, amount_cents=40_000)
        assert ask(group, **IN_KIND).state is ClaimState.FILED
        assert group.as_(group.anna).act(initiatives.propose, "oost", drafted()).asked_cents == 550_000
