# SPDX-License-Identifier: EUPL-1.2
"""Gifts in West: a plan that is voted on now gets some, the pot adds its part, and the bank awaits what was given."""

from datetime import timedelta
from uuid import UUID

from wijkbudget.app.demo.stage import Stage
from wijkbudget.initiatives import service as initiatives
from wijkbudget.kit.actor import GUEST, SYSTEM, Actor
from wijkbudget.kit.period import day_of
from wijkbudget.payments.contributions import queries, service
from wijkbudget.payments.contributions.schemas import GiveMoney, GivenView, Giver
from wijkbudget.payments.deposits import service as depositing
from wijkbudget.payments.providers.port import DepositLine, DepositNotice, News, Notice

PROVIDER = "stripe"
COSTS_CENTS = 29
"""What the provider keeps of each gift by iDEAL."""
GIFTS = (
    GiveMoney(amount_cents=2_500),
    GiveMoney(amount_cents=1_000, name="Familie Bakker", is_name_shown=True),
    GiveMoney(amount_cents=15_000, giver=Giver.ORGANISATION, name="Bakkerij De Korst", is_name_shown=True),
    GiveMoney(amount_cents=500, may_go_to_pot=True),
)
_NEWS = (News.ARRIVED, News.COMPLETED)


def play(stage: Stage, place: str, initiator: Actor, plan_id: UUID) -> None:
    """Let the group of a plan ask for gifts, and let some people give; the provider tells of it and pays it out."""
    stage.desk.by(initiator).act(initiatives.collect, place, plan_id)
    collections = stage.desk.ask(queries.collections, place)
    [collection] = [each for each in collections if each.about == str(plan_id)]
    at = stage.desk.by(GUEST)
    given = [at.act(service.give, place, collection.id, command) for command in GIFTS]
    for gift, command in zip(given, GIFTS, strict=True):
        for news in _NEWS:
            at.act(service.hear, PROVIDER, _notice(gift, command, news))
    _pay_out(stage, given)
    stage.clear_letters()


def _notice(gift: GivenView, command: GiveMoney, news: News) -> Notice:
    """Return what the provider tells of a gift."""
    return Notice(
        event_id=f"evt_{news}_{gift.id.hex}",
        news=news,
        contribution_id=gift.id,
        payment_id=f"pi_{gift.id.hex}",
        object_id=f"{news}_{gift.id.hex}",
        refund_id=None,
        amount_cents=command.amount_cents,
    )


def _pay_out(stage: Stage, given: list[GivenView]) -> None:
    """Let the provider send all to the bank but what it keeps; no statement shows it yet."""
    lines = [
        DepositLine(
            id=f"txn_{gift.id.hex}",
            news=News.ARRIVED,
            object_id=f"{News.ARRIVED}_{gift.id.hex}",
            amount_cents=command.amount_cents,
            fee_cents=COSTS_CENTS,
        )
        for gift, command in zip(given, GIFTS, strict=True)
    ]
    sent = DepositNotice(
        deposit_id="po_demo",
        amount_cents=sum(line.amount_cents - line.fee_cents for line in lines),
        arrives_on=day_of(stage.clock()) + timedelta(days=2),
        reference="MEERWIJK GIFTEN",
        has_failed=False,
        is_complete=True,
    )
    stage.desk.by(GUEST).act(depositing.hear_deposit, PROVIDER, sent)
    stage.desk.by(SYSTEM).act(depositing.note_parts, sent.deposit_id, lines)
