# SPDX-License-Identifier: EUPL-1.2
"""Reads what counts of each voter and returns their voices, with the reasons."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, exists, func
from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import VotingPolicy, class_size_min
from wijkbudget.reciprocity import access
from wijkbudget.reciprocity.models import Exemption, TimeEntry, UsedTask
from wijkbudget.reciprocity.queries.finished import of_entry
from wijkbudget.reciprocity.rulebook import RULEBOOK
from wijkbudget.reciprocity.rules.entries import EntryState, NoVoiceYet
from wijkbudget.reciprocity.rules.voices import Given, Giver, guards_of, merge_classes, weigh, window_start
from wijkbudget.reciprocity.schemas import OwnVoiceView, VoicesView
from wijkbudget.trail.work import Look, question


def voices(look: Look, place: str, person_ids: Sequence[str], on: date) -> VoicesView:
    """Return the voice of each of a list of voters on a day: by the policy of that day, before classes are merged."""
    policy = neighbourhoods.policy(look, place, on).rules.reciprocity
    rule, parameters = RULEBOOK[policy.rule], dict(policy.parameters)
    given = _counted(look, place, window_start(on, policy.window_months), on)
    exempt = exempt_on(look, place, on)
    givers = [Giver(person_id=id_, given=given.get(id_, Given()), is_exempt=id_ in exempt) for id_ in person_ids]
    found = weigh(givers, lambda each: rule.bonus(each, parameters), guards_of(parameters))
    return VoicesView(rule=rule.key, parameters=parameters, voices=found.voices, notes=list(found.notes))


@question(access.SEE_OWN_VOICE)
def voice_of(look: Look, place: str, person_id: str) -> OwnVoiceView:
    """Return the voice that somebody would have if a round opened today, and why. Raises NotYours or NoVoiceYet."""
    on = look.today
    look.demand_own({person_id})
    policy = neighbourhoods.policy(look, place, on).rules
    voters = [who.person_id for who in identity.residents(look, place, on, policy.voting.voter_age_min)]
    if person_id not in voters:
        raise NoVoiceYet(
            _(
                "You can vote here from the age of %(age)s, and only in the neighbourhood where you live.",
                age=policy.voting.voter_age_min,
            ),
            article=policy.voting.article,
        )
    found = voices(look, place, voters, on)
    mine = found.voices[person_id]
    sizes: dict[int, int] = {}
    for voice in found.voices.values():
        sizes[voice.weight_hundredths] = sizes.get(voice.weight_hundredths, 0) + 1
    merged = merge_classes(sizes, _class_minimum(policy.voting))
    weight = merged.mapping[mine.weight_hundredths]
    start = window_start(on, policy.reciprocity.window_months)
    return OwnVoiceView(
        weight_hundredths=weight,
        steps=[*mine.steps, *(merged.steps if weight != mine.weight_hundredths else ())],
        rule=found.rule,
        article=policy.reciprocity.article,
        counts_from=start,
        counts_until=on,
        counted_minutes=_counted(look, place, start, on).get(person_id, Given()).minutes,
        is_exempt=person_id in exempt_on(look, place, on),
    )


def settled_minutes(look: Look, place: str, first: date, last: date) -> dict[str, int]:
    """Return what each person gave from one day to another, both included, of what is settled by now."""
    return {id_: given.minutes for id_, given in _given(look, place, first, last).items()}


def _counted(look: Look, place: str, start: date, on: date) -> dict[str, Given]:
    """Return what each person gave in a period, of what was settled on its last day."""
    return _given(look, place, start, on, col(TimeEntry.settled_on) <= on)


def _given(look: Look, place: str, first: date, last: date, *more: ColumnElement[bool]) -> dict[str, Given]:
    """Return the settled time that each person gave in a period, by its age on the last day.

    Time of a task that was used up is left out.
    """
    given_on = col(TimeEntry.given_on)
    used_up = exists().where(*of_entry(), col(UsedTask.still_counts).is_(False))
    rows = (
        select(col(TimeEntry.person_id), given_on, func.sum(col(TimeEntry.minutes)))
        .where(
            col(TimeEntry.place) == place,
            col(TimeEntry.state) == EntryState.SETTLED,
            given_on >= first,
            given_on <= last,
            ~used_up,
            *more,
        )
        .group_by(col(TimeEntry.person_id), given_on)
        .order_by(given_on)
    )
    found: dict[str, list[tuple[int, int]]] = {}
    for person_id, day, total in look.session.exec(rows).all():
        found.setdefault(str(person_id), []).append(((last - day).days, int(total)))
    return {person_id: Given(minutes_by_age=tuple(pairs)) for person_id, pairs in found.items()}


def exempt_on(look: Look, place: str, on: date) -> set[str]:
    """Return who is exempt on a day."""
    rows = select(Exemption.person_id).where(
        col(Exemption.place) == place, col(Exemption.granted_on) <= on, col(Exemption.until_on) > on
    )
    return {str(person_id) for person_id in look.session.exec(rows).all()}


def _class_minimum(policy: VotingPolicy) -> int:
    """Return how many voters a class needs in a round: what the policy says, and never too few to hide in."""
    least = class_size_min(policy.ballots_per_class_min, policy.expected_turnout_percent)
    return max(policy.voters_per_class_min, least)
