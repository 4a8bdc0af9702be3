# SPDX-License-Identifier: EUPL-1.2
"""The guards that no policy may break, whatever a council decides."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from wijkbudget.kit.errors import RuleBroken
from wijkbudget.kit.text import Text, _
from wijkbudget.neighbourhoods.rules.earning import ReciprocityPolicy, VolunteerFeesPolicy
from wijkbudget.neighbourhoods.rules.policy import (
    ConditionRule,
    InitiativesPolicy,
    Policy,
    PotsPolicy,
    PowerRule,
    SharesPolicy,
    VotingPolicy,
    VouchersPolicy,
)
from wijkbudget.neighbourhoods.rules.section import Section
from wijkbudget.neighbourhoods.rules.settings import PERCENT_MAX, broken_voice_guards
from wijkbudget.neighbourhoods.rules.words import Matter

BALLOTS = frozenset({"approval", "knapsack", "one", "points", "ranking"})
TALLIES = frozenset({"equal_shares", "greedy", "maximin", "phragmen", "welfare"})
"""The parts a policy can name; they are built in the domains above, and a test compares these lists with theirs."""

VOTERS_PER_CLASS_MIN = 50
BALLOTS_PER_CLASS_MIN = 20
VOTER_AGE_MIN = 12
"""Choice: voters are 12 years or older, as in the neighbourhood votes of Amsterdam."""
VOTER_AGE_MAX = 18
TWO_APPROVALS_OVER_CENTS_MAX = 50_000
"""Choice: a payment of more than EUR 500 always takes two people (invariant VC6)."""
OBJECTION_DAYS_MIN = 7
SHARES_PER_HOLDER_MAX = 5
"""Choice: whoever came last year and whoever was born here stay within reach of each other (invariant SH2)."""
HAND_BACK_CENTS_MAX = 1_000
"""Choice: a share handed back pays at most EUR 10, so that nobody lives somewhere for its price; in Delft EUR 2.50."""
_IN_AN_ADDRESS = re.compile(r"(?!.*-.*-.*-)[a-z][a-z0-9-]*")
"""What can stand in the address of an account, and is no id."""


class GuardBroken(RuleBroken):
    """A policy breaks a guard that protects every resident, whatever a council decides."""


def demand_guarded(policy: Policy) -> None:
    """Do nothing if a policy keeps every guard. Raises GuardBroken, naming the article that breaks one."""
    for section, sentence in broken_guards(policy):
        raise GuardBroken(sentence, article=section.article)


def broken_guards(policy: Policy) -> Iterator[tuple[Section, Text]]:
    """Yield each guard that a policy breaks, with the section it stands in.

    Choice: what protects every voter (a floor and a cap on voices, classes large enough to hide in, money that buys
    nothing, four eyes on a payment) is not for one council to give away.
    """
    yield from ((policy.initiatives, text) for text in _initiatives_guards(policy.initiatives))
    yield from ((policy.voting, text) for text in _voting_guards(policy.voting))
    yield from ((policy.reciprocity, text) for text in _reciprocity_guards(policy.reciprocity))
    yield from ((policy.vouchers, text) for text in _vouchers_guards(policy.vouchers))
    if policy.shares:
        yield from ((policy.shares, text) for text in _shares_guards(policy.shares))
        back = policy.shares.hand_back
        if back and back.price_cents > HAND_BACK_CENTS_MAX:
            yield back, _("A share that is handed back pays at most %(most_cents)s.", most_cents=HAND_BACK_CENTS_MAX)
    if policy.pots:
        yield from ((policy.pots, text) for text in _pots_guards(policy.pots, policy.initiatives))
    if policy.volunteer_fees:
        yield from ((policy.volunteer_fees, text) for text in _fees_guards(policy.volunteer_fees))
    if policy.rewards and not policy.volunteer_fees:
        yield policy.rewards, _("Rewards take rules on what people may receive for their time.")
    if policy.rewards and (policy.rewards.contract_under_age is None) != (policy.rewards.contract_article is None):
        yield policy.rewards, _("A contract with a guide takes both an age and the article that asks for it.")
    if policy.gifts and policy.gifts.least_cents > policy.gifts.most_cents:
        yield policy.gifts, _("The least that one can give is more than the most.")
    yield from _powers_guards(policy.powers)
    yield from _conditions_guards(policy.conditions or ())


def _powers_guards(rules: Sequence[PowerRule]) -> Iterator[tuple[Section, Text]]:
    decided = [rule.decision for rule in rules]
    for rule in rules:
        if decided.count(rule.decision) > 1:
            yield rule, _("Only one body can decide about one matter.")
    if missing := set(Matter) - set(decided):
        yield rules[0], _("The policy does not say who decides about: %(matter)s.", matter=min(missing))


def _conditions_guards(rules: Sequence[ConditionRule]) -> Iterator[tuple[Section, Text]]:
    asked = [rule.condition for rule in rules]
    for rule in rules:
        if asked.count(rule.condition) > 1:
            yield rule, _("A condition stands here twice.")
        if "_percent" in rule.condition and rule.value > PERCENT_MAX:
            yield rule, _("A percentage is at most 100.")


def _pots_guards(pots: PotsPolicy, plans: InitiativesPolicy) -> Iterator[Text]:
    if set(pots.themes) - set(plans.themes):
        yield _("Only a theme that plans can have, can have money of its own.")
    if not all(_IN_AN_ADDRESS.fullmatch(theme) for theme in pots.themes):
        yield _("A theme with money of its own has a name of small letters, digits and at most two dashes.")


def class_size_min(ballots_per_class_min: int, expected_turnout_percent: int) -> int:
    """Return how many voters a voice class needs so that enough of them vote to hide each other; rounded up."""
    needed = -(-ballots_per_class_min * 100 // expected_turnout_percent)
    return max(VOTERS_PER_CLASS_MIN, needed)


def _initiatives_guards(section: InitiativesPolicy) -> Iterator[Text]:
    if len(set(section.themes)) != len(section.themes):
        yield _("A theme is named twice.")


def _voting_guards(section: VotingPolicy) -> Iterator[Text]:
    if section.ballot not in BALLOTS:
        yield _("There is no ballot called “%(name)s”.", name=section.ballot)
    if section.tally not in TALLIES:
        yield _("There is no way of counting called “%(name)s”.", name=section.tally)
    if not VOTER_AGE_MIN <= section.voter_age_min <= VOTER_AGE_MAX:
        yield _("Voters are 12 years or older, and nobody of 18 or older is shut out.")
    if section.ballots_per_class_min < BALLOTS_PER_CLASS_MIN:
        yield _("A voice class needs at least 20 ballots, or one can see who voted what.")
    least = class_size_min(max(section.ballots_per_class_min, BALLOTS_PER_CLASS_MIN), section.expected_turnout_percent)
    if section.voters_per_class_min < least:
        yield _(
            "With this turnout a voice class needs at least %(least)s voters, or votes are not secret.", least=least
        )
    if section.objection_days < OBJECTION_DAYS_MIN:
        yield _("People need at least 7 days to object.")


def _reciprocity_guards(section: ReciprocityPolicy) -> Iterator[Text]:
    yield from broken_voice_guards(section.rule, section.parameters)
    if section.objection_days < OBJECTION_DAYS_MIN:
        yield _("People need at least 7 days to object.")
    if section.minutes_per_week_max < section.minutes_per_day_max:
        yield _("A week cannot hold less time than a day.")


def _vouchers_guards(section: VouchersPolicy) -> Iterator[Text]:
    steps = section.approvals
    if not steps or steps[0].over_cents > TWO_APPROVALS_OVER_CENTS_MAX:
        yield _("Two people must approve whatever costs more than 500 euros.")
    for lower, higher in pairwise(steps):
        if higher.over_cents <= lower.over_cents or higher.approvals < lower.approvals:
            yield _("More money never takes fewer approvals: put the amounts in order.")
        if lower.with_reason and not higher.with_reason:
            yield _("If people say why they approve, they do so for higher amounts too.")


def _shares_guards(section: SharesPolicy) -> Iterator[Text]:
    if not VOTER_AGE_MIN <= section.holder_age_min <= VOTER_AGE_MAX:
        yield _("Shares are for people of 12 years or older, and nobody of 18 or older goes without.")
    if section.shares_per_holder_max > SHARES_PER_HOLDER_MAX:
        yield _("Nobody may hold more than %(most)s shares.", most=SHARES_PER_HOLDER_MAX)


def _fees_guards(section: VolunteerFeesPolicy) -> Iterator[Text]:
    if any(later.year <= earlier.year for earlier, later in pairwise(section.limits)):
        yield _("Put the years in order, and each of them once.")
    if any(limit.year_cents_max < limit.month_cents_max for limit in section.limits):
        yield _("A year cannot hold less than a month of it.")
