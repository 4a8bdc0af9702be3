# SPDX-License-Identifier: EUPL-1.2
"""The desk (het loket): the only door; runs a question or a verb for one actor at one moment."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any, Concatenate, ParamSpec, TypeVar, cast, get_type_hints

from pydantic import BaseModel, TypeAdapter
from sqlalchemy import bindparam
from sqlmodel import Session, col, insert, select

from wijkbudget.db import changes
from wijkbudget.db.database import Database
from wijkbudget.db.files import Files
from wijkbudget.db.prepared import Prepared, Values, connection_of, run_together
from wijkbudget.db.writer import Call, Promise, Shared, Told
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.kit.canonical import canonical, digest
from wijkbudget.kit.errors import BadInput, NotAllowed, Refusal, RuleBroken
from wijkbudget.kit.text import _
from wijkbudget.trail.events import Event
from wijkbudget.trail.keyring import Keyring
from wijkbudget.trail.models import KeptAnswer, TrailEntry, TrailUnsealed
from wijkbudget.trail.sealing import SALT_BYTES, hidden_hash
from wijkbudget.trail.work import Door, Draft, Look, Work, door_of, name_of

P = ParamSpec("P")
R = TypeVar("R")

KEY_LENGTH_MAX = 100

_KEPT = Prepared(
    select(col(KeptAnswer.command_hash), col(KeptAnswer.answer)).where(
        col(KeptAnswer.actor) == bindparam("actor"), col(KeptAnswer.key) == bindparam("key")
    )
)
_KEEP = Prepared(insert(KeptAnswer))
_WRITE = Prepared(insert(TrailEntry))
_LEAVE_UNSEALED = Prepared(insert(TrailUnsealed))


class UnrecordedChange(Exception):
    """Rows changed but no event says why. A bug in a verb."""


class DoorClosed(NotAllowed):
    """The actor has no role that opens this door."""


class KeyMissing(BadInput):
    """A command that moves money, time or shares came without an idempotency key."""


class KeyReused(RuleBroken):
    """The idempotency key was used before, with another command."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where one actor asks for things; handlers, seeds, the command line and tests all stand here."""

    database: Database
    keys: Keyring = field(repr=False)
    files: Files
    actor: Actor
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]
    key: str | None = None

    def by(self, actor: Actor) -> "Desk":
        """Return this desk with somebody else standing at it."""
        return replace(self, actor=actor)

    def once(self, key: str) -> "Desk":
        """Return this desk for one command that must not happen twice. Raises KeyMissing if the key is unusable."""
        if not key or len(key) > KEY_LENGTH_MAX or not key.isascii() or not key.isprintable():
            raise KeyMissing(_("Send a reference of your own, 1 to 100 letters, with this."))
        return replace(self, key=key)

    def ask(self, query: Callable[Concatenate[Look, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Answer a question; changes nothing. Raises DoorClosed and whatever the question refuses with."""
        with self._looking(query, args) as look:
            return query(look, *args, **kwargs)

    def rows(
        self, query: Callable[Concatenate[Look, P], Iterable[R]], *args: P.args, **kwargs: P.kwargs
    ) -> Generator[R]:
        """Yield the rows of an answer one by one; until the last, or `close`, a session is kept open for them.

        Raises as `ask` does, at the first row.
        """
        with self._looking(query, args) as look:
            yield from query(look, *args, **kwargs)

    def act(self, verb: Callable[Concatenate[Work, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a verb whole or not at all, and wait for its commit. Raises as `submit` does, and the verb's refusals."""
        return self.submit(verb, *args, **kwargs).result()

    def submit(self, verb: Callable[Concatenate[Work, P], R], *args: P.args, **kwargs: P.kwargs) -> "Future[R]":
        """Queue a verb, once it is prepared; its answer comes after the commit. Raises as `queue` does."""
        promise: Future[R] = Future()
        self.queue(promise, verb, *args, **kwargs)
        return promise

    def queue(
        self, promise: Promise, verb: Callable[Concatenate[Work, P], Any], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Queue a verb, once it is prepared, and keep a promise with its answer after the commit.

        Raises DoorClosed, KeyMissing, Busy and what preparing refuses with.
        """
        door, roles = self._enter(verb, args)
        if door.once and self.key is None:
            raise KeyMissing(_("Send a reference of your own, 1 to 100 letters, with this."))
        if door.together:
            self.database.queue(Call(verb, self._together(verb, door, roles), args, promise))
            return
        command_hash = digest([name_of(verb), [_plain(arg) for arg in args]]) if self.key else ""
        ready = self._prepared(door, roles, args, kwargs)

        def job(session: Session) -> Any:
            if self.key and (kept := self._kept(session)):
                kept_hash, kept_answer = kept
                if kept_hash != command_hash:
                    raise KeyReused(_("This reference was used before, for something else."))
                return _answer_type(verb).validate_json(kept_answer)
            work = Work(**self._in_hand(session, door, roles), entropy=self.entropy, ready=ready)
            answer = verb(work, *args, **kwargs)
            kept_now = []
            if self.key:
                told = _answer_type(verb).dump_json(answer).decode()
                of_key = {"actor": self.actor.id, "key": self.key, "command_hash": command_hash}
                kept_now = [{**of_key, "answer": told, "at": work.now}]
            _finish(work, verb, kept_now)
            return answer

        self.database.queue(Call(object(), lambda session, _calls: [(job(session), None)], None, promise))

    def _together(self, verb: Callable[..., Any], door: Door, roles: frozenset[Role]) -> Shared:
        """Return what runs the calls of a verb that wait together; they differ only in their arguments."""

        def job(session: Session, calls: Sequence[Any]) -> list[Told]:
            assert door.together
            work = Work(**self._in_hand(session, door, roles), entropy=self.entropy)
            told = door.together(work, calls)
            _finish(work, verb, [])
            return [(None, each) if isinstance(each, Refusal) else (each, None) for each in told]

        return job

    def _prepared(self, door: Door, roles: frozenset[Role], args: tuple[Any, ...], kwargs: dict[str, Any]) -> object:
        """Work out what a verb needs, outside the writer; nothing for a command that was answered before."""
        if door.prepare is None:
            return None
        with self.database.read() as session:
            if self.key and self._kept(session):
                return None
            draft = Draft(**self._in_hand(session, door, roles), entropy=self.entropy)
            return door.prepare(draft, *args, **kwargs)

    def _kept(self, session: Session) -> tuple[str, str] | None:
        """Return the hash of this actor's command with this key, and its answer, if it was answered."""
        return cast("tuple[str, str] | None", _KEPT.first(session, actor=self.actor.id, key=self.key))

    @contextmanager
    def _looking(self, query: Callable[..., Any], args: tuple[Any, ...]) -> Iterator[Look]:
        """Open what a question reads with. Raises DoorClosed."""
        door, roles = self._enter(query, args)
        with self.database.read() as session:
            yield Look(**self._in_hand(session, door, roles))

    def _in_hand(self, session: Session, door: Door, roles: frozenset[Role]) -> dict[str, Any]:
        """Return what everything that runs at the desk gets in hand."""
        return {
            "session": session,
            "actor": self.actor,
            "now": self.clock(),
            "keys": self.keys,
            "files": self.files,
            "door": door,
            "roles": roles,
        }

    def _enter(self, function: Callable[..., Any], args: tuple[Any, ...]) -> tuple[Door, frozenset[Role]]:
        """Return the door and the actor's roles behind it. Raises DoorClosed."""
        door = door_of(function)
        place = None if door.municipal else args[0]
        demand_doors(self.actor, place, [function])
        return door, self.actor.roles_in(place)


def demand_doors(actor: Actor, place: str | None, functions: Iterable[Callable[..., Any]]) -> None:
    """Do nothing, or raise DoorClosed if one of these doors is closed to the actor in this place."""
    for function in functions:
        door = door_of(function)
        if not door.may.allows(actor.roles_in(None if door.municipal else place)):
            raise DoorClosed(_("You may not do this here."))


def _finish(work: Work, verb: Callable[..., Any], kept: Sequence[Values]) -> None:
    """Write the events, and the answer to keep. Raises UnrecordedChange if rows changed and no event says so."""
    work.session.flush()
    silent = work.door.silent is not None
    assert not (silent and work.events), f"{name_of(verb)} is silent, so it may not record"
    if changes.has_changed(connection_of(work.session)) and not work.events and not silent:
        raise UnrecordedChange(name_of(verb))
    entries = [_entry(work, event) for event in work.events]
    unsealed = [{"entry_id": entry["id"]} for entry in entries]
    if entries:
        changes.record(connection_of(work.session))
    if entries or kept:
        run_together(work.session, (_WRITE, entries), (_LEAVE_UNSEALED, unsealed), (_KEEP, kept))


def _entry(work: Work, event: Event) -> dict[str, object]:
    """Return the row of an event: what is public, and apart from it who did it and whom it points at."""
    hidden = canonical({"actor": work.actor.id, **event.hidden()}).decode()
    salt = work.random(SALT_BYTES).hex()
    return {
        "id": work.new_id(),
        "at": work.now,
        "kind": event.kind(),
        "place": event.place,
        "subject": "" if "subject" in event.personal else event.subject,
        "facts": canonical(event.facts()).decode(),
        "hidden": hidden,
        "salt": salt,
        "hidden_hash": hidden_hash(salt, hidden),
    }


def _plain(argument: object) -> object:
    """Return an argument of a verb as plain data, for the hash of a command."""
    return argument.model_dump(mode="json") if isinstance(argument, BaseModel) else str(argument)


@cache
def _answer_type(verb: Callable[..., Any]) -> TypeAdapter[Any]:
    return TypeAdapter(get_type_hints(verb)["return"])
