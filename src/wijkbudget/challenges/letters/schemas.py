# SPDX-License-Identifier: EUPL-1.2
"""What letters about bids answer."""

from datetime import date

from wijkbudget.challenges.letters.rules import LetterPart
from wijkbudget.challenges.rules.states import Move
from wijkbudget.kit.fields import View
from wijkbudget.kit.text import Text


class LetterLine(View):
    """A letter about a bid: of which move it tells, and its date."""

    number: int
    """The number of the move."""
    move: Move
    made_on: date
    subject: Text


class LetterView(LetterLine):
    """A letter about a bid, as it is sent."""

    title: str
    """What the bid is called."""
    municipality: str
    neighbourhood: str
    greeting: Text
    parts: list[LetterPart]
    signed: Text
    articles: Text


class AddressedLetterView(LetterView):
    """A letter with whom it goes to; for the post room, never for a page."""

    addressed: list[list[str]]
    """One address for each of the group whose address is known here."""
