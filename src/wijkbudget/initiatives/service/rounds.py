# SPDX-License-Identifier: EUPL-1.2
"""Puts plans on a ballot, and carries out what the council decides about the outcome."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, update

from wijkbudget.council import service as council
from wijkbudget.council.rules import Kind
from wijkbudget.council.schemas import RecordDecision
from wijkbudget.initiatives import access, queries, rules
from wijkbudget.initiatives.events import InitiativesPutOnBallot, OutcomeAdopted
from wijkbudget.initiatives.models import Adoption, Initiative
from wijkbudget.initiatives.queries import rounds, rows
from wijkbudget.initiatives.rules import State
from wijkbudget.initiatives.schemas import AdoptionView, AdoptOutcome, BallotView
from wijkbudget.kit.text import _
from wijkbudget.ledger import chart
from wijkbudget.ledger import service as ledger
from wijkbudget.ledger.rules import NotEnough, Transfer
from wijkbudget.trail.work import Work, verb
from wijkbudget.voting import queries as voting
from wijkbudget.voting import service as voting_service
from wijkbudget.voting.schemas import OptionDraft, RoundView
from wijkbudget.vouchers import service as vouchers
from wijkbudget.vouchers.schemas import IssueVoucher


@verb(access.PUT_ON_BALLOT)
def put_on_ballot(work: Work, place: str, round_id: UUID) -> BallotView:
    """Put every plan that waits on the ballot of a round. Raises RoundNotFound, WrongState or NothingWaits."""
    round_ = voting.round_(work, place, round_id)
    waiting = rows.waiting(work, place, round_.year)
    if not waiting:
        raise rules.NothingWaits(_("No plan is ready for a vote."))
    for row in waiting:
        option = OptionDraft(about=str(row.id), title=row.title, cost_cents=row.asked_cents)
        voting_service.add_option(work, place, round_id, option)
    moved = [row.id for row in waiting]
    move_all(work, moved, State.FEASIBLE, State.ON_BALLOT, year=round_.year, round_id=round_id)
    work.record(
        InitiativesPutOnBallot(
            place=place, subject=str(round_id), year=round_.year, initiative_ids=[str(id_) for id_ in moved]
        )
    )
    return queries.ballot(work, place, round_id)


@verb(access.ADOPT, once=True)
def adopt(work: Work, place: str, round_id: UUID, command: AdoptOutcome) -> AdoptionView:
    """Adopt the outcome of a round: record the decision, set the money apart and hand out the vouchers, in one act.

    Source: Awb art. 6:16 (an objection does not suspend a decision). Choice: so the council can adopt as soon as the
    votes are counted; an objection that is upheld leads to a new decision.

    Raises RoundNotFound, NotThere, NotBinding, DecidedTooEarly, AdoptedBefore, NothingToAdopt, NotEnough, and what
    `council.decide` raises.
    """
    round_ = voting.round_(work, place, round_id)
    won, lost = rounds.split(work, place, round_id)
    if rows.adoption_of(work, place, round_id):
        raise rules.AdoptedBefore(_("The council adopted this outcome already."))
    if not (won or lost):
        raise rules.NothingToAdopt(_("No plan of this neighbourhood was on this ballot."))
    record = decide(work, round_, round_.title, command)
    about, interested = [str(round_.id), *(str(row.id) for row in won)], rounds.interested(work, won)
    decision_id = council.decide(work, place, record, about=about, interested=interested).id
    granted = rounds.granted_cents(work, place, round_id)
    grant(work, round_, [(row, granted[str(row.id)]) for row in won], decision_id)
    move_all(work, [row.id for row in won], State.ON_BALLOT, State.GRANTED)
    move_all(work, [row.id for row in lost], State.ON_BALLOT, State.NOT_CHOSEN)
    work.session.add(Adoption(round_id=round_id, place=place, decision_id=decision_id, adopted_at=work.now))
    work.session.flush()
    work.record(
        OutcomeAdopted(
            place=place,
            subject=str(round_id),
            decision_id=str(decision_id),
            granted_ids=[str(row.id) for row in won],
            not_chosen_ids=[str(row.id) for row in lost],
            granted_cents=sum(granted[str(row.id)] for row in won),
        )
    )
    return queries.adoption(work, place, round_id)


def decide(work: Work, round_: RoundView, title: str, command: AdoptOutcome) -> RecordDecision:
    """Return the decision about the money of a round as the council took it. Raises NotBinding or DecidedTooEarly."""
    power = rounds.power_of(work, round_.place, round_)
    rules.demand_binding(power)
    rules.demand_after_vote(command.decided_on, round_.closes_on)
    return RecordDecision(
        kind=Kind.OUTCOME,
        title=title,
        motivation=command.motivation,
        decided_on=command.decided_on,
        article=power.article,
        for_=command.for_,
        against=command.against,
        recused=command.recused,
    )


def grant(work: Work, round_: RoundView, won: Sequence[tuple[Initiative, int]], decision_id: UUID) -> None:
    """Set the money of every plan that won apart, and hand it out as a voucher. Raises NotEnough."""
    place, year = round_.place, round_.year
    for row, granted_cents in won:
        reserve = Transfer(
            source=chart.pot(place, year),
            target=chart.reserved(place, year),
            amount=granted_cents,
            reference=rules.reserve_reference(row.id),
        )
        try:
            ledger.post(work, place, reserve)
        except NotEnough:
            sentence = _("The pot of %(year)s does not hold enough for all plans that won.", year=year)
            raise NotEnough(sentence) from None
        voucher = IssueVoucher(
            year=year,
            about=str(row.id),
            title=row.title,
            holders=sorted(rows.initiators_of(work, row)),
            organisation_id=row.organisation_id,
            decision_id=decision_id,
            value_cents=granted_cents,
        )
        vouchers.issue(work, place, voucher)


def move_all(work: Work, ids: Sequence[UUID], now: State, then: State, **values: object) -> None:
    """Bring plans in their next state, all of them or none."""
    moving = update(Initiative).where(col(Initiative.id).in_(ids), col(Initiative.state) == now)
    moved = work.session.exec(moving.values(state=then, **values)).rowcount
    assert moved == len(ids), "plans were read in this act, in this state"
