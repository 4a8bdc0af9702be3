# SPDX-License-Identifier: EUPL-1.2
"""Reads what a project asks, who votes in it, and what was chosen; and proves that it is as it was fixed."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.identity.schemas import OrganisationCard
from wijkbudget.initiatives.models import Initiative
from wijkbudget.initiatives.projects import access, rules
from wijkbudget.initiatives.projects.models import ProjectBallot, ProjectChoice, ProjectGiver, ProjectVote
from wijkbudget.initiatives.projects.rules import Counted, Frozen, ProjectVoteNotFound
from wijkbudget.initiatives.projects.schemas import (
    OwnProjectVoteView,
    ProjectChoiceView,
    ProjectOrganisationView,
    ProjectView,
    ProjectVoteLine,
    ProjectVoteView,
)
from wijkbudget.initiatives.queries import rows
from wijkbudget.initiatives.rules import State
from wijkbudget.kit.canonical import digest
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import ProjectVotesPolicy
from wijkbudget.reciprocity import queries as reciprocity
from wijkbudget.reciprocity.rules.tasks import Asker
from wijkbudget.trail.work import Look, question


class Found(NamedTuple):
    """A vote with all that was fixed with it, and what was cast."""

    vote: ProjectVote
    plan: Initiative
    choices: Sequence[ProjectChoice]
    ballots: Sequence[ProjectBallot]
    minutes: dict[str, int]

    @property
    def policy(self) -> ProjectVotesPolicy:
        """Return the rule for voices, as it was that day."""
        return ProjectVotesPolicy(
            article=self.vote.article,
            per_hour_hundredths=self.vote.per_hour_hundredths,
            bonus_hundredths_max=self.vote.bonus_hundredths_max,
            share_percent_max=self.vote.share_percent_max,
        )


@question(access.READ)
def project(look: Look, place: str, initiative_id: UUID) -> ProjectView:
    """Return what a project asks of the neighbourhood. Raises InitiativeNotFound."""
    row = rows.initiative_row(look, place, initiative_id)
    found = select(ProjectVote).where(col(ProjectVote.initiative_id) == initiative_id)
    votes = [_line(look, vote) for vote in look.session.exec(found).all()]
    may_ask = access.ASK.allows(look.roles) and look.actor.id in rows.initiators_of(look, row) and is_running(look, row)
    return ProjectView(
        initiative_id=initiative_id,
        initiative_title=row.title,
        tasks=reciprocity.tasks_about(look, place, Asker.INITIATIVE, str(initiative_id)),
        votes=sorted(votes, key=lambda vote: (not vote.is_open, -vote.opened_on.toordinal(), vote.question)),
        may_ask=may_ask,
        may_open_vote=may_ask and neighbourhoods.policy(look, place).rules.project_votes is not None,
    )


@question(access.READ)
def project_vote(look: Look, place: str, project_vote_id: UUID) -> ProjectVoteView:
    """Return a vote inside a project: to everybody what was chosen, to those inside also who chose what.

    Choice: nobody sees a number or a vote of somebody else before the last day is over, so that nobody votes as the
    others do. Raises ProjectVoteNotFound.
    """
    found = one(look, place, project_vote_id)
    vote = found.vote
    counted = None if rules.is_open(vote.closes_on, look.today) else counted_now(look, found)
    sees_names = _sees_names(look, found)
    names = _names(look, found) if counted and sees_names else {}
    own = _own(look, found, counted)
    return ProjectVoteView(
        **_line(look, vote).model_dump(by_alias=False),
        initiative_id=found.plan.id,
        initiative_title=found.plan.title,
        explanation=vote.explanation,
        choices=[_choice(choice, found, counted, names) for choice in found.choices],
        voter_count=len(found.ballots),
        leading=list(counted.leading) if counted else [],
        leading_equal=list(counted.leading_equal) if counted else [],
        article=vote.article,
        per_hour_hundredths=vote.per_hour_hundredths,
        bonus_hundredths_max=vote.bonus_hundredths_max,
        share_percent_max=vote.share_percent_max,
        rule_hash=vote.rule_hash,
        given_minutes=found.minutes.get(look.actor.id, 0),
        own=own,
        organisations=_organisations(look, found) if own else [],
        sees_names=sees_names,
    )


def one(look: Look, place: str, vote_id: UUID) -> Found:
    """Return a vote of this neighbourhood, whole. Raises ProjectVoteNotFound."""
    here = (col(ProjectVote.id) == vote_id, col(ProjectVote.place) == place)
    vote = look.session.exec(select(ProjectVote).where(*here)).first()
    if vote is None:
        raise ProjectVoteNotFound(_("There is no such vote in this neighbourhood."))
    return _whole(look, vote)


def is_running(look: Look, row: Initiative) -> bool:
    """Return whether a plan has money and goes on, so that it is a project."""
    return row.state == State.GRANTED and rows.lines(look, row.place, [row])[0].state is State.GRANTED


def is_concerned(look: Look, found: Found, person_id: str) -> bool:
    """Return whether somebody gave time to a project, or lives where it is and is old enough."""
    vote = found.vote
    lives = identity.is_resident(look, vote.place, person_id, look.today, vote.voter_age_min)
    return person_id in found.minutes or lives


def counted_now(look: Look, found: Found) -> Counted:
    """Return what was chosen by what was cast so far, with the voices that were fixed with the question."""
    positions = {str(ballot.voter): ballot.position for ballot in found.ballots}
    exempt = reciprocity.exempt_on(look, found.vote.place, found.vote.opened_on)
    frozen = Frozen(policy=found.policy, minutes=found.minutes, exempt=exempt)
    return rules.count(positions, len(found.choices), frozen)


def hash_of(vote: ProjectVote, titles: Sequence[str]) -> str:
    """Return the hash of a question, its choices and the rule for voices."""
    fixed = {
        "question": vote.question,
        "choices": list(titles),
        "closes_on": vote.closes_on.isoformat(),
        "rule": rule_of(vote),
        "article": vote.article,
    }
    return digest(fixed)


def rule_of(vote: ProjectVote) -> dict[str, int]:
    """Return the parameters of the rule for voices, as they were fixed."""
    return {
        "per_hour_hundredths": vote.per_hour_hundredths,
        "bonus_hundredths_max": vote.bonus_hundredths_max,
        "share_percent_max": vote.share_percent_max,
        "voter_age_min": vote.voter_age_min,
    }


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for each vote that is not as it was fixed, or was cast by somebody after its last day."""
    for vote in look.session.exec(select(ProjectVote).order_by(col(ProjectVote.id))).all():
        found = _whole(look, vote)
        if hash_of(vote, [choice.title for choice in found.choices]) != vote.rule_hash:
            yield Fault(
                "a question stays as it was asked", f"project vote {vote.id}", "is another one than its hash says"
            )
        if any(not vote.opened_on <= ballot.cast_on <= vote.closes_on for ballot in found.ballots):
            yield Fault("votes are cast while one can vote", f"project vote {vote.id}", "holds a vote of another day")


def _whole(look: Look, vote: ProjectVote) -> Found:
    plan = look.session.get_one(Initiative, vote.initiative_id)
    choices = select(ProjectChoice).where(col(ProjectChoice.vote_id) == vote.id).order_by(col(ProjectChoice.position))
    ballots = select(ProjectBallot).where(col(ProjectBallot.vote_id) == vote.id).order_by(col(ProjectBallot.voter))
    givers = select(ProjectGiver).where(col(ProjectGiver.vote_id) == vote.id)
    minutes = {str(giver.person_id): giver.minutes for giver in look.session.exec(givers)}
    return Found(vote, plan, look.session.exec(choices).all(), look.session.exec(ballots).all(), minutes)


def _line(look: Look, vote: ProjectVote) -> ProjectVoteLine:
    return ProjectVoteLine(
        id=vote.id,
        question=vote.question,
        opened_on=vote.opened_on,
        closes_on=vote.closes_on,
        is_open=rules.is_open(vote.closes_on, look.today),
    )


def _choice(choice: ProjectChoice, found: Found, counted: Counted | None, names: dict[UUID, str]) -> ProjectChoiceView:
    tally = counted.tallies[choice.position] if counted else None
    chosen = [ballot.voter for ballot in found.ballots if ballot.position == choice.position] if names else []
    return ProjectChoiceView(
        position=choice.position,
        title=choice.title,
        voter_count=tally.voter_count if tally else None,
        share_percent=tally.share_percent if tally else None,
        equal_percent=tally.equal_percent if tally else None,
        voters=sorted(names.get(voter, "") for voter in chosen),
    )


def _own(look: Look, found: Found, counted: Counted | None) -> OwnProjectVoteView | None:
    """Return what the reader voted, or could vote; None for whoever has no vote here."""
    me = look.actor.id
    cast = next((ballot for ballot in found.ballots if str(ballot.voter) == me), None)
    if cast is None and not (access.CAST.allows(look.roles) and is_concerned(look, found, me)):
        return None
    voice = counted.voices.get(me) if counted else None
    return OwnProjectVoteView(position=cast.position if cast else None, steps=list(voice.steps) if voice else [])


def _organisations(look: Look, found: Found) -> list[ProjectOrganisationView]:
    """Return the organisations for which the reader can vote, by name."""
    cast = {ballot.voter: ballot.position for ballot in found.ballots}
    return [
        ProjectOrganisationView(id=card.id, name=card.name, position=cast.get(card.id))
        for card in identity.of_member(look, look.actor.id)
        if card.is_member and card.place == found.vote.place and has_vote(card, found.vote)
    ]


def has_vote(card: OrganisationCard, vote: ProjectVote) -> bool:
    """Return whether an organisation has a vote on a question."""
    return rules.can_vote(card.legal_form, card.started_on, vote.opened_on)


def _sees_names(look: Look, found: Found) -> bool:
    """Return whether the reader is inside the project: made it, gave time to it or voted; or checks it."""
    inside = {str(ballot.cast_by) for ballot in found.ballots} | found.minutes.keys()
    inside |= rows.initiators_of(look, found.plan)
    return look.actor.id in inside or bool(look.roles & access.SEE_VOTES)


def _names(look: Look, found: Found) -> dict[UUID, str]:
    """Return what each voter is called."""
    people = identity.names(look, {str(ballot.voter) for ballot in found.ballots if not ballot.is_organisation})
    place = found.vote.place
    return {
        ballot.voter: identity.organisation(look, place, ballot.voter).name
        if ballot.is_organisation
        else people.get(str(ballot.voter), "")
        for ballot in found.ballots
    }
