# SPDX-License-Identifier: EUPL-1.2
"""What a vote inside a project may ask, who may vote in it, and what was chosen.

Source: rule R5 of docs/rules/reciprocity.md; Doornakkers, Eindhoven, where people have a say over their investment.
Choice: it is open and by name, among people who work together, so it takes no classes: what keeps one from deciding
alone is the largest part of all voice. Hours count as they were on the day of the question, so that nobody gains by
what they log while the vote is open.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import lcm

from wijkbudget.identity.rules.organisations import LegalForm
from wijkbudget.kit.errors import BadInput, NotAllowed, NotFound, RuleBroken
from wijkbudget.kit.period import days_after
from wijkbudget.kit.text import _
from wijkbudget.kit.units import share_out
from wijkbudget.neighbourhoods.rules import ProjectVotesPolicy
from wijkbudget.reciprocity.rulebook.project import PROJECT, ProjectVoice
from wijkbudget.reciprocity.rules.voices import Given, Giver

CHOICES_MIN, CHOICES_MAX = 2, 10
OPEN_DAYS_MAX = 60
"""Choice: a question that people work on does not wait for longer than two months."""
PERCENT = 100


class ProjectVoteNotFound(NotFound):
    """No vote inside a project with this id in this neighbourhood."""


class NoProjectVotes(RuleBroken):
    """The policy of the neighbourhood knows no votes inside a project."""


class ChoicesWrong(BadInput):
    """The same choice twice."""


class ClosingDayWrong(BadInput):
    """A last day that comes too soon or too late."""


class VoteOver(RuleBroken):
    """The last day of a vote has passed."""


class UnknownChoice(BadInput):
    """A choice that is not one of this question."""


class NotConcerned(NotAllowed):
    """Somebody who gave no time to the project and does not live here, or is too young."""


class NoVoteForGroup(NotAllowed):
    """Only members vote for an organisation, and only for one that is a legal person and was there before."""


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """What was fixed when a question was asked: the rule for voices, what each gave, and who is exempt."""

    policy: ProjectVotesPolicy
    minutes: Mapping[str, int]
    """Of everybody who gave time to the project."""
    exempt: Collection[str]


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What one choice got: as part of all voice, and with everybody equal; in whole percents that are 100 together."""

    voter_count: int
    share: Fraction
    share_percent: int
    equal_percent: int


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What was chosen, by position, with the voice of each voter."""

    tallies: Mapping[int, Tally]
    leading: tuple[int, ...]
    """What has most voice; more than one if they have just as much."""
    leading_equal: tuple[int, ...]
    """What has most voters."""
    voices: Mapping[str, ProjectVoice]


def demand_section(section: ProjectVotesPolicy | None) -> ProjectVotesPolicy:
    """Return what the policy says of votes inside a project. Raises NoProjectVotes."""
    if section is None:
        raise NoProjectVotes(
            _("The rules of this neighbourhood know no votes inside a project. The council can adopt rules that do.")
        )
    return section


def demand_askable(choices: Sequence[str], closes_on: date, today: date) -> None:
    """Do nothing if a question may be asked so. Raises ChoicesWrong or ClosingDayWrong."""
    if len({choice.casefold() for choice in choices}) < len(choices):
        sentence = _("Each choice stands here once.")
        raise ChoicesWrong(sentence, fields={"choices": sentence})
    if not today < closes_on <= days_after(today, OPEN_DAYS_MAX):
        sentence = _("Choose a last day after today, at most %(days)s days ahead.", days=OPEN_DAYS_MAX)
        raise ClosingDayWrong(sentence, fields={"closes_on": sentence})


def is_open(closes_on: date, today: date) -> bool:
    """Return whether one can vote; the last day counts."""
    return today <= closes_on


def demand_castable(position: int, choice_count: int, closes_on: date, today: date) -> None:
    """Do nothing if somebody can vote so today. Raises VoteOver or UnknownChoice."""
    if not is_open(closes_on, today):
        raise VoteOver(_("The last day of this vote has passed."))
    if not 1 <= position <= choice_count:
        sentence = _("Choose one of the choices.")
        raise UnknownChoice(sentence, fields={"position": sentence})


def demand_concerned(*, is_concerned: bool, age_min: int, article: str) -> None:
    """Do nothing if a project is of somebody. Raises NotConcerned.

    Choice: it touches everybody who lives in the neighbourhood and may vote there, and everybody who gave time to it.
    """
    if not is_concerned:
        raise NotConcerned(
            _("You can vote here if you live in this neighbourhood and turn at least %(age)s this year.", age=age_min),
            article=article,
        )


def can_vote(form: LegalForm, started_on: date, opened_on: date) -> bool:
    """Return whether an organisation has a vote: a legal person, that was there before the question (G12).

    Choice: anybody makes a loose group in a minute, so its members vote for themselves.
    """
    return form is not LegalForm.GROUP and started_on < opened_on


def demand_for_organisation(*, is_member: bool, may_vote: bool) -> None:
    """Do nothing if somebody can vote for an organisation. Raises NoVoteForGroup."""
    if not is_member:
        raise NoVoteForGroup(_("Only members vote for an organisation."))
    if not may_vote:
        raise NoVoteForGroup(
            _("Only an organisation that is a legal person, and was here before the question, has a vote.")
        )


def count(positions: Mapping[str, int], choice_count: int, frozen: Frozen) -> Counted:
    """Return what was chosen: the part of all voice of each choice, and beside it with everybody equal (G9).

    An organisation gave no time, so its voice is one (G12); so is that of a resident who gave none (G1).
    """
    givers = [
        Giver(
            person_id=voter,
            given=Given(minutes_by_age=((0, frozen.minutes[voter]),)) if voter in frozen.minutes else Given(),
            is_exempt=voter in frozen.exempt,
        )
        for voter in sorted(positions)
    ]
    voices = PROJECT.voices(givers, frozen.policy)
    numbers = range(1, choice_count + 1)
    voters = {number: [voter for voter, chosen in positions.items() if chosen == number] for number in numbers}
    shares = {number: sum((voices[voter].share for voter in voters[number]), Fraction(0)) for number in numbers}
    counts = {number: len(voters[number]) for number in numbers}
    percents = _percents(shares)
    equals = _percents({number: Fraction(counts[number]) for number in numbers})
    return Counted(
        tallies={
            number: Tally(
                voter_count=counts[number],
                share=shares[number],
                share_percent=percents[number],
                equal_percent=equals[number],
            )
            for number in numbers
        },
        leading=_leading(shares),
        leading_equal=_leading({number: Fraction(votes) for number, votes in counts.items()}),
        voices=voices,
    )


def _percents(parts: Mapping[int, Fraction]) -> dict[int, int]:
    """Return parts in whole percents that are a hundred together; zero where nobody voted."""
    if not any(parts.values()):
        return dict.fromkeys(parts, 0)
    whole = lcm(*(part.denominator for part in parts.values()))
    return dict(zip(parts, share_out(PERCENT, [int(part * whole) for part in parts.values()]), strict=True))


def _leading(parts: Mapping[int, Fraction]) -> tuple[int, ...]:
    """Return what has the most, if anything has something."""
    most = max(parts.values())
    return tuple(number for number, part in parts.items() if part == most > 0)
