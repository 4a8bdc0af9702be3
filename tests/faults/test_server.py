# SPDX-License-Identifier: EUPL-1.2
"""PostgreSQL that stops, in the middle of an act or between two, is told in a sentence; then all works again."""

import threading

import pytest

from tests import servers
from tests.conftest import do_without
from tests.faults.conftest import OUT_OF_REACH, assert_out_of_reach
from tests.stores import make_tables
from tests.vouchers.conftest import faults
from wijkbudget.db.files import Files


@pytest.fixture
def cluster():
    with servers.throwaway() as cluster:
        if cluster is None:
            do_without("no PostgreSQL of our own here, to stop and to start again")
        make_tables(cluster.url)
        yield cluster


class TestAServerThatStops:
    def test_is_told_to_every_reader_and_costs_nothing(self, cluster, troubled, monkeypatch):
        house = troubled(cluster.url)
        assert house.claim(1).status == 201
        reached, gate = threading.Event(), threading.Event()
        put = Files.put

        def slowly(files, content):
            reached.set()
            assert gate.wait(30)
            return put(files, content)

        def stop():
            assert reached.wait(30)
            cluster.stop("immediate")
            gate.set()

        # In the middle of an act: its rows are written, and the receipt is being kept.
        monkeypatch.setattr(Files, "put", slowly)
        stopping = threading.Thread(target=stop)
        stopping.start()
        half = house.claim(2)
        stopping.join()
        assert (half.status, half.header("retry-after"), half.header("content-language")) == (503, "1", "nl")
        monkeypatch.undo()

        for language, sentence in OUT_OF_REACH.items():
            assert_out_of_reach(house.claim(2, language), sentence, language)
            assert_out_of_reach(house.page(language), sentence, language)
        guest = house.knocker.get("/wijken/oost", accept_language="en")
        assert_out_of_reach(guest, OUT_OF_REACH["en"], "en")
        assert house.knocker.get("/health").status == 503

        cluster.start()
        assert house.claims() == [("2026-1", 12_500)]
        assert house.page().status == 200
        assert house.claim(2).status == 201
        assert house.group.desk.ask(faults) == []

    def test_costs_nobody_anything_when_it_comes_back_between_two_acts(self, cluster, troubled):
        house = troubled(cluster.url)
        assert house.claim(1).status == 201
        cluster.stop()
        cluster.start()
        assert house.page().status == 200
        assert house.claim(2).status == 201
        assert house.claims() == [("2026-1", 12_500), ("2026-2", 12_500)]
