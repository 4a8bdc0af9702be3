# SPDX-License-Identifier: EUPL-1.2
"""Money to the receipt: reservations that end once."""

import sqlalchemy as sa
from alembic import op

from wijkbudget.db.append_only import statements

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the change."""
    _let_shares_end()
    _let_more_people_approve()
    _let_groups_bring_a_share()
    _decide_about_money()
    _keep_every_balance()
    _make_reservations()
    _let_themes_have_pots()
    _let_money_be_carried_over()
    _make_resident_vouchers()
    _let_claims_be_of_four_kinds()
    _make_gifts()


def _make_reservations() -> None:
    """Let money wait for what it was set apart for, and keep how that ended."""
    op.create_table(
        "ledger_reservation",
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("held", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_ledger_reservation_amount_positive")),
        sa.CheckConstraint(
            "state IN ('reserved', 'posted', 'voided', 'expired')", name=op.f("ck_ledger_reservation_known_state")
        ),
        sa.CheckConstraint(
            "(state = 'reserved') = (ended_by IS NULL)", name=op.f("ck_ledger_reservation_ended_by_a_transfer")
        ),
        sa.CheckConstraint(
            "state <> 'expired' OR until IS NOT NULL", name=op.f("ck_ledger_reservation_expires_on_a_day")
        ),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_ledger_reservation")),
        sa.UniqueConstraint("ended_by", name=op.f("uq_ledger_reservation_ended_by")),
    )
    is_waiting = sa.text("state = 'reserved'")
    op.create_index(
        op.f("ix_ledger_reservation_waiting"),
        "ledger_reservation",
        ["place"],
        sqlite_where=is_waiting,
        postgresql_where=is_waiting,
    )


def _let_groups_bring_a_share() -> None:
    """Keep what a group brings to its plan itself, and when the plan begins."""
    with op.batch_alter_table("initiative") as initiative:
        initiative.add_column(sa.Column("own_cents", sa.BigInteger(), nullable=False, server_default="0"))
        initiative.add_column(sa.Column("own_minutes", sa.BigInteger(), nullable=False, server_default="0"))
        initiative.add_column(sa.Column("starts_on", sa.Date(), nullable=True))
        initiative.create_check_constraint(op.f("ck_initiative_own_share"), "own_cents >= 0 AND own_minutes >= 0")


def _let_shares_end() -> None:
    """Let a share come for time or by contract, be suspended, corrected or handed back, and never during a vote."""
    with op.batch_alter_table("share") as share:
        share.add_column(sa.Column("decision_id", sa.Uuid(), nullable=True))
        share.create_foreign_key(op.f("fk_share_decision_id_decision"), "decision", ["decision_id"], ["id"])
        share.drop_constraint(op.f("uq_share_place_person_id_spell_year"), type_="unique")
        share.create_unique_constraint(
            op.f("uq_share_place_person_id_spell_reason_year"), ["place", "person_id", "spell", "reason", "year"]
        )
        share.drop_constraint(op.f("ck_share_known_reason"), type_="check")
        share.create_check_constraint(
            op.f("ck_share_known_reason"),
            "reason IN ('resident', 'year_of_residence', 'effort', 'neighbourhood_contract')",
        )
        share.create_check_constraint(
            op.f("ck_share_contract_is_decided"), "(reason = 'neighbourhood_contract') = (decision_id IS NOT NULL)"
        )
    op.create_table(
        "share_hand_back",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("share_count", sa.BigInteger(), nullable=False),
        sa.Column("price_cents", sa.BigInteger(), nullable=False),
        sa.Column("handed_back_on", sa.Date(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("share_count > 0 AND price_cents > 0", name=op.f("ck_share_hand_back_amounts_positive")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_share_hand_back_person_id_person")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_share_hand_back_place_neighbourhood")),
        sa.ForeignKeyConstraint(
            ["place", "policy_version"],
            ["adopted_policy.place", "adopted_policy.version"],
            name=op.f("fk_share_hand_back_place_adopted_policy"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_hand_back")),
    )
    op.create_index(op.f("ix_share_hand_back_person_id"), "share_hand_back", ["person_id"])
    op.create_table(
        "share_ending",
        sa.Column("share_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("ending", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("hand_back_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("corrected_by", sa.String(), nullable=True),
        sa.CheckConstraint("ending IN ('handed_back', 'corrected')", name=op.f("ck_share_ending_known_ending")),
        sa.CheckConstraint(
            "(ending = 'handed_back') = (hand_back_id IS NOT NULL)", name=op.f("ck_share_ending_handed_back_is_paid")
        ),
        sa.CheckConstraint(
            "(ending = 'corrected') = (reason IS NOT NULL) AND (ending = 'corrected') = (corrected_by IS NOT NULL)",
            name=op.f("ck_share_ending_corrected_with_reason"),
        ),
        sa.ForeignKeyConstraint(["share_id"], ["share.id"], name=op.f("fk_share_ending_share_id_share")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_share_ending_place_neighbourhood")),
        sa.ForeignKeyConstraint(
            ["hand_back_id"], ["share_hand_back.id"], name=op.f("fk_share_ending_hand_back_id_share_hand_back")
        ),
        sa.PrimaryKeyConstraint("share_id", name=op.f("pk_share_ending")),
    )
    op.create_index(op.f("ix_share_ending_place"), "share_ending", ["place"])
    op.create_table(
        "share_suspension",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("suspended_on", sa.Date(), nullable=False),
        sa.Column("suspended_by", sa.String(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("lifted_by", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(lifted_on IS NULL) = (lifted_by IS NULL)", name=op.f("ck_share_suspension_lifted_is_complete")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_share_suspension_person_id_person")),
        sa.ForeignKeyConstraint(
            ["place"], ["neighbourhood.slug"], name=op.f("fk_share_suspension_place_neighbourhood")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_suspension")),
    )
    is_open = sa.text("lifted_on IS NULL")
    op.create_index(
        "uq_share_suspension_open",
        "share_suspension",
        ["place", "person_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_table(
        "share_hand_back_stop",
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_share_hand_back_stop_days_in_order")),
        sa.ForeignKeyConstraint(
            ["place"], ["neighbourhood.slug"], name=op.f("fk_share_hand_back_stop_place_neighbourhood")
        ),
        sa.PrimaryKeyConstraint("about", name=op.f("pk_share_hand_back_stop")),
    )
    op.create_index(op.f("ix_share_hand_back_stop_place"), "share_hand_back_stop", ["place"])
    dialect = op.get_bind().dialect.name
    # SQLite made the table of shares anew, and lost its triggers.
    guarded = ["share_hand_back", "share_ending", "share_hand_back_stop", *(["share"] if dialect == "sqlite" else [])]
    for table in guarded:
        for statement in statements(table, dialect):
            op.execute(statement)
    _stop_hand_backs_of_rounds()


def _stop_hand_backs_of_rounds() -> None:
    """Let no share be handed back during the votes that were prepared before."""
    connection = op.get_bind()
    rounds = sa.table(
        "voting_round",
        sa.column("id", sa.Uuid()),
        sa.column("place", sa.String()),
        sa.column("reference_on", sa.Date()),
        sa.column("closes_on", sa.Date()),
        sa.column("is_imported", sa.Boolean()),
    )
    stops = sa.table(
        "share_hand_back_stop",
        sa.column("about", sa.String()),
        sa.column("place", sa.String()),
        sa.column("first_on", sa.Date()),
        sa.column("last_on", sa.Date()),
    )
    held = connection.execute(sa.select(rounds).where(sa.not_(rounds.c.is_imported))).all()
    if held:
        connection.execute(
            stops.insert(),
            [
                {"about": str(row.id), "place": row.place, "first_on": row.reference_on, "last_on": row.closes_on}
                for row in held
            ],
        )


def _make_resident_vouchers() -> None:
    """Let a voucher get more, and give resident vouchers their tables: an issuance, each of them, pledges and cards."""
    with op.batch_alter_table("voucher") as voucher:
        voucher.add_column(sa.Column("topped_up_cents", sa.BigInteger(), nullable=False, server_default="0"))
        voucher.create_check_constraint(
            op.f("ck_voucher_begins_with_something"), "topped_up_cents >= 0 AND topped_up_cents < value_cents"
        )
    op.create_table(
        "issuance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("per", sa.String(), nullable=False),
        sa.Column("value_cents", sa.BigInteger(), nullable=False),
        sa.Column("cheque_count", sa.BigInteger(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("issued_by", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("returned_cents", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(state = 'closed') = (returned_cents IS NOT NULL)", name=op.f("ck_issuance_closed_is_counted")
        ),
        sa.CheckConstraint("per IN ('resident', 'household')", name=op.f("ck_issuance_known_holder")),
        sa.CheckConstraint("state IN ('open', 'closed')", name=op.f("ck_issuance_known_state")),
        sa.CheckConstraint("last_on > issued_on", name=op.f("ck_issuance_last_day_follows")),
        sa.CheckConstraint(
            "returned_cents >= 0 AND returned_cents <= value_cents * cheque_count",
            name=op.f("ck_issuance_returned_fits"),
        ),
        sa.CheckConstraint("value_cents > 0 AND cheque_count > 0", name=op.f("ck_issuance_amounts_positive")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_issuance_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issuance")),
    )
    op.create_index(op.f("ix_issuance_place"), "issuance", ["place"], unique=False)
    op.create_index(
        "uq_issuance_open",
        "issuance",
        ["place"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "cheque",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("issuance_id", sa.Uuid(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("value_cents", sa.BigInteger(), nullable=False),
        sa.Column("pledged_cents", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'deactivated') = (reason IS NOT NULL)", name=op.f("ck_cheque_deactivated_with_reason")
        ),
        sa.CheckConstraint("state IN ('active', 'deactivated')", name=op.f("ck_cheque_known_state")),
        sa.CheckConstraint(
            "pledged_cents >= 0 AND pledged_cents <= value_cents", name=op.f("ck_cheque_never_more_than_its_value")
        ),
        sa.CheckConstraint("turn >= 1", name=op.f("ck_cheque_turn_counts")),
        sa.ForeignKeyConstraint(["issuance_id"], ["issuance.id"], name=op.f("fk_cheque_issuance_id_issuance")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cheque")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_cheque_code_hash")),
        sa.UniqueConstraint("issuance_id", "holder", name=op.f("uq_cheque_issuance_id_holder")),
    )
    op.create_table(
        "cheque_pledge",
        sa.Column("cheque_id", sa.Uuid(), nullable=False),
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_cheque_pledge_amount_positive")),
        sa.ForeignKeyConstraint(["cheque_id"], ["cheque.id"], name=op.f("fk_cheque_pledge_cheque_id_cheque")),
        sa.ForeignKeyConstraint(["voucher_id"], ["voucher.id"], name=op.f("fk_cheque_pledge_voucher_id_voucher")),
        sa.PrimaryKeyConstraint("cheque_id", "voucher_id", name=op.f("pk_cheque_pledge")),
    )
    op.create_table(
        "issuance_total",
        sa.Column("issuance_id", sa.Uuid(), nullable=False),
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("pledge_count", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount_cents > 0 AND pledge_count > 0", name=op.f("ck_issuance_total_amounts_positive")),
        sa.ForeignKeyConstraint(["issuance_id"], ["issuance.id"], name=op.f("fk_issuance_total_issuance_id_issuance")),
        sa.ForeignKeyConstraint(["voucher_id"], ["voucher.id"], name=op.f("fk_issuance_total_voucher_id_voucher")),
        sa.PrimaryKeyConstraint("issuance_id", "voucher_id", name=op.f("pk_issuance_total")),
    )
    op.create_table(
        "card_file",
        sa.Column("issuance_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("card_count", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wiped_on", sa.Date(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wiped_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("card_count > 0", name=op.f("ck_card_file_cards")),
        sa.ForeignKeyConstraint(["issuance_id"], ["issuance.id"], name=op.f("fk_card_file_issuance_id_issuance")),
        sa.PrimaryKeyConstraint("issuance_id", "number", name=op.f("pk_card_file")),
    )
    for statement in statements("issuance_total", op.get_bind().dialect.name):
        op.execute(statement)


def _let_themes_have_pots() -> None:
    """Say of plans and vouchers which theme's pot pays them; those from before are paid from the general one."""
    with op.batch_alter_table("initiative") as initiative:
        initiative.add_column(sa.Column("pot", sa.String(), nullable=True))
    with op.batch_alter_table("voucher") as voucher:
        voucher.add_column(sa.Column("theme", sa.String(), nullable=True))
    for table in ("budget_grant", "budget_hand_back"):
        op.add_column(table, sa.Column("theme", sa.String(), nullable=True))


def _let_money_be_carried_over() -> None:
    """Keep what went along to a next year, and by which decision."""
    op.create_table(
        "budget_carry_over",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(), nullable=True),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("carried_over_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_budget_carry_over_amount_positive")),
        sa.ForeignKeyConstraint(
            ["place"], ["neighbourhood.slug"], name=op.f("fk_budget_carry_over_place_neighbourhood")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_carry_over")),
    )
    op.create_index(op.f("ix_budget_carry_over_place"), "budget_carry_over", ["place"])
    for statement in statements("budget_carry_over", op.get_bind().dialect.name):
        op.execute(statement)


def _keep_every_balance() -> None:
    """Keep what accounts without a floor hold too, and let a statement of an account be read by its key."""
    with op.batch_alter_table("ledger_balance") as balance:
        balance.drop_constraint(op.f("ck_ledger_balance_floor"), type_="check")
        balance.create_check_constraint(
            op.f("ck_ledger_balance_floor"), "amount >= 0 OR substr(account, 1, 9) = 'external:'"
        )
    op.execute(
        "INSERT INTO ledger_balance (account, unit, amount) SELECT account, unit, sum(amount) FROM ("
        "SELECT source AS account, unit, -amount AS amount FROM ledger_transfer UNION ALL"
        " SELECT target, unit, amount FROM ledger_transfer) AS moved"
        " WHERE substr(account, 1, 9) = 'external:' GROUP BY account, unit"
    )
    for side in ("source", "target"):
        op.drop_index(op.f(f"ix_ledger_transfer_{side}"), "ledger_transfer")
        op.create_index(op.f(f"ix_ledger_transfer_{side}"), "ledger_transfer", [side, "place", "at", "reference"])


def _make_gifts() -> None:
    """Give gifts their tables: what is collected for, each gift, what a provider told of it, and what went back."""
    op.create_table(
        "gift_collection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(), nullable=True),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("is_pot", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("matched_cents", sa.BigInteger(), nullable=False),
        sa.Column("match_count", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'open') = (closed_at IS NULL)", name=op.f("ck_gift_collection_closed_is_dated")),
        sa.CheckConstraint("state IN ('open', 'passed_on', 'returned')", name=op.f("ck_gift_collection_known_state")),
        sa.CheckConstraint("matched_cents >= 0 AND match_count >= 0", name=op.f("ck_gift_collection_amounts")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_gift_collection_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gift_collection")),
        sa.UniqueConstraint("about", name=op.f("uq_gift_collection_about")),
    )
    op.create_index(op.f("ix_gift_collection_place"), "gift_collection", ["place"])
    op.create_table(
        "contribution",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("collection_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("giver", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("is_name_shown", sa.Boolean(), nullable=False),
        sa.Column("email_address", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=True),
        sa.Column("checkout_url", sa.String(), nullable=True),
        sa.Column("payment_id", sa.String(), nullable=True),
        sa.Column("refunded_cents", sa.BigInteger(), nullable=False),
        sa.Column("taken_cents", sa.BigInteger(), nullable=False),
        sa.Column("covered_cents", sa.BigInteger(), nullable=False),
        sa.Column("cover_count", sa.Integer(), nullable=False),
        sa.Column("waiting_cents", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'paid') = (paid_at IS NOT NULL AND payment_id IS NOT NULL)",
            name=op.f("ck_contribution_paid_is_complete"),
        ),
        sa.CheckConstraint("giver IN ('person', 'organisation')", name=op.f("ck_contribution_known_giver")),
        sa.CheckConstraint(
            "state IN ('opened', 'paid', 'failed', 'expired')", name=op.f("ck_contribution_known_state")
        ),
        sa.CheckConstraint("NOT is_name_shown OR name IS NOT NULL", name=op.f("ck_contribution_shown_is_named")),
        sa.CheckConstraint(
            "amount_cents > 0 AND refunded_cents >= 0 AND taken_cents >= 0", name=op.f("ck_contribution_amounts")
        ),
        sa.CheckConstraint(
            "covered_cents >= 0 AND refunded_cents + covered_cents <= amount_cents",
            name=op.f("ck_contribution_never_overspent"),
        ),
        sa.CheckConstraint("waiting_cents >= 0", name=op.f("ck_contribution_waiting_not_negative")),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["gift_collection.id"], name=op.f("fk_contribution_collection_id_gift_collection")
        ),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_contribution_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_contribution_code_hash")),
    )
    op.create_index(op.f("ix_contribution_collection_id"), "contribution", ["collection_id"])
    op.create_index(op.f("ix_contribution_payment_id"), "contribution", ["payment_id"])
    op.create_index(op.f("ix_contribution_place"), "contribution", ["place"])
    op.create_table(
        "provider_notice",
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("news", sa.String(), nullable=False),
        sa.Column("contribution_id", sa.Uuid(), nullable=True),
        sa.Column("payment_id", sa.String(), nullable=True),
        sa.Column("object_id", sa.String(), nullable=False),
        sa.Column("refund_id", sa.Uuid(), nullable=True),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_provider_notice")),
    )
    op.create_index(op.f("ix_provider_notice_contribution_id"), "provider_notice", ["contribution_id"])
    op.create_index(op.f("ix_provider_notice_payment_id"), "provider_notice", ["payment_id"])
    op.create_table(
        "contribution_refund",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bank_reference", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(state = 'settled') = (bank_reference IS NOT NULL)",
            name=op.f("ck_contribution_refund_settled_is_complete"),
        ),
        sa.CheckConstraint(
            "state IN ('ordered', 'done', 'failed', 'settled')", name=op.f("ck_contribution_refund_known_state")
        ),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_contribution_refund_amount_positive")),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_contribution_refund_contribution_id_contribution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution_refund")),
    )
    op.create_index(op.f("ix_contribution_refund_contribution_id"), "contribution_refund", ["contribution_id"])
    for statement in statements("provider_notice", op.get_bind().dialect.name):
        op.execute(statement)


def _let_more_people_approve() -> None:
    """Let up to five people approve a claim, each with a reason where the policy asks it."""
    with op.batch_alter_table("approval") as approval:
        approval.add_column(sa.Column("reason", sa.Text(), nullable=True))
        approval.drop_constraint(op.f("ck_approval_at_most_two"), type_="check")
        approval.create_check_constraint(op.f("ck_approval_at_most_five"), "ordinal BETWEEN 1 AND 5")
    if op.get_bind().dialect.name == "sqlite":
        for statement in statements("approval", "sqlite"):
            op.execute(statement)


def _decide_about_money() -> None:
    """Write down what was decided about money; what was granted before is known since the day it was issued."""
    with op.batch_alter_table("voucher") as voucher:
        voucher.add_column(sa.Column("owed_cents", sa.BigInteger(), nullable=False, server_default="0"))
        voucher.add_column(sa.Column("paid_back_cents", sa.BigInteger(), nullable=False, server_default="0"))
        voucher.create_check_constraint(
            op.f("ck_voucher_owes_what_it_was_paid"),
            "paid_back_cents >= 0 AND paid_back_cents <= owed_cents AND owed_cents <= claimed_cents",
        )
    with op.batch_alter_table("stopped_initiative") as stopped:
        stopped.drop_constraint(op.f("ck_stopped_initiative_known_side"), type_="check")
        stopped.create_check_constraint(
            op.f("ck_stopped_initiative_known_side"), "stopped_by IN ('group', 'council', 'executive')"
        )
    if op.get_bind().dialect.name == "sqlite":
        # SQLite made the table anew, and lost its triggers.
        for statement in statements("stopped_initiative", "sqlite"):
            op.execute(statement)
    _make_grant_decisions()
    op.execute(
        "INSERT INTO grant_decision (id, place, about, title, voucher_id, decision_id, kind, body, power_article,"
        " motivation, amount_cents, owed_cents, decided_at, decided_by, known_on, known_way, known_by)"
        " SELECT voucher.id, voucher.place, voucher.about, voucher.title, voucher.id, voucher.decision_id, 'grant',"
        " 'council', decision.article, decision.motivation, voucher.value_cents, 0, decision.recorded_at, 'system',"
        " voucher.issued_on, 'handed_over', 'system'"
        " FROM voucher JOIN decision ON decision.id = voucher.decision_id"
    )
    op.execute("INSERT INTO grant_receiver (grant_decision_id, person) SELECT voucher_id, person FROM voucher_holder")


def _make_grant_decisions() -> None:
    """Give decisions about money their tables."""
    op.create_table(
        "grant_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("voucher_id", sa.Uuid(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=True),
        sa.Column("power_article", sa.String(), nullable=False),
        sa.Column("motivation", sa.Text(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("owed_cents", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=True),
        sa.Column("known_way", sa.String(), nullable=True),
        sa.Column("known_by", sa.String(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('grant', 'refusal', 'settlement', 'withdrawal', 'change')",
            name=op.f("ck_grant_decision_known_kind"),
        ),
        sa.CheckConstraint(
            "(ground IS NOT NULL) OR kind IN ('grant', 'settlement')", name=op.f("ck_grant_decision_has_its_ground")
        ),
        sa.CheckConstraint(
            "kind = 'refusal' OR voucher_id IS NOT NULL", name=op.f("ck_grant_decision_is_about_a_voucher")
        ),
        sa.CheckConstraint("amount_cents >= 0 AND owed_cents >= 0", name=op.f("ck_grant_decision_amounts")),
        sa.CheckConstraint(
            "known_way IN ('sent', 'handed_over', 'collected')", name=op.f("ck_grant_decision_known_way")
        ),
        sa.CheckConstraint(
            "(known_on IS NULL) = (known_way IS NULL) AND (known_on IS NULL) = (known_by IS NULL)",
            name=op.f("ck_grant_decision_known_is_complete"),
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_grant_decision_decision_id_decision")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_grant_decision_place_neighbourhood")),
        sa.ForeignKeyConstraint(["voucher_id"], ["voucher.id"], name=op.f("fk_grant_decision_voucher_id_voucher")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_decision")),
    )
    op.create_index(op.f("ix_grant_decision_about"), "grant_decision", ["about"])
    op.create_index(op.f("ix_grant_decision_place"), "grant_decision", ["place"])
    for kind in ("grant", "settlement"):
        only = sa.text(f"kind = '{kind}'")
        op.create_index(
            op.f(f"uq_grant_decision_{kind}"),
            "grant_decision",
            ["voucher_id"],
            unique=True,
            sqlite_where=only,
            postgresql_where=only,
        )
    op.create_table(
        "grant_receiver",
        sa.Column("grant_decision_id", sa.Uuid(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["grant_decision_id"],
            ["grant_decision.id"],
            name=op.f("fk_grant_receiver_grant_decision_id_grant_decision"),
        ),
        sa.PrimaryKeyConstraint("grant_decision_id", "person", name=op.f("pk_grant_receiver")),
    )
    for statement in statements("grant_receiver", op.get_bind().dialect.name):
        op.execute(statement)


def _let_claims_be_of_four_kinds() -> None:
    """Give claims a kind, lines and advances; those from before were receipts of one line each."""
    with op.batch_alter_table("claim") as claim:
        claim.add_column(sa.Column("kind", sa.String(), nullable=False, server_default="receipt"))
        claim.add_column(sa.Column("purpose", sa.String(), nullable=True))
        claim.add_column(sa.Column("advance_id", sa.Uuid(), nullable=True))
        for name in ("covered_cents", "accounted_cents", "paid_back_cents"):
            claim.add_column(sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))
        for name in ("category", "supplier", "number", "payee", "iban"):
            claim.alter_column(name, existing_type=sa.String(), nullable=True)
        claim.alter_column("bought_on", existing_type=sa.Date(), nullable=True)
        for name in ("receipt_kind", "receipt_sha256", "receipt_key"):
            claim.alter_column(name, existing_type=sa.String(), nullable=True)
        claim.create_foreign_key(op.f("fk_claim_advance_id_claim"), "claim", ["advance_id"], ["id"])
        for name, says in _OF_CLAIMS.items():
            claim.create_check_constraint(op.f(f"ck_claim_{name}"), says)
    op.create_index(op.f("ix_claim_advance_id"), "claim", ["advance_id"])
    op.create_table(
        "claim_line",
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("vat", sa.String(), nullable=True),
        sa.Column("about", sa.Text(), nullable=True),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_claim_line_amount_positive")),
        sa.CheckConstraint("vat IN ('0', '9', '21', 'exempt')", name=op.f("ck_claim_line_known_vat")),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_claim_line_ordinal_counts")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_claim_line_claim_id_claim")),
        sa.PrimaryKeyConstraint("claim_id", "ordinal", name=op.f("pk_claim_line")),
    )
    op.execute(
        "INSERT INTO claim_line (claim_id, ordinal, category, amount_cents)"
        " SELECT id, 1, category, amount_cents FROM claim"
    )
    for statement in statements("claim_line", op.get_bind().dialect.name):
        op.execute(statement)


_OF_CLAIMS = {
    "covered_by_an_advance": "covered_cents >= 0 AND covered_cents <= amount_cents"
    " AND (covered_cents > 0) = (advance_id IS NOT NULL)",
    "never_more_than_was_advanced": "accounted_cents >= 0 AND paid_back_cents >= 0"
    " AND accounted_cents + paid_back_cents <= amount_cents",
    "only_of_an_advance": "accounted_cents + paid_back_cents = 0 OR category IS NULL",
    "account_is_whole": "(payee IS NULL) = (iban IS NULL)",
    "receipt_is_whole": "(receipt_kind IS NULL) = (receipt_sha256 IS NULL)",
}
