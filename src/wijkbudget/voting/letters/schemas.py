# SPDX-License-Identifier: EUPL-1.2
"""What the letters of a round are asked, and what they answer."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from wijkbudget.identity.schemas import EmailAddress
from wijkbudget.kit.fields import Command, Id, Line, View, symbol
from wijkbudget.voting.letters.rules import Window

Optional = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120, pattern=r"^[^\x00-\x1f]*$")]
"""One line of text, or nothing."""

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
"""A colour as `#0b4f5c`."""


class WriteLetterhead(Command):
    """Say what stands on every letter of a neighbourhood."""

    help_desk: Line
    """Where people get help on paper, such as the address of the desk and its hours."""
    phone_number: Optional = ""
    return_address: Optional = ""
    """Where a letter goes that cannot be delivered."""
    colour: Colour = "#0b4f5c"
    window: Annotated[Window, symbol(Window)] = Window.RIGHT
    """On which side the envelope has its window."""


class MailVotingCode(Command):
    """Send your code by e-mail instead of the one in your letter."""

    email_address: EmailAddress


class FindByPseudonym(Command):
    """What the register calls somebody whose address is not in it."""

    pseudonym: Line


class HandVotingCode(Command):
    """Give somebody at the desk a code instead of the one they had."""

    person_id: Id


class ReportStolen(Command):
    """Report that somebody else voted with the code of this person."""

    person_id: Id


class LetterheadView(View):
    """What stands on every letter of a neighbourhood."""

    municipality: str
    neighbourhood: str
    help_desk: str
    phone_number: str
    return_address: str
    colour: str
    window: Window


class LetterFileView(View):
    """A file of letters; it tells nothing about whose they are."""

    number: int
    letter_count: int
    is_replacement: bool
    """It holds one new code instead of a lost one."""
    made_on: date
    is_printed: bool
    is_wiped: bool
    wiped_on: date
    """The day on which it is thrown away."""


class LettersView(View):
    """How far the letters of a round are."""

    round_id: UUID
    place: str
    title: str
    letter_count: int
    printed_count: int
    at_desk_count: int
    """How many voters have no address here: they get their code at the desk."""
    files: list[LetterFileView]

    @property
    def is_busy(self) -> bool:
        """Return whether letters are still being made."""
        return self.printed_count < self.letter_count

    @property
    def is_kept(self) -> bool:
        """Return whether there is a file that can be fetched."""
        return any(each.is_printed and not each.is_wiped for each in self.files)


class HandedVotingCode(View):
    """A code to hand over now; it is shown once and kept nowhere."""

    name: str
    code: str
    title: str
    opens_on: date
    closes_on: date


class StolenView(View):
    """How many people said that somebody else voted with their code."""

    round_id: UUID
    reported_count: int
