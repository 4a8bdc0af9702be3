# SPDX-License-Identifier: EUPL-1.2
"""What a policy says: what a council or municipality decided about one neighbourhood."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from annotated_types import Ge, Le, MaxLen, MinLen

from wijkbudget.kit.errors import BadInput, NotFound
from wijkbudget.kit.units import Minutes, PositiveCents

Short = Annotated[str, MinLen(1), MaxLen(120)]
Key = Annotated[str, MinLen(1), MaxLen(40)]
Age = Annotated[int, Ge(0), Le(120)]
Days = Annotated[int, Ge(0), Le(3660)]
Count = Annotated[int, Ge(0), Le(100_000)]
Percent = Annotated[int, Ge(1), Le(100)]
Setting = Annotated[int, Ge(0), Le(1_000_000)]


class PolicyNotFound(NotFound):
    """No policy held in the neighbourhood on that day."""


class NoPolicyFile(BadInput):
    """What was sent is not a policy."""


class Power(StrEnum):
    """How far a decision reaches."""

    BINDING = "binding"
    """It is carried out as decided."""
    ADVICE = "advice"
    """The municipality decides, and says why if it does otherwise."""


class Matter(StrEnum):
    """What somebody has the power to decide."""

    POLICY = "policy"
    """These rules."""
    FEASIBILITY = "feasibility"
    """Whether a plan can be carried out."""
    OUTCOME = "outcome"
    """Which plans get money after a vote."""
    CLAIMS = "claims"
    """Whether a receipt is paid."""


class Body(StrEnum):
    """Who decides."""

    COUNCIL = "council"
    """The neighbourhood council."""
    MUNICIPAL_COUNCIL = "municipal_council"
    """The council of the municipality."""
    EXECUTIVE = "executive"
    """The mayor and aldermen."""
    OFFICIALS = "officials"
    """Officials in the name of the executive."""


class Tone(StrEnum):
    """How a neighbourhood is spoken to, in languages that know two ways."""

    JE = "je"
    U = "u"
    """The polite form."""


_STRICT: dict[str, Any] = {"strict": True, "extra": "forbid"}


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a policy, with the article of the by-law that a refusal cites."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT

    article: Short


@dataclass(frozen=True, kw_only=True)
class InitiativesPolicy(Section):
    """What a plan must be before residents can vote on it."""

    themes: Annotated[tuple[Key, ...], MinLen(1), MaxLen(20)]
    support_min: Count
    """How many supporters a plan needs, its proposer not counted."""
    supporter_age_min: Age
    amount_max_cents: PositiveCents
    cost_lines_max: Annotated[int, Ge(1), Le(50)]


@dataclass(frozen=True, kw_only=True)
class VotingPolicy(Section):
    """How residents vote, and how the ballots are counted."""

    ballot: Key
    ballot_parameters: Mapping[Key, Setting | Key]
    tally: Key
    tally_parameters: Mapping[Key, Setting | Key]
    voter_age_min: Age
    ballots_per_class_min: Count
    voters_per_class_min: Count
    expected_turnout_percent: Percent
    decides: Literal["weighted", "equal"]
    """Which of the two published outcomes is the one that is carried out."""
    objection_days: Days
    mandates_max: Annotated[int, Ge(1), Le(2)] | None = None
    """For how many others somebody may vote; None: nobody votes for another.

    Source: Kieswet art. L 4, for the most a council may allow.
    """


@dataclass(frozen=True, kw_only=True)
class ReciprocityPolicy(Section):
    """How time that somebody gave earns a voice."""

    rule: Key
    parameters: Mapping[Key, Setting]
    objection_days: Days
    window_months: Annotated[int, Ge(1), Le(36)]
    entry_days_max: Annotated[int, Ge(1), Le(366)]
    """How many days after it was given time can still be logged."""
    minutes_per_day_max: Annotated[Minutes, Ge(15), Le(720)]
    minutes_per_week_max: Annotated[Minutes, Ge(15), Le(2400)]


@dataclass(frozen=True, kw_only=True)
class VouchersPolicy(Section):
    """How a voucher is spent and accounted for."""

    valid_days: Annotated[Days, Ge(1)]
    two_approvals_over_cents: Annotated[int, Ge(0), Le(10**9)]
    account_within_days: Annotated[Days, Ge(1)]
    excluded_costs: Annotated[tuple[Key, ...], MaxLen(30)]


@dataclass(frozen=True, kw_only=True)
class SharesPolicy(Section):
    """Who holds shares in the neighbourhood, and how many."""

    holder_age_min: Age
    shares_per_holder_max: Annotated[int, Ge(1), Le(100)]
    """The first share counts too."""
    lapse_after_months: Annotated[int, Ge(1), Le(24)]
    """How long somebody who moved away keeps them."""


@dataclass(frozen=True, kw_only=True)
class ChallengesPolicy(Section):
    """Who may offer to take over a task of the municipality, and how long they get to complete an offer."""

    challengers: Literal["residents", "organisations"]
    """Residents together, in the name of an organisation or not; or only in the name of an organisation."""
    group_min: Annotated[int, Ge(2), Le(100)]
    """How many people stand behind a bid."""
    completion_days: Annotated[Days, Ge(1)]
    """How many days a group has at least to send what is missing."""


@dataclass(frozen=True, kw_only=True)
class PowerRule(Section):
    """Who decides a matter, and by what power."""

    decision: Matter
    body: Body
    power: Power


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What a council or municipality decided about one neighbourhood; a value that rules are passed."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT

    by_law: Short
    tone: Tone | None = None
    """How residents are addressed in Dutch; `je` where the council said nothing, as before it could."""
    initiatives: InitiativesPolicy
    voting: VotingPolicy
    reciprocity: ReciprocityPolicy
    vouchers: VouchersPolicy
    shares: SharesPolicy | None = None
    """Without it nobody gets a share: nor under a policy that was adopted before there were shares."""
    challenges: ChallengesPolicy | None = None
    """Without it the municipality has not arranged yet who may challenge it here, so nobody can."""
    powers: Annotated[tuple[PowerRule, ...], MinLen(1), MaxLen(20)]
