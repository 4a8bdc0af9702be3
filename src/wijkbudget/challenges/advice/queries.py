# SPDX-License-Identifier: EUPL-1.2
"""Reads what is known before a bid is decided, and proves that nobody was asked for advice without it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlmodel import col, select

from wijkbudget.challenges import rows
from wijkbudget.challenges.advice import access
from wijkbudget.challenges.advice.models import AidDeclaration, CouncilAdvice, ProcurementAssessment, ReceivedAid
from wijkbudget.challenges.advice.rules import council as rules
from wijkbudget.challenges.advice.rules import procurement, state_aid
from wijkbudget.challenges.advice.rules.council import ADVISABLE, Advice
from wijkbudget.challenges.advice.rules.procurement import ASSESSABLE, Form, Kind, whole_cents
from wijkbudget.challenges.advice.rules.state_aid import DECLARABLE, Received
from wijkbudget.challenges.advice.schemas import (
    AdviserView,
    AdvisingView,
    AidSumView,
    AidView,
    CouncilAdviceView,
    ProcurementView,
    ReceivedAidView,
    SheetView,
    WaitingAdviceLine,
)
from wijkbudget.challenges.models import Challenge, ChallengeMove
from wijkbudget.challenges.queries import challenge
from wijkbudget.challenges.rules.group import demand_arranged
from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.challenges.schemas import BidView
from wijkbudget.council import queries as council
from wijkbudget.council.rules import Stance
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.period import day_of
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look, question


@question(access.READ_SHEET)
def sheet(look: Look, place: str, challenge_id: UUID) -> SheetView:
    """Return procurement and state aid of a bid. Raises ChallengeNotFound or NotYours."""
    row = rows.challenge_row(look, place, challenge_id)
    group = rows.group_of(look, row)
    look.demand_own(group)
    bid = challenge(look, place, challenge_id).bid
    found = _assessment(look, row)
    is_mine = access.ASSESS.allows(look.roles) and row.case_worker == look.actor.id
    return SheetView(
        challenge_id=row.id,
        title=row.title,
        asked_cents=bid.comparison.asked_cents,
        duration_months=bid.duration_months,
        whole_cents=_whole_cents(bid),
        procurement=_procurement(found, bid) if found else None,
        aid=_aid(look, row, found),
        may_assess=is_mine and State(row.state) in ASSESSABLE and look.actor.id not in rows.interested_in(look, row),
        may_declare=look.actor.id in group and State(row.state) in DECLARABLE,
    )


@question(access.READ)
def council_advice(look: Look, place: str, challenge_id: UUID) -> CouncilAdviceView | None:
    """Return what the council was asked and advised about a bid, or None if it never was. Raises ChallengeNotFound."""
    return advice_of(look, rows.challenge_row(look, place, challenge_id))


@question(access.WAITING)
def waiting_advice(look: Look, place: str) -> list[WaitingAdviceLine]:
    """Return the bids about which the council can advise, the first to be waited for no longer on top.

    Raises NeighbourhoodNotFound.
    """
    neighbourhoods.neighbourhood(look, place)
    open_ = select(Challenge).where(col(Challenge.place) == place, col(Challenge.state).in_(sorted(ADVISABLE)))
    found = {row.id: row for row in look.session.exec(open_).all()}
    waiting = []
    for line in rows.lines(look, place, found.values()):
        advice = advice_of(look, found[line.id])
        if advice and advice.stance is None:
            waiting.append(
                WaitingAdviceLine(
                    challenge_id=line.id,
                    title=line.title,
                    task_title=line.task_title,
                    asked_on=advice.asked_on,
                    last_on=advice.last_on,
                    is_late=advice.is_late,
                )
            )
    return sorted(waiting, key=lambda line: (line.last_on, line.title, str(line.challenge_id)))


@question(access.ADVISE)
def advising(look: Look, place: str, challenge_id: UUID) -> AdvisingView:
    """Return a bid as the council advises about it. Raises ChallengeNotFound, NotAsked or NotArranged."""
    row = rows.challenge_row(look, place, challenge_id)
    advice = advice_of(look, row)
    rules.demand_asked(was_asked=advice is not None)
    assert advice is not None, "it was asked"
    interested = rows.interested_in(look, row)
    policy = demand_arranged(neighbourhoods.policy(look, place).rules.challenges)
    return AdvisingView(
        challenge_id=row.id,
        title=row.title,
        task_title=challenge(look, place, challenge_id).task.title,
        article=policy.article,
        advice=advice,
        members=[
            AdviserView(id=member.id, name=member.name, is_interested=member.id in interested)
            for member in council.members(look, place)
        ],
    )


def advice_of(look: Look, row: Challenge) -> CouncilAdviceView | None:
    """Return what the council was asked and advised about a bid, or None if it never was."""
    asked = asked_by(look, row)
    if asked is None:
        return None
    asked_on = day_of(asked.moved_at)
    policy = demand_arranged(neighbourhoods.policy(look, row.place, asked_on).rules.challenges)
    last_on = rules.last_day(asked_on, policy.advice_days)
    given = look.session.get(CouncilAdvice, (row.id, asked.number))
    given_on = day_of(given.given_at) if given else None
    return CouncilAdviceView(
        asked_on=asked_on,
        last_on=last_on,
        is_late=(given_on or look.today) > last_on,
        stance=Advice(given.stance) if given else None,
        conditions=given.conditions if given else "",
        motivation=council.decision(look, row.place, given.decision_id).motivation if given else "",
        decision_id=given.decision_id if given else None,
        given_on=given_on,
        may_advise=given is None and State(row.state) in ADVISABLE and access.ADVISE.allows(look.roles),
    )


def asked_by(look: Look, row: Challenge) -> ChallengeMove | None:
    """Return the move by which advice was asked last, or None if it never was."""
    return next((move for move in reversed(rows.moves_of(look, row)) if move.move == Move.ASK_ADVICE), None)


def is_assessed(look: Look, row: Challenge) -> bool:
    """Return whether procurement and state aid of a bid were looked at."""
    return _assessment(look, row) is not None


def demand_assessed(look: Look, row: Challenge) -> None:
    """Do nothing if procurement and state aid of a bid were looked at. Raises NotAssessed."""
    procurement.demand_assessed(is_assessed=is_assessed(look, row))


def demand_heard(look: Look, row: Challenge) -> None:
    """Do nothing if the council advised about a bid, or its time to do so is over. Raises CouncilNotHeard."""
    advice = advice_of(look, row)
    if advice is not None:
        rules.demand_heard(is_advised=advice.stance is not None, last_on=advice.last_on, today=look.today)


def numbers_of(look: Look, row: Challenge) -> tuple[int, int]:
    """Return how often procurement was looked at, and how often the group said which aid it received."""
    assessment, declaration = _assessment(look, row), _declaration(look, row)
    return assessment.number if assessment else 0, declaration.number if declaration else 0


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for advice that was asked too early, or in which somebody took part who had an interest."""
    assessed: dict[UUID, list[ProcurementAssessment]] = defaultdict(list)
    for each in look.session.exec(select(ProcurementAssessment).order_by(col(ProcurementAssessment.number))):
        assessed[each.challenge_id].append(each)
    asking = select(ChallengeMove).where(col(ChallengeMove.move) == Move.ASK_ADVICE)
    moves = {
        (move.challenge_id, move.number): move
        for move in look.session.exec(asking.order_by(col(ChallengeMove.challenge_id), col(ChallengeMove.number)))
    }
    for (challenge_id, _number), move in moves.items():
        if not any(each.assessed_at <= move.moved_at for each in assessed[challenge_id]):
            yield Fault("advice comes after the facts", f"bid {challenge_id}", "was sent for advice, and not assessed")
    given = select(CouncilAdvice).order_by(col(CouncilAdvice.challenge_id), col(CouncilAdvice.asked_number))
    for advice in look.session.exec(given).all():
        if (advice.challenge_id, advice.asked_number) not in moves:
            yield Fault("advice was asked", f"bid {advice.challenge_id}", "got advice by a move that did not ask it")
        yield from _partial(look, advice)


def _partial(look: Look, advice: CouncilAdvice) -> Iterator[Fault]:
    """Yield a fault if a decision is not about its bid, or somebody of its group voted on it."""
    about, decision = str(advice.challenge_id), council.decision(look, advice.place, advice.decision_id)
    if about not in decision.about:
        yield Fault("advice is a decision", f"bid {about}", "got advice by a decision about something else")
    voted = {voice.person_id for voice in decision.voices if voice.stance is not Stance.RECUSED}
    if voted & rows.group_of(look, look.session.get_one(Challenge, advice.challenge_id)):
        yield Fault("who has an interest steps aside", f"bid {about}", "somebody of its group advised about it")


def _assessment(look: Look, row: Challenge) -> ProcurementAssessment | None:
    """Return what an official found last."""
    found = select(ProcurementAssessment).where(col(ProcurementAssessment.challenge_id) == row.id)
    return look.session.exec(found.order_by(col(ProcurementAssessment.number).desc()).limit(1)).first()


def _declaration(look: Look, row: Challenge) -> AidDeclaration | None:
    """Return what the group said last that it received."""
    found = select(AidDeclaration).where(col(AidDeclaration.challenge_id) == row.id)
    return look.session.exec(found.order_by(col(AidDeclaration.number).desc()).limit(1)).first()


def _lines(look: Look, declaration: AidDeclaration | None) -> Sequence[ReceivedAid]:
    """Return the lines of a declaration."""
    if declaration is None:
        return []
    found = select(ReceivedAid).where(
        col(ReceivedAid.challenge_id) == declaration.challenge_id, col(ReceivedAid.number) == declaration.number
    )
    return look.session.exec(found.order_by(col(ReceivedAid.position))).all()


def _whole_cents(bid: BidView) -> int:
    """Return what a group asks for the whole time; for a year if it does not say how long."""
    return whole_cents(bid.comparison.asked_cents, bid.duration_months)


def _procurement(found: ProcurementAssessment, bid: BidView) -> ProcurementView:
    day, total_cents = day_of(found.assessed_at), found.base_cents + found.options_cents
    has_interest = found.has_market_interest or found.has_cross_border_interest
    weighed = procurement.weigh(Kind(found.kind), total_cents, day, has_interest=has_interest)
    return ProcurementView(
        form=Form(found.form),
        kind=Kind(found.kind),
        base_cents=found.base_cents,
        options_cents=found.options_cents,
        total_cents=total_cents,
        threshold_cents=weighed.threshold_cents,
        outcome=weighed.outcome,
        says=weighed.says,
        follows=weighed.follows,
        is_below_bid=total_cents < _whole_cents(bid),
        has_market_interest=found.has_market_interest,
        has_cross_border_interest=found.has_cross_border_interest,
        is_undertaking=found.is_undertaking,
        is_general_interest=found.is_general_interest,
        reason=found.reason,
        assessed_on=day,
    )


def _aid(look: Look, row: Challenge, found: ProcurementAssessment | None) -> AidView:
    """Return what a group received, as it counted when the last of the two sides wrote something down."""
    declaration = _declaration(look, row)
    written = [*([found.assessed_at] if found else []), *([declaration.declared_at] if declaration else [])]
    day = day_of(max(written)) if written else look.today
    received = [
        (
            line.giver,
            Received(
                amount_cents=line.amount_cents,
                granted_on=line.granted_on,
                is_general_interest=line.is_general_interest,
            ),
        )
        for line in _lines(look, declaration)
    ]
    now_cents = found.base_cents + found.options_cents if found else 0
    sums = state_aid.add_up(
        [each for _giver, each in received],
        now_cents,
        day,
        is_general_interest=found is not None and found.is_general_interest,
    )
    is_declared = declaration is not None
    outcome = (
        state_aid.judge(is_undertaking=found.is_undertaking, is_declared=is_declared, sums=sums) if found else None
    )
    return AidView(
        declared_on=day_of(declaration.declared_at) if declaration else None,
        received=[
            ReceivedAidView(
                giver=giver,
                amount_cents=each.amount_cents,
                granted_on=each.granted_on,
                is_general_interest=each.is_general_interest,
                is_counted=state_aid.counts(each, day),
            )
            for giver, each in received
        ],
        counts_from=state_aid.window_from(day),
        sums=[AidSumView.model_validate(each, from_attributes=True) for each in sums],
        outcome=outcome,
        says=state_aid.says(outcome) if outcome else None,
    )
