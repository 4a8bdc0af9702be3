# SPDX-License-Identifier: EUPL-1.2
"""How codes are divided over files of letters, what a mail house gets, and how long any of it is kept."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from wijkbudget.kit.errors import Conflict, NotFound, RuleBroken
from wijkbudget.kit.sheets import MARK, lines_of
from wijkbudget.kit.text import _

LETTERS_TOGETHER_MAX = 1_000
"""Choice: letters in one file; a printer takes it, and setting it takes three seconds and half a gigabyte."""

KEPT_DAYS = 14
"""Choice: a post room and a mail house have two weeks; after that, or once the round closes, the files are wiped."""

ERRAND = "voting letters"
"""The kind of errand in which codes wait until their letters are made."""

COLUMNS = ("naam", "postcode", "huisnummer", "toevoeging", "stemcode")

_SETTABLE = (
    range(0x20, 0x250),
    range(0x370, 0x500),
    range(0x1E00, 0x1F00),
    range(0x2010, 0x2028),
    range(0x20A0, 0x20B0),
)
"""Latin, Greek and Cyrillic, Vietnamese, dashes and quotes, and signs of money."""


class Window(StrEnum):
    """On which side of the envelope the address shows."""

    LEFT = "left"
    RIGHT = "right"


class LettersNotFound(NotFound):
    """The round has no such file of letters."""


class LettersNotReady(RuleBroken):
    """The letters are not made yet."""


class LettersGone(NotFound):
    """The letters were thrown away, because they hold addresses and codes."""


class HasNotVoted(RuleBroken):
    """With this code nobody voted, so there is nothing to report: a new code is enough."""


class AlreadyReported(Conflict):
    """Somebody reported this before."""


class NoAddress(RuleBroken):
    """A letter cannot be sent to somebody whose address is secret, or who has none here."""


class NotYourAddress(RuleBroken):
    """A code goes only to an e-mail address that somebody proved to be theirs."""


@dataclass(frozen=True, kw_only=True)
class Addressed:
    """One letter: to whom, and the code in it."""

    name: str
    postcode: str
    house_number: int
    addition: str
    code: str
    voice_hundredths: int
    """Never printed; it lets a demo and a test vote with each voice."""


def batches(letters: Iterable[Addressed]) -> list[Sequence[Addressed]]:
    """Return letters in files, in the order of the postman's round."""
    ordered = sorted(letters, key=lambda each: (each.postcode, each.house_number, each.addition, each.name, each.code))
    return [ordered[first : first + LETTERS_TOGETHER_MAX] for first in range(0, len(ordered), LETTERS_TOGETHER_MAX)]


def settable(said: str) -> str:
    """Return a text in letters that our fonts have; any other becomes a question mark, so that it holds up no letter.

    Choice: Latin with every accent, Greek and Cyrillic; the register of residents writes names in Latin letters.
    """
    return "".join(each if _is_settable(each) else "?" for each in unicodedata.normalize("NFC", said))


def csv_heading() -> str:
    """Return the first line of a file for a mail house."""
    return MARK + lines_of([COLUMNS])


def csv_lines(letters: Iterable[Mapping[str, str | int]]) -> str:
    """Return a line for each letter."""
    names = ("name", "postcode", "house_number", "addition", "code")
    return lines_of([letter[name] for name in names] for letter in letters)


def wiped_from(made_on: date, closes_on: date) -> date:
    """Return the day on which letters are thrown away."""
    return min(made_on + timedelta(days=KEPT_DAYS), closes_on + timedelta(days=1))


def demand_there(*, is_printed: bool, is_wiped: bool) -> None:
    """Do nothing if a file of letters can be fetched. Raises LettersNotReady or LettersGone."""
    if is_wiped:
        raise LettersGone(_("These letters were thrown away: they hold addresses and codes."))
    if not is_printed:
        raise LettersNotReady(_("These letters are not made yet. Look again in a moment."))


def _is_settable(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LNPSZ" and any(ord(letter) in letters for letters in _SETTABLE)
