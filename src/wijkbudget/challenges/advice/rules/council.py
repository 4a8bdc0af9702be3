# SPDX-License-Identifier: EUPL-1.2
"""What a council can advise about a bid, until when it is waited for, and when a decision follows it."""

from datetime import date, timedelta
from enum import StrEnum

from wijkbudget.challenges.rules.states import Move, State, wrong_state
from wijkbudget.kit.errors import BadInput, Conflict, RuleBroken
from wijkbudget.kit.text import _

ADVISER = "Algemene wet bestuursrecht, art. 3:6"
"""Source: Awb art. 3:6: whoever asks advice can say until when; if it does not come, it can be decided without."""

ADVISABLE = frozenset({State.ADVICE, State.INTENDED_REFUSAL, State.READY})
"""The council was asked, and nothing was decided; advice that comes late is still read."""


class Advice(StrEnum):
    """What a council advises."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    WITH_CONDITIONS = "with_conditions"


class NotAsked(RuleBroken):
    """The council was not asked about this bid."""


class AdvisedBefore(Conflict):
    """The council advised already; it advises anew when it is asked anew."""


class ConditionsMissing(BadInput):
    """Advice with conditions names them, and other advice has none."""


class CouncilNotHeard(RuleBroken):
    """The council can still advise."""


def last_day(asked_on: date, days: int) -> date:
    """Return until when the advice of a council is waited for.

    Choice: an official asks, so Algemene termijnenwet does not lengthen it; the policy keeps it long enough.
    """
    return asked_on + timedelta(days=days)


def demand_asked(*, was_asked: bool) -> None:
    """Do nothing if the council was asked about a bid. Raises NotAsked."""
    if not was_asked:
        raise NotAsked(_("The council was not asked for advice about this bid."), article=ADVISER)


def demand_advisable(now: State, *, was_advised: bool) -> None:
    """Do nothing if a council can advise about a bid now. Raises WrongState or AdvisedBefore."""
    if now not in ADVISABLE:
        raise wrong_state(now)
    if was_advised:
        raise AdvisedBefore(_("The council advised about this bid already."))


def demand_conditions(advice: Advice, conditions: str) -> None:
    """Do nothing if conditions stand with the advice that has them. Raises ConditionsMissing."""
    if advice is Advice.WITH_CONDITIONS and not conditions:
        raise ConditionsMissing(_("Write the conditions down."), fields={"conditions": _("Fill this in.")})
    if advice is not Advice.WITH_CONDITIONS and conditions:
        sentence = _("Conditions belong to advice with conditions.")
        raise ConditionsMissing(sentence, fields={"conditions": sentence})


def demand_heard(*, is_advised: bool, last_on: date, today: date) -> None:
    """Do nothing if a council advised, or its time to do so is over. Raises CouncilNotHeard."""
    if not is_advised and today <= last_on:
        raise CouncilNotHeard(_("The council can still advise until %(last)s.", last=last_on), article=ADVISER)


def is_followed(advice: Advice, by: Move) -> bool:
    """Return whether a decision does what was advised.

    Source: Awb art. 3:50: whoever decides otherwise says so and why.
    Choice: a yes with conditions is followed by a whole yes or a yes in part; whether each condition is kept is for
    who decides to say.
    """
    return (by is Move.REFUSE) == (advice is Advice.NEGATIVE)
