# SPDX-License-Identifier: EUPL-1.2
"""What a question and a verb get in hand: the session, who asks, what time it is; and what doors say."""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlmodel import Session, insert

from wijkbudget.db.files import Files
from wijkbudget.kit.actor import Actor, May, Role
from wijkbudget.kit.errors import Conflict, NotAllowed, Refusal
from wijkbudget.kit.period import day_of
from wijkbudget.kit.text import _
from wijkbudget.trail.events import Event
from wijkbudget.trail.keyring import Keyring
from wijkbudget.trail.models import Errand


class NotYours(NotAllowed):
    """Only whoever it belongs to may do this."""


class Outdated(Conflict):
    """What was prepared for an act rests on something that changed since."""

    def __init__(self) -> None:
        """Say it in one sentence."""
        super().__init__(_("Something changed just now, so nothing was done. Try again."))


Together = Callable[["Work", Sequence[Any]], Sequence[Any]]
"""`(work, calls)`, each the arguments of one call; returns the answer of each, or a Refusal if it changes nothing."""

Function = TypeVar("Function", bound=Callable[..., Any])
Prepared = TypeVar("Prepared")


@dataclass(frozen=True, kw_only=True)
class Door:
    """How a verb or question may be reached; the desk reads it before anything runs."""

    may: May
    municipal: bool = False
    """It is about the whole municipality, so it takes no neighbourhood."""
    once: bool = False
    """It moves money, time or shares, so it takes an idempotency key."""
    silent: str | None = None
    """Why it leaves no entry in the trail, where it leaves none."""
    prepare: Callable[..., Any] | None = None
    """What is worked out before the act, outside the writer: `(draft, place, …)`, as the verb takes them."""
    together: "Together | None" = None
    """What runs as one act all calls of the verb that wait at the same moment."""


@dataclass(kw_only=True)
class Look:
    """Passed first to every query: what it reads with, who asks and at what moment."""

    session: Session
    actor: Actor
    now: datetime
    keys: Keyring
    files: Files
    door: Door
    roles: frozenset[Role]
    """What the actor is in the neighbourhood that is asked about."""

    @property
    def today(self) -> date:
        """Return the calendar day in the Netherlands."""
        return day_of(self.now)

    def demand_own(self, owners: Collection[str]) -> None:
        """Raise NotYours if the door is open to this actor only for what is theirs, and this is not."""
        if self.door.may.only_own(self.roles) and self.actor.id not in owners:
            raise NotYours(_("Only the people it belongs to may do this."))


@dataclass(kw_only=True)
class Draft(Look):
    """Passed first to what prepares a verb: a look that may draw ids and codes, and writes nothing."""

    entropy: Callable[[int], bytes] = field(repr=False)

    def new_id(self) -> UUID:
        """Return an id that tells nothing about when it was made."""
        return UUID(bytes=self.random(16), version=4)

    def random(self, count: int) -> bytes:
        """Return random bytes."""
        return self.entropy(count)

    def errand_rows(self, kind: str, payloads: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return many errands of one kind, to be left by the act."""
        return [
            {"id": self.new_id(), "kind": kind, "payload": json.dumps(payload), "made_at": self.now}
            for payload in payloads
        ]


@dataclass(kw_only=True)
class Work(Draft):
    """Passed first to every verb: a draft that may write and must say what happened."""

    ready: object = None
    events: list[Event] = field(default_factory=list)

    def prepared(self, by: Callable[..., Prepared]) -> Prepared:
        """Return what was prepared before the act; a moment may have passed, so check what it rests on."""
        assert self.door.prepare is by, "the verb does not declare that it is prepared so"
        return cast("Prepared", self.ready)

    def record(self, event: Event) -> None:
        """Say what happened; it is written with the change."""
        self.events.append(event)

    def errand(self, kind: str, payload: dict[str, Any]) -> None:
        """Leave an errand: it is run after the commit, outside any transaction."""
        self.leave(self.errand_rows(kind, [payload]))

    def leave(self, rows: list[dict[str, Any]]) -> None:
        """Leave errands that were made ready."""
        if rows:
            # Core, because a round leaves one for each voter and the writer waits for nobody that long.
            self.session.connection().execute(insert(Errand), rows)


def verb(  # noqa: PLR0913 - each says one thing of the door
    may: May,
    *,
    municipal: bool = False,
    once: bool = False,
    silent: str | None = None,
    prepare: Callable[..., Any] | None = None,
    together: Together | None = None,
) -> Callable[[Function], Function]:
    """Open a door to a verb: `(work, place, …)`, or `(work, …)` for the whole municipality."""
    # Calls that run together share one Work, so nothing in it can be about one of them.
    assert together is None or (municipal and silent and not once and prepare is None)
    return _door(Door(may=may, municipal=municipal, once=once, silent=silent, prepare=prepare, together=together))


def alone(told: Sequence[Any]) -> Any:
    """Return what the only call of a verb was told. Raises its refusal."""
    (answer,) = told
    if isinstance(answer, Refusal):
        raise answer
    return answer


def question(may: May, *, municipal: bool = False) -> Callable[[Function], Function]:
    """Open a door to a query: `(look, place, …)`, or `(look, …)` for the whole municipality."""
    return _door(Door(may=may, municipal=municipal))


def door_of(function: Callable[..., Any]) -> Door:
    """Return the door of a verb or question; a function without one cannot be reached from the desk."""
    door: Door = function.__dict__["door"]
    return door


def name_of(function: Callable[..., Any]) -> str:
    """Return the name of a verb or question in documents and templates, such as `vouchers.claim`."""
    return f"{function.__module__.split('.')[1]}.{function.__name__}"


def _door(door: Door) -> Callable[[Function], Function]:
    def hang(function: Function) -> Function:
        function.__dict__["door"] = door
        return function

    return hang
