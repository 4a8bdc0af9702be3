# SPDX-License-Identifier: EUPL-1.2
"""Makes the letters of a decision about money, one for each whom it is for, for the post room."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_currency

from wijkbudget.app.paths import WEB
from wijkbudget.app.post import Post
from wijkbudget.app.typesetting import typeset
from wijkbudget.voting.letters.rules import settable

TEMPLATE = WEB / "templates" / "letters" / "decision.typ"


@dataclass(frozen=True)
class DecisionRoom:
    """Where letters about money are made."""

    post: Post
    origin: str
    """Our address as readers see it."""

    def make(self, letter: dict[str, Any]) -> None:
        """Make one file of letters; made twice it is the same file. Raises OSError."""
        made_at = datetime.combine(date.fromisoformat(letter["made_on"]), time(12), UTC)
        self.post.lay_down(f"besluit-{letter['id']}.pdf", typeset(TEMPLATE, inputs_of(letter, self.origin), made_at))


def inputs_of(letter: dict[str, Any], origin: str) -> dict[str, str]:
    """Return what the template asks: what every letter says, and whom each is for."""
    typed = ("municipality", "neighbourhood", "title", "power_article", "article")
    said = {
        **{name: settable(letter[name]) for name in typed},
        **{name: letter[name] for name in ("kind", "ground", "body", "basis", "objection_to", "is_formal")},
        "motivation": [settable(line) for line in letter["motivation"].splitlines() if line.strip()],
        "heard": _day(letter["heard_on"]) if letter.get("heard_on") else None,
        "made": _day(letter["made_on"]),
        "amount": _euro(letter["amount_cents"]),
        "owed": _euro(letter["owed_cents"]) if letter["owed_cents"] else "",
        "address": origin.partition("://")[2],
    }
    addressed = [[settable(line) for line in lines] for lines in letter["addressed"]]
    return {"said": json.dumps(said), "addressed": json.dumps(addressed)}


def _day(day: str) -> str:
    return format_date(date.fromisoformat(day), "long", locale="nl")


def _euro(amount_cents: int) -> str:
    return format_currency(Decimal(amount_cents).scaleb(-2), "EUR", locale="nl")
