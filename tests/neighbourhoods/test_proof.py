# SPDX-License-Identifier: EUPL-1.2
"""What the proof of the neighbourhoods finds in an honest world, and in one that was tampered with."""

import pytest
from sqlalchemy import text

from tests.stores import beside, url_of
from tests.worlds import found_meerwijk, somebody
from wijkbudget.kit.actor import Role, may
from wijkbudget.neighbourhoods import queries, service
from wijkbudget.neighbourhoods.schemas import HandBack
from wijkbudget.trail.work import Look, Work, question, verb

CASHIER = somebody(Role.CASHIER, "oost")
HOUSE = may(Role.SYSTEM)


@question(HOUSE, municipal=True)
def faults(look: Look) -> list[str]:
    """Return what the domain's own proof finds."""
    return [str(fault) for fault in queries.check(look)]


@verb(HOUSE, municipal=True, silent="a test breaks in")
def tamper(work: Work, statement: str) -> None:
    """Change rows behind the back of the verbs."""
    work.session.connection().execute(text(statement))


@pytest.fixture(name="meerwijk")
def founded(desk):
    found_meerwijk(desk)
    return desk


class TestTheProof:
    def test_finds_nothing_in_an_honest_world(self, meerwijk):
        meerwijk.by(CASHIER).once("back").act(
            service.hand_back, "oost", HandBack(year=2025, amount_cents=1, reason="Over")
        )
        assert meerwijk.ask(faults) == []

    @pytest.mark.parametrize(
        ("statement", "fault"),
        [
            (
                "UPDATE adopted_policy SET toml = replace(toml, 'min = 5', 'min = 1') WHERE place = 'oost'",
                "neighbourhoods: policy oost 1: is not what was adopted",
            ),
            (
                "UPDATE budget_grant SET amount_cents = 1 WHERE place = 'oost' AND year = 2025",
                "neighbourhoods: pot oost 2025: its grants are not what the books moved",
            ),
            (
                "UPDATE adopted_policy SET version = 2 WHERE place = 'west'",
                "neighbourhoods: policy west 2: follows version 0",
            ),
            (
                "UPDATE quarter_postcode SET last = 100 WHERE postcode = '9901AD' AND first = 1",
                "neighbourhoods: postcode 9901AD: lies in BU99010101 and in BU99010102",
            ),
        ],
    )
    def test_finds_what_was_altered(self, meerwijk, statement, fault):
        with beside(url_of(meerwijk), is_tampering=True) as connection:
            connection.execute(text(statement))
        assert meerwijk.ask(faults) == [fault]
