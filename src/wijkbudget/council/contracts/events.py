# SPDX-License-Identifier: EUPL-1.2
"""What can happen to a neighbourhood contract; the subject is the contract, and nobody is named."""

from dataclasses import dataclass
from typing import ClassVar

from wijkbudget.kit.text import Text, _
from wijkbudget.trail.events import Event


@dataclass(frozen=True, kw_only=True)
class ContractDrafted(Event):
    """Parties can begin to write the contract of a year."""

    sentence: ClassVar[Text] = _("The neighbourhood contract of %(year)s was begun.")

    year: int


@dataclass(frozen=True, kw_only=True)
class ChangeOpened(Event):
    """A change to a contract in force can be written; it holds when every party agreed."""

    sentence: ClassVar[Text] = _("A change of the neighbourhood contract was begun.")

    number: int


@dataclass(frozen=True, kw_only=True)
class ContractWritten(Event):
    """The text that parties can agree to changed: a party or a promise came in or goes out."""

    sentence: ClassVar[Text] = _("The text of the neighbourhood contract changed; every party agrees anew.")

    number: int
    edition: int
    about: str
    """The id of the party or promise."""


@dataclass(frozen=True, kw_only=True)
class ChangeWithdrawn(Event):
    """A change is not made after all; the contract stays as it was."""

    sentence: ClassVar[Text] = _("A change of the neighbourhood contract was withdrawn.")

    number: int


@dataclass(frozen=True, kw_only=True)
class PartyAgreed(Event):
    """A party agreed to a version as it stands."""

    sentence: ClassVar[Text] = _("A party agreed to the neighbourhood contract.")

    number: int
    edition: int
    party_id: str


@dataclass(frozen=True, kw_only=True)
class ContractAgreed(Event):
    """Every party agreed, so that this version holds."""

    sentence: ClassVar[Text] = _("Every party agreed: version %(number)s of the neighbourhood contract holds.")

    number: int
    promise_count: int


@dataclass(frozen=True, kw_only=True)
class PromiseReported(Event):
    """A party said what became of a promise of its own; another party answers."""

    sentence: ClassVar[Text] = _("A party said what became of a promise in the neighbourhood contract.")

    promise_id: str
    says: str


@dataclass(frozen=True, kw_only=True)
class ReportAnswered(Event):
    """Another party said whether that is so."""

    sentence: ClassVar[Text] = _("Another party said whether that is so.")

    promise_id: str
    says: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class PromiseTimeLogged(Event):
    """An organisation logged hours for its promise; they are nobody's voice."""

    sentence: ClassVar[Text] = _("A party logged %(amount_minutes)s for a promise in the neighbourhood contract.")

    promise_id: str
    amount_minutes: int


@dataclass(frozen=True, kw_only=True)
class PromiseTimeAnswered(Event):
    """Another party said whether those hours were given."""

    sentence: ClassVar[Text] = _("Another party looked at hours for the neighbourhood contract.")

    promise_id: str
    amount_minutes: int
    answer: str


@dataclass(frozen=True, kw_only=True)
class ContractReviewed(Event):
    """The parties looked together at how far they are."""

    sentence: ClassVar[Text] = _("The parties of the neighbourhood contract looked at how far they are.")

    held_on: str
    next_on: str | None


@dataclass(frozen=True, kw_only=True)
class ContractClosed(Event):
    """The year of a contract is over, and its numbers stand."""

    sentence: ClassVar[Text] = _(
        "The neighbourhood contract was closed. Promises kept: %(kept_count)s of %(due_count)s."
    )

    kept_count: int
    due_count: int
