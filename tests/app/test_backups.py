# SPDX-License-Identifier: EUPL-1.2
"""A backup is the whole house of one moment, taken while it is in use, and put back anywhere."""

import json
import shutil
import tarfile
import threading
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.app.house import House
from tests.worlds import somebody
from wijkbudget.app import backups
from wijkbudget.app.copying import NotEmpty, copy
from wijkbudget.app.proof import first_fault
from wijkbudget.app.tables import METADATA
from wijkbudget.db.database import Database
from wijkbudget.db.files import Files
from wijkbudget.kit.actor import Role
from wijkbudget.neighbourhoods import service
from wijkbudget.neighbourhoods.schemas import GrantBudget
from wijkbudget.trail import sealing


@pytest.fixture
def empty(sqlite_store):
    """Return a database with nothing in it."""
    with sqlite_store.empty() as database:
        yield database


@pytest.fixture(scope="module")
def backed_up(house, tmp_path_factory):
    """Return a backup of the house that nobody changes."""
    path = tmp_path_factory.mktemp("backup") / "house.tar"
    backups.backup(house.desk.database, house.desk.files, path)
    return path


@pytest.fixture(params=["sqlite", "postgres"])
def elsewhere(request):
    """Return an empty database of either kind."""
    with request.getfixturevalue(f"{request.param}_store").empty() as database:
        yield database


def contents(database: Database) -> dict[str, list[tuple]]:
    """Return every row of every table."""
    with database.read() as session:
        connection = session.connection()
        return {
            name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for name, table in METADATA.tables.items()
        }


def grant(house: House, number: int) -> None:
    """Give Oost a euro, as an official would."""
    desk = house.desk.by(somebody(Role.OFFICIAL)).once(f"grant-{number}")
    desk.act(service.grant, "oost", GrantBudget(year=2026, amount_cents=100, decision=f"besluit {number}"))
    house.desk.act(sealing.seal)


class TestCopy:
    def test_carries_every_row(self, house, elsewhere):
        carried = copy(house.desk.database, elsewhere)
        there = contents(elsewhere)
        assert there == contents(house.desk.database)
        assert carried.rows == sum(map(len, there.values()))
        assert carried.trail_size == len(there["trail_leaf"])
        assert replace(house.desk, database=elsewhere).ask(first_fault) is None

    def test_goes_into_an_empty_database_only(self, house, elsewhere):
        copy(house.desk.database, elsewhere)
        before = contents(elsewhere)
        with pytest.raises(NotEmpty):
            copy(house.desk.database, elsewhere)
        assert contents(elsewhere) == before

    def test_leaves_nothing_of_the_order_in_which_ballots_came(self, house, empty):
        copy(house.desk.database, empty)
        with empty.read() as session:
            box = session.connection().execute(select(METADATA.tables["voting_box"]))
            keys = [(row.round_id, row.ballot_key) for row in box]
        assert len(keys) > 100
        assert keys == sorted(keys)


class TestBackup:
    def test_taken_under_load_is_the_house_of_one_moment(self, copy, elsewhere, tmp_path):
        house, stop = copy, threading.Event()

        def work():
            number = 0
            while not stop.wait(0.01):
                grant(house, number)
                number += 1

        writer = threading.Thread(target=work)
        writer.start()
        try:
            carried = [backups.backup(house.desk.database, house.desk.files, tmp_path / f"{n}.tar") for n in range(2)]
        finally:
            stop.set()
            writer.join()
        assert carried[0].trail_size < carried[1].trail_size
        files = Files(tmp_path / "files-restored")
        backups.restore(tmp_path / "1.tar", elsewhere, files)
        assert replace(house.desk, database=elsewhere, files=files).ask(first_fault) is None
        assert [*files.names()] == [*house.desk.files.names()]
        first, last = (len(contents(database)["budget_grant"]) for database in (elsewhere, house.desk.database))
        assert 2 < first < last

    def test_holds_no_secret(self, backed_up):
        with tarfile.open(backed_up) as tar:
            kinds = {name.partition("/")[0] for name in tar.getnames()}
        assert kinds == {"wijkbudget.db", "files", "manifest.json"}
        assert b"k" * 32 not in backed_up.read_bytes()
        assert [path.name for path in backed_up.parent.iterdir()] == ["house.tar"]


def rewrite(path: Path, change, to: Path) -> None:
    """Write a tar file again, with another content for some of its members."""
    with tarfile.open(path) as tar:
        members = {member.name: tar.extractfile(member).read() for member in tar.getmembers()}
    change(members)
    with tarfile.open(to, "w") as tar:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, BytesIO(content))


def damage_the_database(members):
    members["wijkbudget.db"] = members["wijkbudget.db"][:-1] + b"?"


def damage_a_file(members):
    name = next(name for name in members if name.startswith("files/"))
    members[name] += b"?"


def lose_a_file(members):
    del members[next(name for name in members if name.startswith("files/"))]


def lose_the_manifest(members):
    del members["manifest.json"]


def lose_the_sums(members):
    members["manifest.json"] = b"[]"


def name_a_file_outside(members):
    members["manifest.json"] = json.dumps({"sha256": {"../elsewhere": "0"}}).encode()
    members["../elsewhere"] = b"?"


class TestADamagedBackup:
    @pytest.mark.parametrize(
        "change",
        [damage_the_database, damage_a_file, lose_a_file, lose_the_manifest, lose_the_sums, name_a_file_outside],
    )
    def test_is_refused_and_changes_nothing(self, change, backed_up, empty, tmp_path):
        rewrite(backed_up, change, tmp_path / "house.tar")
        self._is_refused(tmp_path / "house.tar", empty, tmp_path)

    def test_that_is_no_tar_file_is_refused(self, empty, tmp_path):
        (tmp_path / "house.tar").write_bytes(b"nothing of the kind")
        self._is_refused(tmp_path / "house.tar", empty, tmp_path)

    def test_with_a_link_in_it_is_refused(self, backed_up, empty, tmp_path):
        path = shutil.copy(backed_up, tmp_path / "house.tar")
        link = tarfile.TarInfo(f"files/{'0' * 64}")
        link.type, link.linkname = tarfile.SYMTYPE, "wijkbudget.db"
        with tarfile.open(path, "a") as tar:
            tar.addfile(link)
        self._is_refused(path, empty, tmp_path)

    def _is_refused(self, path, empty, tmp_path):
        files = Files(tmp_path / "files-restored")
        with pytest.raises(backups.BadBackup):
            backups.restore(path, empty, files)
        assert not any(contents(empty).values())
        assert [*files.names()] == []
        assert not (tmp_path.parent / "elsewhere").exists()
