# SPDX-License-Identifier: EUPL-1.2
"""Answers how far the municipality is with looking into a bid, each reader what is theirs to see."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from wijkbudget.challenges import rows
from wijkbudget.challenges.advice import queries as advice
from wijkbudget.challenges.assessment import access
from wijkbudget.challenges.assessment.models import GroundFinding
from wijkbudget.challenges.assessment.queries import kept
from wijkbudget.challenges.assessment.rules import CHECKED_IN, TALKED_IN, Finding, still_open
from wijkbudget.challenges.assessment.schemas import AssessmentView, GroundView, TalkView
from wijkbudget.challenges.models import Challenge
from wijkbudget.challenges.queries import municipal_task
from wijkbudget.challenges.queries.bids import bid_view
from wijkbudget.challenges.rules.grounds import GROUNDS, Ground
from wijkbudget.challenges.rules.states import State
from wijkbudget.challenges.schemas import ComparisonView
from wijkbudget.kit.period import day_of
from wijkbudget.trail.work import Look, question


@question(access.READ)
def assessment(look: Look, place: str, challenge_id: UUID) -> AssessmentView:
    """Return how far the municipality is with looking into a bid. Raises ChallengeNotFound."""
    row = rows.challenge_row(look, place, challenge_id)
    state, me = State(row.state), look.actor.id
    is_of_group = me in rows.group_of(look, row)
    looks_into = bool(look.roles & access.SEES)
    handles = access.ASSESS.allows(look.roles) and me == row.case_worker and me not in rows.interested_in(look, row)
    found = kept.findings_of(look, row)
    counted = kept.that_count(found, rows.moves_of(look, row))
    talk = _talk(look, row) if is_of_group or looks_into else None
    told = kept.last_intention(look, row.id) if is_of_group or looks_into else None
    waits_for_answer = state is State.INTENDED_REFUSAL and told is not None and told.answer is None
    asked = advice.advice_of(look, row)
    has_minutes = kept.minutes_of(look, row) is not None
    return AssessmentView(
        talk=talk,
        checklist=[*_checklist(look, row, {Ground(each.ground): each for each in found}, counted)]
        if looks_into
        else [],
        open_count=len(still_open(counted)),
        is_tested=advice.is_assessed(look, row),
        waits_for_council=asked is not None and asked.stance is None and not asked.is_late,
        intention=told,
        may_plan=handles and not has_minutes and state in {State.BEING_HANDLED, *TALKED_IN},
        may_write_minutes=handles and not has_minutes and state in TALKED_IN,
        may_check=handles and state in CHECKED_IN,
        may_answer=is_of_group and access.GROUP.allows(look.roles) and waits_for_answer,
    )


def _talk(look: Look, row: Challenge) -> TalkView | None:
    """Return the talk as it was planned last, and what was said in it."""
    talks, held = kept.talks_of(look, row), kept.minutes_of(look, row)
    return (
        TalkView(
            planned_on=talks[-1].planned_on,
            venue=talks[-1].venue,
            has_come=talks[-1].planned_on <= look.today,
            held_on=held.held_on if held else None,
            minutes=held.minutes if held else "",
        )
        if talks
        else None
    )


def _checklist(
    look: Look, row: Challenge, found: Mapping[Ground, GroundFinding], counted: Mapping[Ground, GroundFinding]
) -> Iterator[GroundView]:
    """Yield every ground with the last that was found about it, whether that still counts or not."""
    bid = bid_view(look, row, municipal_task(look, row.place, row.municipal_task_id).current_cost_cents)
    compared = bid.comparison if bid.cost_lines else None
    for ground in Ground:
        said, last = GROUNDS[ground], found.get(ground)
        proposed = compared if ground is Ground.W06 else None
        yield GroundView(
            ground=ground,
            name=said.name,
            look_at=said.look_at,
            source=said.source,
            finding=Finding(last.finding) if last else None,
            reason=last.reason if last else "",
            found_on=day_of(last.found_at) if last else None,
            is_open=ground not in counted,
            proposed=_proposed(proposed) if proposed else None,
            why_proposed=proposed.says if proposed else None,
        )


def _proposed(compared: ComparisonView) -> Finding:
    """Return what the comparison that everybody sees says about "dearer than now"."""
    return Finding.MET if compared.is_dearer else Finding.NOT_MET
