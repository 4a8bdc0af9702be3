# SPDX-License-Identifier: EUPL-1.2
"""The demo's receipts and whole lives of vouchers, through the verbs."""

from datetime import date

from tests.vouchers.conftest import faults
from wijkbudget.kit.actor import Role
from wijkbudget.neighbourhoods.schemas import read_policy
from wijkbudget.neighbourhoods.seed import PLACES, demo_toml
from wijkbudget.vouchers import receipts, seed
from wijkbudget.vouchers.claims.rules import CostKind
from wijkbudget.vouchers.rules import VoucherState
from wijkbudget.vouchers.schemas import AccountFor


def bought(number, amount_cents):
    return seed.Bought(
        supplier="Bakker \\ Jansen (Oost) é",
        number=number,
        bought_on=date(2026, 3, 2),
        amount_cents=amount_cents,
        payee="A. Bewoner",
    )


class TestReceiptPdf:
    def test_is_a_receipt_and_differs_by_purchase(self):
        one, other = (seed.receipt_pdf(bought(number, 1_205)) for number in ("1", "2"))
        assert receipts.read(one).kind == "pdf"
        assert one != other
        assert b"(Totaal EUR 12,05)" in one
        assert rb"(Bakker \\ Jansen \(Oost\) " in one


class TestSpend:
    def test_brings_a_voucher_to_its_end_with_every_cent_in_place(self, group):
        hands = seed.Hands(
            claimant=group.anna,
            approvers=[group.staff[Role.COUNCIL], group.staff[Role.OFFICIAL]],
            cashier=group.staff[Role.CASHIER],
        )
        seed.spend(group.desk, "oost", group.voucher_id, [bought("1", 40_000), bought("2", 55_000)], hands)
        told = AccountFor(done="We baked bread.", finished_on=date(2026, 3, 2))
        seed.account_for(group.desk, "oost", group.voucher_id, group.bart, told)
        voucher = seed.settle(group.desk, "oost", group.voucher_id, group.staff[Role.CHAIR])
        assert (voucher.state, voucher.paid_cents, voucher.returned_cents) == (VoucherState.SETTLED, 95_000, 5_000)
        assert group.desk.ask(faults) == []


class TestDemoPolicies:
    def test_exclude_only_costs_that_a_claim_can_name(self):
        excluded = [set(read_policy(demo_toml(place)).vouchers.excluded_costs) for place in PLACES]
        assert excluded == [{"alcohol", "wages", "politics", "religion"}] * 2
        assert excluded[0] < set(CostKind)
