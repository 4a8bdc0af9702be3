# SPDX-License-Identifier: EUPL-1.2
"""Makes letters about money, one for each whom they are for: decisions, and asking a group to account for it."""

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

_LETTERS = WEB / "templates" / "letters"


@dataclass(frozen=True)
class DecisionRoom:
    """Where letters about money are made."""

    post: Post
    origin: str
    """Our address as readers see it."""

    def make(self, letter: dict[str, Any]) -> None:
        """Make the letters of one decision; made twice it is the same file. Raises OSError."""
        said = {
            **{name: letter[name] for name in ("kind", "ground", "objection_to")},
            "power_article": settable(letter["power_article"]),
            "motivation": [settable(line) for line in letter["motivation"].splitlines() if line.strip()],
            "heard": _day(letter["heard_on"]) if letter.get("heard_on") else None,
            "owed": _euro(letter["owed_cents"]) if letter["owed_cents"] else "",
        }
        self._lay_down("decision", f"besluit-{letter['id']}.pdf", letter, said)

    def remind(self, letter: dict[str, Any]) -> None:
        """Make the letters that ask a group to account for its money; twice is the same file. Raises OSError."""
        said = {"due": _day(letter["due_on"]), "until": _day(letter["until"])}
        self._lay_down("reminder", f"herinnering-{letter['id']}.pdf", letter, said)

    def _lay_down(self, template: str, name: str, letter: dict[str, Any], said: dict[str, Any]) -> None:
        """Set a file of letters, with what each of its kind says besides what all say."""
        typed = ("municipality", "neighbourhood", "title", "article")
        alike = {
            **{each: settable(letter[each]) for each in typed},
            **{each: letter[each] for each in ("body", "basis", "is_formal")},
            "made": _day(letter["made_on"]),
            "amount": _euro(letter["amount_cents"]),
            "address": self.origin.partition("://")[2],
        }
        addressed = [[settable(line) for line in lines] for lines in letter["addressed"]]
        inputs = {"said": json.dumps(alike | said), "addressed": json.dumps(addressed)}
        made_at = datetime.combine(date.fromisoformat(letter["made_on"]), time(12), UTC)
        self.post.lay_down(name, typeset(_LETTERS / f"{template}.typ", inputs, made_at))


def _day(day: str) -> str:
    return format_date(date.fromisoformat(day), "long", locale="nl")


def _euro(amount_cents: int) -> str:
    return format_currency(Decimal(amount_cents).scaleb(-2), "EUR", locale="nl")
