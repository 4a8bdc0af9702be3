# SPDX-License-Identifier: EUPL-1.2
"""How an agreement is written, offered and signed as it should be."""

from datetime import date, timedelta
from uuid import uuid4

from wijkbudget.challenges.agreements import queries, service
from wijkbudget.challenges.agreements.schemas import (
    SignAgreement,
    WriteConditions,
    WriteMoney,
    WriteParties,
    WriteResults,
    WriteTerm,
)
from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.period import day_of

PARTIES = WriteParties(form="subsidy", group_name="Lindenploeg", legal_form="group", task="Maaien in het park.")
RESULTS = WriteResults(results=[{"what": "Kort gras", "indicator": "Keren gemaaid", "target": "20 keer per jaar"}])
CONDITIONS = WriteConditions(
    quality="Gras niet hoger dan acht centimeter.",
    safety="Wij dragen bescherming.",
    insurance="De gemeente verzekert vrijwilligers.",
    liability="Ieder betaalt eigen schade.",
    changing="Alleen samen en op papier.",
    ending="Met een maand vooraf; de maaier gaat terug.",
    notice_days=30,
)


def money(today: date) -> WriteMoney:
    """Return two parts: one at once, and one after a hundred days."""
    return WriteMoney(
        instalments=[
            {"what": "De maaier staat er", "amount_cents": 400_00, "due_on": today},
            {"what": "Tien keer gemaaid", "amount_cents": 200_00, "due_on": today + timedelta(days=100)},
        ]
    )


def term(today: date) -> WriteTerm:
    """Return three hundred days from tomorrow."""
    first, last = today + timedelta(days=1), today + timedelta(days=300)
    return WriteTerm(
        starts_on=first,
        ends_on=last,
        consultation="Elke maand in het park.",
        report_on=[last],
        review_on=[today + timedelta(days=150)],
    )


def write(case):
    """Write every page of an agreement."""
    today = day_of(case.hood.clock())
    for verb, command in (
        (service.write_parties, PARTIES),
        (service.write_results, RESULTS),
        (service.write_money, money(today)),
        (service.write_term, term(today)),
        (service.write_conditions, CONDITIONS),
    ):
        case.act(Move.DRAFT, verb, command)


def draft(case):
    """Write it and offer it."""
    write(case)
    case.act(Move.DRAFT, service.offer_agreement)


def offered(case):
    """Return the text that was offered last, if there is one."""
    try:
        return case.hood.by(case.official).ask(queries.agreement, "oost", case.id).text
    except Refusal:
        return None


def read(case):
    """Return the signature of whoever read the text that was offered."""
    text = offered(case)
    return SignAgreement(text_hash=text.text_hash if text else "nothing", has_read=True)


def sign(case):
    """Sign for the group; a text that it signed before is offered anew first."""
    text = offered(case)
    if text and text.signatures and not case.wrong:
        draft(case)
    case.act(Move.SIGN, service.sign_agreement, read(case))


def enter_into(case):
    """Sign for the municipality what the group signed."""
    text = offered(case)
    if text and not case.wrong and case.hood.view(case.id).state is State.CONTRACTING:
        if text.terms.ends_on <= day_of(case.hood.clock()):
            draft(case)
        if not offered(case).signatures:
            sign(case)
    at = case.hood.by(case.actor(Move.ENTER_INTO)).once(str(uuid4()))
    at.act(service.enter_into, "oost", case.id, read(case))
