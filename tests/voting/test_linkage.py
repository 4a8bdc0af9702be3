# SPDX-License-Identifier: EUPL-1.2
"""An attacker who gets everything that is kept, and the logs, and still can only guess who cast which ballot.

In CI sixty people; `make proof-ballots` does it with 10,000.
"""

import logging
import os
import random
import re
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from tests import worlds
from tests.stores import beside, url_of
from wijkbudget.app.tables import METADATA
from wijkbudget.identity import seed as people
from wijkbudget.voting import seed
from wijkbudget.voting.queries.rounds import BOX, REGISTER
from wijkbudget.voting.schemas import CastBallot

VOTERS = int(os.environ.get("WIJKBUDGET_PROOF_VOTERS", "60"))
KEY = re.compile(rb"[0-9a-f]{64}")


def hits(voters, ballots, truth):
    """Return how many voters an attacker finds who pairs them with ballots in these orders."""
    return sum(truth.get(voter) == ballot for voter, ballot in zip(voters, ballots, strict=False))


def lying(url, table, keys):
    """Return the keys of a table in the order in which they lie on disk."""
    if make_url(url).get_backend_name() == "sqlite":
        found = [key.decode() for key in KEY.findall(Path(make_url(url).database).read_bytes())]
        return list(dict.fromkeys(key for key in found if key in keys))
    name = METADATA.tables[table].primary_key.columns.keys()[0]
    with beside(url) as connection:
        return list(connection.execute(text(f"SELECT {name} FROM {table} ORDER BY ctid")).scalars())


@pytest.fixture
def held(desk, clock, prepare, caplog):
    """Hold a vote in which everybody votes on some day and in some order, and return what joins them in truth."""
    worlds.found_meerwijk(desk)
    people.fill_register(desk, worlds.register_csv({"oost": VOTERS}))
    made = prepare()
    made.open()
    codes = sorted(letter.code.replace("-", "") for letter in made.letters())
    chance = random.Random(7)
    chance.shuffle(codes)
    caplog.set_level(logging.DEBUG)
    for day in range(5):
        seed.cast(desk, [CastBallot(code=code, marks={str(chance.randint(1, 4)): 1}) for code in codes[day::5]])
        clock.forward(days=1)
    order = [code for day in range(5) for code in codes[day::5]]
    truth = {desk.keys.keyed_hash(REGISTER, code): desk.keys.keyed_hash(BOX, str(made.id), code) for code in order}
    made.close()
    desk.database.wipe()
    return made, truth


def dump(desk):
    """Return every row of every table but the box, and all that was logged, as one text."""
    with desk.database.read() as session:
        connection = session.connection()
        tables = [name for name in METADATA.tables if name != "voting_box"]
        return "\n".join(str(row) for name in tables for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"'))


class TestAnAttackerWithEverything:
    def test_guesses_no_better_than_by_chance(self, desk, held, caplog):
        _vote, truth = held
        with desk.database.read() as session:
            connection = session.connection()
            rows = connection.execute(text("SELECT code_hash, person, voted_on FROM voting_register ORDER BY 1")).all()
            box = connection.execute(text("SELECT ballot_key, marks FROM voting_box ORDER BY 1")).all()
        assert len(box) == len(truth) == len([row for row in rows if row.voted_on])
        codes, keys = [row.code_hash for row in rows if row.voted_on], [row.ballot_key for row in box]
        by_day = [row.code_hash for row in sorted(rows, key=lambda row: str(row.voted_on)) if row.voted_on]
        by_person = [row.code_hash for row in sorted(rows, key=lambda row: row.person) if row.voted_on]
        url = url_of(desk)
        register_lies = lying(url, "voting_register", set(codes))
        box_lies = lying(url, "voting_box", set(keys))
        attacks = {
            "the same place in the order of keys": hits(codes, keys, truth),
            "the order of persons": hits(by_person, keys, truth),
            "the day, in the order of keys": hits(by_day, keys, truth),
            "how rows lie on disk": hits(register_lies, box_lies, truth),
            "the day, and how ballots lie on disk": hits(by_day, box_lies, truth),
            "the other way round": hits(codes[::-1], keys, truth),
        }
        # Whoever pairs at random finds one on average, whatever the size: a chance of one in the class for each.
        most = 1 + len(truth) // 100 + 5
        assert {name: found for name, found in attacks.items() if found > most} == {}
        told = dump(desk) + caplog.text
        assert [key for key in keys if key in told] == []

    def test_would_find_most_people_if_rows_lay_in_the_order_of_voting(self, tmp_path):
        url, chance = f"sqlite:///{tmp_path / 'leaking.db'}", random.Random(7)
        truth = {chance.randbytes(32).hex(): chance.randbytes(32).hex() for _each in range(VOTERS)}
        with beside(url) as leaking:
            for table, column, keys in (
                ("voting_register", "code_hash", truth.keys()),
                ("voting_box", "ballot_key", truth.values()),
            ):
                leaking.execute(text(f"CREATE TABLE {table} ({column} TEXT)"))
                leaking.execute(text(f"INSERT INTO {table} VALUES (:key)"), [{"key": key} for key in keys])
            leaking.commit()
        found = hits(lying(url, "voting_register", set(truth)), lying(url, "voting_box", set(truth.values())), truth)
        assert found > len(truth) * 9 // 10
