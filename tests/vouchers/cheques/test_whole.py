# SPDX-License-Identifier: EUPL-1.2
"""Resident vouchers and cards for a whole register, in one act and then file by file.

`make proof-cheques` does it for 34,000 people; here there are thirty.
"""

import os
import resource
import time
from datetime import date

import pytest

from tests import worlds
from tests.vouchers.cheques.conftest import issuing, proof
from wijkbudget.app.cards import CardRoom
from wijkbudget.app.jobs import Jobs
from wijkbudget.identity import queries as register
from wijkbudget.identity import service as identity
from wijkbudget.identity.schemas import ImportRegister
from wijkbudget.kit.actor import Role
from wijkbudget.neighbourhoods import service as neighbourhoods
from wijkbudget.neighbourhoods.schemas import GrantBudget
from wijkbudget.trail import errands
from wijkbudget.vouchers.cheques import queries, service
from wijkbudget.vouchers.cheques.rules import CARDS_TOGETHER_MAX, ERRAND

PEOPLE = int(os.environ.get("WIJKBUDGET_PROOF_CHEQUES", "30"))
SECONDS_MAX, MORE_MB_MAX = 60, 300


@pytest.fixture(scope="session")
def built() -> None:
    """Build nothing: this register is the only one."""


class TestAWholeRegister:
    def test_gets_its_vouchers_in_one_act_and_its_cards_file_by_file(self, desk):
        worlds.found_meerwijk(desk)
        lines = worlds.register_csv({"oost": PEOPLE}).splitlines()
        # Everybody is old enough, so that there is one for each.
        grown = [lines[0], *(";".join([*line.split(";")[:5], "1980", line.split(";")[6]]) for line in lines[1:])]
        desk.act(identity.import_register, ImportRegister(csv="\n".join(grown)))
        official = desk.by(worlds.somebody(Role.OFFICIAL))
        grant = GrantBudget(year=2026, amount_cents=1_000 * PEOPLE, decision="Begroting 2026, programma Wijken")
        official.once("grant").act(neighbourhoods.grant, "oost", grant)
        began = time.perf_counter()
        issued = official.once("issue").act(service.issue_cheques, "oost", issuing())
        assert time.perf_counter() - began < SECONDS_MAX
        assert issued.cheque_count == PEOPLE == len(desk.ask(register.residents, "oost", date(2026, 3, 2), 12))
        peak = _peak_mb()
        ordered = official.act(service.order_cards, "oost")
        assert len(ordered.files) == -(-ordered.card_count // CARDS_TOGETHER_MAX)
        jobs = Jobs(desk, {ERRAND: CardRoom(desk, "https://wijk.meerwijk.example").make})
        while desk.ask(errands.waiting, 1):
            jobs.run_once()
        made = official.ask(queries.cards, "oost")
        assert (made.printed_count, made.at_desk_count) == (ordered.card_count, PEOPLE - ordered.card_count)
        assert _peak_mb() - peak < MORE_MB_MAX
        assert desk.ask(proof) == []


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
