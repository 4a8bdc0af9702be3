# SPDX-License-Identifier: EUPL-1.2
"""Demo tasks and time, made through the verbs; days pass between giving and settling, so the caller moves the clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wijkbudget.kit.actor import Actor
from wijkbudget.reciprocity import service
from wijkbudget.reciprocity.fees import service as fees
from wijkbudget.reciprocity.fees.schemas import FeesView, TellFee
from wijkbudget.reciprocity.schemas import EntryView, ExemptionView, GrantExemption, LogTime, OpenTask, TaskView
from wijkbudget.trail.desk import Desk

TASKS = (
    ("Buurtmoestuin onderhouden", "Iedere zaterdag van 10 tot 13 uur. Laarzen en handschoenen liggen klaar."),
    ("Koffieochtend in het buurthuis", "Koffie schenken, tafels klaarzetten en opruimen, op woensdag."),
    ("Zwerfvuil opruimen langs de singel", "Grijpers en zakken haal je op bij het buurthuis."),
    ("Huiswerkhulp", "Op dinsdag en donderdag na school helpen met rekenen en taal."),
)
"""What people do together in the demo neighbourhoods."""


@dataclass(frozen=True, kw_only=True)
class Gift:
    """Time that one resident of the demo gives on a day."""

    giver: Actor
    given_on: date
    minutes: int


def open_tasks(desk: Desk, place: str, opener: Actor, confirmers: Sequence[Actor]) -> list[TaskView]:
    """Open the demo tasks of a neighbourhood; the same people may confirm time on each."""
    ids = [UUID(confirmer.id) for confirmer in confirmers]
    return [
        desk.by(opener).act(service.open_task, place, OpenTask(title=title, explanation=explanation, confirmers=ids))
        for title, explanation in TASKS
    ]


def log(desk: Desk, place: str, task_id: UUID, gifts: Iterable[Gift]) -> list[EntryView]:
    """Let residents log time; the acts wait for the disk together."""
    waiting = [
        desk.by(gift.giver)
        .once(f"seed time {task_id} {gift.given_on}")
        .submit(service.log, place, task_id, LogTime(given_on=gift.given_on, minutes=gift.minutes))
        for gift in gifts
    ]
    return [future.result() for future in waiting]


def give(desk: Desk, place: str, task_id: UUID, confirmer: Actor, gifts: Iterable[Gift]) -> list[EntryView]:
    """Let residents log time and one person, who lives with none of them, confirm it all."""
    at = desk.by(confirmer)
    waiting = [at.submit(service.confirm, place, entry.id) for entry in log(desk, place, task_id, gifts)]
    return [future.result() for future in waiting]


def settle(desk: Desk, place: str) -> int:
    """Settle all time that can no longer be disputed and return how many entries; the desk is the system's."""
    count = 0
    while settled := desk.act(service.settle, place).entry_count:
        count += settled
    return count


def tell_fee(desk: Desk, place: str, person: Actor, told: TellFee) -> FeesView:
    """Let somebody tell what another organisation gave for their time."""
    at = desk.by(person).once(f"seed fee {person.id} {told.received_on}")
    return at.act(fees.tell_fee, place, person.id, told)


def exempt(desk: Desk, place: str, official: Actor, person: Actor, until_on: date) -> ExemptionView:
    """Exempt a resident until a day."""
    return desk.by(official).act(service.exempt, place, GrantExemption(person_id=UUID(person.id), until_on=until_on))
