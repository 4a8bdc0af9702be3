# SPDX-License-Identifier: EUPL-1.2
"""What a letter about a bid says; the page, the mail and the sheet of paper all show these same sentences.

Source: Algemene wet bestuursrecht, art. 3:45 (remedies), 3:46 and 3:47 (reasons), 4:3a (receipt), 4:5 (what is
missing), 4:7 (a no to come), 4:14 (later), 6:5 to 6:8 (objections).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wijkbudget.challenges.rules.bids import PART_NAMES, Part
from wijkbudget.challenges.rules.characters import LegalCharacter
from wijkbudget.challenges.rules.grounds import GROUNDS, Ground
from wijkbudget.challenges.rules.states import Move
from wijkbudget.challenges.rules.tasks import Decider
from wijkbudget.kit.errors import NotFound
from wijkbudget.kit.text import Text, _

Said = Text | str
"""A sentence of ours, or what somebody wrote."""

GREETING = _("Dear resident,")


class LetterNotFound(NotFound):
    """The municipality wrote no letter about this move."""


@dataclass(frozen=True, kw_only=True)
class LetterPart:
    """A part of a letter: paragraphs, then points."""

    heading: Text | None = None
    lines: Sequence[Said] = ()
    points: Sequence[Said] = ()


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter without its head and its addresses."""

    subject: Text
    parts: Sequence[LetterPart]
    signed: Text
    """In whose name it is."""
    articles: Text
    """The law that it rests on."""


@dataclass(frozen=True, kw_only=True)
class About:
    """What every letter about a bid names."""

    title: str
    task_title: str
    municipality: str
    body: Decider
    received_on: date


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What the letter of a decision tells."""

    move: Move
    character: LegalCharacter
    is_revised: bool
    """It was taken anew, after an objection."""
    part: str
    granted_cents: int
    grounds: Sequence[Ground]
    motivation: str
    power_article: str
    article: str


def receipt(about: About, decide_on: date) -> Letter:
    """Return the letter that says that a bid was received. Source: Awb art. 4:3a, 4:13 and 4:17."""
    first = _(
        "We received your bid “%(title)s” on %(day)s. It is about the task “%(task)s”.",
        title=about.title,
        day=about.received_on,
        task=about.task_title,
    )
    next_steps = (
        _("An official looks whether something is missing. If so, you get a letter that says what."),
        _("The official invites you to a talk about your bid."),
        _("If we need more time, you get a letter about that before this day."),
        _("If we are too late, you can tell us so. The page of your bid shows how."),
    )
    return Letter(
        subject=_("We received your bid"),
        parts=(
            LetterPart(lines=(first, _("We decide by %(day)s at the latest.", day=decide_on))),
            LetterPart(heading=_("What happens now?"), points=next_steps),
        ),
        signed=_signed(about),
        articles=_("Algemene wet bestuursrecht, art. 4:3a, 4:13, 4:14, 4:15 and 4:17."),
    )


def incomplete(about: About, missing: Sequence[Part], reason: str, last_on: date) -> Letter:
    """Return the letter that asks for what is missing. Source: Awb art. 4:5 lid 1 and 4:15 lid 1 sub a."""
    asked = (
        _("Log in, open your bid and fill in what is missing. Do that before the end of %(day)s.", day=last_on),
        _("From the day after this letter our time to decide stands still, until you sent it or that day is over."),
        _("If you send nothing, we can decide not to look at your bid any further."),
    )
    return Letter(
        subject=_("Something is missing in your bid"),
        parts=(
            LetterPart(
                lines=(_about(about), _("This is missing:")),
                points=[PART_NAMES[part] for part in missing],
            ),
            LetterPart(lines=_written(reason)),
            LetterPart(heading=_("What can you do?"), lines=asked),
        ),
        signed=_signed(about),
        articles=_("Algemene wet bestuursrecht, art. 4:5 and 4:15."),
    )


def adjourned(about: About, reason: str, decide_on: date) -> Letter:
    """Return the letter that says that a decision comes later. Source: Awb art. 4:14."""
    later = _("We need more time. We decide by %(day)s at the latest.", day=decide_on)
    return Letter(
        subject=_("We decide about your bid later"),
        parts=(
            LetterPart(lines=(_about(about), later)),
            LetterPart(heading=_("Why?"), lines=_written(reason)),
        ),
        signed=_signed(about),
        articles=_("Algemene wet bestuursrecht, art. 4:14. You cannot object to this letter itself (art. 6:3)."),
    )


def intended_refusal(about: About, grounds: Sequence[Ground], motivation: str, answer_until: date) -> Letter:
    """Return the letter that says that a no is meant. Source: Awb art. 4:7."""
    asked = (
        _("You can tell us what you think of this until %(day)s, that day included.", day=answer_until),
        _("Log in, open your bid and write your answer. One of the group can do that for all."),
        _("After that we decide. You then get another letter."),
    )
    return Letter(
        subject=_("We mean to say no to your bid"),
        parts=(
            LetterPart(lines=(_about(about), _("We mean to refuse it. We have not decided yet."))),
            *_why(grounds, motivation),
            LetterPart(heading=_("What can you do?"), lines=asked),
        ),
        signed=_signed(about),
        articles=_("Algemene wet bestuursrecht, art. 4:7. You cannot object to this letter itself (art. 6:3)."),
    )


def decision(about: About, outcome: Outcome) -> Letter:
    """Return the letter of a decision, with what can be done about it. Source: Awb art. 3:45 to 3:47."""
    by = _body(about)
    decided = (
        _("This is a decision of %(body)s.", body=by),
        _("It has that power by %(article)s.", article=outcome.power_article),
        _("The decision rests on %(article)s.", article=outcome.article),
    )
    return Letter(
        subject=_SUBJECTS[outcome.move],
        parts=(
            LetterPart(lines=(_about(about), *_told(outcome))),
            *_why(outcome.grounds, outcome.motivation),
            LetterPart(heading=_("Who decided this?"), lines=decided),
            *_next(outcome.move),
            _remedies(outcome, by),
        ),
        signed=_signed(about),
        articles=_APPEAL if _can_appeal(outcome) else _ARTICLES[outcome.character],
    )


def _told(outcome: Outcome) -> Sequence[Said]:
    """Return what was decided."""
    amount = _("It may cost the municipality at most %(granted_cents)s a year.", granted_cents=outcome.granted_cents)
    if outcome.move is Move.AWARD:
        return (_("You may take this task over."), amount)
    if outcome.move is Move.AWARD_PARTLY:
        return (_("You may take this part of the task over: %(part)s.", part=outcome.part), amount)
    if outcome.move is Move.REFUSE:
        return (_("You may not take this task over: your bid is refused."),)
    return (_("We do not look at your bid any further, because it was not completed in time."),)


def _next(move: Move) -> Sequence[LetterPart]:
    """Return what a group does after a yes."""
    if move not in {Move.AWARD, Move.AWARD_PARTLY}:
        return ()
    said = _(
        "Together we write down what we agree: what you do, for how much and until when. You begin when both signed."
    )
    return (LetterPart(heading=_("What happens now?"), lines=(said,)),)


def _can_appeal(outcome: Outcome) -> bool:
    """Return whether it is the court that looks at a decision. Source: Awb art. 7:11 and 8:1."""
    return outcome.is_revised and outcome.character is LegalCharacter.SUBSIDY


def _remedies(outcome: Outcome, by: Text) -> LetterPart:
    """Return what somebody can do who does not agree.

    Source: Awb art. 3:45, 6:5, 6:7, 6:8, 6:16 and 8:81 for a decision; 8:1 for one after an objection; 8:3 lid 2 and
    9:1 for what is none to object to.
    """
    lines: Sequence[Said]
    if _can_appeal(outcome):
        lines = (
            _("This decision was taken after an objection. You can appeal against it to the court."),
            _("Do that within six weeks, counted from the day after this letter was sent or handed over."),
            _("Write your name and address, the date, which decision it is and why you do not agree, and sign it."),
            _("The court asks a fee. The decision holds until there is another one."),
            _("Is there haste? Then ask the court for a provisional measure."),
        )
    elif outcome.character is LegalCharacter.SUBSIDY:
        lines = (
            _("Write an objection to %(body)s.", body=by),
            _("Do that within six weeks, counted from the day after this letter was sent or handed over."),
            _("Write your name and address, the date, which decision it is and why you do not agree, and sign it."),
            _("It costs nothing. The decision holds until there is another one."),
            _("Is there haste? Then ask the court for a provisional measure."),
        )
    else:
        first = (
            _("This answer prepares an agreement under private law. The law does not let anybody object to it.")
            if outcome.character is LegalCharacter.PRIVATE_LAW
            else _("The law does not let anybody object to this answer.")
        )
        lines = (
            first,
            _("You can talk about it with the official who works on your bid."),
            _("You can complain to the municipality about how you were treated, and after that to the ombudsman."),
            _("What you have a right to under private law you can ask of the civil court."),
        )
    return LetterPart(heading=_("Do you not agree?"), lines=lines)


def _why(grounds: Sequence[Ground], motivation: str) -> Sequence[LetterPart]:
    """Return the grounds by their names, and the reasons in words."""
    heading, words = _("Why?"), LetterPart(lines=_written(motivation))
    if not grounds:
        return (LetterPart(heading=heading, lines=words.lines),)
    named = LetterPart(heading=heading, lines=(_("The reasons are:"),), points=[GROUNDS[each].name for each in grounds])
    return (named, words)


def _about(about: About) -> Text:
    return _(
        "This letter is about your bid “%(title)s” on the task “%(task)s”. We received it on %(day)s.",
        title=about.title,
        task=about.task_title,
        day=about.received_on,
    )


def _written(words: str) -> Sequence[str]:
    """Return the paragraphs that somebody wrote."""
    return [line for line in words.splitlines() if line.strip()]


def _body(about: About) -> Text:
    """Return the body that decides about a task, in a sentence."""
    if about.body is Decider.MUNICIPAL_COUNCIL:
        return _("the municipal council of %(municipality)s", municipality=about.municipality)
    if about.body is Decider.EXECUTIVE:
        return _("the mayor and aldermen of %(municipality)s", municipality=about.municipality)
    return _("the mayor of %(municipality)s", municipality=about.municipality)


def _signed(about: About) -> Text:
    return _("In the name of %(body)s", body=_body(about))


_SUBJECTS: Mapping[Move, Text] = {
    Move.AWARD: _("You may take the task over"),
    Move.AWARD_PARTLY: _("You may take part of the task over"),
    Move.REFUSE: _("Your bid is refused"),
    Move.PUT_ASIDE: _("We do not look at your bid any further"),
}

_APPEAL = _("Algemene wet bestuursrecht, art. 6:5, 6:7, 6:8, 7:11, 7:12, 8:1 and 8:81.")

_ARTICLES: Mapping[LegalCharacter, Text] = {
    LegalCharacter.SUBSIDY: _("Algemene wet bestuursrecht, art. 3:41, 3:45 to 3:47, 6:5, 6:7, 6:8, 6:16 and 8:81."),
    LegalCharacter.PRIVATE_LAW: _("Algemene wet bestuursrecht, art. 7:1, 8:3 and 9:1."),
    LegalCharacter.OTHER: _("Algemene wet bestuursrecht, art. 1:3, 7:1 and 9:1."),
}
