# SPDX-License-Identifier: EUPL-1.2
"""A neighbourhood with a voucher on a database that can be taken away, and what its readers are told then."""

import json
import re
from dataclasses import dataclass
from html import unescape

import pytest

from tests.app.knocking import Answer, Knocker
from tests.conftest import Clock, desk_of
from tests.vouchers.conftest import IBAN, Group, filed, issue
from tests.worlds import found_meerwijk, open_session, settle_in, staff
from wijkbudget.db.database import open_database
from wijkbudget.kit.actor import Role
from wijkbudget.trail.work import question

PERSONAL = ("A. Bewoner", "Tuincentrum De Linde", IBAN, "2026-1", "anna@wijk.example")
"""What stands in the requests that are refused here."""
INSIDE = ("sqlite", "psycopg", "postgres", "Traceback", "Error", "OSError", ".py", "disk", "/tmp")
"""What tells a stranger how the house is made."""


@question(open_session.__dict__["door"].may, municipal=True)
def claims(look) -> list[tuple[str, int]]:
    rows = look.session.connection().exec_driver_sql("SELECT number, amount_cents FROM claim ORDER BY number")
    return [(number, amount) for number, amount in rows]


@dataclass
class Troubled:
    """The house with something wrong around it."""

    group: Group
    knocker: Knocker
    token: str

    def claim(self, number: int, language: str = "nl") -> Answer:
        """Let Anna ask her money back, with a receipt."""
        body = filed(number).model_dump(mode="json", by_alias=True)
        return self.knocker.post(
            f"/api/v1/neighbourhoods/oost/vouchers/{self.group.voucher_id}/claims",
            body,
            token=self.token,
            idempotency_key=f"claim-{number}",
            accept_language=language,
        )

    def page(self, language: str = "nl") -> Answer:
        """Let Anna look at the voucher."""
        path = f"/wijken/oost/wijkvouchers/{self.group.voucher_id}"
        return self.knocker.get(path, token=self.token, accept_language=language)

    def claims(self) -> list[tuple[str, int]]:
        """Return what is in the database: the number and amount of each claim."""
        return self.group.desk.ask(claims)


def told(answer: Answer) -> str:
    """Return the sentence of a refusal, as a page or a problem document; see that it tells nothing else."""
    assert not [word for word in (*PERSONAL, *INSIDE) if word in answer.text], answer.text
    if answer.text.startswith("{"):
        return str(json.loads(answer.text)["detail"])
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text)))


def assert_out_of_reach(answer: Answer, sentence: str, language: str = "nl") -> None:
    """See that somebody is told to come back, in their language."""
    assert (answer.status, answer.header("retry-after")) == (503, "1"), answer.text
    assert answer.header("content-language") == language
    assert sentence in told(answer)


OUT_OF_REACH = {
    "nl": "We kunnen nu niet bij onze gegevens. Er is niets veranderd.",
    "en": "We cannot reach our records now. Nothing was changed. Try again in a moment.",
}


@pytest.fixture
def troubled(front, tmp_path):
    """Return what builds the house on a database at an address, with its files in a folder."""
    opened = []

    def build(url, folder=tmp_path):
        database = open_database(url)
        desk = desk_of(database, folder, Clock())
        found_meerwijk(desk)
        residents = settle_in(desk, "oost", 3)
        voucher = desk.act(issue, "oost", "Pluktuin", [residents[0].id, residents[1].id], 100_000)
        group = Group(desk, residents, staff(desk, "oost"), voucher.id)
        knocker = Knocker(front.before(desk), desk)
        opened.extend((knocker, database))
        assert Role.COUNCIL in group.staff
        return Troubled(group, knocker, desk.act(open_session, group.anna.id))

    yield build
    for each in opened:
        each.close()
