# SPDX-License-Identifier: EUPL-1.2
"""Gathering payouts for the bank, releasing them by another person, and the file."""

from importlib.resources import files
from uuid import UUID

import pytest
from xmlschema import XMLSchema

from tests.payments.conftest import ADMINISTRATOR, CASHIER, OURS, RELEASER, THEIRS, alter, faults, named, paid_cents
from tests.worlds import somebody
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.kit.states import WrongState
from wijkbudget.payments import queries, service
from wijkbudget.payments.batches import queries as batches
from wijkbudget.payments.batches import rules
from wijkbudget.payments.batches import service as batching
from wijkbudget.payments.batches.rules import BatchState, LineState
from wijkbudget.payments.batches.schemas import DraftBatch, NameAccount, RefusedByBank
from wijkbudget.payments.rules import AlreadyPaid, HadAHandInIt, IbanUnreadable, InABatch, PayoutNotFound, PayoutState
from wijkbudget.payments.schemas import PayPayout
from wijkbudget.trail.desk import DoorClosed


def as_one_who_had_a_hand(actor: Actor) -> Actor:
    return Actor(id="carla", roles=actor.roles)


class TestDraft:
    def test_gathers_payouts_of_any_neighbourhood_that_are_then_in_nobody_elses_hands(self, treasury):
        one, two = treasury.order("1", 2_500), treasury.order("2", 1_250, "west")
        batch = treasury.draft(one, two)
        assert (batch.state, batch.payment_count, batch.total_cents) == (BatchState.DRAFTED, 2, 3_750)
        assert [(line.place, line.state, line.amount_cents) for line in batch.lines] == [
            ("oost", LineState.WAITING, 2_500),
            ("west", LineState.WAITING, 1_250),
        ]
        cashier = somebody(Role.CASHIER, "oost")
        refusal = treasury.refused(InABatch, service.pay, "oost", one.id, PayPayout(bank_reference="1"), by=cashier)
        assert str(refusal) == "This payment is in a batch for the bank, so it cannot be changed or paid now."
        treasury.refused(InABatch, batching.draft, DraftBatch(payouts=[one.id]))
        assert (treasury.desk.by(CASHIER).ask(batches.to_batch), treasury.desk.ask(faults)) == ([], [])

    def test_is_refused_to_who_had_a_hand_in_a_payment_and_names_it(self, treasury):
        payout = treasury.order("7", 2_500)
        by, asked = as_one_who_had_a_hand(CASHIER), DraftBatch(payouts=[payout.id])
        refusal = treasury.refused(HadAHandInIt, batching.draft, asked, by=by)
        assert "“Plan 7” (€25.00)" in str(refusal)
        assert [seen.is_barred for seen in treasury.desk.by(by).ask(batches.to_batch)] == [True]

    def test_refuses_what_is_not_there_or_paid_and_pays_from_no_account_nobody_named(self, treasury, desk):
        payout = treasury.order("1", 2_500)
        unknown = DraftBatch(payouts=[payout.id, UUID(int=1)])
        treasury.refused(PayoutNotFound, batching.draft, unknown)
        desk.by(somebody(Role.CASHIER, "oost")).once("p").act(
            service.pay, "oost", payout.id, PayPayout(bank_reference="1")
        )
        treasury.refused(AlreadyPaid, batching.draft, DraftBatch(payouts=[payout.id]))

    def test_is_for_the_cashier_of_the_whole_municipality(self, treasury):
        payout = treasury.order("1", 2_500)
        for who in (somebody(Role.CASHIER, "oost"), RELEASER, ADMINISTRATOR):
            treasury.refused(DoorClosed, batching.draft, DraftBatch(payouts=[payout.id]), by=who)


class TestUndo:
    def test_lets_the_payouts_wait_again(self, treasury):
        payout = treasury.order("1", 2_500)
        undone = treasury.as_(CASHIER).act(batching.undo, treasury.draft(payout).id)
        assert (undone.state, undone.lines, treasury.payout(payout).state) == (
            BatchState.UNDONE,
            [],
            PayoutState.ORDERED,
        )
        assert treasury.send(payout).lines[0].end_to_end_id == named(payout)
        assert treasury.desk.ask(faults) == []

    def test_is_over_once_it_was_released(self, treasury):
        batch = treasury.send(treasury.order("1", 2_500))
        treasury.refused(WrongState, batching.undo, batch.id)


class TestRelease:
    def test_takes_another_person_who_had_no_hand_in_it(self, treasury):
        batch = treasury.draft(treasury.order("1", 2_500))
        both = Actor(id=CASHIER.id, roles=CASHIER.roles | RELEASER.roles)
        treasury.refused(rules.SamePerson, batching.release, batch.id, by=both)
        treasury.refused(HadAHandInIt, batching.release, batch.id, by=as_one_who_had_a_hand(RELEASER))
        assert treasury.desk.by(both).ask(batches.batch, batch.id).may_release is False
        released = treasury.as_(RELEASER).act(batching.release, batch.id)
        assert (released.state, len(released.file_sha256)) == (BatchState.RELEASED, 64)
        treasury.refused(WrongState, batching.release, batch.id, by=RELEASER)

    def test_makes_a_file_that_is_the_same_each_time_and_only_for_the_cashier(self, treasury, clock):
        batch = treasury.send(treasury.order("1", 2_500))
        first = treasury.desk.by(CASHIER).ask(batches.batch_file, batch.id)
        clock.forward(days=1)
        assert treasury.desk.by(CASHIER).ask(batches.batch_file, batch.id) == first
        for who in (RELEASER, somebody(Role.AUDITOR), somebody(Role.CASHIER, "oost")):
            with pytest.raises(DoorClosed):
                treasury.desk.by(who).ask(batches.batch_file, batch.id)


class TestTheFile:
    def test_says_to_the_cent_what_was_released(self, treasury):
        one, two = treasury.order("1", 1), treasury.order("2", 99_999)
        batch = treasury.send(one, two)
        content = treasury.desk.by(CASHIER).ask(batches.batch_file, batch.id).content.decode()
        schema = XMLSchema(str(files("sepaxml") / "schemas/pain.001.001.09.xsd"))
        told = schema.to_dict(content)["CstmrCdtTrfInitn"]
        head, [info] = told["GrpHdr"], told["PmtInf"]
        assert (head["MsgId"], head["NbOfTxs"], str(head["CtrlSum"])) == (batch.id.hex, "2", "1000.00")
        assert (info["PmtInfId"], info["DbtrAcct"]["Id"]["IBAN"], info["ReqdExctnDt"]["Dt"]) == (
            batch.id.hex,
            OURS,
            "2026-03-02",
        )
        paid = {each["PmtId"]["EndToEndId"]: each for each in info["CdtTrfTxInf"]}
        assert set(paid) == {named(one), named(two)}
        mine = paid[named(two)]
        assert (str(mine["Amt"]["InstdAmt"]["$"]), mine["Amt"]["InstdAmt"]["@Ccy"]) == ("999.99", "EUR")
        assert (mine["CdtrAcct"]["Id"]["IBAN"], mine["Cdtr"]["Nm"]) == (THEIRS, 'Tuincentrum + Zn. "De Linde"')
        assert mine["RmtInf"]["Ustrd"] == ["2026/2, Plan 2, Wijkbudget Meerwijk-Oost 2026"]


class TestRefusePayment:
    def test_lets_it_wait_again_under_a_new_id(self, treasury):
        one, two = treasury.order("1", 2_500), treasury.order("2", 1_000)
        batch = treasury.send(one, two)
        told = RefusedByBank(payout_id=one.id, reason="AC04")
        seen = treasury.as_(CASHIER).act(batching.refuse_payment, batch.id, told)
        assert {line.state for line in seen.lines} == {LineState.WAITING, LineState.REFUSED}
        again = treasury.payout(one)
        assert (again.state, again.sent_back) == (PayoutState.ORDERED, "AC04")
        treasury.refused(WrongState, batching.refuse_payment, batch.id, told)
        assert treasury.send(again).lines[0].end_to_end_id == f"{one.id.hex}-2"
        assert treasury.desk.ask(faults) == []

    def test_is_refused_before_the_bank_has_the_file(self, treasury):
        payout = treasury.order("1", 2_500)
        batch = treasury.draft(payout)
        told = RefusedByBank(payout_id=payout.id, reason="AC04")
        treasury.refused(WrongState, batching.refuse_payment, batch.id, told)


class TestNameAccount:
    def test_keeps_every_account_there_was_and_knows_the_bank(self, treasury):
        command = NameAccount(holder="Gemeente Meerwijk", iban=THEIRS, decided_by="Collegebesluit 2026-14")
        assert treasury.desk.by(CASHIER).ask(batches.account).bic == "ABNANL2A"
        named_now = treasury.as_(ADMINISTRATOR).act(batching.name_account, command)
        assert (named_now.version, named_now.bic) == (2, "COBADEFFXXX")
        wrong = NameAccount(holder="Gemeente", iban="NL92ABNA0417164300", decided_by="Niemand")
        treasury.refused(IbanUnreadable, batching.name_account, wrong, by=ADMINISTRATOR)
        treasury.refused(DoorClosed, batching.name_account, command, by=CASHIER)


class TestTheProof:
    @pytest.mark.parametrize(
        ("statement", "said"),
        [
            ("UPDATE payment_batch SET total_cents = 2501", "a batch is the sum of its payments"),
            ("UPDATE payment_line SET amount_cents = 2499", "a batch pays what was ordered"),
            ("UPDATE payout SET state = 'ordered'", "a payment is in one state"),
            ("DELETE FROM payment_line", "what is batched is in a batch"),
            ("UPDATE payment_batch SET released_by = 'anna'", "others pay"),
        ],
    )
    def test_sees_what_was_altered(self, treasury, statement, said):
        treasury.send(treasury.order("1", 2_500))
        assert (treasury.desk.ask(faults), treasury.desk.ask(paid_cents, "oost")) == ([], 0)
        treasury.desk.act(alter, statement)
        assert said in " ".join(treasury.desk.ask(faults))


def test_payouts_that_wait_say_so(treasury):
    treasury.draft(treasury.order("1", 2_500))
    seen = treasury.desk.by(CASHIER).ask(queries.payouts, "oost")
    assert [(payout.state, payout.may_pay) for payout in seen] == [(PayoutState.BATCHED, False)]
