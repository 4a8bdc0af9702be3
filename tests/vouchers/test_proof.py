# SPDX-License-Identifier: EUPL-1.2
"""The proof notices whatever somebody changes behind the back of the verbs."""

import pytest
from sqlalchemy import text

from tests.vouchers.conftest import HOUSE, faults, png
from wijkbudget.kit.actor import Role
from wijkbudget.payments import queries as payments
from wijkbudget.payments import service as pay
from wijkbudget.payments.schemas import PayPayout
from wijkbudget.trail.work import Work, verb


@verb(HOUSE, municipal=True, silent="a test plays a keeper who goes around the verbs")
def tamper(work: Work, statement: str) -> None:
    work.session.connection().execute(text(statement))


@pytest.fixture
def paid(group):
    """Return the group with one claim that was paid."""
    group.approve(group.claim().id)
    at = group.as_(Role.CASHIER)
    at.act(pay.pay, "oost", at.ask(payments.payouts, "oost")[0].id, PayPayout(bank_reference="1"))
    assert group.desk.ask(faults) == []
    return group


class TestCheck:
    @pytest.mark.parametrize(
        ("statement", "promise"),
        [
            ("UPDATE voucher SET value_cents = 200000", "no cent of a voucher is lost"),
            ("UPDATE voucher SET returned_cents = 1", "no cent of a voucher is lost"),
            ("UPDATE voucher SET claimed_cents = 12499", "claims add up"),
            ("UPDATE claim SET amount_cents = 12499", "what was paid was claimed"),
            ("UPDATE claim SET amount_cents = 12499", "what is paid is what was claimed"),
            ("UPDATE claim SET iban = 'NL20INGB0001234567'", "what is paid is what was claimed"),
            ("UPDATE claim SET supplier = 'Iemand anders'", "a receipt says what was claimed"),
            ("UPDATE claim SET state = 'filed'", "only what was approved is paid"),
            ("UPDATE claim SET approvals_needed = 1", "enough people approve"),
            ("INSERT INTO voucher_holder SELECT c.voucher_id, a.approver FROM approval a, claim c", "others approve"),
            ("UPDATE payout SET amount_cents = 1", "what was paid is in the ledger"),
            ("UPDATE claim SET receipt_sha256 = '00'", "every claim has its receipt"),
        ],
    )
    def test_names_what_was_altered(self, paid, statement, promise):
        if "approval a" in statement:
            statement += " LIMIT 1"
        paid.desk.act(tamper, statement)
        assert promise in {fault.promise for fault in paid.desk.ask(faults)}

    def test_notices_a_receipt_that_was_replaced(self, paid):
        [path] = [path for path in paid.desk.files.folder.rglob("*") if path.is_file()]
        path.write_bytes(png(9))
        [fault] = paid.desk.ask(faults)
        assert fault.promise == "every claim has its receipt"

    def test_notices_a_receipt_that_counts_twice(self, paid):
        paid.claim(2)
        paid.desk.act(tamper, "DROP INDEX uq_claim_receipt_sha256")
        paid.desk.act(tamper, "UPDATE claim SET receipt_sha256 = (SELECT min(receipt_sha256) FROM claim)")
        assert "a receipt counts once" in {fault.promise for fault in paid.desk.ask(faults)}


class TestTheDatabase:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE voucher SET claimed_cents = 100001",
            "UPDATE voucher SET claimed_cents = -1",
            "UPDATE voucher SET state = 'settled'",
            "UPDATE voucher SET state = 'nonsense'",
            "UPDATE claim SET state = 'refused'",
            "UPDATE claim SET amount_cents = 0",
            "UPDATE approval SET approver = 'me'",
            "DELETE FROM approval",
            "DELETE FROM payout_party",
            "UPDATE payout SET state = 'ordered'",
            "UPDATE payout SET target = 'pot:oost:2026'",
            "INSERT INTO approval SELECT claim_id, turn, 6, 'me', NULL, at FROM approval LIMIT 1",
            "INSERT INTO approval SELECT claim_id, turn, 2, approver, reason, at FROM approval WHERE ordinal = 1",
        ],
    )
    def test_refuses_by_itself_what_must_never_be(self, paid, statement):
        with pytest.raises(Exception, match=r"constraint|append-only"):
            paid.desk.act(tamper, statement)
        assert paid.desk.ask(faults) == []
