# SPDX-License-Identifier: EUPL-1.2
"""What the bank says, matched with what was sent: booked once, undone once, and the rest listed with why."""

import base64
from dataclasses import replace

import pytest
from xmlschema import XMLSchema

from tests.payments.conftest import (
    CASHIER,
    RELEASER,
    THEIRS,
    alter,
    back,
    faults,
    filed,
    named,
    out,
    paid_cents,
)
from tests.worlds import somebody
from wijkbudget.kit.actor import Role
from wijkbudget.kit.states import WrongState
from wijkbudget.payments.batches import service as batching
from wijkbudget.payments.batches.rules import BatchState, LineState
from wijkbudget.payments.batches.schemas import RefusedByBank
from wijkbudget.payments.rules import PayoutState
from wijkbudget.payments.statements import queries, rules, service
from wijkbudget.payments.statements.schemas import ReceiveStatement, SettleDifference
from wijkbudget.trail.desk import DoorClosed


class TestReceive:
    @pytest.mark.parametrize("version", ["02", "08"])
    def test_books_what_was_sent_once(self, treasury, version):
        one, two = treasury.order("1", 2_500), treasury.order("2", 1_000)
        batch = treasury.send(one, two)
        [seen] = treasury.receive(treasury.bank.statement(out(2_500, named(one))), version=version)
        assert (seen.line_count, seen.matched_count, seen.open_count, seen.has_gap_before) == (1, 1, 0, False)
        paid = treasury.payout(one)
        assert (paid.state, paid.bank_reference, treasury.payout(two).state) == (
            PayoutState.PAID,
            "B1-1",
            PayoutState.BATCHED,
        )
        assert (treasury.desk.ask(paid_cents, "oost"), treasury.batch(batch).state) == (2_500, BatchState.SENT)
        treasury.receive(treasury.bank.statement(out(1_000, named(two))), version=version)
        assert (treasury.desk.ask(paid_cents, "oost"), treasury.batch(batch).state) == (3_500, BatchState.BOOKED)
        assert treasury.desk.ask(faults) == []

    @pytest.mark.parametrize("version", ["02", "08"])
    def test_books_the_payments_within_one_entry(self, treasury, version):
        payouts = [treasury.order(str(number), 1_000 + number, place) for number, place in enumerate(["oost", "west"])]
        batch = treasury.send(*payouts)
        lines = [out(payout.amount_cents, named(payout), entry=9) for payout in payouts]
        [seen] = treasury.receive(treasury.bank.statement(*lines), version=version)
        assert (seen.line_count, seen.matched_count, treasury.batch(batch).state) == (2, 2, BatchState.BOOKED)

    def test_books_a_whole_batch_of_which_the_bank_tells_only_the_sum(self, treasury):
        payouts = [treasury.order(str(number), 1_000) for number in range(3)]
        batch = treasury.send(*payouts)
        wrong = replace(out(1_000, None, batch_reference=batch.id.hex), party=None, remittance=None)
        treasury.receive(treasury.bank.statement(wrong))
        assert (treasury.differences(), treasury.batch(batch).state) == (["other_amount"], BatchState.SENT)
        treasury.receive(treasury.bank.statement(replace(wrong, amount_cents=3_000)))
        assert (treasury.batch(batch).state, treasury.desk.ask(paid_cents, "oost")) == (BatchState.BOOKED, 3_000)
        treasury.receive(treasury.bank.statement(replace(wrong, amount_cents=3_000)))
        assert (treasury.differences(), treasury.desk.ask(faults)) == (["other_amount", "paid_before"], [])

    def test_undoes_what_was_sent_back_and_lets_it_wait_with_the_reason(self, treasury):
        payout = treasury.order("1", 2_500)
        batch = treasury.send(payout)
        treasury.receive(treasury.bank.statement(out(2_500, named(payout))))
        treasury.receive(treasury.bank.statement(back(2_500, named(payout))))
        again = treasury.payout(payout)
        assert (again.state, again.sent_back, again.paid_at) == (PayoutState.ORDERED, "AC04", None)
        assert (treasury.desk.ask(paid_cents, "oost"), treasury.batch(batch).state) == (0, BatchState.PART_REFUSED)
        treasury.send(again)
        treasury.receive(treasury.bank.statement(out(2_500, named(payout, 2))))
        paid = treasury.payout(payout)
        assert (paid.state, paid.sent_back, treasury.desk.ask(paid_cents, "oost")) == (PayoutState.PAID, None, 2_500)
        assert (treasury.desk.ask(faults), treasury.differences()) == ([], [])

    @pytest.mark.parametrize("together", [True, False])
    def test_moves_nothing_for_what_went_out_and_came_back_in_whichever_order_it_is_read(self, treasury, together):
        payout = treasury.order("1", 2_500)
        treasury.send(payout)
        first, second = back(2_500, named(payout)), out(2_500, named(payout))
        if together:
            treasury.receive(treasury.bank.statement(first, second))
        else:
            treasury.receive(treasury.bank.statement(first))
            treasury.send(treasury.payout(payout))
            treasury.receive(treasury.bank.statement(second))
        assert (treasury.desk.ask(paid_cents, "oost"), treasury.differences()) == (0, [])
        state = PayoutState.ORDERED if together else PayoutState.BATCHED
        assert (treasury.payout(payout).state, treasury.desk.ask(faults)) == (state, [])


class TestWhatDoesNotMatch:
    def test_is_listed_with_why(self, treasury):
        paid, other, refused, drafted = (treasury.order(str(number), 1_000 + number) for number in range(4))
        batch = treasury.send(paid, other, refused)
        treasury.draft(drafted)
        told = RefusedByBank(payout_id=refused.id, reason="AC04")
        treasury.as_(CASHIER).act(batching.refuse_payment, batch.id, told)
        treasury.receive(treasury.bank.statement(out(1_000, named(paid))))
        treasury.receive(
            treasury.bank.statement(
                out(1_250, None),
                out(1_250, "ELSEWHERE"),
                out(1_003, named(drafted)),
                out(1_000, named(other)),
                out(1_000, named(paid)),
                out(1_002, named(refused)),
                back(500, None),
                back(1_003, named(drafted)),
                back(1_002, named(refused)),
            )
        )
        assert treasury.differences() == [
            *["unknown_reference"] * 2,
            "not_released",
            "other_amount",
            "paid_before",
            "refused_before",
            *["unexpected_money"] * 3,
        ]
        assert (treasury.desk.ask(paid_cents, "oost"), treasury.desk.ask(faults)) == (1_000, [])

    def test_stays_until_the_cashier_explains_it(self, treasury):
        [seen] = treasury.receive(treasury.bank.statement(out(1_250, None)))
        [line] = treasury.desk.by(CASHIER).ask(queries.differences)
        assert (line.party, line.party_iban, line.remittance) == ("Iemand", THEIRS, "Zomaar")
        command = SettleDifference(reason="De kosten van de bank.")
        for who in (RELEASER, somebody(Role.CASHIER, "oost")):
            treasury.refused(DoorClosed, service.settle_difference, line.id, command, by=who)
        settled = treasury.as_(CASHIER).act(service.settle_difference, line.id, command)
        assert (settled.settled_reason, settled.may_settle, treasury.differences()) == (command.reason, False, [])
        treasury.refused(WrongState, service.settle_difference, line.id, command)
        assert treasury.desk.by(CASHIER).ask(queries.statement, seen.id).open_count == 0

    def test_keeps_no_name_of_what_does_match(self, treasury):
        payout = treasury.order("1", 2_500)
        treasury.send(payout)
        [seen] = treasury.receive(treasury.bank.statement(out(2_500, named(payout))))
        [line] = treasury.desk.by(CASHIER).ask(queries.statement, seen.id).lines
        assert (line.party, line.party_iban, line.remittance, line.payments) == (None, None, None, ["Plan 1"])


class TestAStatement:
    def test_is_taken_in_once(self, treasury):
        made = treasury.bank.statement(out(1_250, None))
        treasury.receive(made)
        refusal = treasury.refused(rules.StatementTwice, service.receive, filed(made))
        assert str(refusal) == "Statement 2026-1 was read before."
        treasury.refused(rules.StatementTwice, service.receive, filed(treasury.bank.statement(), made))

    def test_has_each_entry_once_on_it_and_on_all_others(self, treasury):
        made = treasury.bank.statement(out(1_250, None))
        treasury.receive(made)
        twice = replace(treasury.bank.statement(*made.lines), lines=made.lines)
        assert "B1-1" in str(treasury.refused(rules.EntryTwice, service.receive, filed(twice)))
        both = treasury.bank.statement(out(1, None), out(2, None))
        same = tuple(replace(line, bank_reference="B9") for line in both.lines)
        treasury.refused(rules.EntryTwice, service.receive, filed(replace(both, lines=same)))

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"closing_cents": 1}, "The entries do not add up"),
            ({"iban": THEIRS}, "another account"),
        ],
    )
    def test_adds_up_and_is_of_our_account(self, treasury, changed, said):
        made = replace(treasury.bank.statement(out(1_250, None)), **changed)
        assert said in str(treasury.refused(rules.StatementUnreadable, service.receive, filed(made)))

    def test_says_when_one_seems_to_be_missing_before_it(self, treasury):
        first, missing, third = (treasury.bank.statement(out(100 + number, None)) for number in range(3))
        treasury.receive(first)
        [seen] = treasury.receive(third)
        assert seen.has_gap_before is True
        treasury.receive(missing)
        assert [each.has_gap_before for each in treasury.desk.by(CASHIER).ask(queries.statements)] == [False] * 3


_BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">&b;</Document>"""
_FILE = b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'
_DEEP = b"<a>" * 40 + b"</a>" * 40


class TestAFile:
    @pytest.mark.parametrize(
        "content",
        [b"", b"no xml", b"<a/>", _BOMB, _BOMB.decode().encode("utf-16"), _FILE, _DEEP, b"\x00" * 100, b"PK\x03\x04"],
        ids=["empty", "text", "other", "bomb", "bomb16", "outside", "deep", "zeros", "zip"],
    )
    def test_that_is_no_statement_is_refused_with_a_sentence(self, treasury, content):
        sent = ReceiveStatement(statement=base64.b64encode(content).decode() or "=")
        refusal = treasury.refused(rules.StatementUnreadable, service.receive, sent)
        assert set(refusal.fields) == {"statement"}

    def test_that_is_too_large_is_refused_before_it_is_read(self, treasury):
        sent = ReceiveStatement(statement="A" * (rules.STATEMENT_BASE64_MAX + 4))
        assert "5 MB" in str(treasury.refused(rules.StatementUnreadable, service.receive, sent))

    @pytest.mark.parametrize(
        ("right", "wrong"),
        [
            (b">12.50<", b">12.505<"),
            (b">12.50<", b">1e1<"),
            (b">12.50<", b">-12.50<"),
            (b'Ccy="EUR"', b'Ccy="USD"'),
            (b"DBIT", b"OUT"),
            (b"<Dt>2026-03-02<", b"<Dt>2026-13-02<"),
            (b"camt.053.001.08", b"camt.053.001.99"),
            (b"<ElctrncSeqNb>1<", b"<ElctrncSeqNb>one<"),
        ],
    )
    def test_with_an_amount_day_or_side_that_cannot_be_is_refused(self, treasury, right, wrong):
        content = base64.b64decode(filed(treasury.bank.statement(out(1_250, None))).statement)
        assert right in content
        sent = ReceiveStatement(statement=base64.b64encode(content.replace(right, wrong)).decode())
        treasury.refused(rules.StatementUnreadable, service.receive, sent)

    @pytest.mark.parametrize("version", ["02", "08"])
    def test_of_ours_is_what_the_standard_asks(self, treasury, data, version):
        payout = treasury.order("1", 2_500)
        made = treasury.bank.statement(
            out(2_500, named(payout), entry=5, batch_reference="OURS"),
            out(1, named(payout), entry=5, batch_reference="OURS"),
            back(2_500, named(payout)),
        )
        content = base64.b64decode(filed(made, version=version).statement).decode()
        XMLSchema(str(data / "camt" / f"camt.053.001.{version}.xsd")).validate(content)


class TestTheProof:
    @pytest.mark.parametrize(
        ("statement", "said"),
        [
            ("UPDATE bank_line SET amount_cents = 2499", "a statement adds up"),
            ("UPDATE payment_line SET state = 'refused'", "a payment is what the bank says"),
            ("UPDATE payment_line SET attempt = 2", "what the bank paid is in the books"),
            ("UPDATE payout SET attempt = 3", "a payment is in one state"),
        ],
    )
    def test_sees_what_was_altered(self, treasury, statement, said):
        payout = treasury.order("1", 2_500)
        treasury.send(payout)
        treasury.receive(treasury.bank.statement(out(2_500, named(payout))))
        assert treasury.desk.ask(faults) == []
        treasury.desk.act(alter, statement)
        assert said in " ".join(treasury.desk.ask(faults))

    def test_of_the_database_lets_a_payment_be_booked_once(self, treasury):
        payout = treasury.order("1", 2_500)
        batch = treasury.send(payout)
        treasury.receive(treasury.bank.statement(out(2_500, named(payout))))
        assert treasury.batch(batch).lines[0].state is LineState.BOOKED
        with pytest.raises(Exception, match="constraint"):
            treasury.desk.act(alter, "INSERT INTO bank_match SELECT * FROM bank_match")
