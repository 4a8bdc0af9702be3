# SPDX-License-Identifier: EUPL-1.2
"""Which claims, approvals and settlements the rules refuse."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkbudget.kit.states import WrongState
from wijkbudget.kit.uploads import sent
from wijkbudget.neighbourhoods.rules import ApprovalStep
from wijkbudget.vouchers import rules
from wijkbudget.vouchers.claims import rules as claim_rules
from wijkbudget.vouchers.claims.rules import CostKind
from wijkbudget.vouchers.rules import VoucherState

ARTICLE = "art. 11"


class TestClaimable:
    def test_is_so_until_and_including_the_last_day(self):
        rules.demand_claimable(VoucherState.ACTIVE, date(2027, 3, 2), date(2027, 3, 1), ARTICLE)

    def test_is_refused_on_the_day_after_with_the_article(self):
        with pytest.raises(rules.VoucherOver) as refused:
            rules.demand_claimable(VoucherState.ACTIVE, date(2027, 3, 2), date(2027, 3, 2), ARTICLE)
        assert refused.value.article == ARTICLE

    @pytest.mark.parametrize("state", [VoucherState.ACCOUNTED, VoucherState.SETTLED, VoucherState.EXPIRED])
    def test_is_refused_in_every_later_state(self, state):
        with pytest.raises(WrongState):
            rules.demand_claimable(state, date(2027, 3, 2), date(2026, 3, 2), ARTICLE)


class TestStates:
    def test_lead_from_active_to_settled_through_an_account_or_past_its_last_day(self):
        reachable = {now: {then for then in VoucherState if then in rules.STATES[now]} for now in VoucherState}
        assert reachable == {
            VoucherState.ACTIVE: {VoucherState.ACCOUNTED, VoucherState.EXPIRED},
            VoucherState.EXPIRED: {VoucherState.ACCOUNTED, VoucherState.SETTLED},
            VoucherState.ACCOUNTED: {VoucherState.SETTLED},
            VoucherState.SETTLED: set(),
        }

    def test_refuse_to_settle_what_was_not_accounted_for(self):
        with pytest.raises(WrongState):
            rules.demand_state(VoucherState.ACTIVE, VoucherState.SETTLED)

    def test_refuse_to_decide_twice_about_a_claim(self):
        with pytest.raises(WrongState):
            claim_rules.demand_filed(claim_rules.ClaimState.APPROVED)

    def test_refuse_an_account_while_something_is_open(self):
        rules.demand_nothing_open(0)
        with pytest.raises(rules.ClaimsOpen):
            rules.demand_nothing_open(1)


class TestCosts:
    def test_are_refused_when_the_policy_excludes_them(self):
        with pytest.raises(claim_rules.CostExcluded) as refused:
            claim_rules.demand_payable_cost(CostKind.ALCOHOL, ["alcohol", "wages"], ARTICLE)
        assert refused.value.article == ARTICLE

    def test_are_paid_otherwise(self):
        claim_rules.demand_payable_cost(CostKind.FOOD, ["alcohol", "wages"], ARTICLE)

    def test_are_refused_before_the_voucher_was_issued(self):
        claim_rules.demand_bought_in_time(date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 9), ARTICLE)
        with pytest.raises(claim_rules.BoughtTooEarly):
            claim_rules.demand_bought_in_time(date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 9), ARTICLE)

    def test_are_refused_on_a_day_to_come_at_its_field(self):
        with pytest.raises(rules.DayToCome) as refused:
            claim_rules.demand_bought_in_time(date(2026, 3, 10), date(2026, 3, 2), date(2026, 3, 9), ARTICLE)
        assert set(refused.value.fields) == {"bought_on"}

    def test_of_a_plan_that_is_finished_tomorrow_cannot_be_accounted_for(self):
        with pytest.raises(rules.DayToCome) as refused:
            rules.demand_finished(date(2026, 3, 10), date(2026, 3, 9))
        assert set(refused.value.fields) == {"finished_on"}


class TestFourEyes:
    def test_refuse_the_group_itself(self):
        rules.demand_other_eyes("carla", {"anna", "bart"})
        with pytest.raises(rules.OwnMoney):
            rules.demand_other_eyes("bart", {"anna", "bart"})

    def test_refuse_the_same_person_twice(self):
        claim_rules.demand_first_time("carla", ["dirk"])
        with pytest.raises(claim_rules.ApprovedBefore):
            claim_rules.demand_first_time("carla", ["carla"])

    @pytest.mark.parametrize(
        ("amount_cents", "needed", "is_asked"),
        [(50_000, 1, False), (50_001, 2, False), (100_000, 2, False), (100_001, 3, True), (10**9, 5, True)],
    )
    def test_ask_more_people_above_each_amount_of_the_policy(self, amount_cents, needed, is_asked):
        steps = [
            ApprovalStep(over_cents=50_000, approvals=2),
            ApprovalStep(over_cents=100_000, approvals=3, with_reason=True),
            ApprovalStep(over_cents=1_000_000, approvals=5, with_reason=True),
        ]
        assert claim_rules.approvals_needed(amount_cents, steps) == needed
        assert claim_rules.is_reason_asked(amount_cents, steps) is is_asked

    def test_ask_why_only_where_the_policy_does(self):
        claim_rules.demand_reason("", "art. 11", is_asked=False)
        claim_rules.demand_reason("Twee offertes gezien.", "art. 11", is_asked=True)
        with pytest.raises(claim_rules.ReasonMissing):
            claim_rules.demand_reason("", "art. 11", is_asked=True)


class TestAccounts:
    def test_must_add_up_to_the_cent(self):
        rules.demand_accounted(12_500, 12_500)
        with pytest.raises(rules.NotAccountedFor):
            rules.demand_accounted(12_500, 12_499)


class TestReceiptFacts:
    def test_are_the_same_however_they_were_typed(self):
        one = claim_rules.receipt_facts("Tuincentrum De Linde", "2026-001", date(2026, 3, 2), 100)
        other = claim_rules.receipt_facts(" tuincentrum DE LINDE. ", "2026 001", date(2026, 3, 2), 100)
        assert one == other == ["tuincentrumdelinde", "2026001", "2026-03-02", "100"]

    def test_differ_by_amount(self):
        one, other = (claim_rules.receipt_facts("A", "1", date(2026, 3, 2), cents) for cents in (100, 101))
        assert one != other


class TestBase64:
    def test_gives_the_bytes(self):
        assert sent.read_base64("aGFsbG8=", "receipt") == b"hallo"

    @given(st.text(max_size=40))
    def test_gives_bytes_or_a_refusal_whatever_is_sent(self, text):
        with suppress(sent.FileUnreadable):
            assert isinstance(sent.read_base64(text, "receipt"), bytes)

    def test_is_refused_at_its_field(self):
        with pytest.raises(sent.FileUnreadable) as refused:
            sent.read_base64("no base64!", "receipt")
        assert set(refused.value.fields) == {"receipt"}

    def test_is_refused_above_five_megabytes(self):
        with pytest.raises(sent.FileUnreadable, match="5 MB"):
            sent.read_base64("A" * (sent.UPLOAD_BASE64_MAX + 4), "receipt")
