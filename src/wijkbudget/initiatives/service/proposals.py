# SPDX-License-Identifier: EUPL-1.2
"""Carries a plan from its proposal to its assessment."""

from uuid import UUID

from wijkbudget.db.moving import move
from wijkbudget.identity import queries as identity
from wijkbudget.initiatives import access, queries, rules
from wijkbudget.initiatives.by_law import BEFORE_THE_BALLOT, demand_conditions
from wijkbudget.initiatives.events import (
    InitiativeAssessed,
    InitiativeProposed,
    InitiativeSupported,
    InitiativeWithdrawn,
)
from wijkbudget.initiatives.models import Assessment, CostLine, Initiative, Support
from wijkbudget.initiatives.queries import applications, rows
from wijkbudget.initiatives.rules import State, Verdict
from wijkbudget.initiatives.schemas import AssessInitiative, InitiativeView, ProposeInitiative
from wijkbudget.initiatives.service.rounds import Refused, refuse
from wijkbudget.kit.period import day_of
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import Matter, Right
from wijkbudget.reciprocity import queries as reciprocity
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers.claims import queries as claims
from wijkbudget.vouchers.grants.queries import decided_by
from wijkbudget.vouchers.grants.rules import Ground

AS_READ = ("state", "support_count")
"""What must not have changed when a plan moves on."""


@verb(access.PROPOSE)
def propose(work: Work, place: str, command: ProposeInitiative) -> InitiativeView:
    """Propose a plan with its costs.

    Choice: who makes a plan in the name of an organisation sits in its group, which a policy can let time open.

    Raises RightClosed, UnknownTheme, UnknownQuarter, TooManyCostLines, TooMuchAsked, ConditionNotMet,
    OrganisationNotFound, NotOfThisGroup or AdvanceOverdue.
    """
    reciprocity.demand_right(work, place, work.actor.id, Right.PROPOSE)
    by_law = neighbourhoods.policy(work, place).rules
    policy = by_law.initiatives
    asked_cents = rules.demand_within(policy, command.theme, [line.amount_cents for line in command.cost_lines])
    quarters = neighbourhoods.neighbourhood(work, place).quarters
    rules.demand_quarter(command.quarter, {quarter.code for quarter in quarters})
    if command.organisation_id:
        reciprocity.demand_right(work, place, work.actor.id, Right.SEAT)
        rules.demand_member(work.actor.id, identity.organisation(work, place, command.organisation_id).members)
    row = _proposed(work, place, command, asked_cents, policy.support_min)
    claims.demand_in_time(work, place, rows.initiators_of(work, row))
    demand_conditions(applications.application(work, row), by_law)
    work.session.add(row)
    work.session.flush()
    work.session.add_all(
        CostLine(initiative_id=row.id, position=position, place=place, what=line.what, amount_cents=line.amount_cents)
        for position, line in enumerate(command.cost_lines, 1)
    )
    work.session.flush()
    work.record(
        InitiativeProposed(
            place=place,
            subject=str(row.id),
            year=row.year,
            theme=row.theme,
            asked_cents=asked_cents,
            support_min=row.support_min,
        )
    )
    return queries.initiative(work, place, row.id)


@verb(access.SUPPORT)
def support(work: Work, place: str, initiative_id: UUID) -> InitiativeView:
    """Stand behind a plan of neighbours, once; with enough support it goes on by itself.

    Raises InitiativeNotFound, OwnPlan, SupportedBefore, WrongState or TooYoung.
    """
    row = rows.initiative_row(work, place, initiative_id)
    rules.demand_others_plan(work.actor.id, rows.initiators_of(work, row))
    if rows.has_supported(work, row, work.actor.id):
        raise rules.SupportedBefore(_("You support this plan already."))
    rules.demand_next(State(row.state), State.SUPPORTED)
    policy = neighbourhoods.policy(work, place).rules.initiatives
    age_min = policy.supporter_age_min
    takes_part = identity.is_resident(work, place, work.actor.id, work.today, age_min)
    rules.demand_takes_part(takes_part=takes_part, policy=policy)
    count = row.support_count + 1
    state = rules.after_support(count, row.support_min)
    supported_at = work.now if state is State.SUPPORTED else None
    work.session.add(Support(initiative_id=row.id, person=work.actor.id, place=place))
    move(work.session, row, AS_READ, state=state, support_count=count, supported_at=supported_at)
    work.record(
        InitiativeSupported(place=place, subject=str(row.id), support_count=count, is_enough=state is State.SUPPORTED)
    )
    return queries.initiative(work, place, row.id)


@verb(access.WITHDRAW)
def withdraw(work: Work, place: str, initiative_id: UUID) -> InitiativeView:
    """Take an own plan back, until it stands on a ballot. Raises InitiativeNotFound, NotYours or WrongState."""
    row = rows.initiative_row(work, place, initiative_id)
    work.demand_own(rows.initiators_of(work, row))
    move(work.session, row, AS_READ, state=rules.demand_next(State(row.state), State.WITHDRAWN))
    work.record(InitiativeWithdrawn(place=place, subject=str(row.id)))
    return queries.initiative(work, place, row.id)


@verb(access.ASSESS)
def assess(work: Work, place: str, initiative_id: UUID, command: AssessInitiative) -> InitiativeView:
    """Say whether a plan can be done, and why.

    Raises InitiativeNotFound, OwnPlan, WrongState, HelpMissing or ConditionNotMet.
    """
    row = rows.initiative_row(work, place, initiative_id)
    rules.demand_others_plan(work.actor.id, rows.initiators_of(work, row))
    verdict = command.verdict
    then = State.FEASIBLE if verdict is Verdict.FEASIBLE else State.INFEASIBLE
    rules.demand_next(State(row.state), then)
    rules.demand_help(verdict, command.what_would_help)
    if verdict is Verdict.FEASIBLE:
        # The applicant may have got money for another plan since this one came in.
        by_law = neighbourhoods.policy(work, place, day_of(row.proposed_at)).rules
        demand_conditions(applications.application(work, row), by_law, BEFORE_THE_BALLOT)
    work.session.add(
        Assessment(
            initiative_id=row.id,
            place=place,
            verdict=verdict,
            reason=command.reason,
            what_would_help=command.what_would_help,
            assessor=work.actor.id,
            assessed_at=work.now,
        )
    )
    move(work.session, row, AS_READ, state=then)
    if then is State.INFEASIBLE:
        _refuse(work, row, command)
    work.record(InitiativeAssessed(place=place, subject=str(row.id), verdict=verdict))
    return queries.initiative(work, place, row.id)


def _refuse(work: Work, row: Initiative, command: AssessInitiative) -> None:
    """Refuse a plan that cannot be done, with a letter that says why and what would help. Source: Awb art. 4:35."""
    power = neighbourhoods.policy(work, row.place).rules.power(Matter.FEASIBILITY)
    motivation = f"{command.reason}\n{command.what_would_help}"
    refuse(work, row, Refused(Ground.NOT_FEASIBLE, motivation, decided_by(power)))


def _proposed(work: Work, place: str, command: ProposeInitiative, asked_cents: int, support_min: int) -> Initiative:
    """Return the row of a new plan."""
    state = rules.after_support(0, support_min)
    return Initiative(
        id=work.new_id(),
        place=place,
        year=work.today.year,
        title=command.title,
        summary=command.summary,
        theme=command.theme,
        spot=command.spot,
        quarter=command.quarter,
        proposer=work.actor.id,
        organisation_id=command.organisation_id,
        asked_cents=asked_cents,
        own_cents=command.own_cents,
        own_minutes=command.own_minutes,
        starts_on=command.starts_on,
        support_min=support_min,
        support_count=0,
        state=state,
        proposed_at=work.now,
        supported_at=work.now if state is State.SUPPORTED else None,
    )
