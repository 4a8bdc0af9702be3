"""The desk (het loket): the only door; runs a question or a verb for one actor at one moment."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any, Concatenate, ParamSpec, TypeVar, get_type_hints

from pydantic import BaseModel, TypeAdapter
from sqlmodel import Session

from wijkbudget.db import changes
from wijkbudget.db.database import Database
from wijkbudget.db.files import Files
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.kit.canonical import canonical, digest
from wijkbudget.kit.errors import BadInput, NotAllowed, RuleBroken
from wijkbudget.kit.text import _
from wijkbudget.trail.events import Event
from wijkbudget.trail.keyring import Keyring
from wijkbudget.trail.models import KeptAnswer, TrailEntry, TrailUnsealed
from wijkbudget.trail.sealing import SALT_BYTES, hidden_hash
from wijkbudget.trail.work import Door, Look, Work, door_of, name_of

P = ParamSpec("P")
R = TypeVar("R")

KEY_LENGTH_MAX = 100


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
        door, roles = self._enter(query, args)
        with self.database.read() as session:
            look = Look(
                session=session,
                actor=self.actor,
                now=self.clock(),
                keys=self.keys,
                files=self.files,
                door=door,
                roles=roles,
            )
            return query(look, *args, **kwargs)

    def act(self, verb: Callable[Concatenate[Work, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a verb whole or not at all, and wait for its commit. Raises as `submit` does, and the verb's refusals."""
        return self.submit(verb, *args, **kwargs).result()

    def submit(self, verb: Callable[Concatenate[Work, P], R], *args: P.args, **kwargs: P.kwargs) -> "Future[R]":
        """Queue a verb; its answer comes after the commit. Raises DoorClosed, KeyMissing or Busy."""
        door, roles = self._enter(verb, args)
        if door.once and self.key is None:
            raise KeyMissing(_("Send a reference of your own, 1 to 100 letters, with this."))
        command_hash = digest([name_of(verb), [_plain(arg) for arg in args]]) if self.key else ""

        def job(session: Session) -> R:
            if self.key and (kept := session.get(KeptAnswer, (self.actor.id, self.key))):
                if kept.command_hash != command_hash:
                    raise KeyReused(_("This reference was used before, for something else."))
                answer: R = _answer_type(verb).validate_json(kept.answer)
                return answer
            work = Work(
                session=session,
                actor=self.actor,
                now=self.clock(),
                keys=self.keys,
                files=self.files,
                door=door,
                roles=roles,
                entropy=self.entropy,
            )
            answer = verb(work, *args, **kwargs)
            _finish(work, verb)
            if self.key:
                told = _answer_type(verb).dump_json(answer).decode()
                session.add(
                    KeptAnswer(actor=self.actor.id, key=self.key, command_hash=command_hash, answer=told, at=work.now)
                )
            return answer

        return self.database.submit(job)

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


def _finish(work: Work, verb: Callable[..., Any]) -> None:
    """Write the events with the change. Raises UnrecordedChange if rows changed and no event says so."""
    work.session.flush()
    silent = work.door.silent is not None
    assert not (silent and work.events), f"{name_of(verb)} is silent, so it may not record"
    if changes.has_changed(work.session.connection()) and not work.events and not silent:
        raise UnrecordedChange(name_of(verb))
    entries = [_entry(work, event) for event in work.events]
    work.session.add_all(entries)
    work.session.add_all(TrailUnsealed(entry_id=entry.id) for entry in entries)


def _entry(work: Work, event: Event) -> TrailEntry:
    """Return the row of an event: what is public, and apart from it who did it and whom it points at."""
    hidden = canonical({"actor": work.actor.id, **event.hidden()}).decode()
    salt = work.random(SALT_BYTES).hex()
    return TrailEntry(
        id=work.new_id(),
        at=work.now,
        kind=event.kind(),
        place=event.place,
        subject="" if "subject" in event.personal else event.subject,
        facts=canonical(event.facts()).decode(),
        hidden=hidden,
        salt=salt,
        hidden_hash=hidden_hash(salt, hidden),
    )


def _plain(argument: object) -> object:
    """Return an argument of a verb as plain data, for the hash of a command."""
    return argument.model_dump(mode="json") if isinstance(argument, BaseModel) else str(argument)


@cache
def _answer_type(verb: Callable[..., Any]) -> TypeAdapter[Any]:
    return TypeAdapter(get_type_hints(verb)["return"])
