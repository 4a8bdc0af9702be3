# SPDX-License-Identifier: EUPL-1.2
"""When somebody can object, by when it is decided, by whom, and what can come of it.

Source: Algemene wet bestuursrecht, chapters 6 and 7 and art. 10:3 lid 3.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from wijkbudget.challenges.decisions.rules import Decided
from wijkbudget.challenges.rules.characters import LegalCharacter
from wijkbudget.kit.errors import BadInput, Conflict, NotAllowed, NotFound, RuleBroken
from wijkbudget.kit.terms import Term, Unit
from wijkbudget.kit.text import Text, _
from wijkbudget.neighbourhoods.rules import ChallengesPolicy

_AWB = "Algemene wet bestuursrecht, art. "

DECISION = Term(6, Unit.WEEKS)
"""Source: Awb art. 7:10 lid 1."""

WITH_COMMITTEE = Term(12, Unit.WEEKS)
"""Source: Awb art. 7:10 lid 1 and 7:13: a committee advises about the objection."""

ADJOURNMENT = Term(6, Unit.WEEKS)
"""Source: Awb art. 7:10 lid 3."""

PAPERS = Term(10, Unit.DAYS)
"""Source: Awb art. 7:4 lid 1: until ten days before the hearing papers can be sent."""


class ObjectionOutcome(StrEnum):
    """What came of an objection."""

    INADMISSIBLE = "inadmissible"
    """The municipality may not look at it."""
    UNFOUNDED = "unfounded"
    """The municipality looked again, and stays with its decision."""
    FOUNDED = "founded"
    """The municipality looked again, and decides anew."""
    WITHDRAWN = "withdrawn"
    """Whoever objected took it back."""


class Bar(StrEnum):
    """Why the municipality may not look at an objection."""

    LATE = "late"
    """It came too late, without a good reason. Source: Awb art. 6:11."""
    NO_INTEREST = "no_interest"
    """The decision does not touch whoever objects. Source: Awb art. 1:2 and 7:1."""
    NOT_COMPLETE = "not_complete"
    """Something is missing, after a chance to send it. Source: Awb art. 6:6."""


class NoHearing(StrEnum):
    """Why nobody was heard. Source: Awb art. 7:3."""

    CLEAR = "clear"
    """It is clear at once that the objections cannot be looked at, or that they are unfounded."""
    NOT_WANTED = "not_wanted"
    """Whoever objects does not want to be heard."""
    FOLLOWED = "followed"
    """The objections are followed whole, and nobody else is harmed."""


class ObjectionNotFound(NotFound):
    """There is no such objection, or it is not for you to see."""


class NotOpenToObjection(RuleBroken):
    """Nobody can object to this decision."""


class WhyLateMissing(BadInput):
    """An objection that is late says why."""


class ObjectedBefore(Conflict):
    """Whoever objects has an open objection already."""


class DecidedBefore(NotAllowed):
    """Whoever took the decision does not decide about objections to it."""


class NotHeard(RuleBroken):
    """Whoever objects is heard first."""


class NoOpenObjection(Conflict):
    """There is no objection that waits for an answer."""


class BadOutcomes(BadInput):
    """The answers do not fit the objections, or the decision."""


class PutOffBefore(Conflict):
    """The decision about objections is put off once."""


class BadReceivedDay(BadInput):
    """An objection came after the decision, and today at the latest."""


class BadHearingDay(BadInput):
    """A hearing is planned on a day that comes."""


ELSEWHERE: Mapping[LegalCharacter, Text] = {
    LegalCharacter.PRIVATE_LAW: _(
        "Nobody can object to this decision, because it is about an agreement. Talk with the municipality, complain"
        " to it, or go to the civil court."
    ),
    LegalCharacter.OTHER: _(
        "Nobody can object to this decision. Talk with the municipality, or complain to it or to the ombudsman."
    ),
}


def demand_open(decided: Decided | None) -> Decided:
    """Return the decision to which somebody can object. Raises NotOpenToObjection.

    Source: Awb art. 7:1 and 8:3 lid 2; art. 6:10: who objects before the decision was made known is not too early.
    """
    if decided is None:
        raise NotOpenToObjection(_("Nothing was decided about this bid yet."), article=f"{_AWB}7:1")
    if decided.legal_character is not LegalCharacter.SUBSIDY:
        raise NotOpenToObjection(ELSEWHERE[decided.legal_character], article=f"{_AWB}8:3")
    if decided.is_revised:
        raise NotOpenToObjection(
            _("This decision was taken after an objection. Whoever does not agree goes to court."), article=f"{_AWB}8:1"
        )
    return decided


def is_open(decided: Decided) -> bool:
    """Return whether somebody can object to a decision, as far as the decision goes."""
    return decided.legal_character is LegalCharacter.SUBSIDY and not decided.is_revised


def is_late(decided: Decided, received_on: date) -> bool:
    """Return whether an objection came after its last day. Source: Awb art. 6:7 to 6:9."""
    return decided.objection_until is not None and received_on > decided.objection_until


def demand_why_late(why: str, *, late: bool) -> None:
    """Do nothing if an objection is in time, or says why it is not. Raises WhyLateMissing.

    Source: Awb art. 6:11: it is looked at all the same if nobody can be blamed for it, which is decided later.
    """
    if late and not why:
        sentence = _("The last day to object is past. Say why you could not object in time.")
        raise WhyLateMissing(sentence, fields={"why_late": sentence})


def decide_until(
    policy: ChallengesPolicy | None, decided: Decided, received_on: date, *, adjourned: bool
) -> date | None:
    """Return the last day to decide about objections; None until the decision was made known.

    Source: Awb art. 7:10 lid 1 and 3: from the day after the one on which the time to object ended.
    Choice: where the only objection came later, from the day after that one.
    """
    if decided.objection_until is None:
        return None
    term = WITH_COMMITTEE if policy and policy.objection_committee else DECISION
    last_on = term.end(max(decided.objection_until, received_on))
    return ADJOURNMENT.end(last_on) if adjourned else last_on


def demand_fresh_eyes(official_id: str, decided: Decided) -> None:
    """Do nothing if an official did not take the decision. Raises DecidedBefore. Source: Awb art. 10:3 lid 3."""
    if official_id == decided.decided_by:
        raise DecidedBefore(
            _("You took this decision. Another official looks at the objection."), article=f"{_AWB}10:3"
        )


def demand_hearing_day(hearing_on: date, today: date) -> None:
    """Do nothing if there is time to send papers before a hearing. Raises BadHearingDay. Source: Awb art. 7:4 lid 1."""
    if PAPERS.before(hearing_on) <= today:
        first_on = today + timedelta(days=PAPERS.count + 1)
        sentence = _("Choose %(first)s or later, so that people can send papers.", first=first_on)
        raise BadHearingDay(sentence, fields={"hearing_on": sentence})


def demand_unanswered(*, answered: bool) -> None:
    """Do nothing if an objection can be taken back. Raises NoOpenObjection. Source: Awb art. 6:21."""
    if answered:
        raise NoOpenObjection(_("This objection was answered or taken back already."))


def demand_received(received_on: date, decided_on: date, today: date) -> None:
    """Do nothing if an objection on paper can have come on a day. Raises BadReceivedDay."""
    if not decided_on <= received_on <= today:
        sentence = _("Choose a day from %(first)s until today.", first=decided_on)
        raise BadReceivedDay(sentence, fields={"received_on": sentence})


def demand_held(hearing_on: date | None, today: date, *, reported: bool) -> None:
    """Do nothing if a hearing was held of which there is no report. Raises NotHeard."""
    if reported:
        raise NotHeard(_("The report is written already."), article=f"{_AWB}7:7")
    if hearing_on is None or today < hearing_on:
        raise NotHeard(_("The hearing was not held yet."), article=f"{_AWB}7:7")


def demand_adjournable(last_on: date | None, today: date, *, adjourned: bool) -> None:
    """Do nothing if the decision about objections can be put off. Raises PutOffBefore. Source: Awb art. 7:10 lid 3."""
    if adjourned:
        raise PutOffBefore(_("This was put off before."), article=f"{_AWB}7:10")
    if last_on is None or today > last_on:
        raise PutOffBefore(_("This can be put off only while its time runs."), article=f"{_AWB}7:10")


def demand_heard(*, reported: bool, no_hearing: NoHearing | None) -> None:
    """Do nothing if a hearing was reported, or need not be. Raises NotHeard. Source: Awb art. 7:2, 7:3 and 7:7."""
    if not reported and no_hearing is None:
        raise NotHeard(
            _("Hear who objected and write the report, or say why that is not needed."), article=f"{_AWB}7:2"
        )


def demand_outcomes(
    outcomes: Mapping[UUID, tuple[ObjectionOutcome, Bar | None]], open_ids: Collection[UUID], *, followed: bool
) -> None:
    """Do nothing if every open objection gets an answer that fits the decision about them. Raises BadOutcomes.

    Source: Awb art. 7:11 and 7:12: one decision about all of them, with why.
    """
    if set(outcomes) != set(open_ids):
        raise BadOutcomes(_("Answer every objection, and each of them once."))
    if any((outcome is ObjectionOutcome.INADMISSIBLE) != (bar is not None) for outcome, bar in outcomes.values()):
        raise BadOutcomes(_("Say why the municipality may not look at an objection, and only then."))
    said = {outcome for outcome, _bar in outcomes.values()}
    if ObjectionOutcome.WITHDRAWN in said or (ObjectionOutcome.FOUNDED in said) is not followed:
        raise BadOutcomes(_("The decision is made anew if an objection is founded, and only then."))
