# SPDX-License-Identifier: EUPL-1.2
"""The tables of challenges: tasks of the municipality, bids with what they say, their groups and every move."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlmodel import Field

from wijkbudget.challenges.rules.states import RUNNING, State
from wijkbudget.db.append_only import append_only
from wijkbudget.db.types import Table, amount, id_column, moment, text

NOBODY: frozenset[str] = frozenset()


class MunicipalTask(Table, table=True):
    """A task that can be challenged; never changed, only taken off the list and listed anew."""

    __tablename__ = "municipal_task"
    __table_args__ = (
        CheckConstraint("current_cost_cents > 0", name="amount_positive"),
        CheckConstraint("decider IN ('municipal_council', 'executive', 'mayor')", name="known_decider"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"lister"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    title: str
    summary: str = Field(sa_column=text())
    current_cost_cents: int = Field(sa_column=amount())
    """A year."""
    quality: str
    contract_ends_on: date | None = None
    department: str
    decider: str
    lister: str
    listed_at: datetime = Field(sa_column=moment())


class TaskWithdrawal(Table, table=True):
    """Why a task is no longer on the list; one a task."""

    __tablename__ = "task_withdrawal"
    personal: ClassVar[frozenset[str]] = frozenset({"withdrawer"})

    municipal_task_id: UUID = Field(foreign_key="municipal_task.id", primary_key=True)
    place: str
    reason: str = Field(sa_column=text())
    withdrawer: str
    withdrawn_at: datetime = Field(sa_column=moment())


class TaskProposal(Table, table=True):
    """A task that somebody would like to see on the list, and its answer; one that waits a person."""

    __tablename__ = "task_proposal"
    __table_args__ = (
        Index(
            "uq_task_proposal_proposer",
            "place",
            "proposer",
            unique=True,
            sqlite_where=sql("state = 'open'"),
            postgresql_where=sql("state = 'open'"),
        ),
        CheckConstraint("state IN ('open', 'listed', 'declined', 'withdrawn')", name="known_state"),
        CheckConstraint("(state = 'declined') = (answer IS NOT NULL)", name="says_why_not"),
        CheckConstraint("(state = 'listed') = (municipal_task_id IS NOT NULL)", name="became_a_task"),
        CheckConstraint(
            "(state IN ('listed', 'declined')) = (answerer IS NOT NULL AND answered_at IS NOT NULL)", name="is_answered"
        ),
    )
    personal: ClassVar[frozenset[str]] = frozenset(
        {"title", "what", "why", "where_seen", "proposer", "answer", "answerer"}
    )

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    title: str
    what: str = Field(sa_column=text())
    why: str = Field(sa_column=text())
    where_seen: str = Field(sa_column=text())
    proposer: str
    proposed_at: datetime = Field(sa_column=moment())
    state: str
    municipal_task_id: UUID | None = Field(default=None, foreign_key="municipal_task.id")
    answer: str | None = Field(default=None, sa_column=text(nullable=True))
    answerer: str | None = None
    answered_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class Challenge(Table, table=True):
    """A bid on a task, and how far it is."""

    __tablename__ = "challenge"
    __table_args__ = (
        CheckConstraint(f"state IN ({', '.join(repr(str(state)) for state in State)})", name="known_state"),
        CheckConstraint(
            "state = 'withdrawn' OR (received_on IS NULL) = (state IN ('concept', 'expired'))", name="received_is_dated"
        ),
        CheckConstraint(
            "state IN ('concept', 'expired', 'submitted', 'withdrawn') OR case_worker IS NOT NULL",
            name="has_a_case_worker",
        ),
        CheckConstraint(
            f"(decide_on IS NOT NULL) = (state IN ({', '.join(repr(str(state)) for state in sorted(RUNNING))}))",
            name="owes_an_answer",
        ),
        CheckConstraint("move_count >= 1", name="was_started"),
        Index("ix_challenge_case", "place", "decide_on", "id"),
        Index("ix_challenge_register", "place", "received_on", "id"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"title", "case_worker"})

    id: UUID = Field(sa_column=id_column())
    place: str = Field(foreign_key="neighbourhood.slug", index=True)
    municipal_task_id: UUID = Field(foreign_key="municipal_task.id", index=True)
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    title: str
    state: str
    move_count: int
    """How often it moved; the number of its last move."""
    received_on: date | None = None
    decide_on: date | None = None
    """The last day to decide, while the municipality owes an answer; as its moves and pauses make it."""
    written_on: date
    """The last day on which its group wrote on it, or somebody joined."""
    case_worker: str | None = None
    started_at: datetime = Field(sa_column=moment())


class Bid(Table, table=True):
    """What a bid says; empty where its group has not said it yet."""

    __tablename__ = "bid"
    __table_args__ = (
        CheckConstraint("own_cents >= 0 AND other_cents >= 0", name="amounts"),
        CheckConstraint("expected_reach IS NULL OR expected_reach >= 0", name="reach"),
        CheckConstraint("duration_months IS NULL OR duration_months > 0", name="duration"),
        CheckConstraint("legal_form IN ('group', 'association', 'foundation', 'cooperative')", name="known_legal_form"),
    )
    personal: ClassVar[frozenset[str]] = frozenset(
        {
            "what", "task_part", "why_better", "goal", "area_bond", "added_value", "audience", "recruitment",
            "experience", "quality", "continuity", "safety", "harm", "collaboration", "help_wanted",
            "running_contracts", "registration_number",
        }
    )  # fmt: skip

    challenge_id: UUID = Field(foreign_key="challenge.id", primary_key=True)
    place: str
    what: str = Field(default="", sa_column=text())
    task_part: str = Field(default="", sa_column=text(server_default=""))
    """Empty for the whole task."""
    gains: str = ""
    """Better, cheaper, smarter or different, with a space between."""
    why_better: str = Field(default="", sa_column=text())
    goal: str = Field(default="", sa_column=text())
    area_bond: str = Field(default="", sa_column=text())
    added_value: str = Field(default="", sa_column=text())
    audience: str = Field(default="", sa_column=text())
    expected_reach: int | None = None
    recruitment: str = Field(default="", sa_column=text(server_default=""))
    own_cents: int = Field(default=0, sa_column=amount())
    other_cents: int = Field(default=0, sa_column=amount())
    experience: str = Field(default="", sa_column=text())
    quality: str = Field(default="", sa_column=text())
    continuity: str = Field(default="", sa_column=text(server_default=""))
    safety: str = Field(default="", sa_column=text())
    harm: str = Field(default="", sa_column=text())
    collaboration: str = Field(default="", sa_column=text(server_default=""))
    help_wanted: str = Field(default="", sa_column=text())
    running_contracts: str = Field(default="", sa_column=text(server_default=""))
    starts_on: date | None = None
    duration_months: int | None = None
    legal_form: str | None = None
    """Of a group that bids as neighbours: what it means to be when there is an agreement."""
    registration_number: str | None = None


class BidCost(Table, table=True):
    """One line of what a bid costs a year."""

    __tablename__ = "bid_cost"
    __table_args__ = (CheckConstraint("amount_cents > 0", name="amount_positive"),)
    personal: ClassVar[frozenset[str]] = frozenset({"what"})

    challenge_id: UUID = Field(foreign_key="challenge.id", primary_key=True)
    position: int = Field(primary_key=True)
    place: str
    what: str
    amount_cents: int = Field(sa_column=amount())


class BidIndicator(Table, table=True):
    """By what a group wants it to be seen that its work helps; at most five a bid."""

    __tablename__ = "bid_indicator"
    __table_args__ = (CheckConstraint("position BETWEEN 1 AND 5", name="at_most_five"),)
    personal: ClassVar[frozenset[str]] = frozenset({"what", "target"})

    challenge_id: UUID = Field(foreign_key="challenge.id", primary_key=True)
    position: int = Field(primary_key=True)
    place: str
    what: str
    target: str


class GroupMember(Table, table=True):
    """An invitation to stand behind a bid, and what was answered; whoever began the bid accepted at once."""

    __tablename__ = "group_member"
    __table_args__ = (
        UniqueConstraint("challenge_id", "person"),
        CheckConstraint(
            "consent IN ('invited', 'accepted', 'declined', 'cancelled', 'left')",
            name="known_consent",
        ),
        CheckConstraint("(answered_at IS NULL) = (consent = 'invited')", name="answer_is_dated"),
        CheckConstraint("(person IS NOT NULL) = (consent = 'accepted')", name="is_known_by_consent"),
    )
    personal: ClassVar[frozenset[str]] = frozenset({"called", "person"})

    id: UUID = Field(sa_column=id_column())
    challenge_id: UUID = Field(foreign_key="challenge.id", index=True)
    place: str
    called: str
    """How the group calls whoever the link is for."""
    person: str | None = None
    consent: str
    invited_at: datetime = Field(sa_column=moment())
    answered_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class CompletionRequest(Table, table=True):
    """What an official asked for, and until when; one a bid."""

    __tablename__ = "completion_request"
    personal: ClassVar[frozenset[str]] = NOBODY

    challenge_id: UUID = Field(foreign_key="challenge.id", primary_key=True)
    place: str
    asked_on: date
    last_on: date


class MissingPart(Table, table=True):
    """One thing that an official missed."""

    __tablename__ = "missing_part"
    personal: ClassVar[frozenset[str]] = NOBODY

    challenge_id: UUID = Field(foreign_key="completion_request.challenge_id", primary_key=True)
    part: str = Field(primary_key=True)
    place: str


class ChallengeMove(Table, table=True):
    """One move of a bid: who, when, from where to where, on what ground and why."""

    __tablename__ = "challenge_move"
    __table_args__ = (CheckConstraint("(number = 1) = (from_state IS NULL)", name="begins_once"),)
    personal: ClassVar[frozenset[str]] = frozenset({"actor"})

    challenge_id: UUID = Field(foreign_key="challenge.id", primary_key=True)
    number: int = Field(primary_key=True)
    place: str
    move: str
    from_state: str | None = None
    to_state: str
    actor: str
    moved_at: datetime = Field(sa_column=moment())
    base: str
    """The article of law or by-law that it rests on."""
    reason: str = Field(sa_column=text())


for _kept in (MunicipalTask, TaskWithdrawal, CompletionRequest, MissingPart, ChallengeMove):
    append_only(_kept)
