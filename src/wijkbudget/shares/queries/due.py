# SPDX-License-Identifier: EUPL-1.2
"""Reads what is due in a neighbourhood today, a part at a time; before the act, because it reads everybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wijkbudget.identity import queries as identity
from wijkbudget.neighbourhoods.rules import SharesPolicy
from wijkbudget.reciprocity import queries as reciprocity
from wijkbudget.shares.queries.holdings import ended_spells, holdings, rules_of, suspended
from wijkbudget.shares.rules import Grant, Holding, Reason, has_lapsed, is_effort_due, years_due
from wijkbudget.trail.work import Look

TOGETHER_MAX = 1_000
"""How many shares one act grants, and of how many people it lets them lapse, so that it never holds the writer for
long; the rest waits for the next."""


@dataclass(frozen=True)
class GrantsDue:
    """Shares that are due, and the version of the policy by which they are."""

    policy_version: int
    grants: list[Grant]


def lapses_due(look: Look, place: str) -> dict[UUID, Holding]:
    """Return people who left too long ago, with what they hold. Raises NeighbourhoodNotFound."""
    found = rules_of(look, place)
    if found is None:
        return {}
    _version, policy = found
    holders, left = holdings(look, place), identity.left(look, place)
    gone = [
        person_id
        for person_id in holders
        if (left_on := left.get(str(person_id))) and has_lapsed(left_on, look.today, policy.lapse_after_months)
    ]
    return {person_id: holders[person_id] for person_id in gone[:TOGETHER_MAX]}


def first_shares_due(look: Look, place: str) -> GrantsDue | None:
    """Return the first shares of eligible people who hold none; None if there are none. Raises NeighbourhoodNotFound.

    Choice: standing on the register of the municipality is proof enough, as it is for a voting code; nobody needs to
    log in or ask for what is theirs.
    """
    found = rules_of(look, place)
    if found is None:
        return None
    version, policy = found
    holders, ended = holdings(look, place), ended_spells(look, place)
    eligible = identity.residents(look, place, look.today, policy.holder_age_min)
    people = [person_id for who in eligible if (person_id := UUID(who.person_id)) not in holders]
    return _due(
        version,
        [
            Grant(person_id=person_id, reason=Reason.RESIDENT, year=0, spell=ended.get(person_id, 0) + 1, rests_on=None)
            for person_id in people
        ],
    )


def years_due_now(look: Look, place: str) -> GrantsDue | None:
    """Return the shares for full years of holders who live here, or None. Raises NeighbourhoodNotFound."""
    found = rules_of(look, place)
    if found is None:
        return None
    version, policy = found
    grants = []
    for person_id, since_on, holding in _counting(look, place, policy):
        years = years_due(since_on=since_on, on=look.today, holding=holding, shares_max=policy.shares_per_holder_max)
        grants += [_extra(person_id, Reason.YEAR_OF_RESIDENCE, year, holding) for year in years]
    return _due(version, grants)


def efforts_due(look: Look, place: str) -> GrantsDue | None:
    """Return the shares for the time that holders gave last year, or None. Raises NeighbourhoodNotFound.

    Choice: the whole next year long, because time is confirmed later than it is given.
    """
    found = rules_of(look, place)
    if found is None or found[1].effort_minutes is None:
        return None
    version, policy = found
    needed, year = found[1].effort_minutes, look.today.year - 1
    given = reciprocity.settled_minutes(look, place, date(year, 1, 1), date(year, 12, 31))
    grants = [
        _extra(person_id, Reason.EFFORT, year, holding)
        for person_id, _since_on, holding in _counting(look, place, policy)
        if is_effort_due(
            minutes=given.get(str(person_id), 0),
            needed=needed,
            year=year,
            holding=holding,
            shares_max=policy.shares_per_holder_max,
        )
    ]
    return _due(version, grants)


def _counting(look: Look, place: str, policy: SharesPolicy) -> Iterator[tuple[UUID, date, Holding]]:
    """Yield who lives here, since when, and holds shares that count, with what they hold."""
    holders = holdings(look, place)
    barred = suspended(look, place, holders)
    for who in identity.residents(look, place, look.today, policy.holder_age_min):
        if (holding := holders.get(person_id := UUID(who.person_id))) and person_id not in barred:
            yield person_id, who.since_on, holding


def _extra(person_id: UUID, reason: Reason, year: int, holding: Holding) -> Grant:
    return Grant(person_id=person_id, reason=reason, year=year, spell=holding.spell, rests_on=holding)


def _due(policy_version: int, grants: list[Grant]) -> GrantsDue | None:
    return GrantsDue(policy_version, grants[:TOGETHER_MAX]) if grants else None
