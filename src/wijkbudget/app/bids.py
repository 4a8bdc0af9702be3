# SPDX-License-Identifier: EUPL-1.2
"""Makes the letters about bids for the post room: as PDF, one for each of the group, and as the text of a mail."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from wijkbudget.app.paths import WEB
from wijkbudget.app.post import Post
from wijkbudget.app.templating import DEFAULT, FORMAL, day, language, say
from wijkbudget.app.typesetting import typeset
from wijkbudget.challenges.letters import queries
from wijkbudget.challenges.letters.schemas import AddressedLetterView
from wijkbudget.kit.actor import SYSTEM
from wijkbudget.kit.text import Text
from wijkbudget.trail.desk import Desk
from wijkbudget.voting.letters.rules import settable

_TEMPLATE = WEB / "templates" / "letters" / "bid.typ"


@dataclass(frozen=True)
class BidLetters:
    """Where letters about bids are made."""

    desk: Desk
    post: Post

    def make(self, asked: dict[str, Any]) -> None:
        """Make the letters about one move; made twice they are the same files. Raises OSError.

        Choice: the house keeps no e-mail addresses of a group, so the text of a mail lies beside the sheets of paper.
        """
        challenge_id, number = UUID(asked["challenge_id"]), asked["number"]
        letter = self.desk.by(SYSTEM).ask(queries.addressed_letter, asked["place"], challenge_id, number)
        said, name = _said(letter), f"uitdaging-{challenge_id}-{number}"
        self.post.lay_down(f"{name}.txt", _mail(said).encode())
        if letter.addressed:
            addressed = [[settable(line) for line in lines] for lines in letter.addressed]
            inputs = {"said": json.dumps(said), "addressed": json.dumps(addressed)}
            made_at = datetime.combine(letter.made_on, time(12), UTC)
            self.post.lay_down(f"{name}.pdf", typeset(_TEMPLATE, inputs, made_at))


def _said(letter: AddressedLetterView) -> dict[str, Any]:
    """Return a letter in formal Dutch, in letters that our fonts have."""
    with formal():
        return {
            **{name: settable(getattr(letter, name)) for name in ("title", "municipality", "neighbourhood")},
            **{name: _written(getattr(letter, name)) for name in ("subject", "greeting", "signed", "articles")},
            "made": day(letter.made_on),
            "parts": [
                {
                    "heading": part.heading and _written(part.heading),
                    "lines": [_written(line) for line in part.lines],
                    "points": [_written(point) for point in part.points],
                }
                for part in letter.parts
            ],
        }


def _mail(said: dict[str, Any]) -> str:
    """Return a letter as the text of a mail: its subject, and below it what it says."""
    paragraphs = [f"Onderwerp: {said['subject']}", said["greeting"]]
    for part in said["parts"]:
        points = "\n".join(f"- {point}" for point in part["points"])
        paragraphs += [words for words in (part["heading"], *part["lines"], points) if words]
    return "\n\n".join([*paragraphs, said["signed"], said["articles"], ""])


def _written(words: Text | str) -> str:
    return settable(say(words))


@contextmanager
def formal() -> Iterator[None]:
    """Say everything in formal Dutch, as a municipality writes."""
    before = language.set(DEFAULT + FORMAL)
    try:
        yield
    finally:
        language.reset(before)
