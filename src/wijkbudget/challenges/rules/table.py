# SPDX-License-Identifier: EUPL-1.2
"""The moves of a bid as one table: who brings it from which state to which, when, and on what ground of law."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from wijkbudget.challenges.rules.states import AWARDS, LOOKED_AT, REFUSALS, WORK, Move, Side, State, wrong_state


@dataclass(frozen=True, kw_only=True)
class Step:
    """One line of the table."""

    now: State | None
    """None before there is a bid."""
    move: Move
    then: State
    by: Side
    guard: str = ""
    """What must hold besides, for the documents."""
    base: str | None = None
    """The article of law; None is the article of the by-law that the policy names."""


def _law(article: str) -> str:
    return f"Algemene wet bestuursrecht, art. {article}"


def _steps(
    by: Side, move: Move, ways: Mapping[State | None, State], base: str | None = None, guard: str = ""
) -> Iterator[Step]:
    """Yield one line for each state from which somebody can make a move."""
    for now, then in ways.items():
        yield Step(now=now, move=move, then=then, by=by, base=base, guard=guard)


def _all(states: Iterable[State], then: State | None = None) -> Mapping[State | None, State]:
    """Return a way from each of these states to one, or back to itself."""
    return {state: then or state for state in states}


TABLE: tuple[Step, ...] = (
    *_steps(Side.GROUP, Move.START, {None: State.CONCEPT}, guard="the task is open"),
    *_steps(Side.HOUSE, Move.EXPIRE, {State.CONCEPT: State.EXPIRED}, guard="nobody wrote on it for twelve months"),
    *_steps(Side.GROUP, Move.SUBMIT, {State.CONCEPT: State.SUBMITTED}, _law("4:1"), "enough people joined"),
    *_steps(
        Side.CASE_WORKER,
        Move.ASK_TO_COMPLETE,
        {State.SUBMITTED: State.INCOMPLETE},
        _law("4:5"),
        "says what is missing and until when",
    ),
    *_steps(Side.GROUP, Move.COMPLETE, {State.INCOMPLETE: State.BEING_HANDLED}, _law("4:15")),
    *_steps(
        Side.CASE_WORKER, Move.TAKE_ON, _all((State.SUBMITTED, State.INCOMPLETE), State.BEING_HANDLED), _law("3:2")
    ),
    *_steps(
        Side.CASE_WORKER,
        Move.TAKE_OVER,
        _all(
            (
                State.INCOMPLETE,
                State.ELABORATION,
                *LOOKED_AT,
                *REFUSALS,
                State.OBJECTION,
                State.UPHELD,
                State.REVISED,
                *AWARDS,
                *WORK,
                State.COMPLETED,
                State.ENDED,
            )
        ),
        _law("3:2"),
        "another official becomes the case worker",
    ),
    *_steps(
        Side.DECIDER,
        Move.PUT_ASIDE,
        {State.INCOMPLETE: State.NOT_HANDLED},
        _law("4:5"),
        "the time to complete is over, at most four weeks ago",
    ),
    *_steps(
        Side.CASE_WORKER,
        Move.MEET,
        {State.BEING_HANDLED: State.INTRODUCTION},
        _law("3:2"),
        "the talk is planned within the days of the policy",
    ),
    *_steps(
        Side.GROUP,
        Move.ELABORATE,
        {State.INTRODUCTION: State.ELABORATION},
        _law("4:15 lid 2 sub a"),
        "says until which day the time to decide stands still",
    ),
    *_steps(
        Side.CASE_WORKER,
        Move.ASK_ADVICE,
        _all((State.INTRODUCTION, State.ELABORATION, State.INTENDED_REFUSAL), State.ADVICE),
        _law("3:2"),
        "the talk was held, and procurement and state aid were looked at",
    ),
    *_steps(
        Side.CASE_WORKER,
        Move.INTEND_REFUSAL,
        _all((State.INTRODUCTION, State.ADVICE), State.INTENDED_REFUSAL),
        _law("4:7"),
        "names the grounds and why, and until when the group can answer",
    ),
    *_steps(
        Side.CASE_WORKER,
        Move.MAKE_READY,
        {State.ADVICE: State.READY},
        _law("3:2"),
        "every ground was looked at",
    ),
    *_steps(Side.DECIDER, Move.SEND_BACK, {State.READY: State.ADVICE}, _law("3:2"), "says what is still missing"),
    *_steps(
        Side.CASE_WORKER,
        Move.PAUSE,
        _all((State.SUBMITTED, *LOOKED_AT)),
        _law("4:15 lid 2"),
        "the group is the cause, or nobody can help it",
    ),
    *_steps(Side.CASE_WORKER, Move.UNPAUSE, _all((State.SUBMITTED, *LOOKED_AT)), _law("4:15"), "the time stood still"),
    *_steps(
        Side.CASE_WORKER,
        Move.ADJOURN,
        _all((State.SUBMITTED, *LOOKED_AT)),
        _law("4:14"),
        "once, on the last day at the latest, and names the new one",
    ),
    *_steps(
        Side.GROUP,
        Move.GIVE_NOTICE,
        _all((State.SUBMITTED, *LOOKED_AT)),
        _law("4:17 lid 3"),
        "the last day to decide is past",
    ),
    *_steps(Side.DECIDER, Move.AWARD, _all((State.READY, State.REVISED), State.AWARDED), _law("3:46"), "says why"),
    *_steps(
        Side.DECIDER,
        Move.AWARD_PARTLY,
        _all((State.READY, State.REVISED), State.PARTLY_AWARDED),
        _law("3:46"),
        "says why, and which part",
    ),
    *_steps(
        Side.DECIDER,
        Move.REFUSE,
        _all((State.INTENDED_REFUSAL, State.REVISED), State.REFUSED),
        _law("3:46"),
        "names the grounds and says why; the group answered, or its time to answer is over",
    ),
    *_steps(
        Side.INTERESTED,
        Move.OBJECT,
        {**_all((*REFUSALS, State.OBJECTION), State.OBJECTION), **_all((*AWARDS, *WORK))},
        _law("7:1"),
        "the decision can be objected to; in time, or late for a good reason",
    ),
    *_steps(
        Side.DECIDER,
        Move.UPHOLD,
        {State.OBJECTION: State.UPHELD, **_all((*AWARDS, *WORK))},
        _law("7:11"),
        "somebody else than who decided, after the hearing",
    ),
    *_steps(
        Side.DECIDER,
        Move.REVISE,
        {**_all((State.OBJECTION, *AWARDS), State.REVISED), **_all(WORK, State.ENDED)},
        _law("7:11"),
        "somebody else than who decided, after the hearing",
    ),
    *_steps(
        Side.CASE_WORKER,
        Move.DRAFT,
        _all(AWARDS, State.CONTRACTING),
        guard="nothing is missing in the agreement",
    ),
    *_steps(Side.GROUP, Move.SIGN, {State.CONTRACTING: State.CONTRACTING}, guard="once for each text"),
    *_steps(
        Side.DECIDER,
        Move.ENTER_INTO,
        {State.CONTRACTING: State.IN_PROGRESS},
        guard="the group signed this text; the money is there",
    ),
    *_steps(Side.CASE_WORKER, Move.SUSPEND, {State.IN_PROGRESS: State.SUSPENDED}, guard="says why and until when"),
    *_steps(Side.CASE_WORKER, Move.RESUME, {State.SUSPENDED: State.IN_PROGRESS}),
    *_steps(Side.CASE_WORKER, Move.LOOK_BACK, {State.IN_PROGRESS: State.REVIEW}, guard="a day to look back has come"),
    *_steps(
        Side.CASE_WORKER,
        Move.GO_ON,
        {State.REVIEW: State.IN_PROGRESS},
        guard="both sides wrote what they found; residents could answer",
    ),
    *_steps(
        Side.DECIDER,
        Move.EXTEND,
        {State.REVIEW: State.IN_PROGRESS},
        guard="both sides wrote what they found; residents could answer; at most as long as the policy says",
    ),
    *_steps(
        Side.CASE_WORKER,
        Move.FINISH,
        {State.REVIEW: State.COMPLETED},
        guard="both sides wrote what they found; residents could answer; the last day is near or past",
    ),
    *_steps(Side.GROUP, Move.HAND_BACK, _all(WORK, State.ENDED), guard="says why and from when"),
    *_steps(Side.DECIDER, Move.END, _all(WORK, State.ENDED), guard="says why and from when"),
    *_steps(
        Side.CASE_WORKER,
        Move.CLOSE,
        _all((State.COMPLETED, State.ENDED, *REFUSALS, State.UPHELD), State.CLOSED),
        guard="everything was handed over; nobody can object any more",
    ),
    *_steps(
        Side.GROUP,
        Move.WITHDRAW,
        _all(
            (State.CONCEPT, State.SUBMITTED, State.INCOMPLETE, State.ELABORATION, *LOOKED_AT, *AWARDS), State.WITHDRAWN
        ),
    ),
)
"""Every move there is; no other is possible.

Choice: what is completed goes straight to the official who asked for it, and an official may take on a bid that was
never completed: what is still missing is then weighed, not sent back.
Choice: an objection to a yes changes nothing until it is decided (Awb art. 6:16), so the bid stays in its state.
Choice: the municipality signs last, because its signature commits the money.
"""


def demand_step(now: State | None, move: Move) -> Step:
    """Return the line of the table for a move from a state. Raises WrongState if there is none."""
    for step in TABLE:
        if (step.now, step.move) == (now, move):
            return step
    assert now is not None, "everything can be started"
    raise wrong_state(now)


def side_of(move: Move) -> Side:
    """Return from which side a move comes; each comes from one."""
    return next(step.by for step in TABLE if step.move is move)


def moves_from(now: State, by: Side) -> list[Move]:
    """Return the moves that one side can make from a state, in the order of the table."""
    return [step.move for step in TABLE if (step.now, step.by) == (now, by)]


def diagram() -> Iterator[str]:
    """Yield the table as a drawing in the language of Mermaid; moves that stay where they are are left out."""
    yield "stateDiagram-v2"
    for step in TABLE:
        if step.now is not step.then:
            who = step.by.replace("_", " ")
            yield f"    {step.now or '[*]'} --> {step.then}: {step.move.replace('_', ' ')} ({who})"
    followed = {step.now for step in TABLE}
    for state in State:
        if state not in followed:
            yield f"    {state} --> [*]"
