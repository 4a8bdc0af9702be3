# SPDX-License-Identifier: EUPL-1.2
"""Puts plans on a ballot, and carries out what the council decides about the outcome."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlmodel import col, update

from wijkbudget.council import service as council
from wijkbudget.council.rules import Kind
from wijkbudget.council.schemas import RecordDecision
from wijkbudget.initiatives import access, queries, rules
from wijkbudget.initiatives.events import InitiativesPutOnBallot, OutcomeAdopted, OutcomeAdvised
from wijkbudget.initiatives.flows import RESERVE
from wijkbudget.initiatives.models import Adoption, Initiative
from wijkbudget.initiatives.queries import rounds, rows
from wijkbudget.initiatives.rules import State
from wijkbudget.initiatives.schemas import AdoptionView, AdoptOutcome, BallotView
from wijkbudget.initiatives.service.collecting import bring_gifts, return_gifts
from wijkbudget.kit.text import _
from wijkbudget.ledger import chart
from wijkbudget.ledger import service as ledger
from wijkbudget.ledger.rules import NotEnough, Reservation
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import PowerRule, demand_one_pot, demand_pot, pot_of
from wijkbudget.trail.work import Work, verb
from wijkbudget.voting import queries as voting
from wijkbudget.voting import service as voting_service
from wijkbudget.voting.schemas import OptionDraft, RoundView
from wijkbudget.vouchers import service as vouchers
from wijkbudget.vouchers.cheques import service as cheques
from wijkbudget.vouchers.cheques.schemas import HopePlan
from wijkbudget.vouchers.grants import service as grants
from wijkbudget.vouchers.grants.queries import decided_by
from wijkbudget.vouchers.grants.rules import DecisionKind, Ground
from wijkbudget.vouchers.grants.schemas import DecideGrant
from wijkbudget.vouchers.schemas import DecidedBy, IssueVoucher


class Outcome(NamedTuple):
    """What was decided about the plans of a round, by whom and why."""

    won: Sequence[Initiative]
    lost: Sequence[Initiative]
    decision_id: UUID
    """What the council decided, or advised."""
    decided: DecidedBy
    motivation: str


class Refused(NamedTuple):
    """Why a plan gets no money, and who says so."""

    ground: Ground
    motivation: str
    decided: DecidedBy
    decision_id: UUID | None = None


@verb(access.PUT_ON_BALLOT)
def put_on_ballot(work: Work, place: str, round_id: UUID, theme: str | None = None) -> BallotView:
    """Put every plan that waits on the ballot of a round: those of one theme with a pot of its own, or all others.

    Choice: a round divides the money of one pot, so no theme pays for another. What residents pledge comes on top of
    that, and each decides about their own, so every plan on a ballot takes pledges.

    Raises RoundNotFound, NoSuchPot, WrongState, NothingWaits or OtherPot.
    """
    round_ = voting.round_(work, place, round_id)
    policy = neighbourhoods.policy(work, place).rules
    demand_pot(policy, theme)
    waiting = [row for row in rows.waiting(work, place, round_.year) if pot_of(policy, row.theme) == theme]
    demand_one_pot(theme, [row.pot for row in rows.of_round(work, place, round_id)])
    if not waiting:
        raise rules.NothingWaits(_("No plan is ready for a vote."))
    for row in waiting:
        option = OptionDraft(about=str(row.id), title=row.title, cost_cents=row.asked_cents)
        voting_service.add_option(work, place, round_id, option)
        cheques.hope(work, place, HopePlan(about=str(row.id), year=round_.year, title=row.title))
    moved = [row.id for row in waiting]
    move_all(work, moved, State.FEASIBLE, State.ON_BALLOT, year=round_.year, round_id=round_id, pot=theme)
    work.record(
        InitiativesPutOnBallot(
            place=place, subject=str(round_id), year=round_.year, initiative_ids=[str(id_) for id_ in moved]
        )
    )
    return queries.ballot(work, place, round_id)


@verb(access.ADOPT, once=True)
def adopt(work: Work, place: str, round_id: UUID, command: AdoptOutcome) -> AdoptionView:
    """Adopt the outcome of a round: record the decision, set the money apart and hand out the vouchers, in one act.

    Where the council only advises, its decision is recorded and nothing moves: an official makes the grants (`award`).

    Source: Awb art. 6:16 (an objection does not suspend a decision). Choice: so the council can adopt as soon as the
    votes are counted; an objection that is upheld leads to a new decision.

    Raises RoundNotFound, NotThere, DecidedTooEarly, AdoptedBefore, NothingToAdopt, NotEnough, and what
    `council.decide` raises.
    """
    round_ = voting.round_(work, place, round_id)
    won, lost = rounds.split(work, place, round_id)
    if rows.adoption_of(work, place, round_id):
        raise rules.AdoptedBefore(_("The council adopted this outcome already."))
    if not (won or lost):
        if rows.gone_before(work, place, round_id):
            raise rules.NothingToAdopt(_("Every plan on this ballot stopped, so there is nothing left to decide."))
        raise rules.NothingToAdopt(_("No plan of this neighbourhood was on this ballot."))
    power = rounds.power_of(work, place, round_)
    record = decided(round_, round_.title, command, power)
    about, interested = [str(round_.id), *(str(row.id) for row in won)], rounds.interested(work, won)
    decision_id = council.decide(work, place, record, about=about, interested=interested).id
    work.session.add(Adoption(round_id=round_id, place=place, decision_id=decision_id, adopted_at=work.now))
    work.session.flush()
    if rules.is_binding(power):
        carry_out(work, round_, Outcome(won, lost, decision_id, decided_by(power), command.motivation))
    else:
        advised = [str(row.id) for row in won]
        work.record(
            OutcomeAdvised(place=place, subject=str(round_id), decision_id=str(decision_id), advised_ids=advised)
        )
    return queries.adoption(work, place, round_id)


def carry_out(work: Work, round_: RoundView, outcome: Outcome) -> None:
    """Give every plan that won its money, refuse the others, and say so. Raises NotEnough.

    Choice: a plan that was not chosen is refused, because the money was divided over others; so its group too learns
    by a letter what it can do.
    """
    place, won, lost = round_.place, outcome.won, outcome.lost
    granted = rounds.granted_cents(work, place, round_.id)
    grant(work, round_, [(row, granted[str(row.id)]) for row in won], outcome)
    for row in lost:
        return_gifts(work, row)
        refuse(work, row, Refused(Ground.CEILING, outcome.motivation, outcome.decided, outcome.decision_id))
    move_all(work, [row.id for row in won], State.ON_BALLOT, State.GRANTED)
    move_all(work, [row.id for row in lost], State.ON_BALLOT, State.NOT_CHOSEN)
    work.record(
        OutcomeAdopted(
            place=place,
            subject=str(round_.id),
            decision_id=str(outcome.decision_id),
            granted_ids=[str(row.id) for row in won],
            not_chosen_ids=[str(row.id) for row in lost],
            granted_cents=sum(granted[str(row.id)] for row in won),
        )
    )


def decided(round_: RoundView, title: str, command: AdoptOutcome, power: PowerRule) -> RecordDecision:
    """Return the decision about the money of a round as the council took it. Raises DecidedTooEarly."""
    rules.demand_after_vote(command.decided_on, round_.closes_on)
    return RecordDecision(
        kind=Kind.OUTCOME if rules.is_binding(power) else Kind.ADVICE,
        title=title,
        motivation=command.motivation,
        decided_on=command.decided_on,
        article=power.article,
        for_=command.for_,
        against=command.against,
        recused=command.recused,
    )


def grant(work: Work, round_: RoundView, won: Sequence[tuple[Initiative, int]], outcome: Outcome) -> None:
    """Set the money of every plan that won apart, and hand it out as a voucher. Raises NotEnough."""
    place, year = round_.place, round_.year
    for row, granted_cents in won:
        reservation = Reservation(
            reference=RESERVE.reference_of(row.id),
            source=chart.pot(place, year, row.pot),
            held=chart.reserved(place, year, row.pot),
            amount=granted_cents,
        )
        try:
            ledger.reserve(work, place, reservation)
        except NotEnough:
            sentence = _("The pot of %(year)s does not hold enough for all plans that won.", year=year)
            raise NotEnough(sentence) from None
        voucher = IssueVoucher(
            year=year,
            theme=row.pot,
            reservation=reservation.reference,
            about=str(row.id),
            title=row.title,
            holders=sorted(rows.initiators_of(work, row)),
            organisation_id=row.organisation_id,
            decision_id=outcome.decision_id,
            decided=outcome.decided,
            motivation=outcome.motivation,
            value_cents=granted_cents,
        )
        bring_gifts(work, row, vouchers.issue(work, place, voucher))


def refuse(work: Work, row: Initiative, why: Refused) -> None:
    """Refuse a plan money, with a letter to whoever made it."""
    refusal = DecideGrant(
        kind=DecisionKind.REFUSAL,
        ground=why.ground,
        about=str(row.id),
        title=row.title,
        decision_id=why.decision_id,
        by=why.decided,
        motivation=why.motivation,
        amount_cents=row.asked_cents,
        receivers=sorted(rows.initiators_of(work, row)),
    )
    grants.decide(work, row.place, refusal)


def move_all(work: Work, ids: Sequence[UUID], now: State, then: State, **values: object) -> None:
    """Bring plans in their next state, all of them or none."""
    moving = update(Initiative).where(col(Initiative.id).in_(ids), col(Initiative.state) == now)
    moved = work.session.exec(moving.values(state=then, **values)).rowcount
    assert moved == len(ids), "plans were read in this act, in this state"
