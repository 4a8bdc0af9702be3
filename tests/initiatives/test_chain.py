# SPDX-License-Identifier: EUPL-1.2
"""The chain of a plan: from the budget to what came back, and no further than it is."""

from tests.initiatives.conftest import DECIDED
from wijkbudget.initiatives import queries
from wijkbudget.initiatives.rules import State
from wijkbudget.initiatives.schemas import Step
from wijkbudget.kit.actor import GUEST, Role
from wijkbudget.payments.seed import pay_all
from wijkbudget.vouchers import seed as spending
from wijkbudget.vouchers.schemas import AccountFor


class TestTheChain:
    def test_runs_from_the_budget_to_the_return(self, hood):
        anna, _bart, round_id = hood.voted()
        hood.adopt(round_id)
        voucher_id = hood.view(anna).voucher_id
        bought = spending.Bought(
            supplier="Kwekerij", number="7", bought_on=DECIDED, amount_cents=500_000, payee="Kwekerij"
        )
        claim = spending.claim(hood.desk, "oost", voucher_id, hood.anna, bought)
        spending.approve(hood.desk, "oost", claim.id, [hood.staff[Role.COUNCIL], hood.staff[Role.OFFICIAL]])
        pay_all(hood.desk, "oost", hood.staff[Role.CASHIER])
        told = AccountFor(done="De tuin ligt er.", finished_on=DECIDED)
        spending.account_for(hood.desk, "oost", voucher_id, hood.anna, told)
        spending.settle(hood.desk, "oost", voucher_id, hood.staff[Role.OFFICIAL])
        chain = hood.desk.by(GUEST).ask(queries.chain, "oost", anna)
        assert [(link.step, link.amount_cents) for link in chain.links] == [
            (Step.BUDGET, 10_500_000),
            (Step.PROPOSAL, 550_000),
            (Step.SUPPORT, None),
            (Step.ASSESSMENT, None),
            (Step.VOTE, None),
            (Step.OUTCOME, None),
            (Step.DECISION, None),
            (Step.RESERVATION, 550_000),
            (Step.COMMITMENT, 550_000),
            (Step.CLAIM, 500_000),
            (Step.PAYMENT, 500_000),
            (Step.ACCOUNT, None),
            (Step.RETURN, 50_000),
        ]
        assert chain.links[9].receipt_sha256 == claim.receipt_sha256
        assert chain.links[6].page == f"/wijken/oost/besluiten/{hood.view(anna).decision_id}"
        assert (chain.granted_cents, chain.committed_cents, chain.paid_cents, chain.returned_cents) == (
            550_000,
            0,
            500_000,
            50_000,
        )
        assert chain.initiative.state is hood.view(anna).state is State.DONE
        assert hood.money() == {"pot": 10_000_000, "reserved": 0, "vouchers": 0}
        assert hood.faults() == []

    def test_ends_where_the_plan_is(self, hood):
        plan = hood.propose()
        chain = hood.desk.ask(queries.chain, "oost", plan.id)
        assert [link.step for link in chain.links] == [Step.BUDGET, Step.PROPOSAL]
        assert chain.granted_cents == 0

    def test_shows_no_outcome_before_the_count(self, hood):
        plan = hood.feasible()
        hood.feasible(title="Muziek")
        round_id = hood.prepare()
        hood.put_on_ballot(round_id)
        hood.open(round_id)
        assert hood.desk.ask(queries.chain, "oost", plan.id).links[-1].step is Step.VOTE
        assert hood.view(plan.id).result is None
