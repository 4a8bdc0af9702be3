# SPDX-License-Identifier: EUPL-1.2
"""Races in great number: however many stand at the desk, each thing happens once and nothing goes below its floor.

`make proof-races` runs 10,000 vouchers with 8 racers each, 1,000 uses of one voting code and 5,000 pairs of claims that
each fit and together do not, on either database.
"""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from uuid import UUID, uuid4

import pytest

from tests.races.ground import PART_CENTS, RACERS, VALUE_CENTS, Ground, houses, prepare_ground
from tests.races.racing import race, together
from tests.voting.conftest import rows
from wijkbudget.app.proof import first_fault
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.payments import queries as payments
from wijkbudget.payments import service as paying
from wijkbudget.payments.schemas import PayPayout
from wijkbudget.trail.desk import Desk
from wijkbudget.voting import service as voting
from wijkbudget.voting.schemas import CastBallot
from wijkbudget.vouchers.claims import service as claiming

VOUCHERS = int(os.environ.get("WIJKBUDGET_PROOF_VOUCHERS", "30"))
PAID = max(VOUCHERS // 10, 10)
"""How many vouchers are fought over until they are paid; each takes three times as many acts."""
PAIRS = int(os.environ.get("WIJKBUDGET_PROOF_PAIRS", "40"))
USES = int(os.environ.get("WIJKBUDGET_PROOF_USES", "100"))


@pytest.fixture
def desks(desk: Desk) -> Iterator[Sequence[Desk]]:
    with houses(desk) as desks:
        yield desks


@pytest.fixture
def ground(desks: Sequence[Desk]) -> Ground:
    return prepare_ground(desks)


def _came(heats: list[list[str]]) -> Counter[tuple[str, ...]]:
    """Return how often heats ended in which way."""
    return Counter(tuple(sorted(heat)) for heat in heats)


def _colleagues(role: Role) -> list[Actor]:
    """Return as many people with one role as there are racers."""
    return [Actor(id=str(uuid4()), roles=frozenset({(role, "oost")})) for _racer in range(RACERS)]


class TestManyVouchers:
    def test_are_each_claimed_by_one_of_eight(self, ground):
        ground.issue(VOUCHERS)
        heats = race(VOUCHERS, RACERS, lambda heat, racer: ground.claim(heat, racer, VALUE_CENTS), tracks=2)
        assert _came(heats) == {(*["MoreThanLeft"] * (RACERS - 1), "filed"): VOUCHERS}
        ground.assert_claimed(VALUE_CENTS)

    def test_are_never_spent_by_two_claims_that_each_fit(self, ground):
        ground.issue(PAIRS)
        heats = race(PAIRS, 2, lambda heat, racer: ground.claim(heat, racer, PART_CENTS), tracks=8)
        assert _came(heats) == {("MoreThanLeft", "filed"): PAIRS}
        ground.assert_claimed(PART_CENTS)

    def test_are_each_approved_and_paid_once(self, ground):
        ground.issue(PAID)
        for heat in range(PAID):
            ground.claim(heat, 0, VALUE_CENTS)
        claims = [UUID(str(claim_id)) for (claim_id,) in rows(ground.desk, "SELECT id FROM claim")]
        approvers, cashiers = _colleagues(Role.OFFICIAL), _colleagues(Role.CASHIER)

        def approve(heat: int, racer: int) -> str:
            at = ground.at(racer).by(approvers[racer]).once(f"approve {heat}")
            return f"approval {at.act(claiming.approve, 'oost', claims[heat]).approval_count}"

        approved = (*["WrongState"] * (RACERS - 2), "approval 1", "approval 2")
        assert _came(race(PAID, RACERS, approve, tracks=2)) == {approved: PAID}
        payouts = [payout.id for payout in ground.desk.by(cashiers[0]).ask(payments.payouts, "oost")]

        def pay(heat: int, racer: int) -> str:
            at = ground.at(racer).by(cashiers[racer]).once(f"pay {heat}")
            return at.act(paying.pay, "oost", payouts[heat], PayPayout(bank_reference=f"{heat} {racer}")).state

        assert _came(race(PAID, RACERS, pay, tracks=2)) == {(*["AlreadyPaid"] * (RACERS - 1), "paid"): PAID}
        ground.assert_claimed(VALUE_CENTS)
        paid = "SELECT SUM(amount), COUNT(*) FROM ledger_transfer WHERE target LIKE 'external:paid:%'"
        assert rows(ground.desk, paid) == [(VALUE_CENTS * PAID, PAID)]


class TestOneVotingCode:
    def test_leaves_one_ballot_however_often_it_is_used_at_once(self, vote, desks):
        code, other = [letter.code for letter in vote.letters()][:2]
        keys = [option.key for option in vote.view().options]
        vote.cast(other, keys[0])

        def cast(use: int) -> str:
            ballot = CastBallot(code=code, marks={keys[use % len(keys)]: 1})
            return desks[use % len(desks)].act(voting.cast, ballot, None).receipt

        receipts = together(*(partial(cast, use) for use in range(USES)))
        assert len(set(receipts)) == 1
        assert rows(vote.desk, "SELECT COUNT(*) FROM voting_box") == [(2,)]
        assert rows(vote.desk, "SELECT COUNT(*) FROM voting_register WHERE voted_on IS NOT NULL") == [(2,)]
        vote.close()
        assert len(vote.published().ballots) == 2
        assert receipts[0] in [ballot.receipt for ballot in vote.published().ballots]
        assert vote.desk.ask(first_fault) is None
