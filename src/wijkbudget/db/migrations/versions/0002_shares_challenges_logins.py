# SPDX-License-Identifier: EUPL-1.2
"""Shares, challenges and logins."""

import sqlalchemy as sa
from alembic import op

from wijkbudget.db.append_only import statements

revision = "0002"
down_revision = "0001"


APPEND_ONLY = (
    "challenge_move",
    "completion_request",
    "missing_part",
    "municipal_task",
    "share",
    "share_lapse",
    "task_withdrawal",
)


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "spent_handshake",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_spent_handshake")),
    )
    op.create_table(
        "login_link",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("way IN ('email', 'openid')", name=op.f("ck_login_link_known_way")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_login_link_person_id_person")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_login_link")),
    )
    with op.batch_alter_table("login_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_link_person_id"), ["person_id"], unique=False)

    op.create_table(
        "municipal_task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("current_cost_cents", sa.BigInteger(), nullable=False),
        sa.Column("quality", sa.String(), nullable=False),
        sa.Column("contract_ends_on", sa.Date(), nullable=True),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("decider", sa.String(), nullable=False),
        sa.Column("lister", sa.String(), nullable=False),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "decider IN ('municipal_council', 'executive', 'mayor')", name=op.f("ck_municipal_task_known_decider")
        ),
        sa.CheckConstraint("current_cost_cents > 0", name=op.f("ck_municipal_task_amount_positive")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_municipal_task_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipal_task")),
    )
    with op.batch_alter_table("municipal_task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_municipal_task_place"), ["place"], unique=False)

    op.create_table(
        "second_step",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_second_step_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_second_step")),
    )
    op.create_table(
        "share_lapse",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("spell", sa.Integer(), nullable=False),
        sa.Column("share_count", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("lapsed_on", sa.Date(), nullable=False),
        sa.CheckConstraint("reason = 'left'", name=op.f("ck_share_lapse_known_reason")),
        sa.CheckConstraint("share_count > 0", name=op.f("ck_share_lapse_share_count_positive")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_share_lapse_person_id_person")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_share_lapse_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_lapse")),
        sa.UniqueConstraint("place", "person_id", "spell", name=op.f("uq_share_lapse_place_person_id_spell")),
    )
    op.create_table(
        "share_review",
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_share_review_place_neighbourhood")),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_share_review")),
    )
    op.create_table(
        "challenge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("municipal_task_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("move_count", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("case_worker", sa.String(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state = 'withdrawn' OR (received_on IS NULL) = (state = 'concept')",
            name=op.f("ck_challenge_received_is_dated"),
        ),
        sa.CheckConstraint(
            "state IN ('concept', 'submitted', 'incomplete', 'being_handled', 'not_handled', 'withdrawn')",
            name=op.f("ck_challenge_known_state"),
        ),
        sa.CheckConstraint(
            "state IN ('concept', 'submitted', 'withdrawn') OR case_worker IS NOT NULL",
            name=op.f("ck_challenge_has_a_case_worker"),
        ),
        sa.CheckConstraint("move_count >= 1", name=op.f("ck_challenge_was_started")),
        sa.ForeignKeyConstraint(
            ["municipal_task_id"], ["municipal_task.id"], name=op.f("fk_challenge_municipal_task_id_municipal_task")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_challenge_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_challenge_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge")),
    )
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_challenge_municipal_task_id"), ["municipal_task_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_challenge_place"), ["place"], unique=False)

    op.create_table(
        "share",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("spell", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(reason = 'resident') = (year = 0)", name=op.f("ck_share_year_fits_reason")),
        sa.CheckConstraint("reason IN ('resident', 'year_of_residence')", name=op.f("ck_share_known_reason")),
        sa.CheckConstraint("spell >= 1", name=op.f("ck_share_spell_counts")),
        sa.CheckConstraint("year >= 0", name=op.f("ck_share_year_counts")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_share_person_id_person")),
        sa.ForeignKeyConstraint(
            ["place", "policy_version"],
            ["adopted_policy.place", "adopted_policy.version"],
            name=op.f("fk_share_place_adopted_policy"),
        ),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_share_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share")),
        sa.UniqueConstraint("place", "person_id", "spell", "year", name=op.f("uq_share_place_person_id_spell_year")),
    )
    op.create_table(
        "task_withdrawal",
        sa.Column("municipal_task_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("withdrawer", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipal_task_id"],
            ["municipal_task.id"],
            name=op.f("fk_task_withdrawal_municipal_task_id_municipal_task"),
        ),
        sa.PrimaryKeyConstraint("municipal_task_id", name=op.f("pk_task_withdrawal")),
    )
    op.create_table(
        "bid",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("gains", sa.String(), nullable=False),
        sa.Column("why_better", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("area_bond", sa.Text(), nullable=False),
        sa.Column("added_value", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("expected_reach", sa.Integer(), nullable=True),
        sa.Column("own_cents", sa.BigInteger(), nullable=False),
        sa.Column("other_cents", sa.BigInteger(), nullable=False),
        sa.Column("experience", sa.Text(), nullable=False),
        sa.Column("help_wanted", sa.Text(), nullable=False),
        sa.Column("quality", sa.Text(), nullable=False),
        sa.Column("safety", sa.Text(), nullable=False),
        sa.Column("harm", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("duration_months", sa.Integer(), nullable=True),
        sa.CheckConstraint("duration_months IS NULL OR duration_months > 0", name=op.f("ck_bid_duration")),
        sa.CheckConstraint("expected_reach IS NULL OR expected_reach >= 0", name=op.f("ck_bid_reach")),
        sa.CheckConstraint("own_cents >= 0 AND other_cents >= 0", name=op.f("ck_bid_amounts")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_bid_challenge_id_challenge")),
        sa.PrimaryKeyConstraint("challenge_id", name=op.f("pk_bid")),
    )
    op.create_table(
        "bid_cost",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_bid_cost_amount_positive")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_bid_cost_challenge_id_challenge")),
        sa.PrimaryKeyConstraint("challenge_id", "position", name=op.f("pk_bid_cost")),
    )
    op.create_table(
        "challenge_move",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("move", sa.String(), nullable=False),
        sa.Column("from_state", sa.String(), nullable=True),
        sa.Column("to_state", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("base", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("(number = 1) = (from_state IS NULL)", name=op.f("ck_challenge_move_begins_once")),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_challenge_move_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("challenge_id", "number", name=op.f("pk_challenge_move")),
    )
    op.create_table(
        "completion_request",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_completion_request_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("challenge_id", name=op.f("pk_completion_request")),
    )
    op.create_table(
        "group_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("called", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (consent = 'invited')", name=op.f("ck_group_member_answer_is_dated")
        ),
        sa.CheckConstraint(
            "(person IS NOT NULL) = (consent = 'accepted')", name=op.f("ck_group_member_is_known_by_consent")
        ),
        sa.CheckConstraint(
            "consent IN ('invited', 'accepted', 'declined', 'cancelled', 'left')",
            name=op.f("ck_group_member_known_consent"),
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_group_member_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_member")),
        sa.UniqueConstraint("challenge_id", "person", name=op.f("uq_group_member_challenge_id_person")),
    )
    with op.batch_alter_table("group_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_member_challenge_id"), ["challenge_id"], unique=False)

    op.create_table(
        "missing_part",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["completion_request.challenge_id"],
            name=op.f("fk_missing_part_challenge_id_completion_request"),
        ),
        sa.PrimaryKeyConstraint("challenge_id", "part", name=op.f("pk_missing_part")),
    )
    _let_people_be_nameless()
    _tell_how_visits_began()
    for table in APPEND_ONLY:
        for statement in statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def _let_people_be_nameless() -> None:
    """Let somebody who comes by e-mail have no name until they are matched with the register."""
    with op.batch_alter_table("person") as person:
        person.drop_constraint("ck_person_name_length", type_="check")
        person.create_check_constraint(
            op.f("ck_person_name_length"), "length(name) <= 120 AND (length(name) > 0 OR pseudonym IS NULL)"
        )


def _tell_how_visits_began() -> None:
    """Give codes and visits a way in; codes that are in the post stay good, visits end and people log in again."""
    op.execute("DELETE FROM login_session")
    with op.batch_alter_table("login_session") as visit:
        visit.add_column(sa.Column("way", sa.String(), nullable=False))
        visit.add_column(sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True))
        visit.create_check_constraint(
            op.f("ck_login_session_known_way"), "way IN ('letter', 'desk', 'email', 'openid')"
        )
    with op.batch_alter_table("login_code") as code:
        code.drop_constraint("ck_login_code_known_way", type_="check")
        code.add_column(sa.Column("link_hash", sa.String(), nullable=True))
        code.alter_column("person_id", existing_type=sa.Uuid(), nullable=True)
        code.create_check_constraint(op.f("ck_login_code_known_way"), "way IN ('letter', 'desk', 'email', 'link')")
        code.create_check_constraint(op.f("ck_login_code_of_somebody"), "(person_id IS NULL) = (way = 'email')")
        code.create_check_constraint(
            op.f("ck_login_code_to_an_address"), "(link_hash IS NOT NULL) = (way IN ('email', 'link'))"
        )
        code.create_index(op.f("ix_login_code_link_hash"), ["link_hash"], unique=False)
