# SPDX-License-Identifier: EUPL-1.2
"""An attacker with everything that is kept, published and logged, who knows what everybody gave, still only guesses.

What is held back are the voting codes and the keys. In CI some four hundred people; `make proof-ballots` does it with
10,000, where nobody may be found more often than one in a class, and one in a hundred.
"""

import logging
import os
import random
import re
from collections import Counter, defaultdict
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import make_url, text

from tests import worlds
from tests.stores import beside, url_of
from wijkbudget.app.tables import METADATA
from wijkbudget.identity import seed as people
from wijkbudget.neighbourhoods.schemas import read_policy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.reciprocity.rulebook import RULEBOOK
from wijkbudget.reciprocity.rules.voices import Given
from wijkbudget.voting import seed
from wijkbudget.voting.queries.rounds import BOX, REGISTER
from wijkbudget.voting.receipts import receipt
from wijkbudget.voting.schemas import CastBallot

from .conftest import OPENS, give, identity_residents

VOTERS = int(os.environ.get("WIJKBUDGET_PROOF_VOTERS", "560"))
LUCK = 6
"""Whoever pairs at random finds one on average, whatever the size, and more than this once in ten thousand times."""
POLICY = read_policy(demo_toml("oost")).reciprocity
HOURS = ((0, 2, 12), (5, 9, 4), (10, 11, 4))
"""From and to how many hours people gave, and how many of twenty did; each line is a voice of its own."""
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


def exact_voice(minutes):
    """Return what the rule makes of time given, before it is rounded to a class; the rule is public."""
    given = Given(minutes_by_age=((0, minutes),) if minutes else ())
    return 100 + min(RULEBOOK["bonus"].bonus(given, POLICY.parameters).extra * 100, 50)


def gave(chance):
    """Return how many minutes somebody gave."""
    least, most, _share = chance.choices(HOURS, [share for _least, _most, share in HOURS])[0]
    return 15 * chance.randint(4 * least, 4 * most + 3)


def advantage(voices, known):
    """Return the chance of whoever picks a ballot by a voice that they know, for each class of voters.

    `voices` are those on the published ballots and `known` what the attacker knows of the voters, both by person.
    """
    sizes, found = Counter(voices.values()), defaultdict(list)
    for person, (of_class, voice) in known.items():
        found[of_class].append(1 / sizes[voice] if voices[person] == voice else 0)
    return {of_class: sum(chances) / len(chances) for of_class, chances in found.items()}


def too_sure(voices, known):
    """Return the classes in which an attacker does better than by guessing, and one in a hundred."""
    sizes = Counter(of_class for of_class, _voice in known.values())
    return [each for each, rate in advantage(voices, known).items() if rate > 1 / sizes[each] + 0.01]


@pytest.fixture
def held(desk, clock, prepare, caplog):
    """Hold a vote in which everybody votes on some day and in some order, and return what joins them in truth."""
    worlds.found_meerwijk(desk)
    people.fill_register(desk, worlds.register_csv({"oost": VOTERS}))
    chance = random.Random(7)
    minutes = {each.person_id: gave(chance) for each in desk.ask(identity_residents, "oost", OPENS, 12)}
    some_day = OPENS - timedelta(days=60)
    give(desk, minutes, [(UUID(person), some_day, time) for person, time in minutes.items() if time])
    made = prepare()
    made.open()
    codes = sorted(letter.code.replace("-", "") for letter in made.letters())
    chance.shuffle(codes)
    caplog.set_level(logging.DEBUG)
    for day in range(5):
        seed.cast(desk, [CastBallot(code=code, marks={str(chance.randint(1, 4)): 1}) for code in codes[day::5]])
        clock.forward(days=1)
    order = [code for day in range(5) for code in codes[day::5]]
    truth = {desk.keys.keyed_hash(REGISTER, code): desk.keys.keyed_hash(BOX, str(made.id), code) for code in order}
    made.close()
    desk.database.wipe()
    return made, truth, minutes


def keys_in(told, keys):
    """Return which keys stand in a text, wherever in a row of digits they begin."""
    rows = set(re.findall(r"[0-9a-f]{64,}", told))
    return {row[at : at + 64] for row in rows for at in range(len(row) - 63)} & keys


def dump(desk):
    """Return every row of every table but the box, and all that was logged, as one text."""
    with desk.database.read() as session:
        connection = session.connection()
        tables = [name for name in METADATA.tables if name != "voting_box"]
        return "\n".join(str(row) for name in tables for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"'))


def published_of(client, made):
    """Return all that anybody can read of a vote, as one text, and the ballots in the order in which they stand."""
    page = f"/wijken/{made.place}/stemrondes/{made.id}"
    api = f"/api/v1/neighbourhoods/{made.place}/rounds/{made.id}"
    read = [page, f"{page}/uitslag", f"{page}/stembiljetten", api, f"{api}/outcome", f"{api}/election.pb", "/logboek"]
    file = client.get(f"{api}/count.json")
    return "\n".join([file.text, *(client.get(path).text for path in read)]), file.json()["ballots"]


class TestAnAttackerWithEverything:
    def test_guesses_no_better_than_by_chance(self, client, desk, held, caplog):
        made, truth, minutes = held
        made.count()
        with desk.database.read() as session:
            connection = session.connection()
            rows = connection.execute(
                text("SELECT code_hash, person, voice_hundredths, voted_on FROM voting_register ORDER BY 1")
            ).all()
            box = connection.execute(
                text("SELECT ballot_key, voice_hundredths, marks FROM voting_box ORDER BY 1")
            ).all()
        assert len(box) == len(truth) == len([row for row in rows if row.voted_on])
        told, listed = published_of(client, made)
        url = url_of(desk)
        register_lies = lying(url, "voting_register", set(truth))
        box_lies = lying(url, "voting_box", set(truth.values()))
        receipt_of = {code: receipt(key) for code, key in truth.items()}
        sizes = Counter(row.voice_hundredths for row in box)
        assert len(sizes) == len(HOURS)
        wrong = {}
        for voice, size in sizes.items():
            # Everybody's time is known to the attacker, and so is whose ballots are in which class.
            mine = {row.code_hash: row for row in rows if row.voice_hundredths == voice and row.voted_on}
            keys = [row.ballot_key for row in box if row.voice_hundredths == voice]
            codes = list(mine)
            lies = [key for key in box_lies if key in set(keys)]
            by_time = sorted(codes, key=lambda code: minutes[mine[code].person])
            by_day = sorted(codes, key=lambda code: str(mine[code].voted_on))
            receipts = [each[0] for each in listed if each[1] == voice]
            attacks = {
                "the same place in the order of keys": hits(codes, keys, truth),
                "the order of persons": hits(sorted(codes, key=lambda code: mine[code].person), keys, truth),
                "the time that they gave": hits(by_time, keys, truth),
                "the time that they gave, and how ballots lie on disk": hits(by_time, lies, truth),
                "the day, in the order of keys": hits(by_day, keys, truth),
                "how rows lie on disk": hits([code for code in register_lies if code in mine], lies, truth),
                "the day, and how ballots lie on disk": hits(by_day, lies, truth),
                "the order in which ballots are published": hits(codes, receipts, receipt_of),
                "the time that they gave, and the published order": hits(by_time, receipts, receipt_of),
                "the other way round": hits(codes[::-1], keys, truth),
            }
            most = 1 + max(size // 100, LUCK)
            wrong |= {f"{voice}: {name}": found for name, found in attacks.items() if found > most}
        assert wrong == {}
        told += dump(desk) + caplog.text
        assert keys_in(told, set(truth.values())) == set()

    def test_learns_no_more_from_a_published_voice_than_its_class(self, desk, held):
        made, truth, minutes = held
        with desk.database.read() as session:
            connection = session.connection()
            person_of = dict(connection.execute(text("SELECT code_hash, person FROM voting_register")).all())
            frozen = dict(connection.execute(text("SELECT person, voice_hundredths FROM voting_register")).all())
            box = dict(connection.execute(text("SELECT ballot_key, voice_hundredths FROM voting_box")).all())
        cast_by = {person_of[code]: key for code, key in truth.items()}
        bucketed = {person: box[key] for person, key in cast_by.items()}
        published = Counter(each.voice_hundredths for each in made.published().ballots)
        assert Counter(bucketed.values()) == published
        assert len(published) == len(HOURS)
        assert too_sure(bucketed, {person: (frozen[person], frozen[person]) for person in cast_by}) == []
        # The same publication with what the rule gives, not rounded to a class: most people stand alone with theirs.
        exact = {person: exact_voice(minutes[person]) for person in cast_by}
        assert too_sure(exact, {person: (frozen[person], exact[person]) for person in cast_by}) != []

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
