# SPDX-License-Identifier: EUPL-1.2
"""What a plan must be, who may carry it further, and which state follows which."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from enum import StrEnum

from wijkbudget.council.rules import BIAS
from wijkbudget.kit.errors import BadInput, Conflict, NotAllowed, NotFound, RuleBroken
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import Text, _
from wijkbudget.neighbourhoods.rules import Body, InitiativesPolicy, Power, PowerRule
from wijkbudget.vouchers.rules import VoucherState


class State(StrEnum):
    """How far a plan is."""

    PROPOSED = "proposed"
    """Neighbours can support it."""
    SUPPORTED = "supported"
    """Enough neighbours support it; an official looks at it."""
    FEASIBLE = "feasible"
    """It can be done; it waits for a vote."""
    INFEASIBLE = "infeasible"
    """It cannot be done like this; the assessment says what would help."""
    ON_BALLOT = "on_ballot"
    """It is an option in a round."""
    NOT_CHOSEN = "not_chosen"
    """The council adopted an outcome in which it did not win."""
    GRANTED = "granted"
    """The council granted its money, and its group holds a voucher."""
    DONE = "done"
    """Its voucher was settled: every euro has its receipt, and the rest went back."""
    LAPSED = "lapsed"
    """Its voucher expired, and what was left went back."""
    STOPPED = "stopped"
    """It won or moved up, and somebody stopped it; what was left went to the reserve list."""
    WITHDRAWN = "withdrawn"
    """Its initiators took it back."""


NEXT: Mapping[State, frozenset[State]] = {
    State.PROPOSED: frozenset({State.SUPPORTED, State.WITHDRAWN}),
    State.SUPPORTED: frozenset({State.FEASIBLE, State.INFEASIBLE, State.WITHDRAWN}),
    State.FEASIBLE: frozenset({State.ON_BALLOT, State.WITHDRAWN}),
    State.INFEASIBLE: frozenset(),
    State.ON_BALLOT: frozenset({State.GRANTED, State.NOT_CHOSEN, State.STOPPED}),
    State.NOT_CHOSEN: frozenset({State.GRANTED}),
    State.GRANTED: frozenset({State.DONE, State.LAPSED, State.STOPPED}),
    State.DONE: frozenset(),
    State.LAPSED: frozenset(),
    State.STOPPED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
"""Each state with those that can follow."""

KEPT = frozenset(State) - {State.DONE, State.LAPSED, State.STOPPED}
"""The states that stand in the table; how a plan ends is what its voucher says, or that it was stopped."""

CAN_HAVE_ENDED = frozenset({State.ON_BALLOT, State.GRANTED})
"""The kept states of which another table can say that the plan ended."""

STATE_NAMES: Mapping[State, Text] = {
    State.PROPOSED: _("looks for support"),
    State.SUPPORTED: _("is being looked at"),
    State.FEASIBLE: _("can be done"),
    State.INFEASIBLE: _("cannot be done like this"),
    State.ON_BALLOT: _("on the ballot"),
    State.NOT_CHOSEN: _("not chosen"),
    State.GRANTED: _("has money"),
    State.DONE: _("finished"),
    State.LAPSED: _("time is over"),
    State.STOPPED: _("stopped"),
    State.WITHDRAWN: _("withdrawn"),
}


class Side(StrEnum):
    """Who stopped a plan that won or moved up."""

    GROUP = "group"
    """Its own initiators."""
    COUNCIL = "council"
    """The neighbourhood council, by a decision."""
    EXECUTIVE = "executive"
    """An official in the name of the executive, where the council only advises."""


class Verdict(StrEnum):
    """What an official finds of a plan."""

    FEASIBLE = "feasible"
    """It can be done, within the law and for this money."""
    INFEASIBLE = "infeasible"
    """It cannot be done like this."""


class InitiativeNotFound(NotFound):
    """The neighbourhood has no such plan."""


class UnknownTheme(RuleBroken):
    """The policy does not name this theme."""


class UnknownQuarter(RuleBroken):
    """The quarter is not one of this neighbourhood."""


class TooManyCostLines(RuleBroken):
    """The policy allows fewer lines of costs."""


class TooMuchAsked(RuleBroken):
    """The plan asks more than the policy allows."""


class NotOfThisGroup(NotAllowed):
    """Only a member proposes a plan in the name of an organisation."""


class OwnPlan(NotAllowed):
    """Whoever proposed a plan neither supports nor assesses it."""


class TooYoung(RuleBroken):
    """A supporter must be older, or live here."""


class SupportedBefore(Conflict):
    """Everybody supports a plan once."""


class HelpMissing(BadInput):
    """Whoever says no says what would help."""


class NothingWaits(Conflict):
    """No plan waits for a vote."""


class NotBinding(RuleBroken):
    """The council of this neighbourhood has no power to grant money."""


class DecidedTooEarly(RuleBroken):
    """An outcome is adopted when the vote is over."""


class AdoptedBefore(Conflict):
    """The outcome of a round is adopted once."""


class NothingToAdopt(Conflict):
    """No plan of this neighbourhood stood on this ballot, or every one stopped."""


def demand_next(now: State, then: State) -> State:
    """Return the next state. Raises WrongState if it cannot follow."""
    if then not in NEXT[now]:
        raise wrong_state(now)
    return then


def wrong_state(now: State) -> WrongState:
    """Return the refusal for what cannot be done with a plan in this state."""
    return WrongState(_("This cannot be done now. This plan: %(state)s.", state=STATE_NAMES[now]))


def after_support(support_count: int, support_min: int) -> State:
    """Return the state of a plan that so many people support; a policy may ask for no support at all."""
    return State.SUPPORTED if support_count >= support_min else State.PROPOSED


def state_now(kept: State, voucher: VoucherState | None, *, was_stopped: bool = False) -> State:
    """Return how far a plan is, from the state that is kept, that of its voucher, and whether it was stopped."""
    if was_stopped:
        return State.STOPPED
    ends = {VoucherState.SETTLED: State.DONE, VoucherState.EXPIRED: State.LAPSED}
    return ends.get(voucher, kept) if voucher else kept


def demand_within(policy: InitiativesPolicy, theme: str, amounts_cents: Sequence[int]) -> int:
    """Return what a plan asks together. Raises UnknownTheme, TooManyCostLines or TooMuchAsked."""
    if theme not in policy.themes:
        raise UnknownTheme(_("Choose one of the themes of this neighbourhood."), article=policy.article)
    if len(amounts_cents) > policy.cost_lines_max:
        raise TooManyCostLines(
            _("A plan has at most %(count)s lines of costs.", count=policy.cost_lines_max), article=policy.article
        )
    asked_cents = sum(amounts_cents)
    demand_amount(asked_cents, policy)
    return asked_cents


def demand_amount(asked_cents: int, policy: InitiativesPolicy) -> None:
    """Raise TooMuchAsked if a plan asks more than the policy lets it."""
    if asked_cents > policy.amount_max_cents:
        raise TooMuchAsked(
            _(
                "Together this costs %(asked_cents)s. A plan can ask at most %(most_cents)s.",
                asked_cents=asked_cents,
                most_cents=policy.amount_max_cents,
            ),
            article=policy.article,
        )


def demand_quarter(quarter: str, known: Collection[str]) -> None:
    """Do nothing if a quarter is one of the neighbourhood. Raises UnknownQuarter."""
    if quarter not in known:
        raise UnknownQuarter(_("Choose a part of this neighbourhood."))


def demand_member(person_id: str, members: Collection[str]) -> None:
    """Do nothing if somebody belongs to the organisation that proposes. Raises NotOfThisGroup."""
    if person_id not in members:
        raise NotOfThisGroup(_("Only members can make a plan in the name of this group."))


def demand_others_plan(person_id: str, initiators: Collection[str]) -> None:
    """Do nothing if a plan is of other people. Raises OwnPlan."""
    if person_id in initiators:
        raise OwnPlan(_("This is your own plan. Others say what they think of it."), article=BIAS)


def demand_takes_part(*, takes_part: bool, policy: InitiativesPolicy) -> None:
    """Do nothing if a supporter lives here and is old enough. Raises TooYoung."""
    if not takes_part:
        raise TooYoung(
            _(
                "You can support a plan if you live here and turn at least %(age)s this year.",
                age=policy.supporter_age_min,
            ),
            article=policy.article,
        )


def demand_on_ballot(state: State) -> None:
    """Do nothing while a plan is voted on. Raises WrongState."""
    if state is not State.ON_BALLOT:
        raise WrongState(
            _("People can give to a plan while it stands on a ballot. This plan: %(state)s.", state=STATE_NAMES[state])
        )


def demand_help(verdict: Verdict, what_would_help: str) -> None:
    """Do nothing if somebody who says no says what would help. Raises HelpMissing.

    Source: Algemene wet bestuursrecht art. 3:46 and 4:5 (a refusal has reasons, and a chance to mend).
    """
    if verdict is Verdict.INFEASIBLE and not what_would_help:
        raise HelpMissing(
            _("Something is not filled in right yet."), fields={"what_would_help": _("Say what would help.")}
        )


def is_binding(power: PowerRule) -> bool:
    """Return whether the council itself decides what an outcome grants; if not, what it decides is advice.

    Source: Awb art. 3:5 (advice) and 10:1 to 10:17 (mandate and delegation): only who was given a power has it.
    """
    return (power.body, power.power) == (Body.COUNCIL, Power.BINDING)


def demand_binding(power: PowerRule) -> None:
    """Do nothing if the council itself decides what an outcome grants. Raises NotBinding."""
    if not is_binding(power):
        raise NotBinding(
            _("In this neighbourhood the council does not decide about this money."), article=power.article
        )


def demand_after_vote(decided_on: date, closes_on: date) -> None:
    """Do nothing if a decision was taken when the vote was over. Raises DecidedTooEarly."""
    if decided_on <= closes_on:
        raise DecidedTooEarly(_("The vote was still open on that day. Record the day of the decision."))
