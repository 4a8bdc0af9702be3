"""Demo decisions of the council, taken through the verb."""

from datetime import date

from wijkbudget.council import queries, service
from wijkbudget.council.rules import Kind
from wijkbudget.council.schemas import DecisionView, RecordDecision
from wijkbudget.kit.actor import Actor
from wijkbudget.trail.desk import Desk


def advise(desk: Desk, place: str, chair: Actor, decided_on: date) -> DecisionView:
    """Record an advice to the municipality that all members were for; the chair records it."""
    members = desk.by(chair).ask(queries.members, place)
    advice = RecordDecision(
        kind=Kind.ADVICE,
        title="Houd het zebrapad bij de school",
        motivation="Veel kinderen steken hier over. Bewoners vroegen er in drie gesprekken om.",
        decided_on=decided_on,
        article="Verordening wijkbudgetten Meerwijk 2024, art. 3",
        for_=[member.id for member in members],
        against=[],
        recused=[],
    )
    return desk.by(chair).once(f"seed advice {place} {decided_on}").act(service.record_decision, place, advice)
