# SPDX-License-Identifier: EUPL-1.2
"""The engine of PostgreSQL: what it promises beside others, and when the server goes away."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session

from tests import servers
from tests.conftest import do_without
from tests.db.test_both import add, rows
from tests.stores import PostgresStore, beside, make_tables, opened
from wijkbudget.db.database import Database, open_database
from wijkbudget.db.writer import TRIES_MAX
from wijkbudget.kit.errors import Busy, Unreachable
from wijkbudget.trail.models import WrongTry


@pytest.fixture
def url(postgres_store: PostgresStore) -> str:
    return postgres_store.make()


@pytest.fixture
def database(postgres_store: PostgresStore, url: str) -> Iterator[Database]:
    with opened(postgres_store, url) as database:
        yield database


class TestReading:
    def test_cannot_change_anything(self, database: Database) -> None:
        with database.read() as session, pytest.raises(DBAPIError, match="read-only"):
            session.connection().execute(text("DELETE FROM wrong_try"))


class TestAppendOnly:
    def test_holds_for_truncate_too(self, url: str) -> None:
        with pytest.raises(IntegrityError, match="trail_leaf is append-only"), beside(url) as connection:
            connection.execute(text("TRUNCATE trail_leaf"))


class TestARefusal:
    def test_says_nothing_of_what_was_in_the_row(self, database: Database) -> None:
        database.submit(add("a-secret-peer")).result()
        refusal = database.submit(add("a-secret-peer")).exception()
        assert isinstance(refusal, IntegrityError)
        assert "pk_wrong_try" in str(refusal)
        assert "a-secret-peer" not in f"{refusal} {refusal.orig} {refusal.__cause__!r}"


class TestAnotherProcess:
    def test_makes_an_act_wait_and_then_run_again(self, database: Database, url: str) -> None:
        """Somebody else's change comes between the reading and the writing of ours."""
        database.submit(add("peer")).result()
        other, tries = create_engine(url), []

        def count_up(session: Session) -> int:
            tries.append(len(tries))
            count = session.get_one(WrongTry, "peer").count
            if len(tries) == 1:
                with other.begin() as connection:
                    connection.execute(text("UPDATE wrong_try SET count = count + 10"))
            session.connection().execute(text("UPDATE wrong_try SET count = :count"), {"count": count + 1})
            return count + 1

        assert database.submit(count_up).result() == 12
        assert tries == [0, 1]
        other.dispose()

    def test_that_never_ends_makes_it_busy_after_so_many_tries(self, database: Database, url: str) -> None:
        database.submit(add("peer")).result()
        other, tries = create_engine(url), []

        def never_first(session: Session) -> None:
            tries.append(len(tries))
            session.get_one(WrongTry, "peer")
            with other.begin() as connection:
                connection.execute(text("UPDATE wrong_try SET count = count + 1"))
            session.connection().execute(text("UPDATE wrong_try SET count = 0"))

        with pytest.raises(Busy):
            database.submit(never_first).result()
        assert len(tries) == TRIES_MAX
        other.dispose()


class TestTwoHouses:
    def test_let_an_act_that_met_one_of_the_other_meet_nobody_the_second_time(
        self, database: Database, url: str
    ) -> None:
        database.submit(add("pot", 0)).result()

        def count_up(session: Session) -> int:
            count = session.get_one(WrongTry, "pot").count
            session.connection().execute(text("UPDATE wrong_try SET count = :count"), {"count": count + 1})
            return count + 1

        def keep_counting(house: Database) -> list[tuple[int, int]]:
            told = []
            for _act in range(100):
                tries: list[int] = []
                done = house.submit(lambda session, tries=tries: (tries.append(1), count_up(session))[1])
                told.append((done.result(), len(tries)))
            return told

        with closing(open_database(url)) as other, ThreadPoolExecutor(2) as pool:
            told = [each for of_one in pool.map(keep_counting, (database, other)) for each in of_one]
        assert sorted(count for count, _tries in told) == list(range(1, 201))
        assert {tries for _count, tries in told} == {1, 2}


class TestWipe:
    def test_leaves_nothing_of_what_was_overwritten(self, database: Database, url: str) -> None:
        with beside(url, is_tampering=True) as connection:
            ballots = "SELECT gen_random_uuid(), 'key ' || n, 100, '{}' FROM generate_series(1, 9) n"
            connection.execute(
                text(f"INSERT INTO voting_box (round_id, ballot_key, voice_hundredths, marks) {ballots}")
            )
            connection.execute(text("DELETE FROM voting_box WHERE ballot_key <> 'key 9'"))
        where = text("SELECT ctid::text, pg_relation_filenode('voting_box') FROM voting_box")
        with beside(url) as connection:
            place, file = connection.execute(where).one()
        assert place == "(0,9)"
        database.wipe()
        with beside(url) as connection:
            place, rewritten = connection.execute(where).one()
        assert place == "(0,1)"
        assert rewritten != file


class TestAServerThatGoesAway:
    @pytest.fixture
    def cluster(self) -> Iterator[servers.Cluster]:
        with servers.throwaway() as cluster:
            if cluster is None:
                do_without("no PostgreSQL of our own here, to stop and to start again")
            make_tables(cluster.url)
            yield cluster

    @pytest.fixture
    def database(self, cluster: servers.Cluster) -> Iterator[Database]:
        with closing(open_database(cluster.url)) as database:
            yield database

    def test_is_said_in_words_and_all_works_again_when_it_is_back(
        self, cluster: servers.Cluster, database: Database
    ) -> None:
        reached, gate = threading.Event(), threading.Event()

        def held_open(session: Session) -> None:
            session.add(WrongTry(peer="half", window_number=1, count=1))
            session.flush()
            reached.set()
            gate.wait(20)

        database.submit(add("before")).result()
        assert rows(database) == 1
        half: Future[None] = database.submit(held_open)
        assert reached.wait(10)
        cluster.stop("immediate")
        gate.set()
        with pytest.raises(Unreachable, match="Look whether it was done"):
            half.result()
        for _again in range(2):
            with pytest.raises(Unreachable, match="Nothing was changed"):
                database.submit(add("while it is away")).result()
            with pytest.raises(Unreachable):
                rows(database)
        cluster.start()
        database.submit(add("after")).result()
        with database.read() as session:
            peers = session.connection().execute(text("SELECT peer FROM wrong_try ORDER BY peer"))
            assert peers.scalars().all() == ["after", "before"]

    def test_costs_one_act_nothing_when_it_was_away_between_two(
        self, cluster: servers.Cluster, database: Database
    ) -> None:
        database.submit(add("before")).result()
        assert rows(database) == 1
        cluster.stop()
        cluster.start()
        time.sleep(0.1)
        database.submit(add("after")).result()
        assert rows(database) == 2
