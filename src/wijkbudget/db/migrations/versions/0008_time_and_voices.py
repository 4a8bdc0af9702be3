# SPDX-License-Identifier: EUPL-1.2
"""Time and voices: help asked and offered, pledges, lists at the door, corrections, checks, and votes in projects."""

import sqlalchemy as sa
from alembic import op

from wijkbudget.db import no_overlap
from wijkbudget.db.append_only import statements

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the change."""
    _let_many_ask()
    _let_residents_offer()
    _let_residents_pledge()
    _let_projects_vote()
    _say_when_and_how()
    _correct_time()
    _list_who_was_there()
    _look_at_time()


def _let_many_ask() -> None:
    """Keep who asks for a task, what it is about, where, when and for what age, and how much time it takes."""
    with op.batch_alter_table("task") as task:
        task.add_column(sa.Column("asked_by", sa.String(), nullable=False, server_default="council"))
        task.add_column(sa.Column("about", sa.String(), nullable=True))
        task.add_column(sa.Column("theme", sa.String(), nullable=True))
        task.add_column(sa.Column("quarter", sa.String(), nullable=True))
        task.add_column(sa.Column("on_day", sa.Date(), nullable=True))
        task.add_column(sa.Column("age_min", sa.Integer(), nullable=False, server_default="12"))
        task.add_column(sa.Column("norm_minutes", sa.BigInteger(), nullable=True))
        task.add_column(sa.Column("needed_minutes", sa.BigInteger(), nullable=True))
        task.add_column(sa.Column("needed_by", sa.Date(), nullable=True))
        task.create_foreign_key(op.f("fk_task_place_quarter"), "quarter", ["place", "quarter"], ["place", "code"])
        for name, says in (
            ("known_asker", "asked_by IN ('initiative', 'council', 'neighbour', 'organisation')"),
            ("for_an_age", "age_min BETWEEN 12 AND 21"),
            ("norm_in_quarters", "norm_minutes BETWEEN 15 AND 720 AND norm_minutes % 15 = 0"),
            ("needs_quarters", "needed_minutes > 0 AND needed_minutes % 15 = 0"),
            ("needed_whole", "(needed_minutes IS NULL) = (needed_by IS NULL)"),
        ):
            task.create_check_constraint(op.f(f"ck_task_{name}"), says)
    op.create_index(op.f("ix_task_about"), "task", ["about"])


def _let_residents_offer() -> None:
    """Keep what residents offer, who was brought together with which task, and what they write each other."""
    op.create_table(
        "time_offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("talents", sa.Text(), nullable=False),
        sa.Column("themes", sa.Text(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=True),
        sa.Column("weekdays", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("offered_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.CheckConstraint("audience IN ('guides', 'residents')", name=op.f("ck_time_offer_known_audience")),
        sa.CheckConstraint("last_on >= offered_on", name=op.f("ck_time_offer_lasts")),
        sa.ForeignKeyConstraint(
            ["place", "quarter"], ["quarter.place", "quarter.code"], name=op.f("fk_time_offer_place_quarter")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_time_offer_person_id_person")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_time_offer_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_offer")),
    )
    op.create_index(op.f("ix_time_offer_place"), "time_offer", ["place"])
    op.create_index(op.f("ix_time_offer_person_id"), "time_offer", ["person_id"])
    states = "'proposed', 'accepted', 'declined', 'withdrawn', 'finished'"
    op.create_table(
        "pairing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=True),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("proposed_by IN ('helper', 'asker')", name=op.f("ck_pairing_known_side")),
        sa.CheckConstraint(f"state IN ({states})", name=op.f("ck_pairing_known_state")),
        sa.CheckConstraint(
            "state NOT IN ('accepted', 'finished') OR accepted_on IS NOT NULL", name=op.f("ck_pairing_accepted_first")
        ),
        sa.CheckConstraint(
            "state NOT IN ('proposed', 'declined') OR accepted_on IS NULL", name=op.f("ck_pairing_not_accepted_yet")
        ),
        sa.CheckConstraint(
            "(state IN ('proposed', 'accepted')) = (ended_on IS NULL)", name=op.f("ck_pairing_ended_whole")
        ),
        sa.ForeignKeyConstraint(["task_id", "place"], ["task.id", "task.place"], name=op.f("fk_pairing_task_id_task")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pairing_person_id_person")),
        sa.ForeignKeyConstraint(["offer_id"], ["time_offer.id"], name=op.f("fk_pairing_offer_id_time_offer")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_pairing_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing")),
    )
    is_live = sa.text("state IN ('proposed', 'accepted')")
    op.create_index(
        op.f("uq_pairing_live"),
        "pairing",
        ["task_id", "person_id"],
        unique=True,
        sqlite_where=is_live,
        postgresql_where=is_live,
    )
    op.create_index(op.f("ix_pairing_place_person_id"), "pairing", ["place", "person_id"])
    op.create_table(
        "pairing_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pairing_id", sa.Uuid(), nullable=False),
        sa.Column("sender_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["pairing_id"], ["pairing.id"], name=op.f("fk_pairing_message_pairing_id_pairing")),
        sa.ForeignKeyConstraint(["sender_id"], ["person.id"], name=op.f("fk_pairing_message_sender_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing_message")),
    )
    op.create_index(op.f("ix_pairing_message_pairing_id"), "pairing_message", ["pairing_id"])


def _let_residents_pledge() -> None:
    """Keep who pledged how much time to a task, and on which day a task had all that it needs."""
    with op.batch_alter_table("task") as task:
        task.add_column(sa.Column("pledged_minutes", sa.BigInteger(), nullable=False, server_default="0"))
        task.add_column(sa.Column("started_on", sa.Date(), nullable=True))
        for name, says in (
            ("pledged_what_is_needed", "pledged_minutes BETWEEN 0 AND coalesce(needed_minutes, 0)"),
            (
                "starts_when_reached",
                "(started_on IS NOT NULL) = (pledged_minutes = coalesce(needed_minutes, -1))",
            ),
        ):
            task.create_check_constraint(op.f(f"ck_task_{name}"), says)
    op.create_table(
        "time_pledge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("pledged_on", sa.Date(), nullable=False),
        sa.Column("unkept_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'kept', 'unkept', 'lifted', 'lapsed', 'withdrawn')",
            name=op.f("ck_time_pledge_known_state"),
        ),
        sa.CheckConstraint("minutes > 0 AND minutes % 15 = 0", name=op.f("ck_time_pledge_quarters")),
        sa.CheckConstraint(
            "(state IN ('open', 'unkept')) = (closed_on IS NULL)", name=op.f("ck_time_pledge_closed_on_a_day")
        ),
        sa.CheckConstraint("state <> 'unkept' OR unkept_on IS NOT NULL", name=op.f("ck_time_pledge_unkept_on_a_day")),
        sa.CheckConstraint(
            "state NOT IN ('open', 'lapsed', 'withdrawn') OR unkept_on IS NULL",
            name=op.f("ck_time_pledge_never_unkept"),
        ),
        sa.CheckConstraint(
            "(state = 'lifted') = (lifted_by IS NOT NULL)", name=op.f("ck_time_pledge_lifted_by_somebody")
        ),
        sa.CheckConstraint("lifted_by <> person_id", name=op.f("ck_time_pledge_second_person")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_time_pledge_place_neighbourhood")),
        sa.ForeignKeyConstraint(
            ["task_id", "place"], ["task.id", "task.place"], name=op.f("fk_time_pledge_task_id_task")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_time_pledge_person_id_person")),
        sa.ForeignKeyConstraint(["lifted_by"], ["person.id"], name=op.f("fk_time_pledge_lifted_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_pledge")),
    )
    stands = sa.text("state <> 'withdrawn'")
    op.create_index(
        op.f("uq_time_pledge_task_id_person_id"),
        "time_pledge",
        ["task_id", "person_id"],
        unique=True,
        sqlite_where=stands,
        postgresql_where=stands,
    )
    op.create_index(op.f("ix_time_pledge_place_state"), "time_pledge", ["place", "state"])
    op.create_index(op.f("ix_time_pledge_person_id"), "time_pledge", ["person_id"])


def _let_projects_vote() -> None:
    """Keep the questions of projects, what each gave before them, and who voted what."""
    op.create_table(
        "project_vote",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("initiative_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("per_hour_hundredths", sa.Integer(), nullable=False),
        sa.Column("bonus_hundredths_max", sa.Integer(), nullable=False),
        sa.Column("share_percent_max", sa.Integer(), nullable=False),
        sa.Column("voter_age_min", sa.Integer(), nullable=False),
        sa.Column("rule_hash", sa.String(), nullable=False),
        sa.CheckConstraint("closes_on > opened_on", name=op.f("ck_project_vote_lasts")),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name=op.f("fk_project_vote_initiative_id_initiative")
        ),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"], name=op.f("fk_project_vote_opened_by_person")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_project_vote_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_vote")),
    )
    op.create_index(op.f("ix_project_vote_initiative_id"), "project_vote", ["initiative_id"])
    op.create_index(op.f("ix_project_vote_place"), "project_vote", ["place"])
    op.create_table(
        "project_choice",
        sa.Column("vote_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.CheckConstraint("position BETWEEN 1 AND 10", name=op.f("ck_project_choice_few_choices")),
        sa.ForeignKeyConstraint(["vote_id"], ["project_vote.id"], name=op.f("fk_project_choice_vote_id_project_vote")),
        sa.PrimaryKeyConstraint("vote_id", "position", name=op.f("pk_project_choice")),
    )
    op.create_table(
        "project_giver",
        sa.Column("vote_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_project_giver_gave_something")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_project_giver_person_id_person")),
        sa.ForeignKeyConstraint(["vote_id"], ["project_vote.id"], name=op.f("fk_project_giver_vote_id_project_vote")),
        sa.PrimaryKeyConstraint("vote_id", "person_id", name=op.f("pk_project_giver")),
    )
    op.create_table(
        "project_ballot",
        sa.Column("vote_id", sa.Uuid(), nullable=False),
        sa.Column("voter", sa.Uuid(), nullable=False),
        sa.Column("is_organisation", sa.Boolean(), nullable=False),
        sa.Column("cast_by", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("cast_on", sa.Date(), nullable=False),
        sa.CheckConstraint("is_organisation OR voter = cast_by", name=op.f("ck_project_ballot_people_vote_themselves")),
        sa.ForeignKeyConstraint(["cast_by"], ["person.id"], name=op.f("fk_project_ballot_cast_by_person")),
        sa.ForeignKeyConstraint(
            ["vote_id", "position"],
            ["project_choice.vote_id", "project_choice.position"],
            name=op.f("fk_project_ballot_vote_id_project_choice"),
        ),
        sa.PrimaryKeyConstraint("vote_id", "voter", name=op.f("pk_project_ballot")),
    )
    dialect = op.get_bind().dialect.name
    for name in ("project_vote", "project_choice", "project_giver"):
        for statement in statements(name, dialect):
            op.execute(statement)


def _say_when_and_how() -> None:
    """Keep when time began, of which kind it was, what speaks for it and who wrote it down; the same hours count once."""
    with op.batch_alter_table("time_entry") as entry:
        entry.add_column(sa.Column("start_minutes", sa.BigInteger(), nullable=True))
        entry.add_column(sa.Column("kind", sa.String(), nullable=False, server_default="doing"))
        entry.add_column(sa.Column("note", sa.Text(), nullable=True))
        entry.add_column(sa.Column("evidence", sa.String(), nullable=False, server_default="none"))
        entry.add_column(sa.Column("logged_by", sa.Uuid(), nullable=True))
        entry.add_column(sa.Column("reversed_on", sa.Date(), nullable=True))
        entry.create_foreign_key(op.f("fk_time_entry_logged_by_person"), "person", ["logged_by"], ["id"])
        for name in ("known_state", "settled_whole"):
            entry.drop_constraint(op.f(f"ck_time_entry_{name}"), type_="check")
        for name, says in (
            (
                "known_state",
                "state IN ('logged', 'confirmed', 'disputed', 'settled', 'rejected', 'withdrawn', 'reversed')",
            ),
            ("on_one_day", "start_minutes >= 0 AND start_minutes % 15 = 0 AND start_minutes + minutes <= 1440"),
            ("known_kind", "kind IN ('doing', 'organising', 'meeting', 'guiding', 'in_kind')"),
            ("known_evidence", "evidence IN ('none', 'list')"),
            ("logged_for_another", "logged_by <> person_id"),
            ("other_hands", "confirmed_by <> logged_by"),
            ("settled_whole", "(state IN ('settled', 'reversed')) = (settled_on IS NOT NULL)"),
            ("reversed_whole", "(state = 'reversed') = (reversed_on IS NOT NULL)"),
        ):
            entry.create_check_constraint(op.f(f"ck_time_entry_{name}"), says)
    op.create_index(op.f("ix_time_entry_person_id_given_on"), "time_entry", ["person_id", "given_on"])
    stretch = no_overlap.Stretch(
        owner="person_id",
        day="given_on",
        start="start_minutes",
        length="minutes",
        states=("logged", "confirmed", "disputed", "settled"),
    )
    for statement in no_overlap.statements("time_entry", stretch, op.get_bind().dialect.name):
        op.execute(statement)


def _correct_time() -> None:
    """Keep which settled time was found not right, by whom and why, what its giver said and what was ruled on that."""
    op.create_table(
        "time_correction",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("corrected_by", sa.Uuid(), nullable=False),
        sa.Column("corrected_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("objections_until", sa.Date(), nullable=False),
        sa.Column("objection", sa.Text(), nullable=True),
        sa.Column("objected_on", sa.Date(), nullable=True),
        sa.Column("ruled_by", sa.Uuid(), nullable=True),
        sa.Column("ruled_on", sa.Date(), nullable=True),
        sa.Column("ruling", sa.String(), nullable=True),
        sa.Column("ruling_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("ruling IN ('stands', 'falls')", name=op.f("ck_time_correction_known_ruling")),
        sa.CheckConstraint(
            "(objection IS NULL) = (objected_on IS NULL)", name=op.f("ck_time_correction_objected_whole")
        ),
        sa.CheckConstraint("ruling IS NULL OR objection IS NOT NULL", name=op.f("ck_time_correction_objected_first")),
        sa.CheckConstraint(
            "(ruling IS NULL) = (ruled_by IS NULL) AND (ruling IS NULL) = (ruled_on IS NULL)"
            " AND (ruling IS NULL) = (ruling_reason IS NULL)",
            name=op.f("ck_time_correction_ruled_whole"),
        ),
        sa.CheckConstraint("ruled_by <> corrected_by", name=op.f("ck_time_correction_other_judge")),
        sa.ForeignKeyConstraint(["entry_id"], ["time_entry.id"], name=op.f("fk_time_correction_entry_id_time_entry")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_time_correction_place_neighbourhood")),
        sa.ForeignKeyConstraint(["corrected_by"], ["person.id"], name=op.f("fk_time_correction_corrected_by_person")),
        sa.ForeignKeyConstraint(["ruled_by"], ["person.id"], name=op.f("fk_time_correction_ruled_by_person")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_time_correction")),
    )
    op.create_index(op.f("ix_time_correction_place"), "time_correction", ["place"])


def _list_who_was_there() -> None:
    """Keep the list at the door of a task and a day, and who signed in on it."""
    op.create_table(
        "attendance_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("start_minutes", sa.BigInteger(), nullable=False),
        sa.Column("end_minutes", sa.BigInteger(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'ended')", name=op.f("ck_attendance_list_known_state")),
        sa.CheckConstraint(
            "start_minutes >= 0 AND end_minutes <= 1440 AND end_minutes - start_minutes BETWEEN 15 AND 720"
            " AND start_minutes % 15 = 0 AND end_minutes % 15 = 0",
            name=op.f("ck_attendance_list_hours_of_one_day"),
        ),
        sa.ForeignKeyConstraint(
            ["task_id", "place"], ["task.id", "task.place"], name=op.f("fk_attendance_list_task_id_task")
        ),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_attendance_list_place_neighbourhood")),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"], name=op.f("fk_attendance_list_opened_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_list")),
        sa.UniqueConstraint("task_id", "held_on", name=op.f("uq_attendance_list_task_id_held_on")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_attendance_list_code_hash")),
    )
    op.create_index(op.f("ix_attendance_list_place"), "attendance_list", ["place"])
    op.create_table(
        "attendance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("arrived_minutes", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("arrived_minutes BETWEEN 0 AND 1440", name=op.f("ck_attendance_arrived_that_day")),
        sa.ForeignKeyConstraint(
            ["list_id"], ["attendance_list.id"], name=op.f("fk_attendance_list_id_attendance_list")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attendance_person_id_person")),
        sa.ForeignKeyConstraint(["entry_id"], ["time_entry.id"], name=op.f("fk_attendance_entry_id_time_entry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_attendance_entry_id")),
    )
    op.create_index(
        op.f("uq_attendance_here"),
        "attendance",
        ["list_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("entry_id IS NULL"),
        postgresql_where=sa.text("entry_id IS NULL"),
    )


def _look_at_time() -> None:
    """Keep which settled time was drawn by lot, what was found, and what was said of who confirms whom."""
    op.create_table(
        "time_sample",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("lots_from", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("entry_count", sa.Integer(), nullable=False),
        sa.Column("drawn_count", sa.Integer(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("drawn_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("drawn_count BETWEEN 1 AND entry_count", name=op.f("ck_time_sample_drawn_from_them")),
        sa.ForeignKeyConstraint(["drawn_by"], ["person.id"], name=op.f("fk_time_sample_drawn_by_person")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_time_sample_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_sample")),
        sa.UniqueConstraint("place", "period", name=op.f("uq_time_sample_place_period")),
        sa.UniqueConstraint("id", "place", name=op.f("uq_time_sample_id_place")),
    )
    for statement in statements("time_sample", op.get_bind().dialect.name):
        op.execute(statement)
    op.create_table(
        "time_check",
        sa.Column("sample_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("finding", sa.String(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("found_by", sa.Uuid(), nullable=True),
        sa.Column("found_on", sa.Date(), nullable=True),
        sa.CheckConstraint("finding IN ('right', 'not_right')", name=op.f("ck_time_check_known_finding")),
        sa.CheckConstraint("(finding IS NULL) = (found_by IS NULL)", name=op.f("ck_time_check_found_by_somebody")),
        sa.CheckConstraint("(finding IS NULL) = (found_on IS NULL)", name=op.f("ck_time_check_found_on_a_day")),
        sa.CheckConstraint("(finding IS NULL) = (reason IS NULL)", name=op.f("ck_time_check_found_with_reason")),
        sa.ForeignKeyConstraint(
            ["sample_id", "place"],
            ["time_sample.id", "time_sample.place"],
            name=op.f("fk_time_check_sample_id_time_sample"),
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["time_entry.id"], name=op.f("fk_time_check_entry_id_time_entry")),
        sa.ForeignKeyConstraint(["found_by"], ["person.id"], name=op.f("fk_time_check_found_by_person")),
        sa.PrimaryKeyConstraint("sample_id", "entry_id", name=op.f("pk_time_check")),
    )
    op.create_table(
        "ring_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("ring", sa.String(), nullable=False),
        sa.Column("entry_count", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("noted_by", sa.Uuid(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["noted_by"], ["person.id"], name=op.f("fk_ring_note_noted_by_person")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_ring_note_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ring_note")),
    )
    op.create_index(op.f("ix_ring_note_ring"), "ring_note", ["ring"])
