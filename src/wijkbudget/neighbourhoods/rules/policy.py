# SPDX-License-Identifier: EUPL-1.2
"""What a policy says: what a council or municipality decided about one neighbourhood."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from annotated_types import Ge, Le, MaxLen, MinLen

from wijkbudget.kit.errors import BadInput, NotFound
from wijkbudget.kit.units import Minutes, PositiveCents
from wijkbudget.neighbourhoods.rules.earning import (
    ProjectVotesPolicy,
    ReciprocityPolicy,
    RewardsPolicy,
    RightsPolicy,
    TimeChecksPolicy,
    VolunteerFeesPolicy,
)
from wijkbudget.neighbourhoods.rules.section import STRICT, Age, Count, Days, Key, Percent, Section, Setting, Short
from wijkbudget.neighbourhoods.rules.words import Basis, Body, Condition, Matter, Power, Tone

APPROVALS_MAX = 5
"""Choice: a council of seven, of whom two step aside, can still pay."""


class PolicyNotFound(NotFound):
    """No policy held in the neighbourhood on that day."""


class NoPolicyFile(BadInput):
    """What was sent is not a policy."""


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
class ApprovalStep:
    """Above an amount more people approve a payment, and each says why where that is asked."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    over_cents: Annotated[int, Ge(0), Le(10**9)]
    approvals: Annotated[int, Ge(2), Le(APPROVALS_MAX)]
    with_reason: bool = False


@dataclass(frozen=True, kw_only=True)
class VouchersPolicy(Section):
    """How a voucher is spent and accounted for."""

    valid_days: Annotated[Days, Ge(1)]
    approvals: Annotated[tuple[ApprovalStep, ...], MaxLen(5)]
    """How many people approve a payment, from the lowest amount up; at or below the first step it is one."""
    account_within_days: Annotated[Days, Ge(1)]
    excluded_costs: Annotated[tuple[Key, ...], MaxLen(30)]


@dataclass(frozen=True, kw_only=True)
class AdvancesPolicy(Section):
    """What can be paid in advance on a voucher, and how soon it must be accounted for. Source: Awb art. 4:95."""

    share_percent_max: Annotated[int, Ge(1), Le(100)]
    """The largest part of a voucher that is paid in advance; elsewhere in the country mostly half."""
    account_within_days: Annotated[Days, Ge(1)]
    """Counted from the day it was paid."""


@dataclass(frozen=True, kw_only=True)
class HandBackPolicy(Section):
    """For what fixed price a resident can hand a share back to the neighbourhood.

    Source: wijkaandelen Minervaplein, Delft, 2001 to 2005 (EUR 2.50; only the steering group bought them).
    """

    price_cents: PositiveCents


@dataclass(frozen=True, kw_only=True)
class ResidentVouchersPolicy(Section):
    """Who gets a resident voucher, how much it is at most, and how long it can be pledged."""

    per: Literal["resident", "household"]
    """Whether everybody gets one, or each address."""
    holder_age_min: Age
    value_cents_max: Annotated[int, Ge(1), Le(100_000)]
    """Choice: never more than EUR 1,000 each, so that one slip of a finger does not empty a pot."""
    open_days_max: Annotated[Days, Ge(1)]


@dataclass(frozen=True, kw_only=True)
class SharesPolicy(Section):
    """Who holds shares in the neighbourhood, and how many."""

    holder_age_min: Age
    shares_per_holder_max: Annotated[int, Ge(1), Le(100)]
    """The first share counts too."""
    lapse_after_months: Annotated[int, Ge(1), Le(24)]
    """How long somebody who moved away keeps them."""
    effort_minutes: Annotated[Minutes, Ge(60), Le(60_000)] | None = None
    """How much confirmed time in a calendar year earns one share; None: time earns none."""
    contract_article: Short | None = None
    """By which article the council can give a share for the neighbourhood contract; None: it cannot."""
    hand_back: HandBackPolicy | None = None
    """Without it no share is worth money."""


@dataclass(frozen=True, kw_only=True)
class ChallengesPolicy(Section):
    """Who may offer to take over a task of the municipality, and how long they get to complete an offer."""

    challengers: Literal["residents", "organisations"]
    """Residents together, in the name of an organisation or not; or only in the name of an organisation."""
    group_min: Annotated[int, Ge(2), Le(100)]
    """How many people stand behind a bid."""
    completion_days: Annotated[Days, Ge(1)]
    """How many days a group has at least to send what is missing."""
    decision_weeks: Annotated[int, Ge(1), Le(26)] | None = None
    """How long the municipality has to decide about a bid; None: the eight weeks of Awb art. 4:13."""
    terms_roll_over: bool = False
    """Whether terms of the by-law that end on a weekend or holiday run on, as those of a law do.

    Source: Algemene termijnenwet art. 1 holds for terms in a law only, so the by-law says it or it is not so.
    """
    objection_committee: bool = False
    """Whether a committee advises about objections, which makes six weeks twelve. Source: Awb art. 7:10 and 7:13."""
    adjournment_weeks_max: Annotated[int, Ge(1), Le(26)] = 8
    """How much later than the last day a decision can be put off to. Choice: as long again as the law gives."""
    extension_months_max: Annotated[int, Ge(1), Le(120)] | None = None
    """How much longer an agreement can last in all; None: it cannot.

    Source: Geertruidenberg lets a first year be followed by at most two.
    """
    survey_days: Annotated[Days, Ge(1)] | None = None
    """How many days residents can answer when both sides look back; None: two weeks."""
    lead_weeks: Annotated[int, Ge(1), Le(52)] | None = None
    """How many weeks before the first day a bid is best sent in; sooner is told, never refused.

    Source: Geertruidenberg asks for 18.
    """
    support_min: Annotated[int, Ge(1), Le(10**6)] | None = None
    """How many neighbours who are for it the by-law asks a group to show; fewer is weighed, never refused."""
    talk_days: Annotated[Days, Ge(1)] = 21
    """Within how many days of taking a bid on the case worker and the group meet. Choice: three weeks."""
    response_days: Annotated[Days, Ge(1)] = 14
    """How many days a group has to answer that the municipality means to say no. Choice: two weeks (Awb art. 4:7)."""
    advice_days: Annotated[Days, Ge(1)] = 21
    """How many days the neighbourhood council has to advise about a bid. Choice: three weeks (Awb art. 3:6)."""
    legal_character: Literal["subsidy", "private_law", "other"] | None = None
    """What a decision about a bid is in law, unless who decides says otherwise; None: who decides says it each time.

    Source: Awb art. 1:3, 4:21 and 8:3 lid 2. Choice: the municipality's, because it decides what it pays and for what.
    """
    power_article: Short | None = None
    """By which article the body that decides has its power; None: by that of this section."""
    legal_person: bool = False
    """Whether only a legal person takes a task over. Source: Zoetermeer asks for it at the take-over, not before."""
    agreement_months_max: Annotated[int, Ge(1), Le(120)] = 12
    """How long a first agreement lasts at most. Choice: a year, as in Geertruidenberg."""


@dataclass(frozen=True, kw_only=True)
class GiftsPolicy(Section):
    """What residents, firms, housing corporations and funds can give, and what the municipality adds to it."""

    least_cents: PositiveCents
    most_cents: PositiveCents
    """Choice: above it a gift is arranged by hand, with somebody who asks where it comes from."""
    matched_percent: Annotated[int, Ge(0), Le(200)]
    """What the pot adds to a gift to a plan; 0 is nothing."""
    matched_most_cents: Annotated[int, Ge(0), Le(10**9)]
    """The most that the pot adds to one plan."""


@dataclass(frozen=True, kw_only=True)
class PotsPolicy(Section):
    """Which themes have a pot of their own, and who decides that free money goes along to the next year."""

    themes: Annotated[tuple[Key, ...], MaxLen(20)] = ()
    """A plan of such a theme is paid from its pot, and all others from the general one."""
    carried_over_by: Literal["council", "officials"] | None = None
    """Without it what is left of a year goes back to the municipality."""


@dataclass(frozen=True, kw_only=True)
class PowerRule(Section):
    """Who decides a matter, and by what power."""

    decision: Matter
    body: Body
    power: Power
    basis: Basis | None = None
    """By what the council decides about money of the municipality; None where the policy does not say."""


@dataclass(frozen=True, kw_only=True)
class ConditionRule(Section):
    """One thing that the by-law asks of a plan for money, with the article that asks it."""

    condition: Condition
    value: Annotated[int, Ge(0), Le(10**11)]


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What a council or municipality decided about one neighbourhood; a value that rules are passed."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    by_law: Short
    tone: Tone | None = None
    """How residents are addressed in Dutch; `je` where the council said nothing, as before it could."""
    initiatives: InitiativesPolicy
    voting: VotingPolicy
    reciprocity: ReciprocityPolicy
    vouchers: VouchersPolicy
    time_checks: TimeChecksPolicy | None = None
    """Without it no settled time is looked at again."""
    rights: RightsPolicy | None = None
    """Without it every resident has every right, however much time they gave."""
    project_votes: ProjectVotesPolicy | None = None
    """Without it nobody votes inside a project."""
    advances: AdvancesPolicy | None = None
    """Without it nothing is paid in advance."""
    volunteer_fees: VolunteerFeesPolicy | None = None
    """Without it nobody can receive anything for their time here: nobody would know how much is allowed."""
    resident_vouchers: ResidentVouchersPolicy | None = None
    """Without it nobody issues resident vouchers here."""
    rewards: RewardsPolicy | None = None
    """Without it finished tasks earn no reward here."""
    shares: SharesPolicy | None = None
    """Without it nobody gets a share: nor under a policy that was adopted before there were shares."""
    challenges: ChallengesPolicy | None = None
    """Without it the municipality has not arranged yet who may challenge it here, so nobody can."""
    pots: PotsPolicy | None = None
    """Without it there is one pot a year, and nothing is carried over."""
    gifts: GiftsPolicy | None = None
    """Without it nobody can give money here."""
    powers: Annotated[tuple[PowerRule, ...], MinLen(1), MaxLen(20)]
    conditions: Annotated[tuple[ConditionRule, ...], MaxLen(20)] | None = None
    """What the by-law asks of a plan, each by its own article; None: nothing but what the sections above say."""

    def power(self, matter: Matter) -> PowerRule:
        """Return who decides a matter."""
        return next(rule for rule in self.powers if rule.decision is matter)

    def condition(self, asked: Condition) -> ConditionRule | None:
        """Return what the by-law says of a condition, or None where it does not ask it."""
        return next((rule for rule in self.conditions or () if rule.condition is asked), None)
