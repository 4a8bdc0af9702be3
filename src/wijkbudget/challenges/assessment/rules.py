# SPDX-License-Identifier: EUPL-1.2
"""How a bid is looked into: the talk in time, every ground looked at, and nobody refused unheard."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from enum import StrEnum

from wijkbudget.challenges.rules.grounds import Ground
from wijkbudget.challenges.rules.states import STATE_NAMES, State, wrong_state
from wijkbudget.kit.errors import BadInput, Conflict, NotFound, RuleBroken
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods.rules import ChallengesPolicy

CARE = "Algemene wet bestuursrecht, art. 3:2"
HEAR_FIRST = "Algemene wet bestuursrecht, art. 4:7"

LATE_TALK_DAYS = 7
"""Choice: an official who plans the talk too late still can, but then within a week."""

CHECKED_IN = frozenset({State.BEING_HANDLED, State.INTRODUCTION, State.ADVICE, State.INTENDED_REFUSAL})
"""While an official works on a bid, and its group does not write; not after it is ready."""

TALKED_IN = frozenset({State.INTRODUCTION, State.ELABORATION})
"""Between the invitation to the talk and what comes of it."""


class Finding(StrEnum):
    """What an official found about one ground."""

    NOT_MET = "not_met"
    """It was looked at, and is no reason to say no."""
    MET = "met"
    """It is a reason to say no."""
    NOT_APPLICABLE = "not_applicable"
    """It does not fit this bid."""
    ATTENTION = "attention"
    """It is no reason to say no, if somebody keeps an eye on it."""


class GroundNotFound(NotFound):
    """There are fourteen grounds, and this is none of them."""


class TalkNotInTime(RuleBroken):
    """The talk is not planned within the days of the policy."""


class MinutesThere(Conflict):
    """What was said was written down, once."""


class MinutesMissing(RuleBroken):
    """Nobody wrote down what was said in the talk."""


class NotHeldThen(BadInput):
    """The talk was not held on such a day."""


class WhyMissing(BadInput):
    """What was found needs a reason."""


class GroundsOpen(RuleBroken):
    """Not every ground was looked at."""


class GroundNotMet(RuleBroken):
    """The checklist does not say that a ground is a reason to say no."""


class AnsweredBefore(Conflict):
    """The group answered what the municipality means to say, once."""


class StillHearing(RuleBroken):
    """The group can still answer what the municipality means to say."""


def talk_until(policy: ChallengesPolicy, taken_on: date, today: date) -> date:
    """Return the last day for the talk.

    Source: Gouda: the second step is an introduction with the officials involved. Choice: within three weeks.
    """
    return max(taken_on + timedelta(days=policy.talk_days), today + timedelta(days=LATE_TALK_DAYS))


def demand_in_time(policy: ChallengesPolicy, planned_on: date, taken_on: date, today: date) -> None:
    """Do nothing if the talk is planned from today on and soon enough. Raises TalkNotInTime."""
    last = talk_until(policy, taken_on, today)
    if not today <= planned_on <= last:
        raise TalkNotInTime(
            _("Plan the talk between %(first)s and %(last)s.", first=today, last=last), article=policy.article
        )


def demand_talking(now: State, *, has_minutes: bool) -> None:
    """Do nothing while the talk is ahead, or nobody wrote down what was said. Raises WrongState or MinutesThere."""
    if now not in TALKED_IN:
        raise wrong_state(now)
    if has_minutes:
        raise MinutesThere(_("What was said in the talk was written down already."))


def demand_held(held_on: date, planned_at_first_on: date, today: date) -> None:
    """Do nothing if the talk can have been held on a day: since it was planned, and not after today.

    Raises NotHeldThen.
    """
    if not planned_at_first_on <= held_on <= today:
        wrong = _("Choose a day between %(first)s and %(last)s.", first=planned_at_first_on, last=today)
        raise NotHeldThen(wrong, fields={"held_on": wrong})


def demand_minutes(*, has_minutes: bool) -> None:
    """Do nothing if what was said in the talk was written down. Raises MinutesMissing.

    Source: Awb art. 3:2: who prepares a decision gathers what there is to know.
    """
    if not has_minutes:
        raise MinutesMissing(_("First write down what was said in the talk."), article=CARE)


def ground_called(code: str) -> Ground:
    """Return the ground that a code names. Raises GroundNotFound."""
    if code not in Ground.__members__:
        raise GroundNotFound(_("There is no such ground."))
    return Ground[code]


def demand_checkable(now: State) -> None:
    """Do nothing while an official works on a bid. Raises WrongState.

    Choice: not while the group writes, so that what was found is about what the bid says.
    """
    if now not in CHECKED_IN:
        raise WrongState(_("The checklist cannot be changed now. This bid: %(state)s.", state=STATE_NAMES[now]))


def demand_why(finding: Finding, reason: str) -> None:
    """Do nothing if what was found says why, or needs no reason because nothing is wrong. Raises WhyMissing.

    Source: Awb art. 3:46: a decision rests on sound reasons.
    """
    if finding is not Finding.NOT_MET and not reason:
        wrong = _("Say why.")
        raise WhyMissing(wrong, fields={"reason": wrong})


def still_open(found: Collection[Ground]) -> list[Ground]:
    """Return the grounds at which nobody looked, in order."""
    return [ground for ground in Ground if ground not in found]


def demand_all_looked_at(found: Collection[Ground]) -> None:
    """Do nothing if every ground was looked at. Raises GroundsOpen. Source: Awb art. 3:2."""
    left = still_open(found)
    if left:
        raise GroundsOpen(
            _("First look at every ground of the checklist. Still open: %(grounds)s.", grounds=", ".join(left)),
            article=CARE,
        )


def demand_met(grounds: Collection[Ground], found: Mapping[Ground, Finding]) -> None:
    """Do nothing if the checklist says of every ground that it is a reason to say no. Raises GroundNotMet.

    Source: Awb art. 3:46: a refusal rests on what was found.
    """
    wrong = [ground for ground in grounds if found.get(ground) is not Finding.MET]
    if wrong:
        raise GroundNotMet(
            _("The checklist gives no reason to say no for: %(grounds)s.", grounds=", ".join(wrong)),
            article="Algemene wet bestuursrecht, art. 3:46",
        )


def answer_until(policy: ChallengesPolicy, today: date) -> date:
    """Return the last day on which the group can answer what the municipality means to say.

    Source: Awb art. 4:7: who asked for something can say what they think of a refusal that rests on other facts.
    Choice: every group gets that chance; an official sets this term, so Algemene termijnenwet does not lengthen it.
    """
    return today + timedelta(days=policy.response_days)


def demand_unanswered(now: State, *, is_answered: bool) -> None:
    """Do nothing if the group can answer what the municipality means to say. Raises WrongState or AnsweredBefore.

    Choice: what comes late, and before the decision, still counts.
    """
    if now is not State.INTENDED_REFUSAL:
        raise WrongState(_("There is nothing to answer now. This bid: %(state)s.", state=STATE_NAMES[now]))
    if is_answered:
        raise AnsweredBefore(_("Your group answered already."))


def demand_heard(until_on: date, today: date, *, is_answered: bool) -> None:
    """Do nothing if the group answered, or its time to answer is over. Raises StillHearing. Source: Awb art. 4:7."""
    if not is_answered and today <= until_on:
        raise StillHearing(_("The group can still answer until %(last)s.", last=until_on), article=HEAR_FIRST)
