# SPDX-License-Identifier: EUPL-1.2
"""What a register file must be, and what it changes; all its lines count, or none."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wijkbudget.kit.errors import NotFound
from wijkbudget.kit.sheets import BadLine, BadSheet, WrongLine, in_columns, numbered, open_sheet
from wijkbudget.kit.text import Text, _

FILE_BYTES_MAX = 4_000_000
LINES_MAX = 50_000
"""Choice: neighbourhoods of 50,000 people together; the writer waits while a file is taken over, some seconds then."""

NAME_LENGTH_MAX = 120
AGE_MAX = 125
HOUSE_NUMBER_MAX = 99_999
ADDITION_LENGTH_MAX = 10
PSEUDONYM_LENGTH_MAX = 64

COLUMNS = ("pseudonym", "name", "postcode", "house_number", "addition", "birth_year", "since_on")
_DUTCH = ("pseudoniem", "naam", "postcode", "huisnummer", "toevoeging", "geboortejaar", "sinds")
_CALLED = {**dict(zip(_DUTCH, COLUMNS, strict=True)), **{name: name for name in COLUMNS}}

_PSEUDONYM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]*")
_NINE_DIGITS = re.compile(r"\d{9}")
_POSTCODE = re.compile(r"([1-9]\d{3}) ?(?!SA|SD|SS)([A-Z]{2})")
_ADDITION = re.compile(r"[A-Z0-9][A-Z0-9 -]*")
_QUARTER = re.compile(r"BU[0-9]{8}")
_DUTCH_DAY = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DIGITS = re.compile(r"[0-9]{1,9}")


class PersonNotFound(NotFound):
    """Nobody with this id is known in this neighbourhood."""


class BadRegister(BadSheet):
    """The register file is refused as a whole; `lines` are the first bad lines."""


@dataclass(frozen=True)
class Address:
    """Where a household lives; the postcode is `1234AB`, the addition may be empty.

    Somebody whose address is secret, or who has none, is in a quarter (`BU03630001`) without a house number, alone.
    """

    postcode: str
    house_number: int
    addition: str

    @property
    def is_known(self) -> bool:
        """Return whether a letter can be sent there."""
        return self.house_number > 0


@dataclass(frozen=True, kw_only=True)
class RegisterLine:
    """One person of the file."""

    number: int
    pseudonym: str
    name: str
    address: Address
    birth_year: int
    since_on: date


def read_register(text: str, today: date) -> tuple[list[RegisterLine], list[BadLine]]:
    """Return the people of a file and its bad lines. Raises BadRegister if it is no register at all.

    Choice: columns that are not asked are refused, so that no more than this ever arrives.
    Source: AVG art. 5 lid 1 onder c (no more data than needed).
    """
    if len(text.encode()) > FILE_BYTES_MAX:
        raise BadRegister(_("The file is too large: at most 4 MB."))
    header, reader = open_sheet(text)
    columns = _columns(header)
    lines: list[RegisterLine] = []
    bad: list[BadLine] = []
    seen: dict[str, int] = {}
    for number, cells in numbered(reader, bad):
        if number > LINES_MAX + 1:
            raise BadRegister(_("The file is too long: at most 50,000 lines."))
        try:
            line = _line(number, columns, cells, today)
            if line.pseudonym in seen:
                raise WrongLine(_("This pseudonym stands on line %(line)s too.", line=seen[line.pseudonym]))  # noqa: TRY301 - one place collects the reasons
        except WrongLine as wrong:
            bad.append(BadLine(number, wrong.reason))
        else:
            seen[line.pseudonym] = number
            lines.append(line)
    if not lines and not bad:
        raise BadRegister(_("There are no people in this file."))
    return lines, bad


def refuse_bad(bad: Sequence[BadLine]) -> None:
    """Do nothing if no line is bad. Raises BadRegister with the first bad lines."""
    if bad:
        raise BadRegister(_("Nothing was imported: %(count)s lines are not right.", count=len(bad)), bad)


def read_postcode(typed: str) -> str | None:
    """Return a Dutch postcode as `1234AB`, or None if it is not one."""
    match = _POSTCODE.fullmatch(typed.strip().upper())
    return match and match[1] + match[2]


def _columns(header: Sequence[str]) -> list[str]:
    """Return our names of the columns of the file, in its order. Raises BadRegister."""
    known = [_CALLED.get(cell, "") for cell in header]
    if "" in known:
        raise BadRegister(
            _("The column “%(name)s” does not belong in this file.", name=header[known.index("")][:NAME_LENGTH_MAX])
        )
    if sorted(known) != sorted(COLUMNS):
        raise BadRegister(_("The first line must name these columns once: %(columns)s.", columns=", ".join(_DUTCH)))
    return known


def _line(number: int, columns: Sequence[str], cells: Sequence[str], today: date) -> RegisterLine:
    """Return one person. Raises WrongLine."""
    values = {name: _cell(cell) for name, cell in in_columns(columns, cells).items()}
    birth_year = _number(values["birth_year"], _("The birth year is not right."), today.year - AGE_MAX, today.year)
    since_on = _day(values["since_on"])
    if since_on > today:
        raise WrongLine(_("The day on which somebody came to live here is still to come."))
    if since_on.year < birth_year:
        raise WrongLine(_("Somebody cannot live here before the year of birth."))
    return RegisterLine(
        number=number,
        pseudonym=_pseudonym(values["pseudonym"]),
        name=_name(values["name"]),
        address=_address(values),
        birth_year=birth_year,
        since_on=since_on,
    )


def _cell(cell: str) -> str:
    """Return a cell without the spaces around it. Raises WrongLine for what a spreadsheet or a screen would obey.

    Source: OWASP, CSV injection (a cell that begins as a formula is run by whoever opens an export).
    """
    if not cell.isprintable():
        raise WrongLine(_("There are characters on this line that cannot be shown."))
    value = cell.strip()
    if value.startswith(("=", "+", "-", "@")):
        raise WrongLine(_("A cell begins like a formula."))
    return value


def _pseudonym(value: str) -> str:
    """Return the municipality's own name for a person. Raises WrongLine, for a citizen service number too.

    Source: Wet algemene bepalingen burgerservicenummer (a BSN needs a ground in law; this house has none).
    """
    if _NINE_DIGITS.fullmatch(value):
        raise WrongLine(_("The pseudonym looks like a citizen service number; those are never stored."))
    if len(value) > PSEUDONYM_LENGTH_MAX or not _PSEUDONYM.fullmatch(value):
        raise WrongLine(_("The pseudonym is not right: letters, digits, dots and dashes only."))
    return value


def _name(value: str) -> str:
    if not 0 < len(value) <= NAME_LENGTH_MAX:
        raise WrongLine(_("The name is missing or too long."))
    return value


def _address(values: Mapping[str, str]) -> Address:
    """Return where somebody lives. Raises WrongLine.

    Choice: the code of a quarter instead of a postcode, and no house number, for whose address is secret: the house
    must know in which neighbourhood somebody votes, and nothing more.
    Source: Wet basisregistratie personen art. 2.59 (secrecy of an address on request).
    """
    if _QUARTER.fullmatch(values["postcode"]) and not values["house_number"] and not values["addition"]:
        return Address(values["postcode"], 0, values["pseudonym"])
    postcode = read_postcode(values["postcode"])
    if postcode is None:
        raise WrongLine(_("The postcode is not right."))
    house_number = _number(values["house_number"], _("The house number is not right."), 1, HOUSE_NUMBER_MAX)
    addition = values["addition"].upper()
    if addition and (len(addition) > ADDITION_LENGTH_MAX or not _ADDITION.fullmatch(addition)):
        raise WrongLine(_("The addition to the house number is not right."))
    return Address(postcode, house_number, addition)


def _number(value: str, reason: Text, least: int, most: int) -> int:
    if not _DIGITS.fullmatch(value) or not least <= int(value) <= most:
        raise WrongLine(reason)
    return int(value)


def _day(value: str) -> date:
    """Return a day written as `2019-03-31` or as the Dutch do, `31-03-2019`. Raises WrongLine."""
    dutch = _DUTCH_DAY.fullmatch(value)
    try:
        if dutch:
            return date(int(dutch[3]), int(dutch[2]), int(dutch[1]))
        if _ISO_DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise WrongLine(_("The day on which somebody came to live here is not right."))
