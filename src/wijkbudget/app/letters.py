# SPDX-License-Identifier: EUPL-1.2
"""Makes files of letters from the errands in which codes wait, and removes those that were thrown away."""

import io
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import segno
from babel.dates import format_date

from wijkbudget.app.paths import WEB
from wijkbudget.app.typesetting import typeset
from wijkbudget.kit.actor import SYSTEM
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.keyring import NONCE_BYTES
from wijkbudget.voting import service
from wijkbudget.voting.letters import queries
from wijkbudget.voting.letters.rules import csv_lines, settable

TEMPLATE = WEB / "templates" / "letters" / "voting.typ"


@dataclass(frozen=True)
class LetterRoom:
    """Where letters with voting codes are made; `desk` is the system's."""

    desk: Desk
    origin: str
    """Our address as readers see it."""

    def make(self, batch: dict[str, Any]) -> None:
        """Make one file of letters, unless it is there: a batch that is made twice is made once. Raises OSError."""
        place, round_id, number = batch["place"], UUID(batch["round_id"]), batch["number"]
        desk = self.desk.by(SYSTEM)
        if not desk.ask(queries.is_waiting, place, round_id, number):
            return
        made_on = date.fromisoformat(batch["made_on"])
        pdf = typeset(TEMPLATE, inputs_of(batch, self.origin), datetime.combine(made_on, time(12), UTC))
        for form, content in (("pdf", pdf), ("csv", csv_lines(batch["letters"]).encode())):
            name = queries.file_name(round_id, number, form)
            nonce = desk.entropy(NONCE_BYTES)
            desk.files.drawer(queries.DRAWER).put(name, desk.ask(queries.locked, name, content, nonce))
        desk.act(service.keep, place, round_id, number)

    def clear(self, desk: Desk) -> None:
        """Remove the files that were thrown away, or that nobody knows."""
        drawer = desk.files.drawer(queries.DRAWER)
        for name in sorted(set(drawer.names()) - desk.ask(queries.kept_files)):
            drawer.remove(name)


def inputs_of(batch: dict[str, Any], origin: str) -> dict[str, str]:
    """Return what the template asks: what all letters say, each letter, and the picture with our address.

    Choice: no code stands in the picture. What a phone scans stays in its history and goes through apps of others; so
    sixteen symbols are typed, and a code travels in forms only.
    """
    page, hand_in = f"{origin}/stemmen", batch["hand_in"]
    picture = io.BytesIO()
    segno.make(page, error="m", micro=False).save(picture, kind="svg", border=4)
    said = {
        "title": settable(batch["title"]),
        "made": _day(batch["made_on"]),
        "opens": _day(batch["opens_on"]),
        "closes": _day(batch["closes_on"]),
        "address": page.removeprefix("https://"),
        "is_formal": batch["is_formal"],
        "hand_in": hand_in and {"at": settable(hand_in["at"]), "until": _day(hand_in["until"])},
        "letterhead": {name: settable(value) for name, value in batch["letterhead"].items()},
    }
    letters = [
        {"name": settable(each["name"]), "address": _address(each), "code": each["code"]} for each in batch["letters"]
    ]
    return {"said": json.dumps(said), "letters": json.dumps(letters), "qr": picture.getvalue().decode()}


def _day(value: str) -> str:
    return format_date(date.fromisoformat(value), "long", locale="nl")


def _address(letter: dict[str, Any]) -> str:
    """Return an address as the post reads it; a postcode and a house number are enough in the Netherlands."""
    postcode = letter["postcode"]
    return f"{postcode[:4]} {postcode[4:]}, {letter['house_number']} {letter['addition']}".strip()
