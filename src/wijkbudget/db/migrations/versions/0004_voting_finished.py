# SPDX-License-Identifier: EUPL-1.2
"""Voting, finished: what happens after the count."""

import sqlalchemy as sa
from alembic import op

from wijkbudget.db.append_only import statements

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the change."""
    _let_the_reserve_list_move()
    _keep_what_drawn_voters_said()
    _keep_alarms()
    _sign_all_numbers_of_a_box()
    _let_rounds_have_limits()
    _tell_what_holds_a_round_up()
    _say_where_paper_is_handed_in()


def _keep_what_drawn_voters_said() -> None:
    """Keep what voters said who were drawn to be asked whether they voted; never who."""
    op.create_table(
        "voting_voter_answer",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.CheckConstraint(
            "answer IN ('voted', 'did_not_vote', 'no_answer')", name=op.f("ck_voting_voter_answer_known_answer")
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_voting_voter_answer_numbered")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["voting_round.id"], name=op.f("fk_voting_voter_answer_round_id_voting_round")
        ),
        sa.PrimaryKeyConstraint("round_id", "number", name=op.f("pk_voting_voter_answer")),
    )


def _keep_alarms() -> None:
    """Keep when very many wrong codes were tried."""
    op.create_table(
        "wrong_codes_alarm",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wrong_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_codes_alarm")),
    )
    for statement in statements("wrong_codes_alarm", op.get_bind().dialect.name):
        op.execute(statement)


def _let_the_reserve_list_move() -> None:
    """Keep which plans stopped after they won, why, and what moved up instead."""
    with op.batch_alter_table("voucher") as voucher:
        voucher.add_column(sa.Column("stopped_on", sa.Date(), nullable=True))
    op.create_table(
        "voting_stopped",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("kept_cents", sa.BigInteger(), nullable=False),
        sa.Column("freed_cents", sa.BigInteger(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kept_cents >= 0 AND freed_cents > 0", name=op.f("ck_voting_stopped_amounts")),
        sa.ForeignKeyConstraint(
            ["round_id", "key"],
            ["voting_option.round_id", "voting_option.key"],
            name=op.f("fk_voting_stopped_round_id_voting_option"),
        ),
        sa.PrimaryKeyConstraint("round_id", "key", name=op.f("pk_voting_stopped")),
    )
    op.create_table(
        "voting_promotion",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("after_key", sa.String(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("granted_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("granted_cents >= 0 AND turn > 0", name=op.f("ck_voting_promotion_amounts")),
        sa.ForeignKeyConstraint(
            ["round_id", "key"],
            ["voting_option.round_id", "voting_option.key"],
            name=op.f("fk_voting_promotion_round_id_voting_option"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id", "after_key"],
            ["voting_stopped.round_id", "voting_stopped.key"],
            name=op.f("fk_voting_promotion_round_id_voting_stopped"),
        ),
        sa.PrimaryKeyConstraint("round_id", "key", name=op.f("pk_voting_promotion")),
    )
    op.create_table(
        "stopped_initiative",
        sa.Column("initiative_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("stopped_by", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("stopped_by IN ('group', 'council')", name=op.f("ck_stopped_initiative_known_side")),
        sa.CheckConstraint(
            "(stopped_by = 'council') = (decision_id IS NOT NULL)", name=op.f("ck_stopped_initiative_council_decides")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_stopped_initiative_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name=op.f("fk_stopped_initiative_initiative_id_initiative")
        ),
        sa.PrimaryKeyConstraint("initiative_id", name=op.f("pk_stopped_initiative")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_stopped_initiative_decision_id")),
    )
    for table in ("voting_stopped", "voting_promotion", "stopped_initiative"):
        for statement in statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def _sign_all_numbers_of_a_box() -> None:
    """Keep what was signed at the close, so that nobody can have other numbers signed later."""
    with op.batch_alter_table("voting_sealed") as sealed:
        sealed.add_column(sa.Column("seal", sa.String(), nullable=False, server_default=""))


def _let_rounds_have_limits() -> None:
    """Let plans exclude each other, and let a theme or a small area have a limit of money."""
    op.create_table(
        "voting_limit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.Column("wins_max", sa.Integer(), nullable=True),
        sa.Column("spent_cents_max", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(wins_max IS NULL) <> (spent_cents_max IS NULL)", name=op.f("ck_voting_limit_one_kind")),
        sa.CheckConstraint("wins_max > 0 AND spent_cents_max > 0", name=op.f("ck_voting_limit_positive")),
        sa.ForeignKeyConstraint(["round_id"], ["voting_round.id"], name=op.f("fk_voting_limit_round_id_voting_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voting_limit")),
        sa.UniqueConstraint("round_id", "name", name=op.f("uq_voting_limit_round_id_name")),
    )
    op.create_index(op.f("ix_voting_limit_round_id"), "voting_limit", ["round_id"])


def _tell_what_holds_a_round_up() -> None:
    """Keep why a round could not go on by itself."""
    op.create_table(
        "voting_held_up",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("tried_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["voting_round.id"], name=op.f("fk_voting_held_up_round_id_voting_round")
        ),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_voting_held_up")),
    )


def _say_where_paper_is_handed_in() -> None:
    """Keep where and until when ballots on paper are handed in."""
    with op.batch_alter_table("voting_round") as round_:
        round_.add_column(sa.Column("hand_in_at", sa.String(), nullable=True))
        round_.add_column(sa.Column("hand_in_until", sa.Date(), nullable=True))
