# SPDX-License-Identifier: EUPL-1.2
"""Many at once, on real threads: nothing is counted twice, and no money is spent that is not there."""

from collections import Counter

from tests.races.racing import together
from tests.vouchers.conftest import faults, filed
from wijkbudget.kit.actor import Role
from wijkbudget.payments import queries as payments
from wijkbudget.payments import service as pay
from wijkbudget.payments.schemas import PayPayout
from wijkbudget.voting import service as voting
from wijkbudget.voting.schemas import CastBallot
from wijkbudget.vouchers.claims import service as claiming


class TestOneVotingCode:
    def test_leaves_one_ballot_of_64_cast_at_once(self, vote):
        code = vote.letters()[0].code
        keys = [option.key for option in vote.view().options]
        ballots = [CastBallot(code=code, marks={keys[number % len(keys)]: 1}) for number in range(64)]

        def cast(ballot: CastBallot) -> str:
            return vote.desk.act(voting.cast, ballot, None).receipt

        receipts = together(*(lambda ballot=ballot: cast(ballot) for ballot in ballots))
        assert len(set(receipts)) == 1
        vote.close()
        assert [ballot.receipt for ballot in vote.published().ballots] == receipts[:1]
        assert vote.faults() == []

    def test_is_taken_beside_those_of_others(self, vote):
        codes = [letter.code for letter in vote.letters()][:20]
        key = vote.view().options[0].key
        receipts = together(*(lambda code=code: vote.cast(code, key) for code in codes * 3))
        assert Counter(Counter(receipts).values()) == {3: 20}
        vote.close()
        assert sorted(ballot.receipt for ballot in vote.published().ballots) == sorted(set(receipts))
        assert vote.faults() == []


class TestOneVoucher:
    def test_is_never_claimed_for_more_than_it_holds(self, group):
        made = together(*(lambda seed=seed: group.claim(seed) for seed in range(1, 33)))
        assert Counter(each if isinstance(each, str) else "claimed" for each in made) == {
            "claimed": 100_000 // 12_500,
            "MoreThanLeft": 24,
        }
        assert group.desk.ask(faults) == []

    def test_takes_the_same_receipt_once(self, group):
        made = together(*(lambda: group.claim(7) for _each in range(16)))
        assert Counter(each if isinstance(each, str) else "claimed" for each in made) == {
            "claimed": 1,
            "ReceiptUsed": 15,
        }

    def test_gives_one_answer_to_one_key_however_often_it_is_sent(self, group):
        send = group.as_(group.anna, "sent again and again").act
        made = together(*(lambda: send(claiming.claim, "oost", group.voucher_id, filed(3)) for _each in range(16)))
        assert made == [made[0]] * 16
        assert made[0].amount_cents == 12_500

    def test_is_paid_out_once_and_empties_to_nothing(self, group):
        claims = [group.claim(seed) for seed in range(1, 9)]
        approvers = (Role.COUNCIL, Role.COUNCIL, Role.OFFICIAL, Role.OFFICIAL)
        together(
            *(
                lambda role=role, claim=claim: group.as_(role).act(claiming.approve, "oost", claim.id)
                for claim in claims
                for role in approvers
            )
        )
        payouts = group.as_(Role.CASHIER).ask(payments.payouts, "oost")
        assert [payout.amount_cents for payout in payouts] == [12_500] * 8
        paid = together(
            *(
                lambda payout=payout, number=number: group.as_(Role.CASHIER).act(
                    pay.pay, "oost", payout.id, PayPayout(bank_reference=f"2026-{number}")
                )
                for payout in payouts
                for number in range(4)
            )
        )
        assert Counter(isinstance(each, str) for each in paid) == {False: 8, True: 24}
        assert group.money() == {**group.money(), "voucher": 0, "paid": 100_000}
        assert group.desk.ask(faults) == []
