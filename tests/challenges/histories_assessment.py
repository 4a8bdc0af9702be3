# SPDX-License-Identifier: EUPL-1.2
"""How a bid is looked into as it should be, for histories that chance writes."""

from datetime import timedelta

from tests.challenges.histories_advice import advise, assess
from wijkbudget.challenges.assessment import queries, service
from wijkbudget.challenges.assessment.rules import Finding
from wijkbudget.challenges.assessment.schemas import (
    AskAdvice,
    CheckGround,
    Elaborate,
    IntendRefusal,
    MakeReady,
    PlanTalk,
    SendBack,
    WriteMinutes,
)
from wijkbudget.challenges.rules.grounds import Ground
from wijkbudget.challenges.rules.states import Move
from wijkbudget.kit.period import day_of

DEARER = IntendRefusal(grounds=[Ground.W06], motivation="Het is duurder en niet beter.")


def look_at(case, finding, *grounds):
    """Let the case worker write down what was found about some grounds."""
    at = case.hood.by(case.official)
    for ground in grounds:
        at.act(service.check_ground, "oost", case.id, CheckGround(ground=ground, finding=finding, reason="Zo is het."))


def hold_talk(case):
    """Let the case worker write down what was said, if nobody did."""
    found = case.hood.by(case.official).ask(queries.assessment, "oost", case.id)
    if found.talk and not found.talk.held_on:
        said = WriteMinutes(held_on=day_of(case.hood.clock()), minutes="Wij spraken over het gras.")
        case.hood.by(case.official).act(service.write_minutes, "oost", case.id, said)


def meet(case):
    """Invite the group."""
    plan = PlanTalk(planned_on=day_of(case.hood.clock()) + timedelta(days=5), venue="In het buurthuis, 19.30 uur")
    case.act(Move.MEET, service.meet, plan)


def elaborate(case):
    """Agree that the time stands still for three weeks."""
    until = Elaborate(last_on=day_of(case.hood.clock()) + timedelta(days=21))
    case.act(Move.ELABORATE, service.elaborate, until)


def ask_advice(case):
    """Ask for advice, after the talk."""
    hold_talk(case)
    assess(case.hood, case.id, case.official)
    case.act(Move.ASK_ADVICE, service.ask_advice, AskAdvice())


def intend_refusal(case):
    """Mean to say no, on one ground."""
    hold_talk(case)
    look_at(case, Finding.MET, Ground.W06)
    case.act(Move.INTEND_REFUSAL, service.intend_refusal, DEARER)


def make_ready(case):
    """Look at every ground, and put the bid before who decides."""
    look_at(case, Finding.NOT_MET, *Ground)
    advise(case.hood, case.id)
    case.act(Move.MAKE_READY, service.make_ready, MakeReady())


def send_back(case):
    """Ask to look again."""
    case.act(Move.SEND_BACK, service.send_back, SendBack(reason="Hoe zit het met het contract?"))
