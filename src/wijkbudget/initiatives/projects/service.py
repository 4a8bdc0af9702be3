# SPDX-License-Identifier: EUPL-1.2
"""Asks for hands for a project, asks what the neighbourhood wants of it, and takes votes by name."""

from uuid import UUID

from sqlalchemy import Boolean, Date, Uuid, bindparam
from sqlmodel import text

from wijkbudget.identity import queries as identity
from wijkbudget.initiatives.models import Initiative
from wijkbudget.initiatives.projects import access, queries, rules
from wijkbudget.initiatives.projects.events import ProjectVoteCast, ProjectVoteOpened
from wijkbudget.initiatives.projects.models import ProjectChoice, ProjectGiver, ProjectVote
from wijkbudget.initiatives.projects.schemas import (
    AskForHands,
    CastProjectVote,
    OpenProjectVote,
    ProjectView,
    ProjectVoteView,
)
from wijkbudget.initiatives.queries import rows
from wijkbudget.initiatives.rules import wrong_state
from wijkbudget.kit.actor import Role
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import Right
from wijkbudget.reciprocity import queries as reciprocity
from wijkbudget.reciprocity import service as tasks
from wijkbudget.reciprocity.rules.tasks import Asked, Asker
from wijkbudget.reciprocity.schemas import DescribeTask
from wijkbudget.trail.work import Work, verb

_CAST = text(
    "INSERT INTO project_ballot (vote_id, voter, is_organisation, cast_by, position, cast_on)"
    " VALUES (:vote_id, :voter, :is_organisation, :cast_by, :position, :cast_on)"
    " ON CONFLICT (vote_id, voter) DO UPDATE"
    " SET cast_by = excluded.cast_by, position = excluded.position, cast_on = excluded.cast_on"
).bindparams(
    bindparam("vote_id", type_=Uuid()),
    bindparam("voter", type_=Uuid()),
    bindparam("cast_by", type_=Uuid()),
    bindparam("is_organisation", type_=Boolean()),
    bindparam("cast_on", type_=Date()),
)


@verb(access.ASK)
def ask_for_hands(work: Work, place: str, initiative_id: UUID, command: AskForHands) -> ProjectView:
    """Ask the neighbourhood for time for an own project; its group and the guides confirm it.

    Raises InitiativeNotFound, NotYours, WrongState, DayWrong or NeedsWrong.
    """
    row = _own_project(work, place, initiative_id)
    guides = {guide.id for guide in identity.holders(work, place, Role.GUIDE)}
    described = DescribeTask(
        title=command.title,
        explanation=command.explanation,
        theme=row.theme,
        quarter=row.quarter,
        needed_minutes=command.needed_minutes,
        needed_by=command.needed_by,
    )
    confirmers = tuple(sorted(rows.initiators_of(work, row) | guides))
    tasks.open_for(work, place, described, Asked(asked_by=Asker.INITIATIVE, about=str(row.id), confirmers=confirmers))
    return queries.project(work, place, initiative_id)


@verb(access.ASK)
def open_project_vote(work: Work, place: str, initiative_id: UUID, command: OpenProjectVote) -> ProjectVoteView:
    """Ask everybody whom an own project touches a question; the rule, and what each gave, are fixed with it.

    Raises InitiativeNotFound, NotYours, WrongState, NoProjectVotes, ChoicesWrong or ClosingDayWrong.
    """
    row = _own_project(work, place, initiative_id)
    policy = neighbourhoods.policy(work, place).rules
    section = rules.demand_section(policy.project_votes)
    rules.demand_askable(command.choices, command.closes_on, work.today)
    vote = ProjectVote(
        id=work.new_id(),
        place=place,
        initiative_id=initiative_id,
        question=command.question,
        explanation=command.explanation,
        opened_by=UUID(work.actor.id),
        opened_on=work.today,
        closes_on=command.closes_on,
        article=section.article,
        per_hour_hundredths=section.per_hour_hundredths,
        bonus_hundredths_max=section.bonus_hundredths_max,
        share_percent_max=section.share_percent_max,
        voter_age_min=policy.voting.voter_age_min,
        rule_hash="",
    )
    vote.rule_hash = queries.hash_of(vote, command.choices)
    work.session.add(vote)
    work.session.flush()
    given = reciprocity.given_to(work, place, Asker.INITIATIVE, str(row.id), work.today)
    work.session.add_all(
        ProjectChoice(vote_id=vote.id, position=position, title=title)
        for position, title in enumerate(command.choices, 1)
    )
    work.session.add_all(
        ProjectGiver(vote_id=vote.id, person_id=UUID(person_id), minutes=minutes)
        for person_id, minutes in given.items()
    )
    work.session.flush()
    work.record(
        ProjectVoteOpened(
            place=place,
            subject=str(vote.id),
            initiative_id=str(initiative_id),
            closes_on=command.closes_on.isoformat(),
            choice_count=len(command.choices),
            rule=queries.rule_of(vote),
            rule_hash=vote.rule_hash,
        )
    )
    return queries.project_vote(work, place, vote.id)


@verb(access.CAST)
def cast_project_vote(work: Work, place: str, project_vote_id: UUID, command: CastProjectVote) -> ProjectVoteView:
    """Vote in a project, for yourself or for an organisation; until the last day it can be changed.

    Raises ProjectVoteNotFound, VoteOver, UnknownChoice, NotConcerned, RightClosed, OrganisationNotFound or
    NoVoteForGroup.
    """
    found = queries.one(work, place, project_vote_id)
    vote, me = found.vote, work.actor.id
    rules.demand_castable(command.position, len(found.choices), vote.closes_on, work.today)
    rules.demand_concerned(
        is_concerned=queries.is_concerned(work, found, me), age_min=vote.voter_age_min, article=vote.article
    )
    reciprocity.demand_right(work, place, me, Right.PROJECT_VOTE)
    if command.organisation_id:
        card = identity.organisation_card(work, place, command.organisation_id)
        rules.demand_for_organisation(is_member=card.is_member, may_vote=queries.has_vote(card, vote))
    voter, is_organisation = command.organisation_id or UUID(me), command.organisation_id is not None
    cast = {
        "vote_id": vote.id,
        "voter": voter,
        "is_organisation": is_organisation,
        "cast_by": UUID(me),
        "position": command.position,
        "cast_on": work.today,
    }
    work.session.connection().execute(_CAST, cast)
    work.session.expire_all()
    work.record(
        ProjectVoteCast(place=place, subject=str(project_vote_id), voter=str(voter), is_organisation=is_organisation)
    )
    return queries.project_vote(work, place, project_vote_id)


def _own_project(work: Work, place: str, initiative_id: UUID) -> Initiative:
    """Return an own plan that has money and goes on. Raises InitiativeNotFound, NotYours or WrongState."""
    row = rows.initiative_row(work, place, initiative_id)
    work.demand_own(rows.initiators_of(work, row))
    if not queries.is_running(work, row):
        raise wrong_state(rows.lines(work, place, [row])[0].state)
    return row
