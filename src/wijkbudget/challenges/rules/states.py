# SPDX-License-Identifier: EUPL-1.2
"""The states of a bid as one table: who brings it from which state to which, when, and on what ground of law."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from wijkbudget.kit.actor import Role
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import Text, _


class State(StrEnum):
    """How far a bid is."""

    CONCEPT = "concept"
    """Its group still writes it; nobody else sees it."""
    SUBMITTED = "submitted"
    """The municipality received it, and the time to decide runs."""
    INCOMPLETE = "incomplete"
    """The municipality asked for what is missing, and the time to decide stands still."""
    BEING_HANDLED = "being_handled"
    """An official works on it."""
    NOT_HANDLED = "not_handled"
    """What was missing did not come in time, and the municipality put the bid aside."""
    WITHDRAWN = "withdrawn"
    """Its group took it back."""


class Move(StrEnum):
    """What brings a bid into its next state; each is a verb of the service."""

    START = "start"
    SUBMIT = "submit"
    ASK_TO_COMPLETE = "ask_to_complete"
    COMPLETE = "complete"
    TAKE_ON = "take_on"
    PUT_ASIDE = "put_aside"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One line of the table."""

    now: State | None
    """None before there is a bid."""
    move: Move
    then: State
    by: Role
    """A resident is one of the group; an official has no part in it."""
    guard: str = ""
    """What must hold besides, for the documents."""
    base: str | None = None
    """The article of law; None is the article of the by-law that the policy names."""


_APPLY = "Algemene wet bestuursrecht, art. 4:1"
_CAREFULLY = "Algemene wet bestuursrecht, art. 3:2"
_INCOMPLETE = "Algemene wet bestuursrecht, art. 4:5"
_SUSPEND = "Algemene wet bestuursrecht, art. 4:15"

TABLE: tuple[Step, ...] = (
    Step(now=None, move=Move.START, then=State.CONCEPT, by=Role.RESIDENT, guard="the task is open"),
    Step(
        now=State.CONCEPT,
        move=Move.SUBMIT,
        then=State.SUBMITTED,
        by=Role.RESIDENT,
        guard="enough people joined",
        base=_APPLY,
    ),
    Step(
        now=State.SUBMITTED,
        move=Move.ASK_TO_COMPLETE,
        then=State.INCOMPLETE,
        by=Role.OFFICIAL,
        guard="says what is missing and until when",
        base=_INCOMPLETE,
    ),
    Step(now=State.SUBMITTED, move=Move.TAKE_ON, then=State.BEING_HANDLED, by=Role.OFFICIAL, base=_CAREFULLY),
    Step(now=State.INCOMPLETE, move=Move.COMPLETE, then=State.BEING_HANDLED, by=Role.RESIDENT, base=_SUSPEND),
    Step(now=State.INCOMPLETE, move=Move.TAKE_ON, then=State.BEING_HANDLED, by=Role.OFFICIAL, base=_CAREFULLY),
    Step(
        now=State.INCOMPLETE,
        move=Move.PUT_ASIDE,
        then=State.NOT_HANDLED,
        by=Role.OFFICIAL,
        guard="the time to complete is over, at most four weeks ago",
        base=_INCOMPLETE,
    ),
    *(
        Step(now=state, move=Move.WITHDRAW, then=State.WITHDRAWN, by=Role.RESIDENT)
        for state in (State.CONCEPT, State.SUBMITTED, State.INCOMPLETE, State.BEING_HANDLED)
    ),
)
"""Every move there is; no other is possible.

Choice: what is completed goes straight to the official who asked for it, and an official may take on a bid that was
never completed: what is still missing is then weighed, not sent back.
"""

STATE_NAMES: Mapping[State, Text] = {
    State.CONCEPT: _("being written"),
    State.SUBMITTED: _("sent in"),
    State.INCOMPLETE: _("something is missing"),
    State.BEING_HANDLED: _("being looked at"),
    State.NOT_HANDLED: _("put aside"),
    State.WITHDRAWN: _("taken back"),
}

RUNNING = frozenset({State.SUBMITTED, State.INCOMPLETE, State.BEING_HANDLED})
"""The municipality owes an answer."""

WRITABLE = frozenset({State.CONCEPT, State.INCOMPLETE})
"""The group can change what the bid says."""


def demand_step(now: State | None, move: Move) -> Step:
    """Return the line of the table for a move from a state. Raises WrongState if there is none."""
    for step in TABLE:
        if (step.now, step.move) == (now, move):
            return step
    assert now is not None, "everything can be started"
    raise WrongState(_("This cannot be done now. This bid: %(state)s.", state=STATE_NAMES[now]))


def can(now: State, move: Move, by: Role) -> bool:
    """Return whether the table has this move from this state, by somebody in this role."""
    return any((step.now, step.move, step.by) == (now, move, by) for step in TABLE)


def demand_writable(now: State) -> None:
    """Do nothing if the group can still change what its bid says. Raises WrongState."""
    if now not in WRITABLE:
        raise WrongState(_("You cannot change this bid now. This bid: %(state)s.", state=STATE_NAMES[now]))


def demand_concept(now: State) -> None:
    """Do nothing if people can still join a group or leave it. Raises WrongState.

    Choice: who stands behind a bid is fixed when it is sent in, because the municipality answers them.
    """
    if now is not State.CONCEPT:
        raise WrongState(_("The group of this bid is fixed. This bid: %(state)s.", state=STATE_NAMES[now]))


def diagram() -> Iterator[str]:
    """Yield the table as a drawing in the language of Mermaid."""
    yield "stateDiagram-v2"
    for step in TABLE:
        who = "group" if step.by is Role.RESIDENT else "official"
        yield f"    {step.now or '[*]'} --> {step.then}: {step.move.replace('_', ' ')} ({who})"
    followed = {step.now for step in TABLE}
    for state in State:
        if state not in followed:
            yield f"    {state} --> [*]"
