# SPDX-License-Identifier: EUPL-1.2
"""Contracts and accounts: neighbourhood contracts, contracts with a guide, and what was never accounted for."""

import sqlalchemy as sa
from alembic import op

from wijkbudget.db.append_only import statements

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the change."""
    _settle_without_an_account()
    _join_deposits()
    _make_contracts()
    _make_contracts_with_guides()
    _undo_rewards()


def _settle_without_an_account() -> None:
    """Keep by which letters a group was asked to account for its money, and which settlement came without that."""
    op.create_table(
        "account_reminder",
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reminded_by", sa.String(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("until > due_on", name=op.f("ck_account_reminder_gives_time")),
        sa.ForeignKeyConstraint(["voucher_id"], ["voucher.id"], name=op.f("fk_account_reminder_voucher_id_voucher")),
        sa.PrimaryKeyConstraint("voucher_id", "until", name=op.f("pk_account_reminder")),
    )
    for statement in statements("account_reminder", op.get_bind().dialect.name):
        op.execute(statement)
    with op.batch_alter_table("voucher") as voucher:
        voucher.drop_constraint(op.f("ck_voucher_accounted_is_told"), type_="check")
        voucher.create_check_constraint(
            op.f("ck_voucher_accounted_is_told"),
            "(account IS NULL) = (finished_on IS NULL) AND (account IS NOT NULL OR state <> 'accounted')"
            " AND (account IS NULL OR state IN ('accounted', 'settled'))",
        )
    with op.batch_alter_table("grant_decision") as decision:
        decision.add_column(sa.Column("is_unasked", sa.Boolean(), nullable=False, server_default=sa.false()))
        decision.create_check_constraint(
            op.f("ck_grant_decision_only_settlements_unasked"), "kind = 'settlement' OR NOT is_unasked"
        )


def _join_deposits() -> None:
    """Keep which deposit of a payment provider two people see in a line of the bank that does not name it."""
    op.create_table(
        "deposit_proposal",
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("deposit_id", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("joined_by", sa.String(), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("joined_by <> proposed_by", name=op.f("ck_deposit_proposal_other_eyes")),
        sa.CheckConstraint(
            "(joined_by IS NULL) = (joined_at IS NULL)", name=op.f("ck_deposit_proposal_joined_is_complete")
        ),
        sa.ForeignKeyConstraint(["line_id"], ["bank_line.id"], name=op.f("fk_deposit_proposal_line_id_bank_line")),
        sa.ForeignKeyConstraint(["deposit_id"], ["deposit.id"], name=op.f("fk_deposit_proposal_deposit_id_deposit")),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_deposit_proposal")),
    )


def _make_contracts() -> None:
    """Keep what parties promise each other for a neighbourhood in a year, and what became of it."""
    op.create_table(
        "contract",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name=op.f("ck_contract_closed_on_a_day")),
        sa.CheckConstraint("state IN ('drafted', 'in_force', 'closed')", name=op.f("ck_contract_known_state")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_contract_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("place", "year", name=op.f("uq_contract_place_year")),
    )
    op.create_table(
        "contract_review",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("told_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_contract_review_contract_id_contract")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_review")),
    )
    op.create_index(op.f("ix_contract_review_contract_id"), "contract_review", ["contract_id"])
    op.create_table(
        "contract_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(state = 'open') = (ended_on IS NULL)", name=op.f("ck_contract_version_ended_on_a_day")),
        sa.CheckConstraint("state IN ('open', 'agreed', 'withdrawn')", name=op.f("ck_contract_version_known_state")),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_version_contract_id_contract")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_version")),
        sa.UniqueConstraint("contract_id", "number", name=op.f("uq_contract_version_contract_id_number")),
    )
    op.create_index(
        "uq_contract_version_open",
        "contract_version",
        ["contract_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "contract_party",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'organisation') = (organisation_id IS NOT NULL)",
            name=op.f("ck_contract_party_organisation_is_named"),
        ),
        sa.CheckConstraint(
            "kind IN ('council', 'municipality', 'organisation', 'outside')", name=op.f("ck_contract_party_known_kind")
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name=op.f("fk_contract_party_contract_id_contract")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_contract_party_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["contract_version.id"], name=op.f("fk_contract_party_version_id_contract_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_party")),
        sa.UniqueConstraint("version_id", "name", name=op.f("uq_contract_party_version_id_name")),
    )
    op.create_index(op.f("ix_contract_party_contract_id"), "contract_party", ["contract_id"])
    op.create_table(
        "contract_consent",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("agreed_by", sa.String(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["party_id"], ["contract_party.id"], name=op.f("fk_contract_consent_party_id_contract_party")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["contract_version.id"], name=op.f("fk_contract_consent_version_id_contract_version")
        ),
        sa.PrimaryKeyConstraint("version_id", "party_id", "edition", name=op.f("pk_contract_consent")),
    )
    op.create_table(
        "contract_promise",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("promised_minutes", sa.BigInteger(), nullable=True),
        sa.Column("promised_cents", sa.BigInteger(), nullable=True),
        sa.Column("followed_at", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("dropped_by", sa.Uuid(), nullable=True),
        sa.Column("drop_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state <> 'dropped' OR dropped_by IS NOT NULL", name=op.f("ck_contract_promise_dropped_by_a_version")
        ),
        sa.CheckConstraint(
            "state IN ('written', 'promised', 'kept', 'partly_kept', 'not_kept', 'dropped', 'taken_out')",
            name=op.f("ck_contract_promise_known_state"),
        ),
        sa.CheckConstraint(
            "(dropped_by IS NULL) = (drop_reason IS NULL)", name=op.f("ck_contract_promise_dropped_with_reason")
        ),
        sa.CheckConstraint("promised_cents > 0", name=op.f("ck_contract_promise_money_positive")),
        sa.CheckConstraint(
            "promised_minutes > 0 AND promised_minutes % 15 = 0", name=op.f("ck_contract_promise_quarters")
        ),
        sa.CheckConstraint(
            "promised_minutes IS NULL OR promised_cents IS NULL", name=op.f("ck_contract_promise_hours_or_money")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_promise_contract_id_contract")
        ),
        sa.ForeignKeyConstraint(
            ["dropped_by"], ["contract_version.id"], name=op.f("fk_contract_promise_dropped_by_contract_version")
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["contract_party.id"], name=op.f("fk_contract_promise_party_id_contract_party")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["contract_version.id"], name=op.f("fk_contract_promise_version_id_contract_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_promise")),
    )
    op.create_index(op.f("ix_contract_promise_contract_id"), "contract_promise", ["contract_id"])
    op.create_table(
        "promise_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("promise_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("says", sa.String(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("told_by", sa.String(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answering_party_id", sa.Uuid(), nullable=True),
        sa.Column("answer_reason", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "answer <> 'differs' OR answer_reason IS NOT NULL", name=op.f("ck_promise_report_differs_with_reason")
        ),
        sa.CheckConstraint("answer IN ('agrees', 'differs')", name=op.f("ck_promise_report_known_answer")),
        sa.CheckConstraint("says IN ('kept', 'partly_kept', 'not_kept')", name=op.f("ck_promise_report_known_end")),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_by IS NULL) AND (answer IS NULL) = (answered_on IS NULL) AND (answer IS NULL) = (answering_party_id IS NULL)",
            name=op.f("ck_promise_report_answered_whole"),
        ),
        sa.CheckConstraint("answered_by <> told_by", name=op.f("ck_promise_report_second_person")),
        sa.ForeignKeyConstraint(
            ["answering_party_id"],
            ["contract_party.id"],
            name=op.f("fk_promise_report_answering_party_id_contract_party"),
        ),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["contract_promise.id"], name=op.f("fk_promise_report_promise_id_contract_promise")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_report")),
    )
    op.create_index(op.f("ix_promise_report_promise_id"), "promise_report", ["promise_id"])
    op.create_index(
        "uq_promise_report_unanswered",
        "promise_report",
        ["promise_id"],
        unique=True,
        sqlite_where=sa.text("answer IS NULL"),
        postgresql_where=sa.text("answer IS NULL"),
    )
    op.create_table(
        "promise_time",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("promise_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("given_minutes", sa.BigInteger(), nullable=False),
        sa.Column("logged_by", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answering_party_id", sa.Uuid(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.CheckConstraint("answer IN ('agrees', 'differs')", name=op.f("ck_promise_time_known_answer")),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_by IS NULL) AND (answer IS NULL) = (answering_party_id IS NULL)",
            name=op.f("ck_promise_time_answered_whole"),
        ),
        sa.CheckConstraint("answered_by <> logged_by", name=op.f("ck_promise_time_second_person")),
        sa.CheckConstraint("given_minutes > 0 AND given_minutes % 15 = 0", name=op.f("ck_promise_time_quarters")),
        sa.ForeignKeyConstraint(
            ["answering_party_id"],
            ["contract_party.id"],
            name=op.f("fk_promise_time_answering_party_id_contract_party"),
        ),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["contract_promise.id"], name=op.f("fk_promise_time_promise_id_contract_promise")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_time")),
    )
    op.create_index(op.f("ix_promise_time_promise_id"), "promise_time", ["promise_id"])
    for table in (
        "contract_consent",
        "contract_review",
    ):
        for statement in statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def _make_contracts_with_guides() -> None:
    """Keep what young people and guides agree, for as long as it lasts."""
    op.create_table(
        "guidance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("young_id", sa.Uuid(), nullable=False),
        sa.Column("guide_id", sa.Uuid(), nullable=False),
        sa.Column("tasks", sa.Text(), nullable=False),
        sa.Column("guide_does", sa.Text(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("has_consent", sa.Boolean(), nullable=True),
        sa.Column("consent_told_by", sa.Uuid(), nullable=True),
        sa.Column("consent_told_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "ended_on IS NULL OR (tasks = '' AND guide_does = '')", name=op.f("ck_guidance_erased_at_the_end")
        ),
        sa.CheckConstraint(
            "(has_consent IS NULL) = (consent_told_on IS NULL) AND (has_consent IS NULL) = (consent_told_by IS NULL)",
            name=op.f("ck_guidance_consent_whole"),
        ),
        sa.CheckConstraint("guide_id <> young_id", name=op.f("ck_guidance_two_people")),
        sa.ForeignKeyConstraint(["consent_told_by"], ["person.id"], name=op.f("fk_guidance_consent_told_by_person")),
        sa.ForeignKeyConstraint(["guide_id"], ["person.id"], name=op.f("fk_guidance_guide_id_person")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_guidance_place_neighbourhood")),
        sa.ForeignKeyConstraint(["young_id"], ["person.id"], name=op.f("fk_guidance_young_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guidance")),
    )
    op.create_index(op.f("ix_guidance_guide_id"), "guidance", ["guide_id"])
    op.create_index(op.f("ix_guidance_place"), "guidance", ["place"])
    op.create_index(
        "uq_guidance_young_id",
        "guidance",
        ["young_id"],
        unique=True,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_table(
        "guidance_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("guidance_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["guidance_id"], ["guidance.id"], name=op.f("fk_guidance_note_guidance_id_guidance")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guidance_note")),
    )
    op.create_index(op.f("ix_guidance_note_guidance_id"), "guidance_note", ["guidance_id"])


def _undo_rewards() -> None:
    """Keep which rewards were booked as given by mistake."""
    op.create_table(
        "reward_undoing",
        sa.Column("reward_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("redeemed_by", sa.String(), nullable=False),
        sa.Column("redeemed_on", sa.Date(), nullable=False),
        sa.Column("undone_by", sa.String(), nullable=False),
        sa.Column("undone_on", sa.Date(), nullable=False),
        sa.CheckConstraint("turn > 0", name=op.f("ck_reward_undoing_turn_counts")),
        sa.CheckConstraint("undone_by <> redeemed_by", name=op.f("ck_reward_undoing_other_hands")),
        sa.ForeignKeyConstraint(["reward_id"], ["reward.id"], name=op.f("fk_reward_undoing_reward_id_reward")),
        sa.PrimaryKeyConstraint("reward_id", "turn", name=op.f("pk_reward_undoing")),
    )
    for table in ("reward_undoing",):
        for statement in statements(table, op.get_bind().dialect.name):
            op.execute(statement)
