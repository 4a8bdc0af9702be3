# SPDX-License-Identifier: EUPL-1.2
"""What can happen to a round; casting a ballot is not among it, and must not be."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class RoundPrepared(Event):
    """A round got its days and its budget."""

    sentence: ClassVar[Text] = _("A voting round was prepared, open from %(opens_on)s to %(closes_on)s.")

    year: int
    opens_on: str
    closes_on: str
    reference_on: str
    budget_cents: int


@dataclass(frozen=True, kw_only=True)
class OptionAdded(Event):
    """Something was put on the ballot."""

    sentence: ClassVar[Text] = _("Option %(key)s was put on the ballot, for %(cost_cents)s.")

    key: str
    about: str
    cost_cents: int


@dataclass(frozen=True, kw_only=True)
class LimitAdded(Event):
    """Some plans got a limit together: so many can win, or they can cost so much."""

    sentence: ClassVar[Text] = _("A limit was set for some plans on the ballot: %(name)s.")

    name: str
    keys: list[str]
    wins_max: int | None
    spent_cents_max: int | None


@dataclass(frozen=True, kw_only=True)
class LimitWithdrawn(Event):
    """Some plans lost the limit that they had together."""

    sentence: ClassVar[Text] = _("A limit for some plans on the ballot was withdrawn: %(name)s.")

    name: str


@dataclass(frozen=True, kw_only=True)
class RoundOpened(Event):
    """A round was frozen by hash, and its voting codes went out."""

    sentence: ClassVar[Text] = _("Voting was opened. Everything is fixed under %(frozen_hash)s.")

    frozen_hash: str
    voters: dict[str, int]
    """How many codes were issued for each voice, in hundredths."""
    voice_rule: str
    voice_parameters: dict[str, int]
    """How time earned these voices; they stand under the hash too."""


@dataclass(frozen=True, kw_only=True)
class CodeReplaced(Event):
    """A voting code was made void, and a new one went by letter, by e-mail or over the desk."""

    sentence: ClassVar[Text] = _("A voting code was replaced by a new one.")
    personal: ClassVar[frozenset[str]] = frozenset({"person"})

    person: str
    way: str = "letter"


@dataclass(frozen=True, kw_only=True)
class LetterheadWritten(Event):
    """What stands on every letter of a neighbourhood was changed."""

    sentence: ClassVar[Text] = _("The text at the top of voting letters was changed.")

    help_desk: str
    phone_number: str
    return_address: str
    colour: str
    window: str


@dataclass(frozen=True, kw_only=True)
class LettersMade(Event):
    """A file of letters with voting codes was made."""

    sentence: ClassVar[Text] = _("%(letter_count)s letters with voting codes were made.")

    number: int
    letter_count: int


@dataclass(frozen=True, kw_only=True)
class LettersFetched(Event):
    """An official took letters with voting codes out of the house."""

    sentence: ClassVar[Text] = _("%(letter_count)s letters with voting codes were fetched, to be sent.")

    form: str
    letter_count: int


@dataclass(frozen=True, kw_only=True)
class LettersDiscarded(Event):
    """Files of letters with voting codes were thrown away."""

    sentence: ClassVar[Text] = _("The files of %(letter_count)s letters with voting codes were thrown away.")

    letter_count: int


@dataclass(frozen=True, kw_only=True)
class MandateGiven(Event):
    """Somebody asked another voter to vote for them; who they are stands with the register alone."""

    sentence: ClassVar[Text] = _("A mandate to vote for somebody else was recorded.")


@dataclass(frozen=True, kw_only=True)
class MandateTakenBack(Event):
    """Somebody votes themselves after all."""

    sentence: ClassVar[Text] = _("A mandate to vote for somebody else was taken back.")


@dataclass(frozen=True, kw_only=True)
class VoteReportedStolen(Event):
    """Somebody said that another voted with their code."""

    sentence: ClassVar[Text] = _("Somebody reported that another voted with their code.")
    personal: ClassVar[frozenset[str]] = frozenset({"person"})

    person: str


@dataclass(frozen=True, kw_only=True)
class RoundHeldUp(Event):
    """The day for a step of a round had come, and it could not be made; noted once a day."""

    sentence: ClassVar[Text] = _("The round could not go on by itself. Its page says why.")

    phase: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class BoxSealed(Event):
    """Voting closed; the box was sealed under one root."""

    sentence: ClassVar[Text] = _("Voting was closed. The ballots were sealed under %(root)s.")

    root: str
    ballots: dict[str, int]
    """How many ballots were cast with each voice, in hundredths."""
    voted: dict[str, int]
    """How many people voted whose ballot counts with each voice; never fewer than there are ballots."""
    seal_hash: str
    """The SHA-256 of all that was signed of the box."""


@dataclass(frozen=True, kw_only=True)
class LotsDrawn(Event):
    """What came out of the draw that was announced before the vote is known."""

    sentence: ClassVar[Text] = _("The draw for the lots gave %(value)s.")

    value: str
    seed: str


@dataclass(frozen=True, kw_only=True)
class VotersDrawn(Event):
    """It was drawn by lot which voters are asked whether they voted, and somebody saw who they are."""

    sentence: ClassVar[Text] = _("%(asked)s voters were drawn by lot, to ask them whether they voted.")

    seed: str
    asked: int


@dataclass(frozen=True, kw_only=True)
class VotersAnswered(Event):
    """It was noted what the voters said who were drawn by lot; never who said what."""

    sentence: ClassVar[Text] = _(
        "Of the voters who were drawn by lot, %(voted)s said that they voted and %(did_not_vote)s that they did not."
    )

    asked: int
    voted: int
    did_not_vote: int


@dataclass(frozen=True, kw_only=True)
class RoundCounted(Event):
    """The outcome was computed from the sealed box."""

    sentence: ClassVar[Text] = _("The ballots were counted. The outcome is fixed under %(outcome_hash)s.")

    seed: str
    outcome_hash: str
    winners: list[str]
    equal_winners: list[str]


@dataclass(frozen=True, kw_only=True)
class RoundFinished(Event):
    """Objections were over; who voted was forgotten."""

    sentence: ClassVar[Text] = _("The outcome became final. Who voted was erased.")


@dataclass(frozen=True, kw_only=True)
class ElectionImported(Event):
    """A vote that was held elsewhere was put on the record and counted again."""

    sentence: ClassVar[Text] = _("A vote held elsewhere was read from a file with SHA-256 %(file_hash)s.")

    file_hash: str
    root: str
    outcome_hash: str
