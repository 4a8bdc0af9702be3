# SPDX-License-Identifier: EUPL-1.2
"""Cards with codes: made after the act, kept under lock, fetched by an official and thrown away."""

from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader

from tests.vouchers.conftest import refused, state
from wijkbudget.app.cards import CardRoom
from wijkbudget.app.jobs import Jobs
from wijkbudget.kit.actor import Role
from wijkbudget.trail import errands
from wijkbudget.vouchers.cheques import queries, service
from wijkbudget.vouchers.cheques.queries.printing import DRAWER
from wijkbudget.vouchers.cheques.rules import ERRAND, CardsMadeBefore, CardsNotFound, CardsNotReady
from wijkbudget.vouchers.cheques.schemas import DeactivateCheque
from wijkbudget.vouchers.grants import rules as grants

ORIGIN = "https://wijk.meerwijk.example"


@pytest.fixture
def jobs(desk) -> Jobs:
    """Return the clock of the house, as far as it makes cards and throws them away."""
    room = CardRoom(desk, ORIGIN)
    return Jobs(desk, {ERRAND: room.make, grants.ERRAND: lambda _letter: None}, [room.clear])


@pytest.fixture
def official(cheques):
    return cheques.desk.by(cheques.group.staff[Role.OFFICIAL])


def lying(desk) -> list[bytes]:
    drawer = desk.files.drawer(DRAWER)
    return [drawer.read(name) or b"" for name in drawer.names()]


class TestCards:
    def test_are_made_for_everybody_and_hold_no_code_until_they_are_pdf(self, cheques, official, jobs):
        stopped = DeactivateCheque(person_id=UUID(cheques.group.bart.id), reason="Verhuisd.")
        official.act(service.deactivate_cheque, "oost", stopped)
        ordered = official.act(service.order_cards, "oost")
        count = cheques.issuance.cheque_count - 1
        assert (ordered.card_count, ordered.printed_count, ordered.is_busy) == (count, 0, True)
        (waiting,) = cheques.desk.ask(errands.waiting, but=frozenset({grants.ERRAND}))
        code = cheques.code(cheques.group.anna)
        assert code not in str(waiting.payload)
        refused(cheques.group, CardsNotReady, service.fetch_cards, 1, by=Role.OFFICIAL)
        refused(cheques.group, CardsMadeBefore, service.order_cards, by=Role.OFFICIAL)
        jobs.run_once()
        pages = [page.extract_text() for page in PdfReader(BytesIO(official.act(service.fetch_cards, "oost", 1))).pages]
        assert len(pages) == count
        assert sum(code in page for page in pages) == 1
        address = "wijk.meerwijk.example/wijken/oost/bewonerscheques"
        assert all(address in "".join(page.split()) for page in pages)
        (hidden,) = lying(cheques.desk)
        assert not hidden.startswith(b"%PDF")

    def test_are_thrown_away_by_hand_or_when_their_day_comes(self, cheques, official, jobs, clock):
        official.act(service.order_cards, "oost")
        clock.forward(days=13)
        assert cheques.desk.act(service.wipe_cards, "oost") == 0
        clock.forward(days=1)
        assert cheques.desk.act(service.wipe_cards, "oost") == 1
        jobs.run_once()
        assert lying(cheques.desk) == []
        refused(cheques.group, CardsNotFound, service.fetch_cards, 1, by=Role.OFFICIAL)
        assert official.act(service.order_cards, "oost").files[-1].number == 2
        before = cheques.desk.ask(state)
        assert official.ask(queries.cards, "oost").card_count == cheques.issuance.cheque_count
        assert cheques.desk.ask(state) == before
