# SPDX-License-Identifier: EUPL-1.2
"""What everybody can take along names nobody, and leads from every payment to its receipt."""

from uuid import UUID

import pytest

from tests.app.house import PLACES, House
from wijkbudget.reports.exports import EXPORTS
from wijkbudget.reports.formats import FORMATS

HERE = PLACES[0]
SECRETS = {
    "people": "SELECT name FROM person",
    "suppliers": "SELECT supplier FROM claim",
    "payees": "SELECT payee FROM claim",
    "numbers of bills": "SELECT number FROM claim",
    "accounts": "SELECT iban FROM claim",
    "people by id": "SELECT claimant FROM claim",
}


def _whole(house: House, export: str, format_: str) -> str:
    year = "&year=2025" if EXPORTS[export].of_a_year else ""
    answer = house.knocker.get(f"/api/v1/neighbourhoods/{HERE}/exports/{export}?format={format_}{year}")
    assert answer.status == 200
    return answer.text


@pytest.mark.parametrize("export", EXPORTS)
@pytest.mark.parametrize("format_", FORMATS)
class TestEveryFile:
    def test_names_nobody(self, house: House, export: str, format_: str):
        text = _whole(house, export, format_)
        for what, statement in SECRETS.items():
            kept = {str(row[0]) for row in house.rows(statement)} - {"", "None"}
            assert kept, what
            assert [each for each in kept if each in text] == [], what


class TestSpending:
    def test_leads_from_every_payment_to_its_claim_and_receipt(self, house: House):
        answer = house.knocker.get(f"/api/v1/neighbourhoods/{HERE}/exports/spending?year=2025")
        paid = {
            row["claimId"]: (row["receiptSha256"], row["costKind"], row["amountCents"])
            for row in answer.document
            if row["target"].startswith("external:paid:") and row["claimId"]
        }
        claims = {
            str(UUID(row[0])): (row[1], row[2]) for row in house.rows("SELECT id, receipt_sha256, category FROM claim")
        }
        payouts = house.rows(
            "SELECT about, amount_cents FROM payout WHERE state = 'paid' AND place = :place AND year = 2025", place=HERE
        )
        assert paid == {about: (*claims[about], cents) for about, cents in payouts if about in claims}
        assert paid
