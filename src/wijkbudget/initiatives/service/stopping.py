# SPDX-License-Identifier: EUPL-1.2
"""Stops a plan that won or moved up; what it did not spend goes to the next on the reserve list, in the same act."""

from collections.abc import Sequence
from uuid import UUID

from wijkbudget.council import service as council
from wijkbudget.initiatives import access, by_law, queries, rules
from wijkbudget.initiatives.events import InitiativeStopped
from wijkbudget.initiatives.models import Initiative, StoppedInitiative
from wijkbudget.initiatives.queries import rounds, rows, stops
from wijkbudget.initiatives.rules import Side, State
from wijkbudget.initiatives.schemas import GiveUpInitiative, InitiativeView, RevokeInitiative, WithdrawGrant
from wijkbudget.initiatives.service.collecting import return_gifts
from wijkbudget.initiatives.service.rounds import Outcome, decided, grant, move_all
from wijkbudget.ledger.rules import NotEnough
from wijkbudget.reciprocity import service as reciprocity
from wijkbudget.reciprocity.rules.tasks import Asker
from wijkbudget.trail.work import Draft, Work, verb
from wijkbudget.voting import queries as voting
from wijkbudget.voting import service as voting_service
from wijkbudget.voting.schemas import OptionView
from wijkbudget.vouchers import service as vouchers
from wijkbudget.vouchers.grants.queries import decided_by
from wijkbudget.vouchers.grants.rules import Ground, Why, demand_heard_before

_MOVED_UP = "Een ander plan is gestopt. Dit plan was het volgende op de reservelijst."
"""Why a plan of the reserve list gets money, as its letter says it."""


def draft_stop(draft: Draft, place: str, initiative_id: UUID, _command: object) -> tuple[str, ...]:
    """Return the reserve list of the round of a plan, which takes a count; empty before the outcome is known.

    Raises InitiativeNotFound.
    """
    round_id = rounds.counted_round(draft, rows.initiative_row(draft, place, initiative_id))
    return voting.turns(draft, place, round_id) if round_id else ()


@verb(access.GIVE_UP, once=True, prepare=draft_stop)
def give_up(work: Work, place: str, initiative_id: UUID, command: GiveUpInitiative) -> InitiativeView:
    """Stop an own plan that won, and say why; the next on the reserve list gets what was left.

    Choice: from the count on, also before the council decided about the money, so that nobody is granted what they
    cannot use.

    Raises InitiativeNotFound, NotYours, WrongState, ClaimsOpen or NothingLeft.
    """
    row = rows.initiative_row(work, place, initiative_id)
    work.demand_own(rows.initiators_of(work, row))
    return _stop(work, row, Side.GROUP, Why(Ground.OWN_REQUEST, command.reason))


@verb(access.REVOKE, once=True, prepare=draft_stop)
def revoke(work: Work, place: str, initiative_id: UUID, command: RevokeInitiative) -> InitiativeView:
    """Stop a plan that has money because the council decided that it cannot go on.

    Source: Awb art. 4:48 (a grant can be withdrawn while it is not settled). Whoever made the plan, or one that would
    move up, has an interest and steps aside.

    Raises InitiativeNotFound, WrongState, ClaimsOpen, NothingLeft, NotBinding, HeardTooLate, DecidedTooEarly, and what
    `council.decide` raises.
    """
    row = stops.row_with_money(work, place, initiative_id)
    following = stops.following(work, row, work.prepared(draft_stop))
    round_ = voting.round_(work, place, stops.round_of(row))
    power = rounds.power_of(work, place, round_)
    rules.demand_binding(power)
    demand_heard_before(command.heard_on, command.decided_on)
    record = decided(round_, row.title, command, power)
    about = [str(round_.id), str(row.id), *(option.about for option in following)]
    interested = rounds.interested(work, [row, *stops.plans_of(work, row, following)])
    decision = council.decide(work, place, record, about=about, interested=interested)
    return _stop(work, row, Side.COUNCIL, Why(command.ground, command.motivation, command.heard), decision.id)


@verb(access.WITHDRAW_GRANT, once=True, prepare=draft_stop)
def withdraw_grant(work: Work, place: str, initiative_id: UUID, command: WithdrawGrant) -> InitiativeView:
    """Stop a plan that has money in the name of the executive, where the council only advises.

    Source: Awb art. 4:48. Raises InitiativeNotFound, OwnPlan, WrongState, CouncilDecides, GroundMissing, HeardTooLate,
    ClaimsOpen or NothingLeft.
    """
    row = stops.row_with_money(work, place, initiative_id)
    rules.demand_others_plan(work.actor.id, rows.initiators_of(work, row))
    round_ = voting.round_(work, place, stops.round_of(row))
    by_law.demand_no_power(rounds.power_of(work, place, round_))
    return _stop(work, row, Side.EXECUTIVE, Why(command.ground, command.reason, command.heard))


def _stop(work: Work, row: Initiative, side: Side, why: Why, decision_id: UUID | None = None) -> InitiativeView:
    """Let the money of a plan go on, and keep why. Raises WrongState, GroundMissing, ClaimsOpen or NothingLeft.

    Choice: what was spent stays spent, and only what is left goes on; so a claim that waits is decided first.
    """
    held = stops.held(work, row)
    following = stops.following(work, row, work.prepared(draft_stop))
    reciprocity.end_for(work, row.place, Asker.INITIATIVE, str(row.id))
    if held.voucher:
        freed_cents = vouchers.stop(work, row.place, held.voucher.id, why)
        promoted = _promote(work, row, following)
        kept_cents = held.voucher.value_cents - freed_cents
    else:
        # Nothing is granted yet: what moves up stands in the decision that the council takes next.
        freed_cents, promoted, kept_cents = held.left_cents, following, 0
        return_gifts(work, row)
    told = {"kept_cents": kept_cents, "freed_cents": freed_cents}
    round_id, ids = stops.round_of(row), [option.about for option in promoted]
    voting_service.succeed(work, row.place, round_id, about=str(row.id), promoted=ids, **told)
    stopped = StoppedInitiative(
        initiative_id=row.id,
        place=row.place,
        stopped_by=side,
        reason=why.motivation,
        decision_id=decision_id,
        stopped_at=work.now,
    )
    work.session.add(stopped)
    work.session.flush()
    work.record(
        InitiativeStopped(
            place=row.place,
            subject=str(row.id),
            round_id=str(round_id),
            stopped_by=side,
            decision_id=str(decision_id) if decision_id else None,
            promoted_ids=ids,
            promoted_cents=sum(option.cost_cents for option in promoted),
            **told,
        )
    )
    return queries.initiative(work, row.place, row.id)


def _promote(work: Work, row: Initiative, following: Sequence[OptionView]) -> list[OptionView]:
    """Give the next on the reserve list their money, in order, each with a letter; return who got it.

    Choice: the council adopted the outcome with its reserve list, so that decision carries these vouchers too. Where
    the pot itself holds less than the round, because money went elsewhere, the list stops moving there.
    """
    round_ = voting.round_(work, row.place, stops.round_of(row))
    adopted = rows.adoption_of(work, row.place, round_.id)
    assert adopted, "what has money was adopted"
    by = decided_by(rounds.power_of(work, row.place, round_))
    outcome = Outcome([], [], adopted.decision_id, by, _MOVED_UP)
    promoted = []
    for option, plan in zip(following, stops.plans_of(work, row, following), strict=True):
        try:
            grant(work, round_, [(plan, option.cost_cents)], outcome)
        except NotEnough:
            break
        move_all(work, [plan.id], State.NOT_CHOSEN, rules.demand_next(State(plan.state), State.GRANTED))
        promoted.append(option)
    return promoted
