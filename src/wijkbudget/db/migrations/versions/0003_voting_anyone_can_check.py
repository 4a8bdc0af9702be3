# SPDX-License-Identifier: EUPL-1.2
"""Voting that anyone can check."""

import sqlalchemy as sa
from alembic import op

from wijkbudget.db.append_only import statements

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the change."""
    _let_ballots_be_signed()
    _let_lots_be_drawn_in_public()
    _let_people_vote_on_paper()
    _keep_count_of_letters()
    _let_people_vote_for_others()


def _let_ballots_be_signed() -> None:
    """Count how often a ballot was replaced; a ballot from before has turn 0 and no signed receipt."""
    with op.batch_alter_table("voting_box") as box:
        box.add_column(sa.Column("turn", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("voting_sealed") as sealed:
        sealed.add_column(sa.Column("turnout", sa.Text(), nullable=True))


def _let_lots_be_drawn_in_public() -> None:
    """Let a round say what its lots will be drawn from, and keep what came out."""
    with op.batch_alter_table("voting_round") as round_:
        round_.add_column(sa.Column("lots_from", sa.String(), nullable=True))
    op.create_table(
        "voting_draw",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["voting_round.id"], name=op.f("fk_voting_draw_round_id_voting_round")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_voting_draw")),
    )
    for statement in statements("voting_draw", op.get_bind().dialect.name):
        op.execute(statement)


def _let_people_vote_on_paper() -> None:
    """Give paper its tables: who works on it, its envelopes, its stacks, what was entered, and the sheet."""
    with op.batch_alter_table("voting_round") as round_:
        round_.add_column(sa.Column("with_paper", sa.Boolean(), nullable=False, server_default=sa.false()))
    _make_paper_counts()
    op.create_table(
        "voting_paper_worker",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("seat", sa.String(), nullable=False),
        sa.CheckConstraint(
            "seat IN ('receive', 'first', 'second', 'third')", name=op.f("ck_voting_paper_worker_known_seat")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["voting_round.id"], name=op.f("fk_voting_paper_worker_round_id_voting_round")
        ),
        sa.PrimaryKeyConstraint("round_id", "person", name=op.f("pk_voting_paper_worker")),
        sa.UniqueConstraint("round_id", "person", "seat", name=op.f("uq_voting_paper_worker_round_id_person_seat")),
    )
    op.create_table(
        "voting_paper_envelope",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("voice_hundredths", sa.Integer(), nullable=False),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["voting_round.id"], name=op.f("fk_voting_paper_envelope_round_id_voting_round")
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_voting_paper_envelope")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_voting_paper_envelope_round_id"), "voting_paper_envelope", ["round_id"])
    op.create_table(
        "voting_paper_entry",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("voice_hundredths", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seat", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=True),
        sa.Column("spoiled", sa.String(), nullable=True),
        sa.CheckConstraint("seat IN ('first', 'second', 'third')", name=op.f("ck_voting_paper_entry_known_seat")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_voting_paper_entry_numbered")),
        sa.CheckConstraint("(marks IS NULL) <> (spoiled IS NULL)", name=op.f("ck_voting_paper_entry_marks_or_spoiled")),
        sa.ForeignKeyConstraint(
            ["round_id", "person", "seat"],
            ["voting_paper_worker.round_id", "voting_paper_worker.person", "voting_paper_worker.seat"],
            name=op.f("fk_voting_paper_entry_round_id_voting_paper_worker"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id", "voice_hundredths"],
            ["voting_paper_stack.round_id", "voting_paper_stack.voice_hundredths"],
            name=op.f("fk_voting_paper_entry_round_id_voting_paper_stack"),
        ),
        sa.PrimaryKeyConstraint("round_id", "voice_hundredths", "number", "seat", name=op.f("pk_voting_paper_entry")),
        sqlite_with_rowid=False,
    )


def _make_paper_counts() -> None:
    """Make the tables of paper that hold nothing but numbers."""
    op.create_table(
        "voting_paper_return",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("voted_online", sa.Integer(), nullable=False),
        sa.Column("second_envelope", sa.Integer(), nullable=False),
        sa.Column("wrong_code", sa.Integer(), nullable=False),
        sa.Column("too_late", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "voted_online >= 0 AND second_envelope >= 0 AND wrong_code >= 0 AND too_late >= 0",
            name=op.f("ck_voting_paper_return_counts"),
        ),
        sa.CheckConstraint(
            "returned >= voted_online + second_envelope + wrong_code + too_late",
            name=op.f("ck_voting_paper_return_counts_all"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["voting_round.id"], name=op.f("fk_voting_paper_return_round_id_voting_round")
        ),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_voting_paper_return")),
    )
    op.create_table(
        "voting_paper_stack",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("voice_hundredths", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("ballots", sa.Integer(), nullable=False),
        sa.CheckConstraint("ballots > 0", name=op.f("ck_voting_paper_stack_some")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["voting_round.id"], name=op.f("fk_voting_paper_stack_round_id_voting_round")
        ),
        sa.PrimaryKeyConstraint("round_id", "voice_hundredths", name=op.f("pk_voting_paper_stack")),
    )
    op.create_table(
        "voting_paper_sheet",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["voting_round.id"], name=op.f("fk_voting_paper_sheet_round_id_voting_round")
        ),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_voting_paper_sheet")),
    )
    for table in ("voting_paper_return", "voting_paper_sheet"):
        for statement in statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def _keep_count_of_letters() -> None:
    """Give letters their tables: what stands on them, which files there are, and reports of stolen codes."""
    op.create_table(
        "voting_letterhead",
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("help_desk", sa.String(), nullable=False),
        sa.Column("phone_number", sa.String(), nullable=False),
        sa.Column("return_address", sa.String(), nullable=False),
        sa.Column("colour", sa.String(), nullable=False),
        sa.Column("window", sa.String(), nullable=False),
        sa.CheckConstraint("\"window\" IN ('left', 'right')", name=op.f("ck_voting_letterhead_known_window")),
        sa.ForeignKeyConstraint(
            ["place"], ["neighbourhood.slug"], name=op.f("fk_voting_letterhead_place_neighbourhood")
        ),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_voting_letterhead")),
    )
    op.create_table(
        "voting_letter_batch",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("letter_count", sa.Integer(), nullable=False),
        sa.Column("is_replacement", sa.Boolean(), nullable=False),
        sa.Column("wiped_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wiped_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("letter_count > 0", name=op.f("ck_voting_letter_batch_letters")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["voting_round.id"], name=op.f("fk_voting_letter_batch_round_id_voting_round")
        ),
        sa.PrimaryKeyConstraint("round_id", "number", name=op.f("pk_voting_letter_batch")),
    )
    op.create_table(
        "voting_stolen_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["round_id"], ["voting_round.id"], name=op.f("fk_voting_stolen_report_round_id_voting_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voting_stolen_report")),
        sa.UniqueConstraint("round_id", "person", name=op.f("uq_voting_stolen_report_round_id_person")),
    )


def _let_people_vote_for_others() -> None:
    """Give mandates their table; the limit for each proxy is a constraint of it."""
    op.create_table(
        "voting_mandate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("giver", sa.String(), nullable=True),
        sa.Column("proxy", sa.String(), nullable=True),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.CheckConstraint("seat BETWEEN 1 AND 2", name=op.f("ck_voting_mandate_few")),
        sa.CheckConstraint("giver <> proxy", name=op.f("ck_voting_mandate_another")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["voting_round.id"], name=op.f("fk_voting_mandate_round_id_voting_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voting_mandate")),
        sa.UniqueConstraint("round_id", "giver", name=op.f("uq_voting_mandate_round_id_giver")),
        sa.UniqueConstraint("round_id", "proxy", "seat", name=op.f("uq_voting_mandate_round_id_proxy_seat")),
    )
