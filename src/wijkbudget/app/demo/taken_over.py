# SPDX-License-Identifier: EUPL-1.2
"""A task of Oost that residents took over: from the talk to the agreement, and how the work goes."""

from datetime import date
from uuid import UUID

from wijkbudget.app.demo.stage import Stage
from wijkbudget.challenges import service
from wijkbudget.challenges.advice import service as advice
from wijkbudget.challenges.advice.rules.council import Advice
from wijkbudget.challenges.advice.rules.procurement import Form, Kind
from wijkbudget.challenges.advice.schemas import AssessProcurement, GiveAdvice
from wijkbudget.challenges.agreements import queries as agreements
from wijkbudget.challenges.agreements import service as agreeing
from wijkbudget.challenges.agreements.schemas import (
    AgreementInstalmentDraft,
    AgreementResultDraft,
    SignAgreement,
    WriteConditions,
    WriteMoney,
    WriteParties,
    WriteResults,
    WriteTerm,
)
from wijkbudget.challenges.assessment import service as assessment
from wijkbudget.challenges.assessment.rules import Finding
from wijkbudget.challenges.assessment.schemas import AskAdvice, CheckGround, MakeReady, PlanTalk, WriteMinutes
from wijkbudget.challenges.decisions import queries as decisions
from wijkbudget.challenges.decisions import service as deciding
from wijkbudget.challenges.decisions.schemas import Award
from wijkbudget.challenges.reviews import service as reviews
from wijkbudget.challenges.reviews.rules.ends import Reached
from wijkbudget.challenges.reviews.schemas import ReportedResult, ReportWork
from wijkbudget.challenges.rules.grounds import Ground
from wijkbudget.identity import queries as identity
from wijkbudget.identity.rules.organisations import LegalForm
from wijkbudget.kit.actor import Actor, Role

ASKED_CENTS = 900_000


def play(stage: Stage, place: str, year: int, bid: tuple[UUID, Actor], decider: Actor) -> None:
    """Look into a bid, say yes to it, and sign the agreement; the work begins in the new year."""
    stage.on(date(year, 11, 6))
    _look_into(stage, place, bid[0], year)
    stage.on(date(year, 11, 14))
    yes = Award(reason="De buurt ziet vuil eerder dan wij, het wordt goedkoper, en de wijkraad is ervoor.")
    stage.desk.by(decider).act(deciding.award, place, bid[0], yes)
    number = stage.desk.by(bid[1]).ask(decisions.decisions_of, place, bid[0])[-1].number
    stage.desk.by(bid[1]).act(deciding.collect_decision, place, bid[0], number)
    stage.on(date(year, 11, 17))
    _write(stage, place, bid[0], year + 1)
    stage.on(date(year, 11, 19))
    for actor, verb in ((bid[1], agreeing.sign_agreement), (decider, agreeing.enter_into)):
        at = stage.desk.by(actor)
        text = at.ask(agreements.agreement, place, bid[0]).text
        assert text, "it was offered"
        signed = SignAgreement(text_hash=text.text_hash, has_read=True)
        at.once(f"demo {verb.__name__} {bid[0]}").act(verb, place, bid[0], signed)


def report(stage: Stage, place: str, challenge_id: UUID, writer: Actor, today: date) -> None:
    """Let the group tell how the work goes, if a day of the agreement for it has come."""
    for day in _report_days(today.year):
        if day < today:
            told = ReportWork(
                report_on=day,
                results=[ReportedResult(number=1, measured="16 ochtenden", reached=Reached.YES)],
                worked_minutes=9_600,
                spent_cents=140_000,
                words="Elke zaterdag zijn er acht tot twaalf mensen. De school doet nu ook mee.",
            )
            stage.desk.by(writer).act(reviews.report, place, challenge_id, told)


def _report_days(year: int) -> list[date]:
    return [date(year, 5, 1), date(year, 12, 20)]


def _look_into(stage: Stage, place: str, challenge_id: UUID, year: int) -> None:
    """Take a bid on, talk with the group, hear the council, look at every ground, and put it before who decides."""
    official, chair = stage.desk.by(stage.staff[place][Role.OFFICIAL]), stage.desk.by(stage.staff[place][Role.CHAIR])
    official.act(service.take_on, place, challenge_id)
    talk = PlanTalk(planned_on=date(year, 11, 8), venue="In het buurthuis, om 19.30 uur")
    official.act(assessment.meet, place, challenge_id, talk)
    stage.on(date(year, 11, 8))
    said = "De groep is met tien. De gemeente leent prikkers en haalt de zakken op. Grof vuil blijft van de gemeente."
    official.act(assessment.write_minutes, place, challenge_id, WriteMinutes(held_on=date(year, 11, 8), minutes=said))
    bought = AssessProcurement(
        form=Form.SUBSIDY,
        kind=Kind.SERVICES,
        base_cents=ASKED_CENTS,
        options_cents=2 * ASKED_CENTS,
        is_undertaking=False,
        reason="Een jaar, met hoogstens twee jaar erbij. De groep verkoopt niets.",
    )
    official.act(advice.assess_procurement, place, challenge_id, bought)
    official.act(assessment.ask_advice, place, challenge_id, AskAdvice())
    stage.on(date(year, 11, 12))
    members = [
        grant.person.id
        for grant in stage.desk.ask(identity.grants, place)
        if grant.role in {Role.CHAIR, Role.COUNCIL} and not grant.is_over
    ]
    positive = GiveAdvice(
        stance=Advice.POSITIVE,
        motivation="Mensen die samen opruimen, gooien minder weg. Begin met de straten bij de school.",
        decided_on=date(year, 11, 11),
        for_=members,
        against=[],
        recused=[],
    )
    chair.act(advice.give_advice, place, challenge_id, positive)
    for ground in Ground:
        official.act(assessment.check_ground, place, challenge_id, CheckGround(ground=ground, finding=Finding.NOT_MET))
    official.act(assessment.make_ready, place, challenge_id, MakeReady())


def _write(stage: Stage, place: str, challenge_id: UUID, year: int) -> None:
    """Write every page of the agreement, and offer it."""
    official = stage.desk.by(stage.staff[place][Role.OFFICIAL])
    parties = WriteParties(
        form=Form.SUBSIDY,
        group_name="Oost prikt",
        legal_form=LegalForm.GROUP,
        task="Zwerfvuil opruimen in alle straten van Oost, behalve grof vuil.",
    )
    official.act(agreeing.write_parties, place, challenge_id, parties)
    result = AgreementResultDraft(what="Schone straten", indicator="Ochtenden per jaar", target="40 ochtenden")
    official.act(agreeing.write_results, place, challenge_id, WriteResults(results=[result]))
    money = WriteMoney(
        instalments=[
            AgreementInstalmentDraft(what="Spullen en begin", amount_cents=200_000, due_on=date(year, 1, 15)),
            AgreementInstalmentDraft(what="Na het eerste verslag", amount_cents=150_000, due_on=date(year, 5, 15)),
            AgreementInstalmentDraft(what="Na het laatste verslag", amount_cents=100_000, due_on=date(year, 12, 20)),
        ]
    )
    official.act(agreeing.write_money, place, challenge_id, money)
    term = WriteTerm(
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        consultation="Elke drie maanden in het buurthuis.",
        report_on=_report_days(year),
        review_on=[date(year, 7, 1)],
    )
    official.act(agreeing.write_term, place, challenge_id, term)
    conditions = WriteConditions(
        quality="Op maandag ligt er geen vuil op de stoep.",
        safety="Wij dragen hesjes en handschoenen. Kinderen lopen met een volwassene.",
        insurance="De gemeente verzekert de vrijwilligers.",
        liability="De gemeente betaalt schade die zij kan verzekeren.",
        changing="Alleen samen, en op papier.",
        ending="Met een maand vooraf. De prikkers gaan dan terug.",
        notice_days=30,
    )
    official.act(agreeing.write_conditions, place, challenge_id, conditions)
    official.act(agreeing.offer_agreement, place, challenge_id)
