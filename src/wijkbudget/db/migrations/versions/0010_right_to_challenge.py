# SPDX-License-Identifier: EUPL-1.2
"""The right to challenge, whole: from a task on the list to an agreement that is reviewed and handed back."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

from wijkbudget.db.append_only import statements
from wijkbudget.db.types import Utc
from wijkbudget.kit.period import day_of
from wijkbudget.kit.terms import Still, Term, Unit

revision = "0010"
down_revision = "0009"

_STATES = (
    "concept", "expired", "submitted", "incomplete", "being_handled", "introduction", "elaboration", "advice",
    "intended_refusal", "ready", "not_handled", "awarded", "partly_awarded", "refused", "objection", "upheld", "revised",
    "contracting", "in_progress", "suspended", "review", "completed", "ended", "closed", "withdrawn",
)  # fmt: skip


def upgrade() -> None:
    """Make the change."""
    op.add_column("task", sa.Column("ended_on", sa.Date(), nullable=True))
    _know_more_states()
    _keep_time()
    _say_more_in_a_bid()
    _show_support()
    _let_residents_propose_tasks()
    _decide_about_bids()
    _look_into_bids()
    _keep_what_is_known_before_a_decision()
    _follow_the_work()
    _pay_for_a_task()
    _sign_agreements()
    _take_objections_in()


def _know_more_states() -> None:
    """Let a bid be in every state from concept to closed."""
    with op.batch_alter_table("challenge") as challenge:
        for name in ("known_state", "received_is_dated", "has_a_case_worker"):
            challenge.drop_constraint(op.f(f"ck_challenge_{name}"), type_="check")
        challenge.create_check_constraint(
            op.f("ck_challenge_known_state"), f"state IN ({', '.join(repr(state) for state in _STATES)})"
        )
        challenge.create_check_constraint(
            op.f("ck_challenge_received_is_dated"),
            "state = 'withdrawn' OR (received_on IS NULL) = (state IN ('concept', 'expired'))",
        )
        challenge.create_check_constraint(
            op.f("ck_challenge_has_a_case_worker"),
            "state IN ('concept', 'expired', 'submitted', 'withdrawn') OR case_worker IS NOT NULL",
        )


_RUNNING = (
    "submitted", "incomplete", "being_handled", "introduction", "elaboration", "advice", "intended_refusal", "ready",
)  # fmt: skip

_CHALLENGE = sa.table(
    "challenge",
    sa.column("id", sa.Uuid()),
    sa.column("state", sa.String()),
    sa.column("received_on", sa.Date()),
    sa.column("decide_on", sa.Date()),
    sa.column("written_on", sa.Date()),
    sa.column("started_at", Utc()),
)
_REQUEST = sa.table(
    "completion_request",
    sa.column("challenge_id", sa.Uuid()),
    sa.column("asked_on", sa.Date()),
    sa.column("last_on", sa.Date()),
)
_MOVE = sa.table(
    "challenge_move",
    sa.column("challenge_id", sa.Uuid()),
    sa.column("from_state", sa.String()),
    sa.column("moved_at", Utc()),
)


def _keep_time() -> None:
    """Keep by when the municipality must decide, how that time stood still, and when a bid was last written on."""
    with op.batch_alter_table("challenge") as challenge:
        challenge.add_column(sa.Column("decide_on", sa.Date(), nullable=True))
        challenge.add_column(sa.Column("written_on", sa.Date(), nullable=True))
    _tell_days()
    running = ", ".join(repr(state) for state in sorted(_RUNNING))
    with op.batch_alter_table("challenge") as challenge:
        challenge.alter_column("written_on", existing_type=sa.Date(), nullable=False)
        challenge.create_check_constraint(
            op.f("ck_challenge_owes_an_answer"), f"(decide_on IS NOT NULL) = (state IN ({running}))"
        )
        challenge.create_index("ix_challenge_case", ["place", "decide_on", "id"])
        challenge.create_index("ix_challenge_register", ["place", "received_on", "id"])
    _keep_what_happened_to_time()


def _tell_days() -> None:
    """Fill in the new days of the bids that there are; none of them stood still but to be completed."""
    connection = op.get_bind()
    requests = {row.challenge_id: row for row in connection.execute(sa.select(_REQUEST))}
    completed = sa.select(_MOVE).where(_MOVE.c.from_state == "incomplete")
    ended = {row.challenge_id: day_of(row.moved_at) for row in connection.execute(completed)}
    for bid in connection.execute(sa.select(_CHALLENGE)).all():
        days = {"written_on": day_of(bid.started_at)}
        if bid.state in _RUNNING:
            still = []
            if request := requests.get(bid.id):
                unused_on = request.last_on + timedelta(days=1)
                until = min(ended.get(bid.id, unused_on), unused_on)
                still = [Still(request.asked_on + timedelta(days=1), until)]
            days["decide_on"] = Term(8, Unit.WEEKS).end(bid.received_on, still)
        connection.execute(sa.update(_CHALLENGE).where(_CHALLENGE.c.id == bid.id).values(**days))


def _keep_what_happened_to_time() -> None:
    """Let time stand still on more grounds, be put off, and be said to be over."""
    days = {
        "pause": (
            sa.Column("kind", sa.String(), nullable=False),
            sa.Column("asked_on", sa.Date(), nullable=False),
            sa.Column("last_on", sa.Date(), nullable=False),
            sa.CheckConstraint("kind IN ('elaboration', 'group', 'force_majeure')", name=op.f("ck_pause_known_kind")),
            sa.CheckConstraint("last_on > asked_on", name=op.f("ck_pause_lasts")),
            sa.PrimaryKeyConstraint("challenge_id", "number", name=op.f("pk_pause")),
        ),
        "adjournment": (
            sa.Column("adjourned_on", sa.Date(), nullable=False),
            sa.Column("decide_on", sa.Date(), nullable=False),
            sa.CheckConstraint("decide_on > adjourned_on", name=op.f("ck_adjournment_is_later")),
            sa.PrimaryKeyConstraint("challenge_id", name=op.f("pk_adjournment")),
        ),
        "default_notice": (
            sa.Column("given_on", sa.Date(), nullable=False),
            sa.PrimaryKeyConstraint("challenge_id", name=op.f("pk_default_notice")),
        ),
    }
    for table, columns in days.items():
        op.create_table(
            table,
            sa.Column("challenge_id", sa.Uuid(), nullable=False),
            sa.Column("number", sa.Integer(), nullable=False),
            sa.Column("place", sa.String(), nullable=False),
            *columns,
            sa.ForeignKeyConstraint(
                ["challenge_id"], ["challenge.id"], name=op.f(f"fk_{table}_challenge_id_challenge")
            ),
        )
        for statement in statements(table, op.get_bind().dialect.name):
            op.execute(sa.text(statement))


def _say_more_in_a_bid() -> None:
    """Let a bid say which part of the task, how people are reached, how it goes on, with whom, and what is counted."""
    with op.batch_alter_table("bid") as bid:
        for name in ("task_part", "recruitment", "continuity", "collaboration", "running_contracts"):
            bid.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        bid.add_column(sa.Column("legal_form", sa.String(), nullable=True))
        bid.add_column(sa.Column("registration_number", sa.String(), nullable=True))
        bid.create_check_constraint(
            op.f("ck_bid_known_legal_form"), "legal_form IN ('group', 'association', 'foundation', 'cooperative')"
        )
    op.create_table(
        "bid_indicator",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.CheckConstraint("position BETWEEN 1 AND 5", name=op.f("ck_bid_indicator_at_most_five")),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_bid_indicator_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("challenge_id", "position", name=op.f("pk_bid_indicator")),
    )


def _decide_about_bids() -> None:
    """Keep what each decision about a bid is in law and when it was made known, also of bids put aside before."""
    op.create_table(
        "challenge_decision",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("power_article", sa.String(), nullable=False),
        sa.Column("legal_character", sa.String(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("granted_cents", sa.BigInteger(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=True),
        sa.Column("known_way", sa.String(), nullable=True),
        sa.Column("known_by", sa.String(), nullable=True),
        sa.CheckConstraint(
            "body IN ('municipal_council', 'executive', 'mayor')", name=op.f("ck_challenge_decision_known_body")
        ),
        sa.CheckConstraint(
            "legal_character IN ('subsidy', 'private_law', 'other')", name=op.f("ck_challenge_decision_known_character")
        ),
        sa.CheckConstraint("granted_cents >= 0", name=op.f("ck_challenge_decision_amount")),
        sa.CheckConstraint(
            "known_way IN ('sent', 'handed_over', 'collected')", name=op.f("ck_challenge_decision_known_way")
        ),
        sa.CheckConstraint(
            "(known_on IS NULL) = (known_way IS NULL) AND (known_on IS NULL) = (known_by IS NULL)",
            name=op.f("ck_challenge_decision_known_is_complete"),
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id", "number"],
            ["challenge_move.challenge_id", "challenge_move.number"],
            name=op.f("fk_challenge_decision_challenge_id_challenge_move"),
        ),
        sa.ForeignKeyConstraint(
            ["place"], ["neighbourhood.slug"], name=op.f("fk_challenge_decision_place_neighbourhood")
        ),
        sa.PrimaryKeyConstraint("challenge_id", "number", name=op.f("pk_challenge_decision")),
    )
    op.create_index(op.f("ix_challenge_decision_place"), "challenge_decision", ["place"])
    op.create_table(
        "decision_ground",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id", "number"],
            ["challenge_decision.challenge_id", "challenge_decision.number"],
            name=op.f("fk_decision_ground_challenge_id_challenge_decision"),
        ),
        sa.PrimaryKeyConstraint("challenge_id", "number", "ground", name=op.f("pk_decision_ground")),
    )
    # Choice: whoever was put aside before keeps every right to object.
    op.execute(
        "INSERT INTO challenge_decision"
        " (challenge_id, number, place, body, power_article, legal_character, part, granted_cents)"
        " SELECT challenge_move.challenge_id, challenge_move.number, challenge_move.place, municipal_task.decider,"
        " challenge_move.base, 'subsidy', '', 0 FROM challenge_move"
        " JOIN challenge ON challenge.id = challenge_move.challenge_id"
        " JOIN municipal_task ON municipal_task.id = challenge.municipal_task_id"
        " WHERE challenge_move.move = 'put_aside'"
    )
    op.execute(
        "INSERT INTO decision_ground (challenge_id, number, ground, place)"
        " SELECT challenge_id, number, 'W13', place FROM challenge_decision"
    )
    for statement in statements("decision_ground", op.get_bind().dialect.name):
        op.execute(statement)


_GROUNDS = ", ".join(f"'W{number:02}'" for number in range(1, 15))


def _look_into_bids() -> None:
    """Keep the talk about a bid, what was found about each ground, and what the municipality means to say."""
    op.create_table(
        "challenge_talk",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("venue", sa.String(), nullable=False),
        sa.Column("planned_by", sa.String(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_challenge_talk_begins_at_one")),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_challenge_talk_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("challenge_id", "number", name=op.f("pk_challenge_talk")),
    )
    op.create_table(
        "talk_minutes",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_talk_minutes_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("challenge_id", name=op.f("pk_talk_minutes")),
    )
    op.create_table(
        "ground_finding",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("after_move", sa.Integer(), nullable=False),
        sa.Column("found_by", sa.String(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"ground IN ({_GROUNDS})", name=op.f("ck_ground_finding_known_ground")),
        sa.CheckConstraint(
            "finding IN ('not_met', 'met', 'not_applicable', 'attention')", name=op.f("ck_ground_finding_known_finding")
        ),
        sa.CheckConstraint("finding = 'not_met' OR reason <> ''", name=op.f("ck_ground_finding_says_why")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_ground_finding_begins_at_one")),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_ground_finding_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("challenge_id", "number", name=op.f("pk_ground_finding")),
    )
    op.create_table(
        "intended_refusal",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("motivation", sa.Text(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("answer_until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_intended_refusal_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("challenge_id", "number", name=op.f("pk_intended_refusal")),
    )
    intention = (["challenge_id", "number"], ["intended_refusal.challenge_id", "intended_refusal.number"])
    op.create_table(
        "intended_ground",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.CheckConstraint(f"ground IN ({_GROUNDS})", name=op.f("ck_intended_ground_known_ground")),
        sa.ForeignKeyConstraint(*intention, name=op.f("fk_intended_ground_challenge_id_intended_refusal")),
        sa.PrimaryKeyConstraint("challenge_id", "number", "ground", name=op.f("pk_intended_ground")),
    )
    op.create_table(
        "intention_answer",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(*intention, name=op.f("fk_intention_answer_challenge_id_intended_refusal")),
        sa.PrimaryKeyConstraint("challenge_id", "number", name=op.f("pk_intention_answer")),
    )
    for table in (
        "challenge_talk", "talk_minutes", "ground_finding", "intended_refusal", "intended_ground", "intention_answer",
    ):  # fmt: skip
        for statement in statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def _keep_what_is_known_before_a_decision() -> None:
    """Keep what an official found about procurement and state aid, what a group received, and what a council advised."""
    op.create_table(
        "procurement_assessment",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("base_cents", sa.BigInteger(), nullable=False),
        sa.Column("options_cents", sa.BigInteger(), nullable=False),
        sa.Column("has_market_interest", sa.Boolean(), nullable=False),
        sa.Column("has_cross_border_interest", sa.Boolean(), nullable=False),
        sa.Column("is_undertaking", sa.Boolean(), nullable=False),
        sa.Column("is_general_interest", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("assessor", sa.String(), nullable=False),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "form IN ('subsidy', 'public_contract', 'use')", name=op.f("ck_procurement_assessment_known_form")
        ),
        sa.CheckConstraint(
            "kind IN ('services', 'works', 'social')", name=op.f("ck_procurement_assessment_known_kind")
        ),
        sa.CheckConstraint("base_cents >= 0 AND options_cents >= 0", name=op.f("ck_procurement_assessment_amounts")),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_procurement_assessment_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("challenge_id", "number", name=op.f("pk_procurement_assessment")),
    )
    op.create_table(
        "aid_declaration",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("declarer", sa.String(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_aid_declaration_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("challenge_id", "number", name=op.f("pk_aid_declaration")),
    )
    op.create_table(
        "received_aid",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("giver", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("is_general_interest", sa.Boolean(), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_received_aid_amount_positive")),
        sa.ForeignKeyConstraint(
            ["challenge_id", "number"],
            ["aid_declaration.challenge_id", "aid_declaration.number"],
            name=op.f("fk_received_aid_challenge_id_aid_declaration"),
        ),
        sa.PrimaryKeyConstraint("challenge_id", "number", "position", name=op.f("pk_received_aid")),
    )
    op.create_table(
        "council_advice",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("asked_number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "stance IN ('positive', 'negative', 'with_conditions')", name=op.f("ck_council_advice_known_stance")
        ),
        sa.CheckConstraint(
            "(conditions <> '') = (stance = 'with_conditions')", name=op.f("ck_council_advice_conditions_stand")
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id", "asked_number"],
            ["challenge_move.challenge_id", "challenge_move.number"],
            name=op.f("fk_council_advice_challenge_id_challenge_move"),
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_council_advice_decision_id_decision")),
        sa.PrimaryKeyConstraint("challenge_id", "asked_number", name=op.f("pk_council_advice")),
    )
    for name in ("procurement_assessment", "aid_declaration", "received_aid", "council_advice"):
        for statement in statements(name, op.get_bind().dialect.name):
            op.execute(statement)


def _show_support() -> None:
    """Keep who signed a bid, the papers that its group shows, and what people counted on them."""
    op.create_table(
        "bid_signature",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.CheckConstraint("stance IN ('for', 'against')", name=op.f("ck_bid_signature_known_stance")),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_bid_signature_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("challenge_id", "person", name=op.f("pk_bid_signature")),
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("attacher", sa.String(), nullable=False),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 10", name=op.f("ck_attachment_at_most_ten")),
        sa.CheckConstraint(
            "what IN ('signatures', 'counter_signatures', 'minutes', 'other')",
            name=op.f("ck_attachment_known_evidence"),
        ),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_attachment_challenge_id_challenge")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_attachment_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("challenge_id", "number", name=op.f("uq_attachment_challenge_id_number")),
        sa.UniqueConstraint("challenge_id", "sha256", name=op.f("uq_attachment_challenge_id_sha256")),
    )
    op.create_index(op.f("ix_attachment_place"), "attachment", ["place"])
    op.create_table(
        "sheet_count",
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("counter", sa.String(), nullable=False),
        sa.Column("valid_count", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ordinal BETWEEN 1 AND 3", name=op.f("ck_sheet_count_at_most_three")),
        sa.CheckConstraint("valid_count >= 0", name=op.f("ck_sheet_count_counts")),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_sheet_count_attachment_id_attachment")
        ),
        sa.PrimaryKeyConstraint("attachment_id", "turn", "ordinal", name=op.f("pk_sheet_count")),
        sa.UniqueConstraint("attachment_id", "turn", "counter", name=op.f("uq_sheet_count_attachment_id_turn_counter")),
    )
    for statement in statements("sheet_count", op.get_bind().dialect.name):
        op.execute(statement)


def _follow_the_work() -> None:
    """Keep how work that a group took over goes, how it is looked back at, and how it is handed over."""
    op.create_table(
        "work_report",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("report_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("worked_minutes", sa.BigInteger(), nullable=False),
        sa.Column("spent_cents", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reporter", sa.String(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.CheckConstraint("worked_minutes >= 0 AND spent_cents >= 0", name=op.f("ck_work_report_not_negative")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_work_report_challenge_id_challenge")),
        sa.PrimaryKeyConstraint("challenge_id", "report_on", name=op.f("pk_work_report")),
    )
    op.create_table(
        "reported_result",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("report_on", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("measured", sa.String(), nullable=False),
        sa.Column("reached", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("reached IN ('yes', 'partly', 'no')", name=op.f("ck_reported_result_known_reach")),
        sa.ForeignKeyConstraint(
            ["challenge_id", "report_on"],
            ["work_report.challenge_id", "work_report.report_on"],
            name=op.f("fk_reported_result_challenge_id_work_report"),
        ),
        sa.PrimaryKeyConstraint("challenge_id", "report_on", "number", name=op.f("pk_reported_result")),
    )
    op.create_table(
        "challenge_review",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("survey_until_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id", "number"],
            ["challenge_move.challenge_id", "challenge_move.number"],
            name=op.f("fk_challenge_review_challenge_id_challenge_move"),
        ),
        sa.PrimaryKeyConstraint("challenge_id", "number", name=op.f("pk_challenge_review")),
    )
    op.create_table(
        "review_finding",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("writer", sa.String(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.CheckConstraint("side IN ('group', 'case_worker')", name=op.f("ck_review_finding_known_side")),
        sa.ForeignKeyConstraint(
            ["challenge_id", "number"],
            ["challenge_review.challenge_id", "challenge_review.number"],
            name=op.f("fk_review_finding_challenge_id_challenge_review"),
        ),
        sa.PrimaryKeyConstraint("challenge_id", "number", "side", name=op.f("pk_review_finding")),
    )
    op.create_table(
        "survey_answerer",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id", "number"],
            ["challenge_review.challenge_id", "challenge_review.number"],
            name=op.f("fk_survey_answerer_challenge_id_challenge_review"),
        ),
        sa.PrimaryKeyConstraint("challenge_id", "number", "mark", name=op.f("pk_survey_answerer")),
    )
    op.create_table(
        "survey_count",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("answer_count", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("answer IN ('yes', 'partly', 'no', 'unknown')", name=op.f("ck_survey_count_known_answer")),
        sa.CheckConstraint(
            "question IN ('done_well', 'noticed', 'go_on')", name=op.f("ck_survey_count_known_question")
        ),
        sa.CheckConstraint("answer_count >= 0", name=op.f("ck_survey_count_not_negative")),
        sa.ForeignKeyConstraint(
            ["challenge_id", "number"],
            ["challenge_review.challenge_id", "challenge_review.number"],
            name=op.f("fk_survey_count_challenge_id_challenge_review"),
        ),
        sa.PrimaryKeyConstraint("challenge_id", "number", "question", "answer", name=op.f("pk_survey_count")),
    )
    op.create_table(
        "suspension",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("suspended_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.CheckConstraint("until_on > suspended_on", name=op.f("ck_suspension_lasts_a_day")),
        sa.ForeignKeyConstraint(
            ["challenge_id", "number"],
            ["challenge_move.challenge_id", "challenge_move.number"],
            name=op.f("fk_suspension_challenge_id_challenge_move"),
        ),
        sa.PrimaryKeyConstraint("challenge_id", "number", name=op.f("pk_suspension")),
    )
    op.create_table(
        "agreement_extension",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("extended_on", sa.Date(), nullable=False),
        sa.CheckConstraint("until_on > ended_on", name=op.f("ck_agreement_extension_later_than_before")),
        sa.ForeignKeyConstraint(
            ["challenge_id", "number"],
            ["challenge_move.challenge_id", "challenge_move.number"],
            name=op.f("fk_agreement_extension_challenge_id_challenge_move"),
        ),
        sa.PrimaryKeyConstraint("challenge_id", "number", name=op.f("pk_agreement_extension")),
    )
    op.create_table(
        "extension_report_day",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("report_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id", "number"],
            ["agreement_extension.challenge_id", "agreement_extension.number"],
            name=op.f("fk_extension_report_day_challenge_id_agreement_extension"),
        ),
        sa.PrimaryKeyConstraint("challenge_id", "number", "report_on", name=op.f("pk_extension_report_day")),
    )
    op.create_table(
        "early_end",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("ground", sa.String(), nullable=True),
        sa.CheckConstraint(
            "ground IN ('not_kept', 'money', 'unsafe', 'task_ended', 'together')",
            name=op.f("ck_early_end_known_ground"),
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id", "number"],
            ["challenge_move.challenge_id", "challenge_move.number"],
            name=op.f("fk_early_end_challenge_id_challenge_move"),
        ),
        sa.PrimaryKeyConstraint("challenge_id", name=op.f("pk_early_end")),
    )
    op.create_table(
        "thing_handover",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("thing", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("teller", sa.String(), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.CheckConstraint("side IN ('group', 'case_worker')", name=op.f("ck_thing_handover_known_side")),
        sa.CheckConstraint(
            "thing IN ('keys', 'equipment', 'papers', 'people', 'residents', 'successor')",
            name=op.f("ck_thing_handover_known_thing"),
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_thing_handover_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("challenge_id", "thing", name=op.f("pk_thing_handover")),
    )
    op.create_table(
        "lesson",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("writer", sa.String(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.CheckConstraint("side IN ('group', 'case_worker')", name=op.f("ck_lesson_known_side")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_lesson_challenge_id_challenge")),
        sa.PrimaryKeyConstraint("challenge_id", "side", name=op.f("pk_lesson")),
    )
    for name in (
        "work_report", "reported_result", "challenge_review", "review_finding", "suspension", "agreement_extension",
        "extension_report_day", "early_end", "thing_handover", "lesson",
    ):  # fmt: skip
        for statement in statements(name, op.get_bind().dialect.name):
            op.execute(statement)


def _pay_for_a_task() -> None:
    """Let a voucher be for a bid that the municipality decided about, and come in parts."""
    with op.batch_alter_table("voucher") as voucher:
        voucher.add_column(sa.Column("plan_kind", sa.String(), nullable=False, server_default="initiative"))
        voucher.alter_column("decision_id", existing_type=sa.Uuid(), nullable=True)
        voucher.create_check_constraint(op.f("ck_voucher_known_plan_kind"), "plan_kind IN ('initiative', 'challenge')")
        voucher.create_check_constraint(
            op.f("ck_voucher_has_its_decision"), "plan_kind = 'challenge' OR decision_id IS NOT NULL"
        )
    op.create_table(
        "voucher_instalment",
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_voucher_instalment_amount_positive")),
        sa.ForeignKeyConstraint(["voucher_id"], ["voucher.id"], name=op.f("fk_voucher_instalment_voucher_id_voucher")),
        sa.PrimaryKeyConstraint("voucher_id", "position", name=op.f("pk_voucher_instalment")),
    )
    for statement in statements("voucher_instalment", op.get_bind().dialect.name):
        op.execute(statement)


def _sign_agreements() -> None:
    """Keep the pages of an agreement, the texts that were offered, and who signed them."""
    op.create_table(
        "agreement_page",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("chapter", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "chapter IN ('parties', 'results', 'money', 'term', 'conditions')",
            name=op.f("ck_agreement_page_known_chapter"),
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_agreement_page_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("challenge_id", "chapter", name=op.f("pk_agreement_page")),
    )
    op.create_table(
        "agreement_text",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_agreement_text_counts")),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_agreement_text_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("challenge_id", "number", name=op.f("pk_agreement_text")),
    )
    op.create_table(
        "agreement_signature",
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("party IN ('group', 'municipality')", name=op.f("ck_agreement_signature_known_party")),
        sa.ForeignKeyConstraint(
            ["challenge_id", "number"],
            ["agreement_text.challenge_id", "agreement_text.number"],
            name=op.f("fk_agreement_signature_challenge_id_agreement_text"),
        ),
        sa.PrimaryKeyConstraint("challenge_id", "number", "party", name=op.f("pk_agreement_signature")),
    )
    for name in ("agreement_text", "agreement_signature"):
        for statement in statements(name, op.get_bind().dialect.name):
            op.execute(statement)


def _let_residents_propose_tasks() -> None:
    """Keep the tasks that residents would like to see on the list, and what became of them."""
    op.create_table(
        "task_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("where_seen", sa.Text(), nullable=False),
        sa.Column("proposer", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("municipal_task_id", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answerer", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'listed', 'declined', 'withdrawn')", name=op.f("ck_task_proposal_known_state")
        ),
        sa.CheckConstraint("(state = 'declined') = (answer IS NOT NULL)", name=op.f("ck_task_proposal_says_why_not")),
        sa.CheckConstraint(
            "(state = 'listed') = (municipal_task_id IS NOT NULL)", name=op.f("ck_task_proposal_became_a_task")
        ),
        sa.CheckConstraint(
            "(state IN ('listed', 'declined')) = (answerer IS NOT NULL AND answered_at IS NOT NULL)",
            name=op.f("ck_task_proposal_is_answered"),
        ),
        sa.ForeignKeyConstraint(
            ["municipal_task_id"], ["municipal_task.id"], name=op.f("fk_task_proposal_municipal_task_id_municipal_task")
        ),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_task_proposal_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_proposal")),
    )
    op.create_index(op.f("ix_task_proposal_place"), "task_proposal", ["place"])
    is_open = sa.text("state = 'open'")
    op.create_index(
        "uq_task_proposal_proposer",
        "task_proposal",
        ["place", "proposer"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def _take_objections_in() -> None:
    """Keep objections, and how the municipality looks at those to one decision."""
    op.create_table(
        "objection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("decision_number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("objector", sa.String(), nullable=True),
        sa.Column("called", sa.String(), nullable=True),
        sa.Column("interest", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("why_late", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("bar", sa.String(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(objector IS NULL) = (called IS NOT NULL)", name=op.f("ck_objection_knows_who")),
        sa.CheckConstraint(
            "outcome IN ('inadmissible', 'unfounded', 'founded', 'withdrawn')", name=op.f("ck_objection_known_outcome")
        ),
        sa.CheckConstraint("bar IN ('late', 'no_interest', 'not_complete')", name=op.f("ck_objection_known_bar")),
        sa.CheckConstraint(
            "(bar IS NOT NULL) = (outcome = 'inadmissible' AND outcome IS NOT NULL)",
            name=op.f("ck_objection_says_why_not"),
        ),
        sa.CheckConstraint("(outcome IS NULL) = (decided_on IS NULL)", name=op.f("ck_objection_outcome_is_dated")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_objection_challenge_id_challenge")),
        sa.ForeignKeyConstraint(
            ["challenge_id", "decision_number"],
            ["challenge_decision.challenge_id", "challenge_decision.number"],
            name=op.f("fk_objection_challenge_id_challenge_decision"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
    )
    op.create_index(op.f("ix_objection_challenge_id"), "objection", ["challenge_id"])
    op.create_table(
        "objection_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("challenge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("invited_on", sa.Date(), nullable=True),
        sa.Column("hearing_on", sa.Date(), nullable=True),
        sa.Column("hearing_where", sa.String(), nullable=True),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("adjourned_on", sa.Date(), nullable=True),
        sa.Column("why_adjourned", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(hearing_on IS NULL) = (invited_on IS NULL)", name=op.f("ck_objection_case_invited_is_dated")
        ),
        sa.CheckConstraint(
            "report IS NULL OR hearing_on IS NOT NULL", name=op.f("ck_objection_case_heard_before_reported")
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_objection_case_challenge_id_challenge")
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id", "number"],
            ["challenge_decision.challenge_id", "challenge_decision.number"],
            name=op.f("fk_objection_case_challenge_id_challenge_decision"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_case")),
        sa.UniqueConstraint("challenge_id", "number", name=op.f("uq_objection_case_challenge_id_number")),
    )
    op.create_index(op.f("ix_objection_case_challenge_id"), "objection_case", ["challenge_id"])
