# SPDX-License-Identifier: EUPL-1.2
"""A server killed at any moment has lost nothing that it confirmed, and left nothing half done.

Ballots are cast and money is granted over HTTP, and it is killed in the middle, again and again. `make proof-crash`
does it a thousand times.
"""

import os
import random
import subprocess
import sys
import time

import pytest

from tests.races.crowd import Crowd, gather
from tests.races.serving import environment, kill, served, zygote
from tests.stores import CHOSEN

KILLS = int(os.environ.get("WIJKBUDGET_PROOF_KILLS", "100" if CHOSEN == "sqlite" else "20"))
KILLS_A_HOUSE = 50
"""So many kills share a house: the more it holds, the longer it takes to prove."""
PROVED_EVERY = 5
"""Each time we look for what was confirmed; each fifth time the house proves itself whole too: what is broken stays."""


@pytest.fixture
def crowd(store, tmp_path) -> Crowd:
    return gather(store.make(tables=False), tmp_path / "var")


@pytest.mark.crash
class TestAKilledServer:
    @pytest.mark.parametrize("first", range(0, KILLS, KILLS_A_HOUSE))
    def test_has_lost_nothing_it_confirmed(self, crowd, tmp_path, first):
        chance = random.Random()
        kills = min(KILLS_A_HOUSE, KILLS - first)
        with zygote(crowd, tmp_path / "log") as forking:
            for number in range(kills):
                with forking.served() as server:
                    crowd.send_while(lambda server=server: (time.sleep(chance.uniform(0.01, 0.25)), kill(server)))
                crowd.assert_nothing_lost(is_proved=number % PROVED_EVERY == 0)
            assert crowd.confirmed > kills
            with forking.served():
                crowd.assert_all_answered_again()

    def test_proves_itself_whole_to_its_keeper(self, crowd):
        with served(crowd) as server:
            crowd.send_while(lambda: (time.sleep(0.3), server.kill(), server.wait()))
        command = [sys.executable, "-m", "wijkbudget.app.cli", "verify"]
        proof = subprocess.run(command, env=environment(crowd), capture_output=True, text=True, check=False)
        assert (proof.returncode, proof.stderr) == (0, "")
        assert proof.stdout.startswith("Everything is as it must be")
