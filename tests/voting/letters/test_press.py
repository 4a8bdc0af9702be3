# SPDX-License-Identifier: EUPL-1.2
"""Letters for a whole register, made by a process that is killed half way: every code once, and memory stays small.

`make proof-letters` does it for 34,000 people; here there are sixty.
"""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import worlds
from tests.voting.conftest import add_option, rows
from tests.voting.letters.conftest import pages
from tests.voting.letters.press import settings_in
from wijkbudget.app import house
from wijkbudget.identity import service as identity
from wijkbudget.identity.schemas import ImportRegister
from wijkbudget.kit.actor import Role
from wijkbudget.kit.period import day_of
from wijkbudget.voting import queries as voting
from wijkbudget.voting import seed, service
from wijkbudget.voting.letters import queries
from wijkbudget.voting.schemas import OpenBallot, OptionDraft, PrepareRound

ROOT = Path(__file__).parents[3]
PEOPLE = int(os.environ.get("WIJKBUDGET_PROOF_LETTERS", "60"))
HOUSE_MB_MAX, SETTING_MB_MAX = 400, 600
OFFICIAL = worlds.somebody(Role.OFFICIAL)


@pytest.fixture
def settings(tmp_path):
    return settings_in(tmp_path)


@pytest.fixture
def desk(settings):
    with house.open_house(settings) as opened:
        yield opened


@pytest.fixture
def round_id(desk):
    """Open a round in which all these people can vote."""
    worlds.found_meerwijk(desk)
    lines = worlds.register_csv({"oost": PEOPLE}).splitlines()
    # Everybody is old enough, so that there is a letter for each.
    grown = [lines[0], *(";".join([*line.split(";")[:5], "1980", line.split(";")[6]]) for line in lines[1:])]
    desk.act(identity.import_register, ImportRegister(csv="\n".join(grown)))
    today = day_of(house.now())
    command = PrepareRound(
        year=2026, title="Stem", opens_on=today, closes_on=today, reference_on=today, budget_cents=100_000
    )
    made = seed.prepare(desk, "oost", OFFICIAL, command)
    for about in ("Bank", "Feest"):
        desk.act(add_option, "oost", made.id, OptionDraft(about=about, title=about, cost_cents=60_000))
    desk.by(OFFICIAL).act(service.open_, "oost", made.id)
    return made.id


def press(settings):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.voting.letters.press", str(settings.folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": "src"},
    )


def files(settings):
    return len(list((settings.folder / "letters").glob("*-pdf")))


@pytest.mark.crash
def test_every_letter_is_made_once_and_opens_its_ballot(desk, settings, round_id):
    codes = {letter.code for letter in seed.letters(desk, round_id)}
    assert len(codes) == PEOPLE
    planned = len(desk.by(OFFICIAL).ask(queries.letters, "oost", round_id).files)

    began = time.monotonic()
    falling = press(settings)
    while files(settings) < max(1, planned // 2):
        assert falling.poll() is None
        time.sleep(0.01)
    falling.send_signal(signal.SIGKILL)
    falling.wait()
    falling.stdout.close()
    done = press(settings)
    peaks = json.loads(done.communicate(timeout=600)[0])
    took_seconds = time.monotonic() - began

    official = desk.by(OFFICIAL)
    status = official.ask(queries.letters, "oost", round_id)
    assert (status.printed_count, status.letter_count, len(status.files)) == (PEOPLE, PEOPLE, planned)
    told = official.act(service.fetch_addresses, "oost", round_id).decode("utf-8-sig")
    mailed = [line["stemcode"] for line in csv.DictReader(io.StringIO(told, newline=""))]
    assert (len(mailed), set(mailed)) == (PEOPLE, codes)
    last = pages(official.act(service.fetch_letters, "oost", round_id, planned))
    assert len(last) == status.files[-1].letter_count
    assert all(sum(page.count(code) for code in codes) == 1 for page in last[:20])
    for code in mailed[:1_000]:
        desk.ask(voting.paper, OpenBallot(code=code))
    assert rows(desk, "SELECT count(*) FROM errand WHERE payload <> '{}'") == [(0,)]
    assert peaks["house_mb"] < HOUSE_MB_MAX
    assert peaks["setting_mb"] < SETTING_MB_MAX
    size_mb = sum(path.stat().st_size for path in (settings.folder / "letters").iterdir()) // 1_000_000
    print(f"{PEOPLE} letters in {took_seconds:.1f} s, one kill included; {size_mb} MB; {peaks}")  # noqa: T201 - a proof tells what it saw
