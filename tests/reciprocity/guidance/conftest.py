# SPDX-License-Identifier: EUPL-1.2
"""Four children of Oost and the guide of the neighbourhood."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import pytest
from sqlmodel import select

from tests.conftest import built_once
from tests.identity.people import load, person
from tests.worlds import found_meerwijk, staff
from wijkbudget.identity import queries as identity
from wijkbudget.identity import seed as people
from wijkbudget.kit.actor import Actor, Role, may
from wijkbudget.reciprocity.guidance import queries, service
from wijkbudget.reciprocity.guidance.models import Guidance, GuidanceNote
from wijkbudget.reciprocity.guidance.rules import Consent
from wijkbudget.reciprocity.guidance.schemas import GuidanceView, ProposeGuidance, TellConsent
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.work import Look, question

PLACE = "oost"
TESS = "p-1;Tess Bos;9901AA;1;;2013;2019-01-31"
SEM = "p-2;Sem Kaya;9901AA;7;;2009;2019-01-31"
KIM = "p-3;Kim Vos;9901AA;9;;2015;2019-01-31"
RIK = "p-4;Rik Mol;9901AA;11;;2008;2019-01-31"
UNTIL = date(2026, 6, 30)


@question(may(Role.SYSTEM), municipal=True)
def kept(look: Look) -> str:
    """Return every word that is kept of contracts and notes."""
    rows = [*look.session.exec(select(Guidance)).all(), *look.session.exec(select(GuidanceNote)).all()]
    return " ".join(str(row.model_dump(include={"tasks", "guide_does", "note"})) for row in rows)


@question(may(Role.SYSTEM), municipal=True)
def faults(look: Look) -> list[str]:
    """Return what the proof of these contracts finds."""
    return [str(fault) for fault in queries.check(look)]


@dataclass
class Young:
    """Tess turns 13 this year, Sem 17, Kim 11 and Rik 18; Marloes is the guide."""

    desk: Desk
    staff: dict[Role, Actor]

    def who(self, pseudonym: str) -> Actor:
        return self.desk.ask(identity.actor, person(self.desk, pseudonym))

    @property
    def guide(self) -> Desk:
        return self.desk.by(self.staff[Role.GUIDE])

    def propose(self, pseudonym: str, **changed: object) -> GuidanceView:
        asked = {
            "person_id": UUID(self.who(pseudonym).id),
            "tasks": "Boodschappen doen.",
            "guide_does": "Ik bel elke week.",
            "until_on": UNTIL,
        }
        return self.guide.act(service.propose_guidance, PLACE, ProposeGuidance.model_validate({**asked, **changed}))

    def agreed(self, pseudonym: str = "p-2") -> GuidanceView:
        """Return a contract that both signed."""
        made = self.propose(pseudonym)
        self.guide.act(service.tell_consent, PLACE, made.id, TellConsent(consent=Consent.GIVEN))
        return self.desk.by(self.who(pseudonym)).act(service.sign_guidance, PLACE, made.id)


@pytest.fixture(scope="session")
def built(store, tmp_path_factory) -> tuple[str, Young]:
    """Return a database with these people in it, to be copied, and who is who."""
    return built_once(store, tmp_path_factory.mktemp("guidance"), _settle)


@pytest.fixture
def young(built, desk) -> Young:
    return replace(built[1], desk=desk)


def _settle(desk: Desk) -> Young:
    found_meerwijk(desk)
    load(desk, TESS, SEM, KIM, RIK)
    people.prove(desk, PLACE, [each.person_id for each in desk.ask(identity.residents, PLACE, date(2026, 3, 2), 0)])
    return Young(desk, staff(desk, PLACE))
