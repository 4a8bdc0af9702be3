# SPDX-License-Identifier: EUPL-1.2
"""What the neighbourhood contract is asked and answers; views name parties, and no persons."""

from datetime import date
from typing import Annotated
from uuid import UUID

from wijkbudget.council.contracts.rules import Answer, ContractState, PartyKind, PromiseState, Says, VersionState
from wijkbudget.kit.fields import Command, Day, Field, Id, Line, Sentences, View, symbol
from wijkbudget.kit.units import PositiveCents

Hours = Annotated[int, Field(ge=15, le=600_000)]
"""Minutes that a party gives, in quarters of an hour: at most 10,000 hours."""


class DraftContract(Command):
    """Begin to write the contract of a year."""

    year: Annotated[int, Field(ge=2000, le=2999)]
    review_on: Day | None = None
    """When the parties look together at how far they are, the first time."""


class AddParty(Command):
    """Let a party take part: an organisation of the list, or one without an account here."""

    organisation_id: Id | None = None
    name: Line | None = None


class AddPromise(Command):
    """Write down what a party will do, by which day, for how many hours or how much money."""

    party_id: Id
    what: Line
    due_on: Day
    promised_minutes: Hours | None = None
    promised_cents: PositiveCents | None = None
    followed_at: Line | None = None
    """Where that money can be followed, such as a pot or a voucher."""


class DropPromise(Command):
    """Let a promise hold no longer, if every party agrees."""

    reason: Sentences


class OpenChange(Command):
    """Begin a change of a contract in force."""

    why: Sentences


class AgreeToContract(Command):
    """Agree for a party to the text as it was read."""

    edition: Annotated[int, Field(ge=1, le=100_000)]


class ReportPromise(Command):
    """Say what became of a promise."""

    says: Annotated[Says, symbol(Says)]
    explanation: Sentences


class AnswerReport(Command):
    """Say for another party whether that is so."""

    party_id: Id
    answer: Annotated[Answer, symbol(Answer)]
    reason: Sentences | None = None
    """What is different."""


class LogHours(Command):
    """Log hours that a party gave for its promise."""

    given_on: Day
    given_minutes: Hours


class AnswerHours(Command):
    """Say for another party whether those hours were given."""

    party_id: Id
    answer: Annotated[Answer, symbol(Answer)]


class ReviewContract(Command):
    """Write down what the parties found when they looked together at how far they are."""

    held_on: Day
    report: Sentences
    next_on: Day | None = None


class CountView(View):
    """How many promises had to be kept by now, and what became of them."""

    promise_count: int
    """All that hold, also those whose day is still to come."""
    due_count: int
    kept_count: int
    partly_kept_count: int
    not_kept_count: int
    silent_count: int
    """Of how many it is not settled what became of them."""
    kept_percent: int | None
    """Kept of what had to be kept, in whole percents rounded down; None while nothing had to be."""


class PartyView(View):
    """A party, with what became of its promises."""

    id: UUID
    kind: PartyKind
    name: str
    count: CountView
    has_agreed: bool | None
    """Whether it agreed to the text that is open; None while none is."""
    is_mine: bool
    """Whether whoever asks acts for it."""


class ReportView(View):
    """What a party says became of its promise, and what another party answered."""

    says: Says
    explanation: str
    told_on: date
    answer: Answer | None
    answering_party: str | None
    answer_reason: str | None


class PromiseView(View):
    """What a party promises, and how far that is."""

    id: UUID
    contract_id: UUID
    year: int
    party_id: UUID
    party: str
    what: str
    promised_minutes: int | None
    given_minutes: int
    """What the party gave so far, as another party says too."""
    promised_cents: int | None
    followed_at: str | None
    due_on: date
    is_due: bool
    state: PromiseState
    is_dropping: bool
    """Whether an open change would drop it."""
    drop_reason: str | None
    report: ReportView | None
    """The last one."""


class HoursView(View):
    """Hours that a party gave for its promise."""

    id: UUID
    given_on: date
    given_minutes: int
    answer: Answer | None
    answering_party: str | None


class PromisePage(View):
    """One promise, with all that was said about it and what whoever asks may do."""

    promise: PromiseView
    reports: list[ReportView]
    """The newest first."""
    hours: list[HoursView]
    may_report: bool
    may_log: bool
    may_drop: bool
    answering: list[PartyView]
    """For which other parties whoever asks may answer."""


class VersionView(View):
    """A text that parties agreed to, or can."""

    number: int
    edition: int
    why: str
    state: VersionState
    opened_on: date
    ended_on: date | None


class ReviewView(View):
    """What the parties found when they looked together at how far they are."""

    held_on: date
    report: str


class WaitView(View):
    """Something that waits for a party, or, without one, for any other party than the one that promised."""

    party: str | None
    promise_id: UUID | None
    what: str | None
    kind: str
    """`agree`, `report` (its day has passed and nobody told), `answer` or `hours`."""


class ContractCard(View):
    """The contract of a year, in a list."""

    id: UUID
    year: int
    state: ContractState
    count: CountView


class ContractsView(View):
    """The contracts of a neighbourhood, the newest first."""

    contracts: list[ContractCard]
    years_to_draft: list[int]
    """For which years whoever asks can begin one."""


class ContractView(View):
    """A contract, for everybody."""

    id: UUID
    year: int
    state: ContractState
    review_on: date | None
    closed_on: date | None
    count: CountView
    parties: list[PartyView]
    promises: list[PromiseView]
    """By party, the first to keep first; without what was dropped or taken out."""
    dropped: list[PromiseView]
    versions: list[VersionView]
    """The newest first."""
    reviews: list[ReviewView]
    waiting: list[WaitView]
    may_write: bool
    """Whether whoever asks may change the text that is open."""
    may_open: bool
    may_withdraw: bool
    may_review: bool
