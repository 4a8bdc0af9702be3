# SPDX-License-Identifier: EUPL-1.2
"""The whole house."""

import sqlalchemy as sa
from alembic import op

from wijkbudget.db.append_only import statements

revision = "0001"
down_revision = None


APPEND_ONLY = (
    "adopted_policy",
    "adoption",
    "approval",
    "assessment",
    "budget_grant",
    "budget_hand_back",
    "cost_line",
    "decision",
    "decision_about",
    "decision_voice",
    "ledger_transfer",
    "payout_party",
    "task_confirmer",
    "trail_checkpoint",
    "trail_entry",
    "trail_leaf",
    "voting_frozen",
    "voting_option",
    "voting_outcome",
    "voting_sealed",
    "voucher_holder",
)


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "errand",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_errand")),
    )
    op.create_table(
        "kept_answer",
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("command_hash", sa.String(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("actor", "key", name=op.f("pk_kept_answer")),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "ledger_balance",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_ledger_balance_floor")),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_ledger_balance")),
    )
    op.create_table(
        "ledger_transfer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.CheckConstraint("unit IN ('cent', 'minute', 'share')", name=op.f("ck_ledger_transfer_known_unit")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_ledger_transfer_amount_positive")),
        sa.CheckConstraint("source <> target", name=op.f("ck_ledger_transfer_two_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_transfer")),
        sa.UniqueConstraint("reference", name=op.f("uq_ledger_transfer_reference")),
    )
    with op.batch_alter_table("ledger_transfer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ledger_transfer_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_ledger_transfer_source"), ["source"], unique=False)
        batch_op.create_index(batch_op.f("ix_ledger_transfer_target"), ["target"], unique=False)

    op.create_table(
        "municipality",
        sa.Column("only", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.CheckConstraint('"only" = 1', name=op.f("ck_municipality_only_one")),
        sa.PrimaryKeyConstraint("only", name=op.f("pk_municipality")),
    )
    op.create_table(
        "neighbourhood",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_neighbourhood")),
        sa.UniqueConstraint("code", name=op.f("uq_neighbourhood_code")),
        sa.UniqueConstraint("name", name=op.f("uq_neighbourhood_name")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("pseudonym", sa.String(), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(pseudonym IS NULL) = (birth_year IS NULL)", name=op.f("ck_person_registered_whole")),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 120", name=op.f("ck_person_name_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("pseudonym", name=op.f("uq_person_pseudonym")),
    )
    op.create_table(
        "trail_checkpoint",
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("frontier", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_trail_checkpoint")),
    )
    op.create_table(
        "trail_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("hidden", sa.Text(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("hidden_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trail_entry")),
    )
    with op.batch_alter_table("trail_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trail_entry_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_trail_entry_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_trail_entry_subject"), ["subject"], unique=False)

    op.create_table(
        "trail_unsealed",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_trail_unsealed")),
    )
    op.create_table(
        "wrong_try",
        sa.Column("peer", sa.String(), nullable=False),
        sa.Column("window_number", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("peer", name=op.f("pk_wrong_try")),
    )
    op.create_table(
        "adopted_policy",
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("toml", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_adopted_policy_version_counts")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_adopted_policy_place_neighbourhood")),
        sa.PrimaryKeyConstraint("place", "version", name=op.f("pk_adopted_policy")),
        sa.UniqueConstraint("place", "valid_from", name=op.f("uq_adopted_policy_place_valid_from")),
    )
    op.create_table(
        "budget_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_budget_grant_amount_positive")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_budget_grant_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_grant")),
    )
    with op.batch_alter_table("budget_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_budget_grant_place"), ["place"], unique=False)

    op.create_table(
        "budget_hand_back",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("handed_back_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_budget_hand_back_amount_positive")),
        sa.ForeignKeyConstraint(
            ["place"], ["neighbourhood.slug"], name=op.f("fk_budget_hand_back_place_neighbourhood")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_hand_back")),
    )
    with op.batch_alter_table("budget_hand_back", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_budget_hand_back_place"), ["place"], unique=False)

    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("motivation", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("member_count", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('outcome', 'advice', 'other')", name=op.f("ck_decision_known_kind")),
        sa.CheckConstraint("member_count > 0", name=op.f("ck_decision_has_members")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_decision_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_place"), ["place"], unique=False)

    op.create_table(
        "exemption",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("granted_by", sa.Uuid(), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.CheckConstraint("granted_by <> person_id", name=op.f("ck_exemption_second_person")),
        sa.CheckConstraint("until_on > granted_on", name=op.f("ck_exemption_lasts")),
        sa.ForeignKeyConstraint(["granted_by"], ["person.id"], name=op.f("fk_exemption_granted_by_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_exemption_person_id_person")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_exemption_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemption")),
    )
    with op.batch_alter_table("exemption", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exemption_place"), ["place"], unique=False)

    op.create_table(
        "household",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("house_number", sa.Integer(), nullable=False),
        sa.Column("addition", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_household_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
        sa.UniqueConstraint(
            "place",
            "postcode",
            "house_number",
            "addition",
            name=op.f("uq_household_place_postcode_house_number_addition"),
        ),
    )
    with op.batch_alter_table("household", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_household_postcode"), ["postcode"], unique=False)

    op.create_table(
        "login_code",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("way IN ('letter', 'desk')", name=op.f("ck_login_code_known_way")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_login_code_person_id_person")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_login_code")),
    )
    with op.batch_alter_table("login_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_code_person_id"), ["person_id"], unique=False)

    op.create_table(
        "login_session",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_login_session_person_id_person")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_login_session")),
    )
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("legal_form", sa.String(), nullable=False),
        sa.Column("registration_number", sa.String(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "(legal_form = 'group') = (registration_number IS NULL)", name=op.f("ck_organisation_number_fits_form")
        ),
        sa.CheckConstraint(
            "legal_form IN ('group', 'association', 'foundation', 'cooperative')",
            name=op.f("ck_organisation_known_form"),
        ),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_organisation_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("place", "name", name=op.f("uq_organisation_place_name")),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_place"), ["place"], unique=False)

    op.create_table(
        "payout",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("payee", sa.String(), nullable=False),
        sa.Column("iban", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_by", sa.String(), nullable=True),
        sa.Column("bank_reference", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(state = 'paid') = (paid_at IS NOT NULL AND paid_by IS NOT NULL AND bank_reference IS NOT NULL)",
            name=op.f("ck_payout_paid_is_complete"),
        ),
        sa.CheckConstraint("state IN ('ordered', 'paid')", name=op.f("ck_payout_known_state")),
        sa.CheckConstraint("target LIKE 'external:paid:%'", name=op.f("ck_payout_goes_to_the_bank")),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_payout_amount_positive")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_payout_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout")),
        sa.UniqueConstraint("about", name=op.f("uq_payout_about")),
    )
    with op.batch_alter_table("payout", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payout_place"), ["place"], unique=False)

    op.create_table(
        "quarter",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_quarter_place_neighbourhood")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_quarter")),
        sa.UniqueConstraint("place", "code", name=op.f("uq_quarter_place_code")),
    )
    with op.batch_alter_table("quarter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quarter_place"), ["place"], unique=False)

    op.create_table(
        "role_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "role IN ('guide', 'council', 'chair', 'official', 'cashier', 'auditor', 'administrator')",
            name=op.f("ck_role_grant_known_role"),
        ),
        sa.CheckConstraint("until_on IS NULL OR until_on >= from_on", name=op.f("ck_role_grant_ends_later")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id_person")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_role_grant_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_grant_place"), ["place"], unique=False)

    op.create_table(
        "task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'ended')", name=op.f("ck_task_known_state")),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"], name=op.f("fk_task_opened_by_person")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_task_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("id", "place", name=op.f("uq_task_id_place")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_place"), ["place"], unique=False)

    op.create_table(
        "trail_leaf",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["trail_entry.id"], name=op.f("fk_trail_leaf_entry_id_trail_entry")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_trail_leaf")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_trail_leaf_entry_id")),
    )
    op.create_table(
        "voting_round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("reference_on", sa.Date(), nullable=False),
        sa.Column("budget_cents", sa.BigInteger(), nullable=False),
        sa.Column("frozen_hash", sa.String(), nullable=True),
        sa.Column("objections_until", sa.Date(), nullable=True),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(phase = 'prepared') = (frozen_hash IS NULL)", name=op.f("ck_voting_round_frozen")),
        sa.CheckConstraint(
            "(phase IN ('counted', 'final')) = (objections_until IS NOT NULL) OR is_imported",
            name=op.f("ck_voting_round_objections"),
        ),
        sa.CheckConstraint(
            "phase IN ('prepared', 'open', 'closed', 'counted', 'final')", name=op.f("ck_voting_round_known_phase")
        ),
        sa.CheckConstraint("budget_cents > 0", name=op.f("ck_voting_round_budget_positive")),
        sa.CheckConstraint(
            "opens_on <= closes_on AND reference_on <= opens_on", name=op.f("ck_voting_round_days_in_order")
        ),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_voting_round_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voting_round")),
    )
    with op.batch_alter_table("voting_round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voting_round_place"), ["place"], unique=False)

    op.create_table(
        "adoption",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_adoption_decision_id_decision")),
        sa.ForeignKeyConstraint(["round_id"], ["voting_round.id"], name=op.f("fk_adoption_round_id_voting_round")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_adoption")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_adoption_decision_id")),
    )
    op.create_table(
        "decision_about",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_about_decision_id_decision")),
        sa.PrimaryKeyConstraint("decision_id", "about", name=op.f("pk_decision_about")),
    )
    op.create_table(
        "decision_voice",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.CheckConstraint("stance IN ('for', 'against', 'recused')", name=op.f("ck_decision_voice_known_stance")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_voice_decision_id_decision")),
        sa.PrimaryKeyConstraint("decision_id", "person_id", name=op.f("pk_decision_voice")),
    )
    op.create_table(
        "initiative",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("spot", sa.String(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("proposer", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("asked_cents", sa.BigInteger(), nullable=False),
        sa.Column("support_min", sa.Integer(), nullable=False),
        sa.Column("support_count", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("supported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("round_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(round_id IS NOT NULL) = (state IN ('on_ballot', 'not_chosen', 'granted'))",
            name=op.f("ck_initiative_voted_in_a_round"),
        ),
        sa.CheckConstraint(
            "state <> 'proposed' OR support_count < support_min", name=op.f("ck_initiative_enough_is_enough")
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'supported', 'feasible', 'infeasible', 'on_ballot', 'not_chosen', 'granted', 'withdrawn')",
            name=op.f("ck_initiative_known_state"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'withdrawn') OR support_count >= support_min",
            name=op.f("ck_initiative_supported_first"),
        ),
        sa.CheckConstraint(
            "(supported_at IS NOT NULL) = (support_count >= support_min)", name=op.f("ck_initiative_supported_is_dated")
        ),
        sa.CheckConstraint(
            "asked_cents > 0 AND support_min >= 0 AND support_count >= 0", name=op.f("ck_initiative_amounts")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_initiative_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["place", "quarter"], ["quarter.place", "quarter.code"], name=op.f("fk_initiative_place_quarter")
        ),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_initiative_place_neighbourhood")),
        sa.ForeignKeyConstraint(["round_id"], ["voting_round.id"], name=op.f("fk_initiative_round_id_voting_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiative")),
    )
    with op.batch_alter_table("initiative", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_initiative_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_initiative_round_id"), ["round_id"], unique=False)

    op.create_table(
        "organisation_member",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("admitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_member_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_organisation_member_person_id_person")),
        sa.PrimaryKeyConstraint("organisation_id", "person_id", name=op.f("pk_organisation_member")),
    )
    with op.batch_alter_table("organisation_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_member_person_id"), ["person_id"], unique=False)

    op.create_table(
        "payout_party",
        sa.Column("payout_id", sa.Uuid(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["payout_id"], ["payout.id"], name=op.f("fk_payout_party_payout_id_payout")),
        sa.PrimaryKeyConstraint("payout_id", "person", name=op.f("pk_payout_party")),
    )
    op.create_table(
        "quarter_postcode",
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=False),
        sa.CheckConstraint("first >= 1 AND last >= first", name=op.f("ck_quarter_postcode_range")),
        sa.ForeignKeyConstraint(
            ["place", "quarter"], ["quarter.place", "quarter.code"], name=op.f("fk_quarter_postcode_place_quarter")
        ),
        sa.PrimaryKeyConstraint("postcode", "first", name=op.f("pk_quarter_postcode")),
    )
    op.create_table(
        "residence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.CheckConstraint("until_on IS NULL OR until_on >= since_on", name=op.f("ck_residence_ends_later")),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_residence_household_id_household")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_residence_person_id_person")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_residence_place_neighbourhood")),
        sa.ForeignKeyConstraint(["quarter"], ["quarter.code"], name=op.f("fk_residence_quarter_quarter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_residence")),
    )
    with op.batch_alter_table("residence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_residence_household_id"), ["household_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_residence_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_residence_place"), ["place"], unique=False)
        batch_op.create_index(
            "uq_residence_current",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("until_on IS NULL"),
            postgresql_where=sa.text("until_on IS NULL"),
        )

    op.create_table(
        "task_confirmer",
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_task_confirmer_person_id_person")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_confirmer_task_id_task")),
        sa.PrimaryKeyConstraint("task_id", "person_id", name=op.f("pk_task_confirmer")),
    )
    op.create_table(
        "time_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("objections_until", sa.Date(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(state = 'settled') = (settled_on IS NOT NULL)", name=op.f("ck_time_entry_settled_whole")),
        sa.CheckConstraint(
            "state IN ('logged', 'confirmed', 'disputed', 'settled', 'rejected', 'withdrawn')",
            name=op.f("ck_time_entry_known_state"),
        ),
        sa.CheckConstraint(
            "state IN ('logged', 'withdrawn') OR confirmed_by IS NOT NULL", name=op.f("ck_time_entry_confirmed_first")
        ),
        sa.CheckConstraint(
            "(confirmed_by IS NULL) = (objections_until IS NULL)", name=op.f("ck_time_entry_confirmed_whole")
        ),
        sa.CheckConstraint("confirmed_by <> person_id", name=op.f("ck_time_entry_second_person")),
        sa.CheckConstraint("minutes BETWEEN 15 AND 720 AND minutes % 15 = 0", name=op.f("ck_time_entry_quarters")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name=op.f("fk_time_entry_confirmed_by_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_time_entry_person_id_person")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_time_entry_place_neighbourhood")),
        sa.ForeignKeyConstraint(
            ["task_id", "place"], ["task.id", "task.place"], name=op.f("fk_time_entry_task_id_task")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_entry")),
    )
    with op.batch_alter_table("time_entry", schema=None) as batch_op:
        batch_op.create_index("ix_time_entry_place_person_id", ["place", "person_id"], unique=False)
        batch_op.create_index("ix_time_entry_place_state", ["place", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_time_entry_task_id"), ["task_id"], unique=False)

    op.create_table(
        "voting_box",
        sa.Column("ballot_key", sa.String(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("voice_hundredths", sa.Integer(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["voting_round.id"], name=op.f("fk_voting_box_round_id_voting_round")),
        sa.PrimaryKeyConstraint("ballot_key", name=op.f("pk_voting_box")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("voting_box", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voting_box_round_id"), ["round_id"], unique=False)

    op.create_table(
        "voting_frozen",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["voting_round.id"], name=op.f("fk_voting_frozen_round_id_voting_round")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_voting_frozen")),
    )
    op.create_table(
        "voting_option",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("cost_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("cost_cents >= 0", name=op.f("ck_voting_option_cost")),
        sa.ForeignKeyConstraint(["round_id"], ["voting_round.id"], name=op.f("fk_voting_option_round_id_voting_round")),
        sa.PrimaryKeyConstraint("round_id", "key", name=op.f("pk_voting_option")),
        sa.UniqueConstraint("round_id", "about", name=op.f("uq_voting_option_round_id_about")),
    )
    op.create_table(
        "voting_outcome",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("outcome_hash", sa.String(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["voting_round.id"], name=op.f("fk_voting_outcome_round_id_voting_round")
        ),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_voting_outcome")),
    )
    op.create_table(
        "voting_register",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("voice_hundredths", sa.Integer(), nullable=False),
        sa.Column("voted_on", sa.Date(), nullable=True),
        sa.CheckConstraint("voice_hundredths >= 100", name=op.f("ck_voting_register_floor")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["voting_round.id"], name=op.f("fk_voting_register_round_id_voting_round")
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_voting_register")),
        sa.UniqueConstraint("round_id", "person", name=op.f("uq_voting_register_round_id_person")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "voting_sealed",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("root", sa.String(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["voting_round.id"], name=op.f("fk_voting_sealed_round_id_voting_round")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_voting_sealed")),
    )
    op.create_table(
        "voucher",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("value_cents", sa.BigInteger(), nullable=False),
        sa.Column("claimed_cents", sa.BigInteger(), nullable=False),
        sa.Column("returned_cents", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("account", sa.Text(), nullable=True),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(state IN ('accounted', 'settled')) = (account IS NOT NULL AND finished_on IS NOT NULL)",
            name=op.f("ck_voucher_accounted_is_told"),
        ),
        sa.CheckConstraint(
            "state IN ('active', 'accounted', 'settled', 'expired')", name=op.f("ck_voucher_known_state")
        ),
        sa.CheckConstraint(
            "state NOT IN ('settled', 'expired') OR claimed_cents + returned_cents = value_cents",
            name=op.f("ck_voucher_nothing_left"),
        ),
        sa.CheckConstraint(
            "claimed_cents + returned_cents <= value_cents", name=op.f("ck_voucher_never_more_than_its_value")
        ),
        sa.CheckConstraint(
            "value_cents > 0 AND claimed_cents >= 0 AND returned_cents >= 0", name=op.f("ck_voucher_amounts_positive")
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_voucher_decision_id_decision")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_voucher_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_voucher_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_voucher_code_hash")),
        sa.UniqueConstraint("place", "about", name=op.f("uq_voucher_place_about")),
    )
    with op.batch_alter_table("voucher", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voucher_place"), ["place"], unique=False)

    op.create_table(
        "assessment",
        sa.Column("initiative_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("what_would_help", sa.Text(), nullable=False),
        sa.Column("assessor", sa.String(), nullable=False),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "verdict = 'feasible' OR what_would_help <> ''", name=op.f("ck_assessment_no_says_what_helps")
        ),
        sa.CheckConstraint("verdict IN ('feasible', 'infeasible')", name=op.f("ck_assessment_known_verdict")),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name=op.f("fk_assessment_initiative_id_initiative")
        ),
        sa.PrimaryKeyConstraint("initiative_id", name=op.f("pk_assessment")),
    )
    op.create_table(
        "claim",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("claimant", sa.String(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("supplier", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("bought_on", sa.Date(), nullable=False),
        sa.Column("payee", sa.String(), nullable=False),
        sa.Column("iban", sa.String(), nullable=False),
        sa.Column("approvals_needed", sa.Integer(), nullable=False),
        sa.Column("receipt_kind", sa.String(), nullable=False),
        sa.Column("receipt_sha256", sa.String(), nullable=False),
        sa.Column("receipt_key", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("refused_by", sa.String(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'refused') = (reason IS NOT NULL AND refused_by IS NOT NULL)",
            name=op.f("ck_claim_refused_with_reason"),
        ),
        sa.CheckConstraint("state IN ('filed', 'approved', 'refused')", name=op.f("ck_claim_known_state")),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_claim_amount_positive")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_claim_place_neighbourhood")),
        sa.ForeignKeyConstraint(["voucher_id"], ["voucher.id"], name=op.f("fk_claim_voucher_id_voucher")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_voucher_id"), ["voucher_id"], unique=False)
        batch_op.create_index(
            "uq_claim_receipt_key",
            ["receipt_key"],
            unique=True,
            sqlite_where=sa.text("state <> 'refused'"),
            postgresql_where=sa.text("state <> 'refused'"),
        )
        batch_op.create_index(
            "uq_claim_receipt_sha256",
            ["receipt_sha256"],
            unique=True,
            sqlite_where=sa.text("state <> 'refused'"),
            postgresql_where=sa.text("state <> 'refused'"),
        )

    op.create_table(
        "cost_line",
        sa.Column("initiative_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_cost_line_amount_positive")),
        sa.ForeignKeyConstraint(
            ["initiative_id"], ["initiative.id"], name=op.f("fk_cost_line_initiative_id_initiative")
        ),
        sa.PrimaryKeyConstraint("initiative_id", "position", name=op.f("pk_cost_line")),
    )
    op.create_table(
        "support",
        sa.Column("initiative_id", sa.Uuid(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["initiative_id"], ["initiative.id"], name=op.f("fk_support_initiative_id_initiative")),
        sa.PrimaryKeyConstraint("initiative_id", "person", name=op.f("pk_support")),
    )
    op.create_table(
        "time_dispute",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("raised_by", sa.Uuid(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ruled_by", sa.Uuid(), nullable=True),
        sa.Column("ruled_on", sa.Date(), nullable=True),
        sa.Column("ruling", sa.String(), nullable=True),
        sa.Column("ruling_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("ruling IN ('stands', 'falls')", name=op.f("ck_time_dispute_known_ruling")),
        sa.CheckConstraint("(ruled_on IS NULL) = (ruled_by IS NULL)", name=op.f("ck_time_dispute_ruled_on_a_day")),
        sa.CheckConstraint("(ruling IS NULL) = (ruled_by IS NULL)", name=op.f("ck_time_dispute_ruled_whole")),
        sa.CheckConstraint(
            "(ruling_reason IS NULL) = (ruled_by IS NULL)", name=op.f("ck_time_dispute_ruled_with_reason")
        ),
        sa.CheckConstraint("ruled_by <> raised_by", name=op.f("ck_time_dispute_other_judge")),
        sa.ForeignKeyConstraint(["entry_id"], ["time_entry.id"], name=op.f("fk_time_dispute_entry_id_time_entry")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_time_dispute_place_neighbourhood")),
        sa.ForeignKeyConstraint(["raised_by"], ["person.id"], name=op.f("fk_time_dispute_raised_by_person")),
        sa.ForeignKeyConstraint(["ruled_by"], ["person.id"], name=op.f("fk_time_dispute_ruled_by_person")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_time_dispute")),
    )
    op.create_table(
        "voucher_holder",
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["voucher_id"], ["voucher.id"], name=op.f("fk_voucher_holder_voucher_id_voucher")),
        sa.PrimaryKeyConstraint("voucher_id", "person", name=op.f("pk_voucher_holder")),
    )
    op.create_table(
        "approval",
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("approver", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ordinal IN (1, 2)", name=op.f("ck_approval_at_most_two")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_approval_claim_id_claim")),
        sa.PrimaryKeyConstraint("claim_id", "ordinal", name=op.f("pk_approval")),
        sa.UniqueConstraint("claim_id", "approver", name=op.f("uq_approval_claim_id_approver")),
    )
    for table in APPEND_ONLY:
        for statement in statements(table, op.get_bind().dialect.name):
            op.execute(statement)
