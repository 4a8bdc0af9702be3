# SPDX-License-Identifier: EUPL-1.2
"""Random operations on both databases, beside a model; `make proof-ledger` runs a million on each."""

import os
from pathlib import Path
from random import Random
from time import perf_counter

import pytest

from tests.conftest import Clock, desk_of
from tests.ledger.driving import Driver, faults
from tests.stores import Store
from wijkbudget.ledger.rules import NotEnough, NothingToReverse, NotReserved, ReferenceTaken

OPERATIONS = int(os.environ.get("WIJKBUDGET_PROOF_OPERATIONS", "50000"))
PARTS = 10
"""How often the books are proved on the way."""


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_books_end_as_the_model_says_on_either_database(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    made: Store = request.getfixturevalue(f"{engine}_store")
    clock, begun = Clock(), perf_counter()
    with made.empty() as database:
        driver = Driver(desk_of(database, tmp_path, clock), clock, Random(20_260_302))
        for part in range(1, PARTS + 1):
            driver.drive(OPERATIONS // PARTS)
            assert driver.desk.ask(faults) == []
            so_far = f"{part * OPERATIONS // PARTS:,} operations in {perf_counter() - begun:,.0f} seconds"
            print(f"{engine}: {so_far}")  # noqa: T201 - a proof tells how far it is
        assert sorted(driver.lines()) == sorted(driver.model.lines())
    assert set(driver.refused) == {NotEnough, NotReserved, NothingToReverse, ReferenceTaken}
    assert {state for _made, state, _by in driver.model.reserved.values()} == {
        "reserved",
        "posted",
        "voided",
        "expired",
    }
