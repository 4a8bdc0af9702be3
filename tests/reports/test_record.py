# SPDX-License-Identifier: EUPL-1.2
"""The public record: in sentences, in pages, without people, and with a proof that holds."""

from datetime import datetime

import pytest

from tools import check_entry
from wijkbudget.kit.actor import GUEST
from wijkbudget.ledger import chart
from wijkbudget.neighbourhoods.rules import NeighbourhoodNotFound
from wijkbudget.reports import queries
from wijkbudget.reports.rules import POSITION_MAX
from wijkbudget.trail.keyring import is_signed
from wijkbudget.trail.queries import PAGE_LENGTH, EntryNotFound
from wijkbudget.trail.sealing import note

ANNA = "9d1a54b7-4c63-4e1d-b7f6-111111111111"


@pytest.fixture
def guest(year):
    year.seal()
    return year.desk.by(GUEST)


class TestRecord:
    def test_says_what_happened_in_sentences(self, guest):
        said = [str(line.sentence) for line in guest.ask(queries.record, "oost").lines]
        assert "€120.00 went from the voucher for “Speelplek” to the payments for “Speelplek”." in said
        assert "The municipality granted €100,000.00 for 2025." in said
        assert "A voucher of €500.00 was issued." in said

    def test_is_of_one_neighbourhood(self, guest):
        oost, west = ({line.id for line in guest.ask(queries.record, place).lines} for place in ("oost", "west"))
        assert oost
        assert west
        assert not oost & west

    def test_of_an_unknown_neighbourhood_is_not_there(self, guest):
        with pytest.raises(NeighbourhoodNotFound):
            guest.ask(queries.record, "noord")

    def test_comes_in_pages_newest_first(self, guest, year):
        for number in range(PAGE_LENGTH):
            year.post(chart.pot("oost", 2025), chart.reserved("oost", 2025), 1, f"more {number}")
        year.seal()
        first = guest.ask(queries.record, "oost")
        second = guest.ask(queries.record, "oost", first.older)
        positions = [line.position for page in (first, second) for line in page.lines]
        assert len(first.lines) == PAGE_LENGTH
        assert positions == sorted(positions, reverse=True)
        assert len(set(positions)) == len(positions) > PAGE_LENGTH
        assert second.older is None

    @pytest.mark.parametrize("before", [0, -1, -(2**70)])
    def test_has_nothing_below_the_first(self, guest, before):
        page = guest.ask(queries.record, "oost", before)
        assert (page.lines, page.older) == ([], None)

    @pytest.mark.parametrize("before", [POSITION_MAX, 2**70])
    def test_begins_anew_above_the_last(self, guest, before):
        assert guest.ask(queries.record, "oost", before) == guest.ask(queries.record, "oost")

    def test_never_names_whose_time_was_booked(self, guest, year):
        year.post(chart.TIME, chart.given_time("oost", ANNA), 90, "time:1")
        year.seal()
        newest = guest.ask(queries.record, "oost").lines[0]
        assert str(newest.sentence) == "1:30 hours of given time was written in the books."
        assert newest.facts == {"amount_minutes": 90}
        assert ANNA not in newest.model_dump_json()


class TestLine:
    def test_proves_that_it_stands_in_the_signed_log(self, guest):
        for line in guest.ask(queries.record, "oost").lines:
            shown = guest.ask(queries.line, "oost", line.id)
            seal = shown.checkpoint
            root = bytes.fromhex(seal.root)
            steps = [bytes.fromhex(step) for step in shown.proof]
            assert check_entry.is_included(bytes.fromhex(shown.leaf), line.position, seal.size, steps, root)
            assert is_signed(note(seal.size, root, seal.at), bytes.fromhex(seal.signature), seal.public_key)
            assert isinstance(line.at, datetime)

    def test_is_not_there_for_another_neighbourhood(self, guest):
        entry = guest.ask(queries.record, "oost").lines[0]
        with pytest.raises(EntryNotFound):
            guest.ask(queries.line, "west", entry.id)

    def test_is_not_there_before_it_is_sealed(self, guest, year):
        year.post(chart.pot("oost", 2025), chart.reserved("oost", 2025), 1, "later")
        assert "later" not in {line.subject for line in guest.ask(queries.record, "oost").lines}
