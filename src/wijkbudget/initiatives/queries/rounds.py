# SPDX-License-Identifier: EUPL-1.2
"""Answers about a round: which plans wait for its ballot, and what the council adopts when it is counted."""

from collections import Counter
from collections.abc import Collection, Sequence
from uuid import UUID

from wijkbudget.council import queries as council
from wijkbudget.initiatives import access
from wijkbudget.initiatives.models import Initiative
from wijkbudget.initiatives.queries import rows
from wijkbudget.initiatives.rules import State, is_binding
from wijkbudget.initiatives.schemas import AdopterView, AdoptionView, AwardingView, BallotView, WaitingView, WinnerView
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import Matter, PowerRule, pot_of
from wijkbudget.trail.work import Look, question
from wijkbudget.voting import queries as voting
from wijkbudget.voting.phases import Phase
from wijkbudget.voting.schemas import RoundView

_COUNTED = frozenset({Phase.COUNTED, Phase.FINAL})


@question(access.PUT_ON_BALLOT)
def ballot(look: Look, place: str, round_id: UUID) -> BallotView:
    """Return the plans that wait for the ballot of a round and those on it. Raises RoundNotFound."""
    round_ = voting.round_(look, place, round_id)
    waiting, on_ballot = rows.waiting(look, place, round_.year), rows.of_round(look, place, round_id)
    return BallotView(
        round_id=round_id,
        round_title=round_.title,
        year=round_.year,
        is_prepared=round_.phase is Phase.PREPARED,
        pot=pot_of_round(look, place, round_id),
        waiting=rows.lines(look, place, waiting),
        pots=_waiting_pots(look, round_, waiting),
        on_ballot=rows.lines(look, place, on_ballot),
    )


@question(access.ADOPT)
def adoption(look: Look, place: str, round_id: UUID) -> AdoptionView:
    """Return what the council adopts with an outcome. Raises RoundNotFound, or NotThere before the count."""
    round_ = voting.round_(look, place, round_id)
    won, lost = split(look, place, round_id)
    granted = granted_cents(look, place, round_id)
    adopted = rows.adoption_of(look, place, round_id)
    barred = interested(look, won)
    return AdoptionView(
        round_id=round_id,
        round_title=round_.title,
        year=round_.year,
        closes_on=round_.closes_on,
        article=power_of(look, place, round_).article,
        winners=[WinnerView(id=row.id, title=row.title, cost_cents=granted[str(row.id)]) for row in won],
        not_chosen=[WinnerView(id=row.id, title=row.title, cost_cents=row.asked_cents) for row in lost],
        successions=voting.successions(look, place, round_id),
        granted_cents=sum(granted[str(row.id)] for row in won),
        pot_cents=ledger.balance(look, chart.pot(place, round_.year, pot_of_round(look, place, round_id))),
        members=[
            AdopterView(id=member.id, name=member.name, is_interested=member.id in barred)
            for member in council.members(look, place)
        ],
        decision_id=adopted.decision_id if adopted else None,
        is_advice=not is_binding(power_of(look, place, round_)),
    )


@question(access.AWARD)
def awarding(look: Look, place: str, round_id: UUID) -> AwardingView:
    """Return what an official decides about an outcome. Raises RoundNotFound, or NotThere before the count."""
    round_ = voting.round_(look, place, round_id)
    won, lost = split(look, place, round_id)
    granted, power = granted_cents(look, place, round_id), power_of(look, place, round_)
    adopted = rows.adoption_of(look, place, round_id)
    return AwardingView(
        round_id=round_id,
        round_title=round_.title,
        year=round_.year,
        article=power.article,
        is_binding=is_binding(power),
        advice_id=adopted.decision_id if adopted else None,
        winners=[WinnerView(id=row.id, title=row.title, cost_cents=granted[str(row.id)]) for row in won],
        not_chosen=[WinnerView(id=row.id, title=row.title, cost_cents=row.asked_cents) for row in lost],
        successions=voting.successions(look, place, round_id),
        granted_cents=sum(granted[str(row.id)] for row in won),
        pot_cents=ledger.balance(look, chart.pot(place, round_.year, pot_of_round(look, place, round_id))),
        is_awarded=any(row.state != State.ON_BALLOT for row in (*won, *lost)),
    )


def pot_of_round(look: Look, place: str, round_id: UUID) -> str | None:
    """Return the theme whose pot a round divides, or None for the general one."""
    return next((row.pot for row in rows.of_round(look, place, round_id)), None)


def _waiting_pots(look: Look, round_: RoundView, waiting: Sequence[Initiative]) -> list[WaitingView]:
    """Return the pots that plans wait for, the general one first."""
    policy = neighbourhoods.policy(look, round_.place).rules
    counts = Counter(pot_of(policy, row.theme) for row in waiting)
    return [
        WaitingView(
            theme=theme,
            plan_count=count,
            free_cents=ledger.balance(look, chart.pot(round_.place, round_.year, theme)),
        )
        for theme, count in sorted(counts.items(), key=lambda one: one[0] or "")
    ]


def split(look: Look, place: str, round_id: UUID) -> tuple[list[Initiative], list[Initiative]]:
    """Return the plans that the council decides to give money, in order, and those that get none.

    Raises RoundNotFound, or NotThere before the count.
    """
    gone = rows.gone_before(look, place, round_id)
    stood = {str(row.id): row for row in rows.of_round(look, place, round_id) if str(row.id) not in gone}
    won = [stood.pop(about) for about in granted_cents(look, place, round_id) if about in stood]
    return won, list(stood.values())


def granted_cents(look: Look, place: str, round_id: UUID) -> dict[str, int]:
    """Return what each plan gets by the decision about a round, in order; it can be a part of what it asked.

    Choice: the outcome stays as it was counted. A winner that stopped before the decision leaves its money to the
    reserve list, so the council decides about the plans that moved up.

    Raises RoundNotFound, or NotThere before the count.
    """
    cents = {option.about: option.paid_cents for option in voting.outcome(look, place, round_id).winners}
    gone = rows.gone_before(look, place, round_id)
    for move in voting.successions(look, place, round_id) if gone else []:
        if move.about in gone:
            del cents[move.about]
            cents |= {each.about: each.granted_cents for each in move.promoted}
    return cents


def counted_round(look: Look, row: Initiative) -> UUID | None:
    """Return the round of a plan if its outcome is known."""
    is_counted = row.round_id and voting.round_(look, row.place, row.round_id).phase in _COUNTED
    return row.round_id if is_counted else None


def promised_cents(look: Look, row: Initiative) -> int:
    """Return what a plan gets if the council decides now about the ballot it stands on; zero before the count."""
    round_id = counted_round(look, row)
    return granted_cents(look, row.place, round_id).get(str(row.id), 0) if round_id else 0


def interested(look: Look, won: Collection[Initiative]) -> frozenset[str]:
    """Return who gets money by an outcome: the initiators of the plans that won."""
    return frozenset(person for row in won for person in rows.initiators_of(look, row))


def is_advice(look: Look, row: Initiative) -> bool:
    """Return whether the council only advises about the round of a plan."""
    assert row.round_id, "it stands on a ballot"
    return not is_binding(power_of(look, row.place, voting.round_(look, row.place, row.round_id)))


def power_of(look: Look, place: str, round_: RoundView) -> PowerRule:
    """Return who decides what the outcome of a round grants, by the policy on the day it opened."""
    powers = neighbourhoods.policy(look, place, round_.opens_on).rules.powers
    return next(power for power in powers if power.decision is Matter.OUTCOME)
