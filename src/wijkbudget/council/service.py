# SPDX-License-Identifier: EUPL-1.2
"""Records what the council decided; the verb that carries a decision out stands in the domain it is about."""

from wijkbudget.council import access, queries
from wijkbudget.council.events import DecisionTaken
from wijkbudget.council.models import Decision, DecisionAbout, DecisionVoice
from wijkbudget.council.rules import Stance, demand_carries_nothing, demand_taken, demand_valid
from wijkbudget.council.schemas import DecisionView, RecordDecision
from wijkbudget.trail.work import Work, verb


@verb(access.RECORD_DECISION, once=True)
def record_decision(work: Work, place: str, command: RecordDecision) -> DecisionView:
    """Record a decision that carries nothing out by itself. Raises CarriedOutElsewhere and what `decide` does."""
    demand_carries_nothing(command.kind)
    return decide(work, place, command, about=[], interested=frozenset())


def decide(
    work: Work, place: str, command: RecordDecision, about: list[str], interested: frozenset[str]
) -> DecisionView:
    """Record a decision about some things, in the act of the verb that carries it out.

    Raises NotDecidedYet, NamedTwice, NotAMember, InterestNotRecused, TooFewVoted or NoMajority.
    """
    demand_taken(command.decided_on, work.today)
    members = [member.id for member in queries.members(work, place)]
    demand_valid(
        members=members,
        in_favour=command.for_,
        against=command.against,
        recused=command.recused,
        interested=interested,
    )
    subjects = sorted(set(about))
    row = _write(work, place, command, subjects, len(members))
    work.record(
        DecisionTaken(
            place=place,
            subject=str(row.id),
            decision_kind=row.kind,
            decided_on=row.decided_on.isoformat(),
            for_count=len(command.for_),
            against_count=len(command.against),
            recused_count=len(command.recused),
            about=subjects,
        )
    )
    return queries.decision(work, place, row.id)


def _write(work: Work, place: str, command: RecordDecision, subjects: list[str], member_count: int) -> Decision:
    """Write a decision, with who was for and against it and what it is about."""
    row = Decision(
        id=work.new_id(),
        place=place,
        kind=command.kind,
        title=command.title,
        motivation=command.motivation,
        decided_on=command.decided_on,
        article=command.article,
        recorded_at=work.now,
        member_count=member_count,
    )
    work.session.add(row)
    work.session.flush()
    named = ((Stance.FOR, command.for_), (Stance.AGAINST, command.against), (Stance.RECUSED, command.recused))
    work.session.add_all(
        DecisionVoice(decision_id=row.id, person_id=person_id, place=place, stance=stance)
        for stance, person_ids in named
        for person_id in person_ids
    )
    work.session.add_all(DecisionAbout(decision_id=row.id, about=subject, place=place) for subject in subjects)
    work.session.flush()
    return row
