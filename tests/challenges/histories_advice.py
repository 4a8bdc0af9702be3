# SPDX-License-Identifier: EUPL-1.2
"""How what must be known before a decision is written down as it should be, for histories that chance writes."""

from typing import Any
from uuid import UUID

from tests.challenges.conftest import Hood
from wijkbudget.challenges.advice import queries, service
from wijkbudget.challenges.advice.rules.council import Advice
from wijkbudget.challenges.advice.rules.procurement import Form, Kind
from wijkbudget.challenges.advice.schemas import AssessProcurement, GiveAdvice
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.kit.period import day_of

ASSESSED = AssessProcurement(
    form=Form.SUBSIDY,
    kind=Kind.SERVICES,
    base_cents=800_000,
    options_cents=1_600_000,
    is_undertaking=True,
    reason="Een jaar, en daarna twee keer een jaar erbij.",
)


def assess(hood: Hood, challenge_id: UUID, by: Actor) -> None:
    """Write down what procurement and state aid mean for a bid, if nobody did."""
    if hood.by(by).ask(queries.sheet, "oost", challenge_id).procurement is None:
        hood.by(by).act(service.assess_procurement, "oost", challenge_id, ASSESSED)


def advice(hood: Hood, **changed: Any) -> GiveAdvice:
    """Return what the council advises: everybody for it, today."""
    return GiveAdvice(
        **{
            "stance": Advice.POSITIVE,
            "motivation": "Goed voor de wijk.",
            "decided_on": day_of(hood.clock()),
            "for_": [hood.staff[Role.CHAIR].id, hood.staff[Role.COUNCIL].id],
            "against": [],
            "recused": [],
            **changed,
        }
    )


def advise(hood: Hood, challenge_id: UUID, **changed: Any) -> None:
    """Let the council advise about a bid, if it was asked and did not yet."""
    asked = hood.by(Role.CHAIR).ask(queries.council_advice, "oost", challenge_id)
    if asked is not None and asked.may_advise:
        hood.by(Role.CHAIR).act(service.give_advice, "oost", challenge_id, advice(hood, **changed))
