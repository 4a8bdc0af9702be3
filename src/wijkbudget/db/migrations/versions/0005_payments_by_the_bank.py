# SPDX-License-Identifier: EUPL-1.2
"""Payments by the bank: in batches, with its statements, and back to the approvers when an account number changes."""

import sqlalchemy as sa
from alembic import op

from wijkbudget.db.append_only import statements

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the change."""
    _let_accounts_change()
    _let_payouts_go_in_batches()
    _make_batches()
    _make_statements()


def _let_accounts_change() -> None:
    """Count how often a claim was put before its approvers; what was approved before was so in the first turn."""
    with op.batch_alter_table("claim") as claim:
        claim.add_column(sa.Column("turn", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("approval") as approval:
        approval.add_column(sa.Column("turn", sa.Integer(), nullable=False, server_default="1"))
        approval.drop_constraint(op.f("uq_approval_claim_id_approver"), type_="unique")
        approval.drop_constraint(op.f("pk_approval"), type_="primary")
        approval.create_primary_key(op.f("pk_approval"), ["claim_id", "turn", "ordinal"])
        approval.create_unique_constraint(op.f("uq_approval_claim_id_turn_approver"), ["claim_id", "turn", "approver"])
        approval.create_check_constraint(op.f("ck_approval_turn_counts"), "turn >= 1")
    _guard_again("approval")


def _let_payouts_go_in_batches() -> None:
    """Let a payout stand in a batch, come back from the bank, or make room for another one."""
    with op.batch_alter_table("payout") as payout:
        payout.add_column(sa.Column("number", sa.String(), nullable=True))
        payout.add_column(sa.Column("attempt", sa.Integer(), nullable=False, server_default="1"))
        payout.add_column(sa.Column("sent_back", sa.String(), nullable=True))
        payout.drop_constraint(op.f("uq_payout_about"), type_="unique")
        payout.drop_constraint(op.f("ck_payout_known_state"), type_="check")
        payout.create_check_constraint(
            op.f("ck_payout_known_state"), "state IN ('ordered', 'batched', 'paid', 'withdrawn')"
        )
        payout.create_check_constraint(op.f("ck_payout_attempt_counts"), "attempt >= 1")
    is_alive = sa.text("state <> 'withdrawn'")
    op.create_index(
        op.f("uq_payout_about"), "payout", ["about"], unique=True, sqlite_where=is_alive, postgresql_where=is_alive
    )


def _make_batches() -> None:
    """Give batches their tables: the account that pays, a batch, and each payment in it."""
    op.create_table(
        "debtor_account",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("iban", sa.String(), nullable=False),
        sa.Column("bic", sa.String(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("named_by", sa.String(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_debtor_account_version_counts")),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_debtor_account")),
    )
    op.create_table(
        "payment_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("account_version", sa.Integer(), nullable=False),
        sa.Column("payment_count", sa.Integer(), nullable=False),
        sa.Column("total_cents", sa.BigInteger(), nullable=False),
        sa.Column("drafted_by", sa.String(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_by", sa.String(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("file_sha256", sa.String(), nullable=True),
        sa.Column("sent_by", sa.String(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("payment_count > 0 AND total_cents > 0", name=op.f("ck_payment_batch_amounts_positive")),
        sa.CheckConstraint(
            "state IN ('drafted', 'released', 'sent', 'undone')", name=op.f("ck_payment_batch_known_state")
        ),
        sa.CheckConstraint("released_by <> drafted_by", name=op.f("ck_payment_batch_two_people")),
        sa.CheckConstraint(
            "(state IN ('released', 'sent')) ="
            " (released_by IS NOT NULL AND released_at IS NOT NULL AND file_sha256 IS NOT NULL)",
            name=op.f("ck_payment_batch_released_is_complete"),
        ),
        sa.CheckConstraint(
            "(state = 'sent') = (sent_by IS NOT NULL AND sent_at IS NOT NULL)",
            name=op.f("ck_payment_batch_sent_is_complete"),
        ),
        sa.ForeignKeyConstraint(
            ["account_version"],
            ["debtor_account.version"],
            name=op.f("fk_payment_batch_account_version_debtor_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_batch")),
    )
    op.create_index(op.f("ix_payment_batch_state"), "payment_batch", ["state"])
    op.create_table(
        "payment_line",
        sa.Column("end_to_end_id", sa.String(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("payout_id", sa.Uuid(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_payment_line_amount_positive")),
        sa.CheckConstraint(
            "state IN ('waiting', 'booked', 'sent_back', 'refused')", name=op.f("ck_payment_line_known_state")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["payment_batch.id"], name=op.f("fk_payment_line_batch_id_payment_batch")
        ),
        sa.ForeignKeyConstraint(["payout_id"], ["payout.id"], name=op.f("fk_payment_line_payout_id_payout")),
        sa.PrimaryKeyConstraint("end_to_end_id", name=op.f("pk_payment_line")),
        sa.UniqueConstraint("payout_id", "attempt", name=op.f("uq_payment_line_payout_id_attempt")),
    )
    op.create_index(op.f("ix_payment_line_batch_id"), "payment_line", ["batch_id"])
    _guard("debtor_account")


def _make_statements() -> None:
    """Give statements their tables: a statement, its lines, and which payment a line is of."""
    op.create_table(
        "bank_statement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("iban", sa.String(), nullable=False),
        sa.Column("statement_id", sa.String(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("opening_cents", sa.BigInteger(), nullable=False),
        sa.Column("closing_cents", sa.BigInteger(), nullable=False),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("file_sha256", sa.String(), nullable=False),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_statement")),
        sa.UniqueConstraint("iban", "statement_id", name=op.f("uq_bank_statement_iban_statement_id")),
    )
    op.create_table(
        "bank_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.Column("iban", sa.String(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("bank_reference", sa.String(), nullable=True),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("is_credit", sa.Boolean(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("end_to_end_id", sa.String(), nullable=True),
        sa.Column("return_reason", sa.String(), nullable=True),
        sa.Column("match", sa.String(), nullable=True),
        sa.Column("difference", sa.String(), nullable=True),
        sa.Column("party", sa.String(), nullable=True),
        sa.Column("party_iban", sa.String(), nullable=True),
        sa.Column("remittance", sa.String(), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_bank_line_amount_not_negative")),
        sa.CheckConstraint('("match" IS NULL) <> (difference IS NULL)', name=op.f("ck_bank_line_matched_or_different")),
        sa.CheckConstraint("\"match\" IN ('booked', 'sent_back')", name=op.f("ck_bank_line_known_match")),
        sa.CheckConstraint(
            "difference IN ('unknown_reference', 'not_released', 'other_amount', 'paid_before', 'refused_before',"
            " 'unexpected_money')",
            name=op.f("ck_bank_line_known_difference"),
        ),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settled_by IS NULL) AND (settled_at IS NULL) = (settled_reason IS NULL)"
            " AND (settled_at IS NULL OR difference IS NOT NULL)",
            name=op.f("ck_bank_line_settled_is_complete"),
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["bank_statement.id"], name=op.f("fk_bank_line_statement_id_bank_statement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_line")),
        sa.UniqueConstraint("statement_id", "entry", "part", name=op.f("uq_bank_line_statement_id_entry_part")),
        sa.UniqueConstraint("iban", "bank_reference", "part", name=op.f("uq_bank_line_iban_bank_reference_part")),
    )
    op.create_index(op.f("ix_bank_line_statement_id"), "bank_line", ["statement_id"])
    op.create_table(
        "bank_match",
        sa.Column("end_to_end_id", sa.String(), nullable=False),
        sa.Column("match", sa.String(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("\"match\" IN ('booked', 'sent_back')", name=op.f("ck_bank_match_known_match")),
        sa.ForeignKeyConstraint(
            ["end_to_end_id"],
            ["payment_line.end_to_end_id"],
            name=op.f("fk_bank_match_end_to_end_id_payment_line"),
        ),
        sa.ForeignKeyConstraint(["line_id"], ["bank_line.id"], name=op.f("fk_bank_match_line_id_bank_line")),
        sa.PrimaryKeyConstraint("end_to_end_id", "match", name=op.f("pk_bank_match")),
    )
    op.create_index(op.f("ix_bank_match_line_id"), "bank_match", ["line_id"])
    _guard("bank_statement")
    _guard("bank_match")


def _guard(table: str) -> None:
    """Keep a table append-only."""
    for statement in statements(table, op.get_bind().dialect.name):
        op.execute(statement)


def _guard_again(table: str) -> None:
    """Keep a table append-only that SQLite made anew, and lost the triggers of."""
    if op.get_bind().dialect.name == "sqlite":
        _guard(table)
