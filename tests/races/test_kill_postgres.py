# SPDX-License-Identifier: EUPL-1.2
"""PostgreSQL killed at any moment, under a server that goes on, loses nothing confirmed and leaves nothing half done.

All its processes are killed at once, and it is started again. `make proof-crash` does it two hundred times.
"""

import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import do_without
from tests.races.crowd import ANSWERS_SECONDS, gather
from tests.races.serving import zygote
from tests.servers import Cluster, throwaway

KILLS = int(os.environ.get("WIJKBUDGET_PROOF_POSTGRES_KILLS", "10"))
KILLS_A_HOUSE = 50
DURABLE = ("listen_addresses=", "max_connections=100", "fsync=on", "full_page_writes=on", "synchronous_commit=on")


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with throwaway(DURABLE) as found:
        if found is None:
            do_without("no PostgreSQL here to kill")
        yield found


def _kill_all(cluster: Cluster) -> None:
    """Kill the server with all its children, and let it find nobody of its own when it starts again."""
    lock = cluster.folder / "data" / "postmaster.pid"
    first = int(lock.read_text().split()[0])
    # It stands still while we look, or it would start new ones.
    os.kill(first, signal.SIGSTOP)
    processes = [first, *_children(first)]
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    deadline = time.monotonic() + ANSWERS_SECONDS
    while any(_runs(process) for process in processes):
        assert time.monotonic() < deadline, "PostgreSQL does not die"
        time.sleep(0.002)
    for left in (lock, *cluster.folder.glob(".s.PGSQL.*")):
        left.unlink()


def _children(parent: int) -> list[int]:
    tasks = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(child) for child in tasks.read_text().split()]


def _runs(process: int) -> bool:
    """Return whether a process is alive; what is left of a dead one until its parent looks is not."""
    with suppress(FileNotFoundError, ProcessLookupError):
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        return state not in "ZX"
    return False


@pytest.mark.crash
class TestAKilledPostgres:
    @pytest.mark.parametrize("first", range(0, KILLS, KILLS_A_HOUSE))
    def test_has_lost_nothing_it_confirmed(self, cluster, tmp_path, first):
        chance = random.Random()
        crowd = gather(cluster.url, tmp_path / "var")
        kills = min(KILLS_A_HOUSE, KILLS - first)

        def kill_and_start() -> None:
            time.sleep(chance.uniform(0.05, 0.4))
            _kill_all(cluster)
            cluster.start()
            crowd.wait_until_answered()

        with zygote(crowd, tmp_path / "log") as forking, forking.served():
            for _kill in range(kills):
                crowd.send_while(kill_and_start)
                crowd.assert_nothing_lost()
            assert crowd.confirmed > kills
            crowd.assert_all_answered_again()
