# SPDX-License-Identifier: EUPL-1.2
"""Reads what counts of each voter and returns their voices."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, cast, exists, func
from sqlmodel import col, select

from wijkbudget.neighbourhoods.rules import ReciprocityPolicy, RightsPolicy
from wijkbudget.reciprocity.models import Exemption, TimeEntry, UsedTask
from wijkbudget.reciprocity.pledges.queries import pledged
from wijkbudget.reciprocity.queries.finished import of_entry
from wijkbudget.reciprocity.rulebook import RULEBOOK
from wijkbudget.reciprocity.rulebook.pledge import PLEDGE
from wijkbudget.reciprocity.rules.entries import EntryState
from wijkbudget.reciprocity.rules.voices import NOTHING_GIVEN, Bonus, Given, Giver, guards_of, weigh, window_start
from wijkbudget.reciprocity.schemas import VoicesView
from wijkbudget.trail.work import Look

ROWS_TOGETHER = 10_000


def voices(look: Look, place: str, person_ids: Iterable[str], on: date, policy: ReciprocityPolicy) -> VoicesView:
    """Return the voice of each of some voters on a day by a policy, before classes are merged."""
    found = weigh(givers_on(look, place, person_ids, on, policy), rule_of(policy), guards_of(policy.parameters))
    return VoicesView(
        rule=policy.rule, parameters=dict(policy.parameters), weights=found.weights, notes=list(found.notes)
    )


def rule_of(policy: ReciprocityPolicy) -> Callable[[Given], Bonus]:
    """Return the rule of a policy with its parameters."""
    rule, parameters = RULEBOOK[policy.rule], dict(policy.parameters)
    return lambda given: rule.bonus(given, parameters)


def settled_minutes(look: Look, place: str, first: date, last: date) -> dict[str, int]:
    """Return what each person gave from one day to another, both included, of what is settled by now."""
    is_settled = col(TimeEntry.state) == EntryState.SETTLED
    return {id_: given.minutes for id_, given in _given(look, last, _given_in(place, first, last), is_settled).items()}


def givers_on(look: Look, place: str, person_ids: Iterable[str], on: date, policy: ReciprocityPolicy) -> list[Giver]:
    """Return what counts of each of some voters on a day."""
    given = _given(look, on, *counting(place, on, policy))
    if policy.rule == PLEDGE.key:
        promised = pledged(look, place, on).items()
        given |= {id_: replace(given.get(id_, NOTHING_GIVEN), pledged=each) for id_, each in promised}
    exempt = exempt_on(look, place, on)
    return [Giver(person_id=id_, given=given.get(id_, NOTHING_GIVEN), is_exempt=id_ in exempt) for id_ in person_ids]


def counting(place: str, on: date, policy: ReciprocityPolicy | RightsPolicy) -> tuple[ColumnElement[bool], ...]:
    """Return what makes time count on a day: given in the period before it, and settled and not undone by then."""
    stood = (col(TimeEntry.state) == EntryState.SETTLED) | (col(TimeEntry.reversed_on) > on)
    return (_given_in(place, window_start(on, policy.window_months), on), col(TimeEntry.settled_on) <= on, stood)


def _given_in(place: str, first: date, last: date) -> ColumnElement[bool]:
    """Return what makes time of a place of a period, both days included, without that of tasks that were used up."""
    used_up = exists().where(*of_entry(), col(UsedTask.still_counts).is_(False))
    given_on = col(TimeEntry.given_on)
    return and_(col(TimeEntry.place) == place, given_on >= first, given_on <= last, ~used_up)


def _given(look: Look, last: date, *conditions: ColumnElement[bool]) -> dict[str, Given]:
    """Return the time that each person gave and that meets the conditions, by its age on the last day."""
    person, given_on = col(TimeEntry.person_id), col(TimeEntry.given_on)
    rows = (
        select(cast(person, String), given_on, func.sum(col(TimeEntry.minutes)))
        .where(*conditions)
        .group_by(person, given_on)
        .order_by(person, given_on)
    )
    # A city has a million of these: they are read some at a time, and an id is made once for a person, not for a row.
    found = look.session.connection().execute(rows, execution_options={"yield_per": ROWS_TOGETHER})
    return {
        str(UUID(person_id)): Given(
            minutes_by_age=tuple(((last - day).days, int(total)) for _person, day, total in of_person)
        )
        for person_id, of_person in groupby(found, key=itemgetter(0))
    }


def exempt_on(look: Look, place: str, on: date) -> set[str]:
    """Return who is exempt on a day."""
    rows = select(Exemption.person_id).where(
        col(Exemption.place) == place, col(Exemption.granted_on) <= on, col(Exemption.until_on) > on
    )
    return {str(person_id) for person_id in look.session.exec(rows).all()}
