# SPDX-License-Identifier: EUPL-1.2
"""The open round and the voucher of the domains' own tests, to be fought over, in a house on a disk."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.stores import CHOSEN, SqliteStore, Store
from tests.voting.conftest import meerwijk, prepare, vote  # noqa: F401 - fixtures
from tests.vouchers.conftest import Group, form_group
from wijkbudget.trail.desk import Desk


@pytest.fixture(scope="session")
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """Return where databases are made: on a disk, for what waits for it is what others can meet or kill."""
    if CHOSEN == "postgres":
        yield request.getfixturevalue("postgres_store")
        return
    with TemporaryDirectory() as folder:
        yield SqliteStore(Path(folder))


@pytest.fixture
def group(desk: Desk) -> Group:
    return form_group(desk)


collect_ignore = ["test_kill_postgres.py", "test_power.py"] if CHOSEN == "postgres" else []
"""What chooses its database itself runs once."""
