# SPDX-License-Identifier: EUPL-1.2
"""Makes files of cards with the codes of resident vouchers, and removes those that were thrown away."""

import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

import segno
from babel.dates import format_date

from wijkbudget.app.paths import WEB
from wijkbudget.app.templating import euro
from wijkbudget.app.typesetting import typeset
from wijkbudget.kit.actor import SYSTEM
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.keyring import NONCE_BYTES
from wijkbudget.voting.letters.rules import settable
from wijkbudget.vouchers.cheques import queries, service
from wijkbudget.vouchers.cheques.queries.printing import DRAWER, file_name
from wijkbudget.vouchers.cheques.schemas import CardsAskedView

TEMPLATE = WEB / "templates" / "letters" / "card.typ"


@dataclass(frozen=True)
class CardRoom:
    """Where cards with codes are made; `desk` is the system's."""

    desk: Desk
    origin: str
    """Our address as readers see it."""

    def make(self, errand: dict[str, Any]) -> None:
        """Make one file of cards, unless it is there: a file that is made twice is made once. Raises OSError."""
        place, issuance_id, number = errand["place"], UUID(errand["issuance_id"]), errand["number"]
        desk = self.desk.by(SYSTEM)
        if not desk.ask(queries.cards_wait, place, issuance_id, number):
            return
        asked = desk.ask(queries.cards_asked, place, issuance_id, [UUID(each) for each in errand["cheque_ids"]])
        page = f"{self.origin}/wijken/{place}/bewonerscheques"
        pdf = typeset(TEMPLATE, inputs_of(asked, page), datetime.combine(asked.made_on, time(12), UTC))
        name = file_name(issuance_id, number)
        hidden = desk.ask(queries.locked_cards, name, pdf, desk.entropy(NONCE_BYTES))
        desk.files.drawer(DRAWER).put(name, hidden)
        desk.act(service.keep_cards, place, issuance_id, number)

    def clear(self, desk: Desk) -> None:
        """Remove the files that were thrown away, or that nobody knows."""
        drawer = desk.files.drawer(DRAWER)
        for name in sorted(set(drawer.names()) - desk.ask(queries.card_files_kept)):
            drawer.remove(name)


def inputs_of(asked: CardsAskedView, page: str) -> dict[str, str]:
    """Return what the template asks: what all cards say, each card, and the picture with our address.

    Choice: as on a letter with a voting code, no code stands in the picture. What a phone scans stays in its history;
    sixteen symbols are typed.
    """
    picture = io.BytesIO()
    segno.make(page, error="m", micro=False).save(picture, kind="svg", border=4)
    said = {
        "municipality": settable(asked.municipality),
        "neighbourhood": settable(asked.neighbourhood),
        "value": euro(asked.value_cents),
        "last": format_date(asked.last_on, "long", locale="nl"),
        "address": page.removeprefix("https://"),
        "is_formal": asked.is_formal,
        "is_per_household": asked.is_per_household,
    }
    cards = [{"name": settable(each.name), "address": each.address, "code": each.code} for each in asked.cards]
    return {"said": json.dumps(said), "cards": json.dumps(cards), "qr": picture.getvalue().decode()}
