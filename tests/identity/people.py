# SPDX-License-Identifier: EUPL-1.2
"""A small town of three people, and what its tests ask."""

import pytest
from sqlmodel import select

from tests import worlds
from wijkbudget.identity import queries, service
from wijkbudget.identity.models import (
    Household,
    LoginCode,
    LoginLink,
    LoginSession,
    Organisation,
    OrganisationMember,
    Person,
    Residence,
    RoleGrant,
    SecondStep,
    SpentHandshake,
)
from wijkbudget.identity.schemas import AskMail, ImportRegister
from wijkbudget.kit.actor import GUEST, SYSTEM, Role, may
from wijkbudget.trail import errands
from wijkbudget.trail.models import Errand, TrailEntry
from wijkbudget.trail.work import question

HEADER = "pseudoniem;naam;postcode;huisnummer;toevoeging;geboortejaar;sinds"
ANNA = "p-1;Anna Bos;9901AA;1;;1980;2019-01-31"
BRAM = "p-2;Bram Bos;9901AA;1;;2012;2019-01-31"
CHAN = "p-3;Chantal Kaya;9902BA;7;A;1990;2020-06-01"

EVERYTHING = may(Role.SYSTEM)
TABLES = (
    Person,
    Household,
    Residence,
    RoleGrant,
    LoginCode,
    LoginLink,
    LoginSession,
    SecondStep,
    SpentHandshake,
    Organisation,
    OrganisationMember,
    Errand,
    TrailEntry,
)


@question(EVERYTHING, municipal=True)
def everything(look):
    """Return how the database looks, to see that nothing changed."""
    return [sorted(str(row) for row in look.session.exec(select(table))) for table in TABLES]


@question(EVERYTHING, municipal=True)
def trail(look):
    """Return the kinds and facts of what happened, in the order of their kinds."""
    return sorted(((row.kind, row.place, row.facts) for row in look.session.exec(select(TrailEntry))), key=str)


@question(EVERYTHING, municipal=True)
def faults(look):
    """Return what is wrong with people."""
    return [str(fault) for fault in queries.check(look)]


@question(EVERYTHING, municipal=True)
def inside(look, name, *args):
    """Ask a question that only domains above ask."""
    return getattr(queries, name)(look, *args)


def load(desk, *lines, is_full=False):
    csv = "\n".join([HEADER, *lines])
    return desk.act(service.import_register, ImportRegister(csv=csv, is_full=is_full))


def person(desk, pseudonym):
    @question(EVERYTHING, municipal=True)
    def find(look):
        return look.session.exec(select(Person.id).where(Person.pseudonym == pseudonym)).one()

    return desk.ask(find)


def refused(desk, kind, verb, *args):
    """Return the refusal of a verb that must change nothing."""
    before = desk.by(SYSTEM).ask(everything)
    with pytest.raises(kind) as refusal:
        desk.act(verb, *args)
    assert desk.by(SYSTEM).ask(everything) == before
    return refusal.value


def letters(desk):
    return [errand.payload for errand in desk.ask(errands.waiting) if errand.kind == "letter"]


def letter_code(desk, pseudonym):
    """Return the code in a letter that a guide has sent to somebody."""
    before = letters(desk)
    desk.by(worlds.somebody(Role.GUIDE, "oost")).act(service.send_code, "oost", person(desk, pseudonym))
    (sent,) = (letter for letter in letters(desk) if letter not in before)
    return sent["code"]


def mails(desk):
    return [errand.payload for errand in desk.ask(errands.waiting) if errand.kind == "mail"]


def mailed_code(desk, address):
    """Return the code in an e-mail that somebody has asked for."""
    desk.by(GUEST).act(service.ask_mail, AskMail(email_address=address))
    return mails(desk)[-1]["code"]
