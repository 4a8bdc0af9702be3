# SPDX-License-Identifier: EUPL-1.2
"""The proof of shares names whatever was tampered with."""

from uuid import UUID

import pytest
from sqlalchemy import text

from tests.identity.people import load
from tests.shares.conftest import EVERYBODY, faults
from tests.stores import beside, url_of

ANNA_HELD = "(SELECT id FROM person WHERE pseudonym = 'p-1')"


@pytest.fixture
def tamper(wijk):
    """Return how somebody changes the database beside the house, after the first review."""
    wijk.review("oost", "west")
    load(wijk.desk, *(line for line in EVERYBODY if "Eva" not in line), is_full=True)
    wijk.clock.forward(days=100)
    wijk.review("oost", "west")
    assert wijk.desk.ask(faults) == []

    def change(statement):
        with beside(url_of(wijk.desk), is_tampering=True) as connection:
            assert connection.execute(text(statement)).rowcount == 1
        return [fault for fault in wijk.desk.ask(faults) if fault.startswith("shares:")]

    return change


class TestCheck:
    def test_finds_a_share_that_is_gone(self, tamper):
        found = tamper(f"DELETE FROM share WHERE year = 2 AND person_id = {ANNA_HELD}")
        assert [fault.partition(" holds ")[2] for fault in found] == ["3 shares, 2 were granted and did not lapse"]

    def test_finds_a_balance_that_nobody_granted(self, tamper):
        found = tamper("INSERT INTO ledger_balance (account, unit, amount) VALUES ('share:oost:nobody', 'share', 2)")
        assert found == ["shares: share:oost:nobody: holds 2 shares, 0 were granted and did not lapse"]

    def test_finds_a_share_beyond_the_cap(self, tamper):
        found = tamper(
            "INSERT INTO share (id, place, person_id, spell, year, reason, granted_on, policy_version)"
            f" SELECT '{UUID(int=9).hex}', place, person_id, spell, 3, reason, granted_on, policy_version"
            f" FROM share WHERE year = 2 AND person_id = {ANNA_HELD}"
        )
        assert found[1].endswith("is of 4 shares, more than the 3 that anybody may hold")

    def test_finds_a_lapse_of_another_number_of_shares(self, tamper):
        (found,) = tamper("UPDATE share_lapse SET share_count = 2")
        assert found.endswith("is of 2 shares, 1 were granted")

    def test_finds_somebody_with_a_right_to_a_share_who_has_none(self, tamper):
        (found,) = tamper("UPDATE person SET birth_year = 2000 WHERE pseudonym = 'p-4'")
        assert found.endswith("lives in oost and holds no share")
