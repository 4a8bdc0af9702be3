# SPDX-License-Identifier: EUPL-1.2
"""Reads why somebody's voice is what it is: what counts, each step, what would raise it and when it fades."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import Policy, ReciprocityPolicy, VotingPolicy, class_size_min
from wijkbudget.reciprocity import access
from wijkbudget.reciprocity.models import Exemption, Task, TimeEntry
from wijkbudget.reciprocity.queries.voices import counting, givers_on, rule_of
from wijkbudget.reciprocity.rulebook.decay import share_left
from wijkbudget.reciprocity.rules.entries import WAITING, NoVoiceYet
from wijkbudget.reciprocity.rules.outlook import Ceiling, Outlook, halves_on, leaves_on
from wijkbudget.reciprocity.rules.voices import guards_of, merge_classes, steps_to, weigh, window_start
from wijkbudget.reciprocity.schemas import CountedView, FallView, OwnVoiceView, RiseView
from wijkbudget.trail.work import Look, question


@question(access.SEE_OWN_VOICE)
def voice_of(look: Look, place: str, person_id: str) -> OwnVoiceView:
    """Return the voice that somebody would have if a round opened today, and why. Raises NotYours or NoVoiceYet."""
    look.demand_own({person_id})
    rules = neighbourhoods.policy(look, place, look.today).rules
    policy = rules.reciprocity
    outlook = _outlook(look, place, person_id, rules)
    mine, merged = outlook.giver, outlook.merged
    weight, rise, fall = outlook.weight(mine), outlook.rise(), outlook.fall()
    why_merged = merged.steps if weight != outlook.voices.weights[person_id] else ()
    return OwnVoiceView(
        weight_hundredths=weight,
        steps=[*steps_to(mine, outlook.rule, outlook.voices), *why_merged],
        rule=policy.rule,
        article=policy.article,
        counts_from=window_start(look.today, policy.window_months),
        counts_until=look.today,
        counted_minutes=mine.given.minutes,
        waiting_minutes=_waiting_minutes(look, place, person_id),
        objection_days=policy.objection_days,
        is_exempt=mine.is_exempt,
        exempt_until=outlook.exempt_until,
        counted=_counted(look, place, person_id, policy),
        rise=None
        if isinstance(rise, Ceiling)
        else RiseView(more_minutes=rise.more_minutes, weight_hundredths=rise.weight_hundredths),
        ceiling=rise if isinstance(rise, Ceiling) else None,
        fall=FallView(on=fall.on, weight_hundredths=fall.weight_hundredths) if fall else None,
    )


def _outlook(look: Look, place: str, person_id: str, rules: Policy) -> Outlook:
    """Return a voter beside all others, as a round that opened today would. Raises NoVoiceYet."""
    on, policy = look.today, rules.reciprocity
    voters = [who.person_id for who in identity.residents(look, place, on, rules.voting.voter_age_min)]
    givers = givers_on(look, place, voters, on, policy)
    mine = next((giver for giver in givers if giver.person_id == person_id), None)
    if mine is None:
        raise NoVoiceYet(
            _(
                "You can vote here from the age of %(age)s, and only in the neighbourhood where you live.",
                age=rules.voting.voter_age_min,
            ),
            article=rules.voting.article,
        )
    rule = rule_of(policy)
    found = weigh(givers, rule, guards_of(policy.parameters))
    return Outlook(
        giver=mine,
        rule=rule,
        voices=found,
        merged=merge_classes(Counter(found.weights.values()), _class_minimum(rules.voting)),
        on=on,
        window_months=policy.window_months,
        exempt_until=_exempt_until(look, place, person_id) if mine.is_exempt else None,
    )


def _counted(look: Look, place: str, person_id: str, policy: ReciprocityPolicy) -> list[CountedView]:
    """Return each entry of somebody that counts today, the newest first."""
    rows = (
        select(TimeEntry, Task.title)
        .join(Task, col(Task.id) == col(TimeEntry.task_id))
        .where(col(TimeEntry.person_id) == UUID(person_id), *counting(place, look.today, policy))
        .order_by(col(TimeEntry.given_on).desc(), col(TimeEntry.id))
    )
    return [
        CountedView(
            entry_id=entry.id,
            task_title=title,
            given_on=entry.given_on,
            minutes=entry.minutes,
            leaves_on=leaves_on(entry.given_on, policy.window_months),
            **_fading(entry, policy.parameters, look.today),
        )
        for entry, title in look.session.exec(rows).all()
    ]


def _fading(entry: TimeEntry, parameters: Mapping[str, int], on: date) -> dict[str, int | date | None]:
    """Return what is left of time, and when it next halves; all of it, and never, where the rule lets none fade."""
    half_life = parameters.get("half_life_days")
    if half_life is None:
        return {"left_minutes": entry.minutes, "halves_on": None}
    left = entry.minutes * share_left((on - entry.given_on).days, half_life) // 1
    return {"left_minutes": left, "halves_on": halves_on(entry.given_on, half_life, on)}


def _waiting_minutes(look: Look, place: str, person_id: str) -> int:
    """Return how much time somebody logged that can still come to count."""
    rows = select(func.sum(col(TimeEntry.minutes))).where(
        col(TimeEntry.place) == place,
        col(TimeEntry.person_id) == UUID(person_id),
        col(TimeEntry.state).in_(WAITING),
    )
    return int(look.session.exec(rows).one() or 0)


def _exempt_until(look: Look, place: str, person_id: str) -> date | None:
    """Return the day on which somebody is exempt no longer."""
    rows = select(func.max(col(Exemption.until_on))).where(
        col(Exemption.place) == place,
        col(Exemption.person_id) == UUID(person_id),
        col(Exemption.granted_on) <= look.today,
    )
    return look.session.exec(rows).one()


def _class_minimum(policy: VotingPolicy) -> int:
    """Return how many voters a class needs in a round: what the policy says, and never too few to hide in."""
    least = class_size_min(policy.ballots_per_class_min, policy.expected_turnout_percent)
    return max(policy.voters_per_class_min, least)
