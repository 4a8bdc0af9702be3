# SPDX-License-Identifier: EUPL-1.2
"""Who does what with paper ballots, what a typed line means, when two people agree, and when the sheet balances."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from wijkbudget.kit.canonical import canonical
from wijkbudget.kit.errors import BadInput, Conflict, NotAllowed, NotFound, RuleBroken
from wijkbudget.kit.fields import View
from wijkbudget.kit.text import Text, _
from wijkbudget.voting.phases import FrozenRound, WrongDates
from wijkbudget.voting.rules import BallotParameters


class NoPaper(NotFound):
    """Nobody can vote on paper in this round."""


class NothingToHandIn(RuleBroken):
    """Without paper in a round there is no place to hand it in."""


class PaperTooEarly(RuleBroken):
    """Paper ballots are opened when voting is over, not before."""


class SeatTaken(Conflict):
    """Somebody who does one thing with paper ballots does no other thing."""


class SeatUsed(Conflict):
    """Whoever opened or entered something keeps doing that and nothing else."""


class NotYourSeat(NotAllowed):
    """Somebody else was to do this."""


class CodeNotHere(RuleBroken):
    """A code of an envelope that nobody in this round has."""


class ReceivingEnded(Conflict):
    """The envelopes were counted; no other can come."""


class ReceivingNotEnded(Conflict):
    """Ballots are entered when all envelopes were counted."""


class EnvelopesDiffer(RuleBroken):
    """The envelopes on the table are not those on the list."""


class NoSuchPaper(NotFound):
    """The stack has no ballot with this number."""


class LineUnreadable(BadInput):
    """What was typed is not how a ballot is entered."""


class EnteredDifferently(Conflict):
    """The ballot was entered already, and not so."""


class NothingToDecide(Conflict):
    """The third person enters what two others entered differently, and nothing else."""


class SheetUnbalanced(RuleBroken):
    """The numbers of the sheet do not agree, so nothing can be sealed."""


class Seat(StrEnum):
    """What somebody does with the paper of a round; nobody does two of these, so that no one sees code and marks."""

    RECEIVE = "receive"
    """Types the code of each envelope, strips it off, and lays what is inside, closed, on a stack."""
    FIRST = "first"
    """Enters each ballot."""
    SECOND = "second"
    """Enters each ballot too, without seeing what the first entered."""
    THIRD = "third"
    """Enters each ballot that the two entered differently, without seeing what they entered."""


SEAT_NAMES: Mapping[Seat, Text] = {
    Seat.RECEIVE: _("open the envelopes"),
    Seat.FIRST: _("enter ballots first"),
    Seat.SECOND: _("enter ballots again"),
    Seat.THIRD: _("decide where they differ"),
}


class Aside(StrEnum):
    """Why an envelope is set aside and never opened.

    Source: Kieswet art. N 23 (a postal vote whose envelope is not in order is put aside, and the voter is not counted).
    """

    VOTED_ONLINE = "voted_online"
    """Choice: the first ballot counts, and paper comes last."""
    SECOND_ENVELOPE = "second_envelope"
    WRONG_CODE = "wrong_code"
    TOO_LATE = "too_late"


ASIDE_NAMES: Mapping[Aside, Text] = {
    Aside.VOTED_ONLINE: _("The voter had voted online already"),
    Aside.SECOND_ENVELOPE: _("A second envelope with the same code"),
    Aside.WRONG_CODE: _("No code, or one of no voter in this round"),
    Aside.TOO_LATE: _("Came after the last day"),
}


class Spoiled(StrEnum):
    """The ten reasons why a paper ballot does not count, in the order of their letters.

    Source: Kieswet art. N 7 (blank; another ballot than the one meant; not unambiguous; something added by which the
    voter can be known), for A to D.
    Choice: the rest says which rule of the round's own ballot was broken, or what was in the envelope.
    """

    BLANK = "blank"
    OTHER_PAPER = "other_paper"
    KNOWS_VOTER = "knows_voter"
    UNCLEAR = "unclear"
    TOO_MANY = "too_many"
    TOO_FEW = "too_few"
    TOO_DEAR = "too_dear"
    WRONG_MARKS = "wrong_marks"
    MORE_BALLOTS = "more_ballots"
    NO_BALLOT = "no_ballot"


SPOILED_NAMES: Mapping[Spoiled, Text] = {
    Spoiled.BLANK: _("Nothing is filled in"),
    Spoiled.OTHER_PAPER: _("It is not the ballot of this round"),
    Spoiled.KNOWS_VOTER: _("Something on it shows who voted, such as a name"),
    Spoiled.UNCLEAR: _("It is not clear what was meant"),
    Spoiled.TOO_MANY: _("Too many plans are marked"),
    Spoiled.TOO_FEW: _("Too few plans are marked"),
    Spoiled.TOO_DEAR: _("The marked plans cost too much together"),
    Spoiled.WRONG_MARKS: _("Points or places do not fit this ballot"),
    Spoiled.MORE_BALLOTS: _("There was more than one ballot in the envelope"),
    Spoiled.NO_BALLOT: _("There was no ballot in the envelope"),
}

LETTERS: Mapping[str, Spoiled] = dict(zip("ABCDEFGHIJ", Spoiled, strict=True))
"""What is typed for a ballot that does not count; plans have numbers, so a letter is never a plan."""

_APART = re.compile(r"[\s,;]+")
_POINTS = re.compile(r"(\w{1,40})[:=](\d{1,7})", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What one person entered of one ballot: marks as they go into the box, or why it does not count."""

    marks: str | None = None
    spoiled: Spoiled | None = None


class Stage(StrEnum):
    """How far a paper ballot is."""

    WAITS = "waits"
    """One of the two did not enter it yet."""
    DIFFERS = "differs"
    """The two entered it differently; a third enters it."""
    AGAIN = "again"
    """All three entered it differently, so all that was entered is forgotten and the two begin again."""
    SETTLED = "settled"
    """Two people entered the same."""


def demand_hand_in(at: str | None, until: date | None, voting_days: tuple[date, date], *, with_paper: bool) -> None:
    """Do nothing if it can be said where and until when ballots are handed in. Raises NothingToHandIn or WrongDates."""
    if (at or until) and not with_paper:
        raise NothingToHandIn(_("Nobody can vote on paper in this round, so nothing is handed in."))
    if until and not voting_days[0] <= until <= voting_days[1]:
        raise WrongDates(_("The last day to hand in ballots on paper is a day on which people can vote."))


def read_entry(line: str, frozen: FrozenRound) -> Entry:
    """Return what somebody typed of a ballot: a letter if it does not count, else the numbers of the plans.

    Ticks are the numbers; places are the numbers, the first place first; points are a number, a colon and the points.
    Raises LineUnreadable, UnknownOption or another RuleBroken of the ballot.
    """
    typed = line.strip()
    if typed.upper() in LETTERS:
        return Entry(spoiled=LETTERS[typed.upper()])
    marks = frozen.check(_marks([token for token in _APART.split(typed) if token], frozen.ballot_limits))
    return Entry(marks=canonical(marks).decode())


def _marks(tokens: list[str], limits: BallotParameters) -> dict[str, int]:
    """Return the marks that were typed. Raises LineUnreadable."""
    if limits.marking == "points":
        found = [_POINTS.fullmatch(token) for token in tokens]
        if not all(found):
            raise _unreadable(_("Type the number of a plan, a colon and its points, such as 3:5."))
        pairs = [(match[1], int(match[2])) for match in found if match]
    elif limits.marking == "places":
        if len(tokens) > limits.mark_max:
            raise _unreadable(_("This ballot has %(most)s places.", most=limits.mark_max))
        pairs = [(key, limits.mark_max - place) for place, key in enumerate(tokens)]
    else:
        pairs = [(key, 1) for key in tokens]
    marks = dict(pairs)
    if len(marks) != len(pairs):
        raise _unreadable(_("You typed the same plan twice."))
    return marks


def _unreadable(text: Text) -> LineUnreadable:
    return LineUnreadable(text, fields={"line": text})


def agreed(entries: Mapping[Seat, Entry]) -> Entry | None:
    """Return what two people entered alike, or None.

    Choice: two of three must agree; nobody alone decides what a ballot says, the third person neither.
    """
    return next((one for one, other in combinations(entries.values(), 2) if one == other), None)


def stage(entries: Mapping[Seat, Entry]) -> Stage:
    """Return how far a ballot is that these people entered."""
    if agreed(entries) is not None:
        return Stage.SETTLED
    if not {Seat.FIRST, Seat.SECOND} <= entries.keys():
        return Stage.WAITS
    return Stage.AGAIN if Seat.THIRD in entries else Stage.DIFFERS


class SheetClass(View):
    """What the sheet says of one voice class."""

    voice_hundredths: int
    issued: int
    """Codes, online and on paper alike."""
    voted: int
    """Codes that the register marked, before the paper was received or by it."""
    online: int
    """Ballots in the box that came by a code."""
    accepted: int
    """Envelopes whose code counts."""
    entered: int
    """Paper ballots that count."""
    spoiled: int


class Sheet(View):
    """All that is counted of the paper of a round; kept when it balances."""

    returned: int
    """Envelopes, counted by hand."""
    aside: dict[str, int]
    """How many envelopes were set aside, for each reason."""
    spoiled: dict[str, int]
    """How many ballots do not count, for each reason."""
    classes: list[SheetClass]

    def total(self, name: str) -> int:
        """Return one number of all classes together."""
        return sum(getattr(each, name) for each in self.classes)


def unbalanced(sheet: Sheet) -> Iterator[Text]:
    """Yield what does not agree: envelopes, ballots, and in each class ballots ≤ voted ≤ issued."""
    aside, accepted = sum(sheet.aside.values()), sheet.total("accepted")
    if sheet.returned != accepted + aside:
        yield envelopes_differ(sheet.returned, accepted + aside)
    waiting = accepted - sheet.total("entered") - sheet.total("spoiled")
    if waiting > 0:
        yield _("Not entered alike by two people yet: %(waiting)s ballots.", waiting=waiting)
    if any(each.entered + each.spoiled > each.accepted for each in sheet.classes):
        yield _("More ballots were entered than envelopes were accepted.")
    if sum(sheet.spoiled.values()) != sheet.total("spoiled"):
        yield _("The reasons for ballots that do not count are not as many as those ballots.")
    if any(not each.online + each.accepted <= each.voted <= each.issued for each in sheet.classes):
        yield _("There are more ballots than voters, or more voters than codes.")


def envelopes_differ(counted: int, listed: int) -> Text:
    """Return what is wrong with a count of envelopes."""
    return _("You counted %(counted)s envelopes, and the list has %(listed)s.", counted=counted, listed=listed)
