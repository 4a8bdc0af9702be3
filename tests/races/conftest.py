# SPDX-License-Identifier: EUPL-1.2
"""The open round and the voucher of the domains' own tests, to be fought over."""

from tests.stores import CHOSEN
from tests.voting.conftest import meerwijk, prepare, vote  # noqa: F401 - fixtures
from tests.vouchers.conftest import group  # noqa: F401 - a fixture

collect_ignore = ["test_kill_postgres.py", "test_power.py"] if CHOSEN == "postgres" else []
"""What chooses its database itself runs once."""
