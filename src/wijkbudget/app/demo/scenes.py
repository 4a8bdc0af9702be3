# SPDX-License-Identifier: EUPL-1.2
"""What happens in every neighbourhood of the demo: people propose, support and vote, and their council decides."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from wijkbudget.app.demo.plans import Plan
from wijkbudget.app.demo.stage import Stage, below
from wijkbudget.initiatives import queries as initiatives
from wijkbudget.initiatives import service
from wijkbudget.initiatives.schemas import AdoptOutcome, CostLineDraft, InitiativeView, ProposeInitiative
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.kit.period import day_of
from wijkbudget.voting import service as rounds
from wijkbudget.voting.schemas import PrepareRound
from wijkbudget.vouchers.grants import queries as grants
from wijkbudget.vouchers.grants import service as sending
from wijkbudget.vouchers.grants.schemas import MakeKnown


def proposal(plan: Plan, quarter: str, organisation_id: UUID | None = None) -> ProposeInitiative:
    """Return a plan as it is sent in."""
    return ProposeInitiative(
        title=plan.title,
        summary=plan.summary,
        theme=plan.theme,
        quarter=quarter,
        spot=plan.spot,
        cost_lines=[CostLineDraft(what=what, amount_cents=euros * 100) for what, euros in plan.costs],
        organisation_id=organisation_id,
    )


def support(stage: Stage, place: str, plan: InitiativeView, residents: Sequence[Actor]) -> None:
    """Let as many residents support a plan as it needs."""
    supporters = residents[: plan.support_min]
    waiting = [stage.desk.by(person).submit(service.support, place, plan.id) for person in supporters]
    for future in waiting:
        future.result()


def put_on_ballot(stage: Stage, place: str, command: PrepareRound) -> UUID:
    """Prepare a round with every plan that waits, and return its id."""
    official = stage.desk.by(stage.staff[place][Role.OFFICIAL])
    prepared = official.act(rounds.prepare, place, command)
    official.act(service.put_on_ballot, place, prepared.id)
    return prepared.id


def marked(plans: Sequence[Plan], voter: int, *, is_giver: bool) -> list[str]:
    """Return the titles that a voter ticks; always at least one."""
    liked = [
        plan.title
        for number, plan in enumerate(plans)
        if below(100, 0, voter, number) < (plan.loved_by_givers if is_giver else plan.loved)
    ]
    return liked or [plans[below(len(plans), 0, voter, "only")].title]


def adopt(stage: Stage, place: str, round_id: UUID, members: Sequence[Actor], decided_on: date) -> None:
    """Let the council adopt the outcome; whoever has a plan among the winners steps aside."""
    chair = stage.desk.by(stage.staff[place][Role.CHAIR])
    asked = chair.ask(initiatives.adoption, place, round_id)
    interested = [member.id for member in asked.members if member.is_interested]
    decision = AdoptOutcome(
        decided_on=decided_on,
        motivation="De uitslag is duidelijk en de regels zijn gevolgd. De raad neemt de uitslag over.",
        for_=[member.id for member in members if member.id not in interested],
        against=[],
        recused=interested,
    )
    chair.once(f"seed adopt {round_id}").act(service.adopt, place, round_id, decision)
    send_decisions(stage, place)


def send_decisions(stage: Stage, place: str) -> None:
    """Let the post room send every decision about money that waits, and an official say so."""
    official = stage.desk.by(stage.staff[place][Role.OFFICIAL])
    waiting = [each.id for each in official.ask(grants.grant_decisions, place) if each.may_make_known]
    official.act(sending.make_known, place, MakeKnown(decisions=waiting, known_on=day_of(stage.clock())))
