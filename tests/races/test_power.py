# SPDX-License-Identifier: EUPL-1.2
"""A power cut at any moment loses nothing that was confirmed.

SQLite works on a disk that keeps a log; from the log we make what may be left after a cut, and open the house on it.
`make proof-crash` does it ten thousand times. Where nothing can be mounted these tests are skipped.
"""

import os
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from tests.conftest import Clock, desk_of
from tests.races import disk
from tests.races.cuts import Platter
from tests.races.ground import VALUE_CENTS, Ground, prepare_ground
from wijkbudget.app.proof import first_fault
from wijkbudget.db.database import open_database

CUTS = int(os.environ.get("WIJKBUDGET_PROOF_CUTS", "100"))
CLAIMS = 40 if CUTS < 1_000 else 400
PROVED_EVERY = 10
"""Each cut is looked at for what was confirmed; each tenth house proves itself whole too."""
SIDE_BY_SIDE = 4
MEMORY = Path("/dev/shm")
"""Where a house is opened after a cut; no disk is needed for what is thrown away at once."""

pytestmark = [
    pytest.mark.crash,
    pytest.mark.skipif(not disk.is_here(), reason="no FUSE here: no power is cut (Debian: fuse3, as root)"),
]


@dataclass(frozen=True)
class Recorded:
    """What was on the disk at first, and what it was told after."""

    before: Path
    log: Path


@pytest.fixture
def record(tmp_path, sqlite_store) -> Callable[[], Recorded]:
    """Return what lets people claim at the same time, each claim with its receipt, on a disk with a log."""

    def run() -> Recorded:
        names = ("before", "folder", "mounted")
        before, folder, at = (tmp_path / name for name in names)
        before.mkdir()
        url, clock = f"sqlite:///{before / 'house.db'}", Clock()
        shutil.copy(sqlite_store.make().removeprefix("sqlite:///"), before / "house.db")
        with closing(open_database(url)) as database:
            ground = prepare_ground([desk_of(database, before, clock)])
            ground.issue(CLAIMS)
            drawn = ground.desk.entropy.drawn
        shutil.copytree(before, folder)
        at.mkdir()
        with disk.mounted(folder, at, tmp_path / "log"):
            acks = os.open(f"{at}{disk.ACKS}", os.O_WRONLY | os.O_CREAT)
            with closing(open_database(f"sqlite:///{at / 'house.db'}")) as database:
                there = Ground([desk_of(database, at, clock, drawn)], ground.anna, ground.vouchers)

                def claim(heat: int) -> None:
                    there.claim(heat, 0, VALUE_CENTS)
                    os.write(acks, f"{ground.vouchers[heat]}\n".encode())

                with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
                    list(pool.map(claim, range(CLAIMS)))
            os.close(acks)
        return Recorded(before, tmp_path / "log")

    return run


def cut_again_and_again(recorded: Recorded, cuts: int) -> Iterator[str]:
    """Cut the power at moments of the log, open what is left, and yield what is wrong there."""
    told = list(disk.read_log(recorded.log))
    chance, platter, followed = random.Random(), Platter.of(recorded.before), 0
    for number, moment in enumerate(sorted(chance.randint(1, len(told)) for _cut in range(cuts))):
        for each in told[followed:moment]:
            platter.follow(each)
        followed = moment
        with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as left:
            platter.cut(Path(left), chance)
            yield from _wrong(Path(left), set(platter.acks), is_proved=number % PROVED_EVERY == 0)


def _wrong(left: Path, acks: set[str], *, is_proved: bool) -> Iterator[str]:
    """Yield what is wrong with what a power cut left."""
    try:
        with closing(sqlite3.connect(left / "house.db")) as connection:
            (integrity,) = connection.execute("PRAGMA integrity_check").fetchone()
            claims = connection.execute("SELECT voucher_id, receipt_sha256 FROM claim").fetchall()
    except sqlite3.DatabaseError as broken:
        yield f"broken: {broken}"
        return
    if integrity != "ok":
        yield f"broken: {integrity}"
        return
    if missing := acks - {str(UUID(voucher)) for voucher, _receipt in claims}:
        yield f"lost: {len(missing)} claims"
    if gone := [receipt for _voucher, receipt in claims if not (left / "files" / receipt[:2] / receipt).exists()]:
        yield f"lost: {len(gone)} receipts"
    if is_proved:
        with closing(open_database(f"sqlite:///{left / 'house.db'}")) as database:
            if fault := desk_of(database, left, Clock()).ask(first_fault):
                yield str(fault)


@contextmanager
def _careless(setting: str) -> Iterator[None]:
    """Let SQLite wait less for the disk than the house tells it to."""

    def loosen(connection, _record, _proxy):
        connection.execute(f"PRAGMA synchronous={setting}")

    event.listen(Pool, "checkout", loosen)
    try:
        yield
    finally:
        event.remove(Pool, "checkout", loosen)


class TestAPowerCut:
    def test_loses_nothing_that_was_confirmed(self, record):
        assert Counter(cut_again_and_again(record(), CUTS)) == {}

    @pytest.mark.parametrize("setting", ["NORMAL", "OFF"])
    def test_would_be_found_to_lose_much_if_sqlite_did_not_wait_for_the_disk(self, record, setting):
        with _careless(setting):
            recorded = record()
        wrong = list(cut_again_and_again(recorded, 50))
        assert any(each.startswith(("lost", "broken")) for each in wrong)
