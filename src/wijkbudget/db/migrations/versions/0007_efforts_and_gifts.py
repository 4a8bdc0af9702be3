# SPDX-License-Identifier: EUPL-1.2
"""Efforts and gifts: rewards and fees for time, gifts that go on or back, payments undone, grants that grow."""

import sqlalchemy as sa
from alembic import op

from wijkbudget.db.append_only import statements

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the change."""
    _let_tasks_earn_rewards()
    _count_fees()
    _let_gifts_go_to_the_pot()
    _follow_deposits()
    _undo_payments()
    _let_grants_grow()
    _claim_advances_back()
    _replace_codes()
    _hear_groups()
    _let_plans_hope()
    _keep_ballots_by_round()


def _hear_groups() -> None:
    """Keep when a group could tell its side before its money became less, and what it said."""
    with op.batch_alter_table("grant_decision") as decision:
        decision.add_column(sa.Column("heard_on", sa.Date(), nullable=True))
        decision.add_column(sa.Column("heard_note", sa.Text(), nullable=True))


def _let_plans_hope() -> None:
    """Let resident vouchers be pledged to plans that have no voucher yet."""
    op.create_table(
        "hopeful_plan",
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("is_refused", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_hopeful_plan_place_neighbourhood")),
        sa.PrimaryKeyConstraint("voucher_id", name=op.f("pk_hopeful_plan")),
        sa.UniqueConstraint("place", "about", name=op.f("uq_hopeful_plan_place_about")),
    )
    with op.batch_alter_table("cheque_pledge") as pledge:
        pledge.drop_constraint(op.f("fk_cheque_pledge_voucher_id_voucher"), type_="foreignkey")


def _count_fees() -> None:
    """Keep what people receive for their time, its sums per month and year, and which claim is for a volunteer."""
    op.create_table(
        "fee",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("giver", sa.String(), nullable=True),
        sa.Column("takes_off", sa.Uuid(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount_cents <> 0", name=op.f("ck_fee_amount_is_something")),
        sa.CheckConstraint("(amount_cents < 0) = (takes_off IS NOT NULL)", name=op.f("ck_fee_less_takes_off")),
        sa.CheckConstraint("form IN ('money', 'in_kind')", name=op.f("ck_fee_known_form")),
        sa.CheckConstraint("source IN ('claim', 'reward', 'elsewhere')", name=op.f("ck_fee_known_source")),
        sa.CheckConstraint("(source = 'elsewhere') = (giver IS NOT NULL)", name=op.f("ck_fee_giver_of_elsewhere")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_fee_person_id_person")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_fee_place_neighbourhood")),
        sa.ForeignKeyConstraint(["takes_off"], ["fee.id"], name=op.f("fk_fee_takes_off_fee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fee")),
        sa.UniqueConstraint("takes_off", name=op.f("uq_fee_takes_off")),
    )
    is_received = sa.text("takes_off IS NULL")
    op.create_index(
        op.f("uq_fee_about"),
        "fee",
        ["source", "about"],
        unique=True,
        sqlite_where=is_received,
        postgresql_where=is_received,
    )
    op.create_index(op.f("ix_fee_person_id_received_on"), "fee", ["person_id", "received_on"])
    for statement in statements("fee", op.get_bind().dialect.name):
        op.execute(statement)
    op.create_table(
        "fee_total",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_fee_total_never_less_than_nothing")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_fee_total_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "period", name=op.f("pk_fee_total")),
    )
    with op.batch_alter_table("claim") as claim:
        claim.add_column(sa.Column("volunteer_id", sa.Uuid(), nullable=True))
        claim.create_foreign_key(op.f("fk_claim_volunteer_id_person"), "person", ["volunteer_id"], ["id"])
        claim.create_check_constraint(
            op.f("ck_claim_volunteer_of_a_fee"), "(kind = 'volunteer_fee') = (volunteer_id IS NOT NULL)"
        )


def _let_gifts_go_to_the_pot() -> None:
    """Keep whether a giver wants nothing back; whoever gave before gets back what is left."""
    with op.batch_alter_table("contribution") as contribution:
        contribution.add_column(sa.Column("may_go_to_pot", sa.Boolean(), nullable=False, server_default=sa.false()))


def _undo_payments() -> None:
    """Keep which payments were a mistake, who undid them and why, and what came back."""
    op.create_table(
        "payout_reversal",
        sa.Column("payout_id", sa.Uuid(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("mistake", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reversed_by", sa.String(), nullable=False),
        sa.Column("reversed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid_by", sa.String(), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bank_reference", sa.String(), nullable=False),
        sa.Column("recovered_cents", sa.BigInteger(), nullable=False, server_default="0"),
        sa.CheckConstraint("attempt >= 1", name=op.f("ck_payout_reversal_attempt_counts")),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_payout_reversal_amount_positive")),
        sa.CheckConstraint("mistake IN ('never_paid', 'paid_wrongly')", name=op.f("ck_payout_reversal_known_mistake")),
        sa.CheckConstraint(
            "recovered_cents >= 0 AND recovered_cents <= amount_cents"
            " AND (recovered_cents = 0 OR mistake = 'paid_wrongly')",
            name=op.f("ck_payout_reversal_recovers_what_went_out"),
        ),
        sa.CheckConstraint("reversed_by <> paid_by", name=op.f("ck_payout_reversal_two_people")),
        sa.ForeignKeyConstraint(["payout_id"], ["payout.id"], name=op.f("fk_payout_reversal_payout_id_payout")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_payout_reversal_place_neighbourhood")),
        sa.PrimaryKeyConstraint("payout_id", "attempt", name=op.f("pk_payout_reversal")),
    )
    op.create_index(op.f("ix_payout_reversal_place"), "payout_reversal", ["place"])


def _let_tasks_earn_rewards() -> None:
    """Keep what is offered for finished tasks, who chose it, and which tasks earned it."""
    op.create_table(
        "used_task",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("still_counts", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_used_task_person_id_person")),
        sa.ForeignKeyConstraint(
            ["task_id", "place"], ["task.id", "task.place"], name=op.f("fk_used_task_task_id_task")
        ),
        sa.PrimaryKeyConstraint("person_id", "task_id", "given_on", name=op.f("pk_used_task")),
    )
    op.create_index(op.f("ix_used_task_about"), "used_task", ["about"])
    for statement in statements("used_task", op.get_bind().dialect.name):
        op.execute(statement)
    op.create_table(
        "reward_offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("sponsor", sa.String(), nullable=False),
        sa.Column("spot", sa.String(), nullable=False),
        sa.Column("value_cents", sa.BigInteger(), nullable=False),
        sa.Column("stock_count", sa.Integer(), nullable=True),
        sa.Column("left_count", sa.Integer(), nullable=True),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("payee", sa.String(), nullable=True),
        sa.Column("iban", sa.String(), nullable=True),
        sa.Column("receiver_by", sa.String(), nullable=True),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.CheckConstraint("value_cents > 0", name=op.f("ck_reward_offer_amount_positive")),
        sa.CheckConstraint(
            "left_count >= 0 AND left_count <= stock_count", name=op.f("ck_reward_offer_never_more_than_there_are")
        ),
        sa.CheckConstraint("(stock_count IS NULL) = (left_count IS NULL)", name=op.f("ck_reward_offer_counted_whole")),
        sa.CheckConstraint("payer IN ('pot', 'sponsor')", name=op.f("ck_reward_offer_known_payer")),
        sa.CheckConstraint(
            "payer = 'sponsor' OR stock_count IS NOT NULL", name=op.f("ck_reward_offer_paid_is_counted")
        ),
        sa.CheckConstraint(
            "(payer = 'pot') = (payee IS NOT NULL) AND (payer = 'pot') = (iban IS NOT NULL)",
            name=op.f("ck_reward_offer_paid_has_a_receiver"),
        ),
        sa.CheckConstraint("state IN ('open', 'closed')", name=op.f("ck_reward_offer_known_state")),
        sa.CheckConstraint("last_on > opened_on", name=op.f("ck_reward_offer_last_day_follows")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_reward_offer_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_reward_offer_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reward_offer")),
    )
    op.create_index(op.f("ix_reward_offer_place"), "reward_offer", ["place"])
    op.create_table(
        "reward",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("value_cents", sa.BigInteger(), nullable=False),
        sa.Column("task_count", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("chosen_on", sa.Date(), nullable=False),
        sa.Column("redeemed_on", sa.Date(), nullable=True),
        sa.Column("redeemed_by", sa.String(), nullable=True),
        sa.CheckConstraint("value_cents > 0 AND task_count > 0", name=op.f("ck_reward_amounts_positive")),
        sa.CheckConstraint("state IN ('chosen', 'redeemed', 'lapsed')", name=op.f("ck_reward_known_state")),
        sa.CheckConstraint(
            "(state = 'redeemed') = (redeemed_on IS NOT NULL) AND (redeemed_on IS NULL) = (redeemed_by IS NULL)",
            name=op.f("ck_reward_redeemed_is_whole"),
        ),
        sa.CheckConstraint("redeemed_by <> person", name=op.f("ck_reward_other_hands")),
        sa.ForeignKeyConstraint(["offer_id"], ["reward_offer.id"], name=op.f("fk_reward_offer_id_reward_offer")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_reward_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reward")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_reward_code_hash")),
    )
    op.create_index(op.f("ix_reward_offer_id"), "reward", ["offer_id"])
    op.create_index(op.f("ix_reward_place_person"), "reward", ["place", "person"])
    op.create_index(op.f("ix_reward_place_state"), "reward", ["place", "state"])


def _let_grants_grow() -> None:
    """Let a plan that has money get more, by a decision of its own."""
    with op.batch_alter_table("grant_decision") as decision:
        for name, says in (
            ("known_kind", "kind IN ('grant', 'increase', 'refusal', 'settlement', 'withdrawal', 'change')"),
            ("has_its_ground", "(ground IS NOT NULL) OR kind IN ('grant', 'increase', 'settlement')"),
        ):
            decision.drop_constraint(op.f(f"ck_grant_decision_{name}"), type_="check")
            decision.create_check_constraint(op.f(f"ck_grant_decision_{name}"), says)


def _follow_deposits() -> None:
    """Keep what a payment provider sent to the bank, what it is made of, and which line of a statement it is."""
    op.create_table(
        "deposit",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("arrives_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("has_parts", sa.Boolean(), nullable=False),
        sa.Column("bank_line_id", sa.Uuid(), nullable=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('sent', 'arrived', 'failed')", name=op.f("ck_deposit_known_state")),
        sa.CheckConstraint(
            "(state = 'arrived') = (bank_line_id IS NOT NULL)", name=op.f("ck_deposit_arrived_on_a_statement")
        ),
        sa.ForeignKeyConstraint(["bank_line_id"], ["bank_line.id"], name=op.f("fk_deposit_bank_line_id_bank_line")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposit")),
        sa.UniqueConstraint("bank_line_id", name=op.f("uq_deposit_bank_line_id")),
    )
    op.create_table(
        "deposit_part",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("deposit_id", sa.String(), nullable=False),
        sa.Column("news", sa.String(), nullable=True),
        sa.Column("object_id", sa.String(), nullable=True),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("fee_cents", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["deposit_id"], ["deposit.id"], name=op.f("fk_deposit_part_deposit_id_deposit")),
        sa.ForeignKeyConstraint(["place"], ["neighbourhood.slug"], name=op.f("fk_deposit_part_place_neighbourhood")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposit_part")),
    )
    op.create_index(op.f("ix_deposit_part_deposit_id"), "deposit_part", ["deposit_id"])
    op.create_index(op.f("ix_provider_notice_object_id"), "provider_notice", ["object_id"])
    with op.batch_alter_table("bank_line") as line:
        line.drop_constraint(op.f("ck_bank_line_known_match"), type_="check")
        line.create_check_constraint(
            op.f("ck_bank_line_known_match"), "\"match\" IN ('booked', 'sent_back', 'deposit')"
        )


def _claim_advances_back() -> None:
    """Let a settlement for less claim back what is open of an advance."""
    with op.batch_alter_table("claim") as claim:
        claim.add_column(sa.Column("reclaimed_cents", sa.BigInteger(), nullable=False, server_default="0"))
        for name, says in (
            (
                "never_more_than_was_advanced",
                (
                    "accounted_cents >= 0 AND paid_back_cents >= 0 AND reclaimed_cents >= 0"
                    " AND accounted_cents + paid_back_cents + reclaimed_cents <= amount_cents"
                ),
            ),
            ("only_of_an_advance", "accounted_cents + paid_back_cents + reclaimed_cents = 0 OR category IS NULL"),
        ):
            claim.drop_constraint(op.f(f"ck_claim_{name}"), type_="check")
            claim.create_check_constraint(op.f(f"ck_claim_{name}"), says)


def _replace_codes() -> None:
    """Say of a voucher which of its codes works."""
    with op.batch_alter_table("voucher") as voucher:
        voucher.add_column(sa.Column("turn", sa.Integer(), nullable=False, server_default="1"))
        voucher.create_check_constraint(op.f("ck_voucher_turn_counts"), "turn >= 1")


def _keep_ballots_by_round() -> None:
    """Keep the ballots of a round together: to cast one writes in one tree, where it wrote in two."""
    with op.batch_alter_table("voting_box", table_kwargs={"sqlite_with_rowid": False}) as box:
        box.drop_index(op.f("ix_voting_box_round_id"))
        box.drop_constraint(op.f("pk_voting_box"), type_="primary")
        box.create_primary_key(op.f("pk_voting_box"), ["round_id", "ballot_key"])
