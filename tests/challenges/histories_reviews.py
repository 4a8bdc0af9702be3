# SPDX-License-Identifier: EUPL-1.2
"""How work that a group took over goes, is looked back at and ends as it should."""

from datetime import timedelta

from wijkbudget.challenges.decisions import queries as decisions
from wijkbudget.challenges.decisions import service as deciding
from wijkbudget.challenges.reviews import queries, service
from wijkbudget.challenges.reviews.rules.ends import EndGround, Handover
from wijkbudget.challenges.reviews.schemas import (
    AnswerSurvey,
    CloseChallenge,
    EndAgreement,
    ExtendAgreement,
    FinishWork,
    GoOn,
    HandBack,
    HandOver,
    LookBack,
    ReportedResult,
    ReportWork,
    ResumeWork,
    SuspendWork,
    WriteFinding,
    WriteLesson,
)
from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.kit.actor import Role
from wijkbudget.kit.period import day_of
from wijkbudget.vouchers import queries as vouchers
from wijkbudget.vouchers import service as spending
from wijkbudget.vouchers.rules import VoucherState
from wijkbudget.vouchers.schemas import AccountFor

ANSWERS = AnswerSurvey(done_well="yes", noticed="partly", go_on="yes")
FOUND = WriteFinding(words="Het gras is kort.")
LESSON = WriteLesson(words="Begin in maart, dan is het gras nog kort.")


def course(case):
    """Return how the work goes, or None before there is an agreement."""
    return case.hood.by(case.hood.anna).ask(queries.course_part, "oost", case.id)


def report_of(day):
    """Return a report until a day."""
    return ReportWork(
        report_on=day,
        results=[ReportedResult(number=1, measured="18 keer gemaaid", reached="partly", words="Het regende.")],
        worked_minutes=2_400,
        spent_cents=35_000,
        words="Het ging goed.",
    )


def suspend(case):
    """Let the work stand still for a week."""
    until_on = day_of(case.hood.clock()) + timedelta(days=7)
    case.act(Move.SUSPEND, service.suspend, SuspendWork(until_on=until_on, reason="Het park staat onder water."))


def resume(case):
    """Let the work go on."""
    case.act(Move.RESUME, service.resume, ResumeWork(reason="Het park is droog."))


def look_back(case):
    """Look back, earlier than was agreed."""
    case.act(Move.LOOK_BACK, service.look_back, LookBack(reason="Wij willen weten hoe het gaat."))


def found(case):
    """Let both sides write what they found, and residents answer until their time is over."""
    seen = course(case)
    if seen is None or seen.state is not State.REVIEW:
        return
    for actor, side in ((case.hood.anna, "group"), (case.official, "case_worker")):
        if side not in {finding.side for finding in seen.reviews[0].findings}:
            case.hood.by(actor).act(service.write_finding, "oost", case.id, FOUND)
    case.wait_until(seen.reviews[0].survey_until_on + timedelta(days=1))


def go_on(case):
    """Go on after looking back."""
    found(case)
    case.act(Move.GO_ON, service.go_on, GoOn(reason="Het gaat goed."))


def extend(case):
    """Let it last two months longer."""
    found(case)
    seen = course(case)
    first_on = seen.ends_on if seen else day_of(case.hood.clock())
    until_on = first_on + timedelta(days=60)
    longer = ExtendAgreement(until_on=until_on, report_days=[until_on], reason="Het gaat goed.")
    case.act(Move.EXTEND, service.extend, longer)


def finish(case):
    """Say that it is done, near the end."""
    found(case)
    seen = course(case)
    if seen and seen.state is State.REVIEW:
        case.wait_until(seen.ends_on - timedelta(days=60))
    case.act(Move.FINISH, service.finish, FinishWork(reason="Het werk is af."))


def hand_back(case):
    """Give the task back with a month's notice."""
    from_on = day_of(case.hood.clock()) + timedelta(days=30)
    case.act(Move.HAND_BACK, service.hand_back, HandBack(from_on=from_on, reason="Wij hebben te weinig mensen."))


def end(case):
    """End the agreement today, because going on is dangerous."""
    today = day_of(case.hood.clock())
    ended = EndAgreement(from_on=today, ground=EndGround.UNSAFE, reason="De maaier is gevaarlijk.")
    case.act(Move.END, service.end_agreement, ended)


def hand_over(case):
    """Hand everything over, write what was learnt, and settle the money."""
    seen = course(case)
    if seen is None or seen.end is None or seen.state is State.CLOSED:
        return
    group = case.hood.by(case.hood.anna)
    for each in seen.handovers:
        if each.side is None:
            group.act(service.hand_over, "oost", case.id, HandOver(thing=Handover(each.thing), words="Naar Groen."))
    if not seen.lessons:
        group.act(service.write_lesson, "oost", case.id, LESSON)
    case.wait_until(seen.end.last_on + timedelta(days=1))
    settle(case)


def settle(case):
    """Account for the money, and settle it."""
    group = case.hood.by(case.hood.anna)
    voucher = next((each for each in group.ask(vouchers.vouchers, "oost") if each.about == str(case.id)), None)
    if voucher is None or voucher.state is not VoucherState.ACTIVE:
        return
    today = day_of(case.hood.clock())
    group.act(spending.account_for, "oost", voucher.id, AccountFor(done="Gemaaid.", finished_on=today))
    case.hood.by(Role.OFFICIAL).once(f"settle-{case.id}").act(spending.settle, "oost", voucher.id)


def make_known(case):
    """Hand a no over, and wait until nobody can object to it any more."""
    asker = case.hood.by(case.official)
    for each in asker.ask(decisions.decisions_of, "oost", case.id)[:1]:
        if each.known_on is None:
            case.hood.by(case.hood.anna).act(deciding.collect_decision, "oost", case.id, each.number)
        known = asker.ask(decisions.decisions_of, "oost", case.id)[0]
        case.wait_until((known.objection_until or day_of(case.hood.clock())) + timedelta(days=1))


def close(case):
    """Close a bid of which everything is settled."""
    state = case.hood.view(case.id).state
    if state in {State.REFUSED, State.NOT_HANDLED}:
        make_known(case)
    if state is State.UPHELD:
        case.wait_until(day_of(case.hood.clock()) + timedelta(days=50))
    hand_over(case)
    case.act(Move.CLOSE, service.close, CloseChallenge(reason="Alles is klaar."))
