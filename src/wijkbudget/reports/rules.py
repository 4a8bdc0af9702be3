# SPDX-License-Identifier: EUPL-1.2
"""Adds up the money of a pot from the addresses in the books, and says addresses and events in plain words.

Source: DESIGN, section 3: granted = free + reserved + committed + paid + returned, per pot, always.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from wijkbudget.identity.rules.roles import role_name
from wijkbudget.kit.actor import Role
from wijkbudget.kit.errors import BadInput, NotFound
from wijkbudget.kit.text import Text, _
from wijkbudget.ledger import chart
from wijkbudget.ledger.rules import Unit
from wijkbudget.trail.events import kinds

POSITION_MAX = 2**63 - 1
"""The largest position that a database can ask for."""

_POT = r"(?P<place>[a-z][a-z0-9-]*):(?P<year>\d{4})"
_ADDRESSES = (
    re.compile(rf"(?P<kind>pot|reserved):{_POT}(?P<id>)"),
    re.compile(rf"(?P<kind>voucher|external:paid):{_POT}(:(?P<id>[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}))?"),
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_HASH = re.compile(r"[0-9a-f]{64}")
_NAMED = re.compile(r"%\((\w+)\)s")


class YearNotFound(NotFound):
    """The neighbourhood has no pot for this year."""


class AccountNotFound(NotFound):
    """There is no such account of money in this year."""


class ExportNotFound(NotFound):
    """There is no such file to take along."""


class FormatUnknown(BadInput):
    """The file cannot be written like that."""


class YearMissing(BadInput):
    """The file is about one year, and none was named; or it is not, and one was."""


class Part(StrEnum):
    """Where the granted money of a pot is."""

    FREE = "free"
    """Still to be decided about."""
    RESERVED = "reserved"
    """Set apart by a decision, in no voucher yet."""
    COMMITTED = "committed"
    """In vouchers, not paid yet."""
    PAID = "paid"
    """Gone out through the bank."""
    RETURNED = "returned"
    """Back with the municipality."""


PREFIXES = {"pot": Part.FREE, "reserved": Part.RESERVED, "voucher": Part.COMMITTED, "external:paid": Part.PAID}
"""The first words of the addresses of money in a pot, and what they hold."""

_OF_A_YEAR = {
    Part.FREE: _("the pot of %(year)s"),
    Part.RESERVED: _("the money set apart in %(year)s"),
    Part.COMMITTED: _("the vouchers of %(year)s"),
    Part.PAID: _("the payments of %(year)s"),
}
_OF_A_PLAN = {
    Part.COMMITTED: _("the voucher for “%(title)s”"),
    Part.PAID: _("the payments for “%(title)s”"),
}


@dataclass(frozen=True, kw_only=True)
class Address:
    """An address of money as its words say it; without a voucher it is the sum over all of them."""

    part: Part
    place: str
    year: int
    voucher_id: UUID | None


class Move(NamedTuple):
    """One transfer of cents."""

    source: str
    target: str
    amount_cents: int


@dataclass
class Pot:
    """What was granted to a neighbourhood for a year, and where it is."""

    granted_cents: int = 0
    parts: dict[Part, int] = field(default_factory=lambda: dict.fromkeys(Part, 0))

    @property
    def is_whole(self) -> bool:
        """Return whether the parts are together exactly what was granted."""
        return self.granted_cents == sum(self.parts.values())


def read_address(address: str) -> Address | None:
    """Return what the words of an address say, or None if it holds no money of a pot."""
    found = next((found for words in _ADDRESSES if (found := words.fullmatch(address))), None)
    if found is None:
        return None
    return Address(
        part=PREFIXES[found["kind"]],
        place=found["place"],
        year=int(found["year"]),
        voucher_id=UUID(found["id"]) if found["id"] else None,
    )


def account_of(part: Part, place: str, year: int) -> str:
    """Return the address of a part of a pot; for vouchers and payments, the one that stands for all of them."""
    if part is Part.RETURNED:
        return chart.MUNICIPALITY.address
    prefix = next(prefix for prefix, held in PREFIXES.items() if held is part)
    return f"{prefix}:{place}:{year}"


def add_up(place: str, balances: Mapping[str, int], moves: Iterable[Move]) -> dict[int, Pot]:
    """Return the pot of each year, from the balances of its accounts and the moves to and from the municipality."""
    pots: dict[int, Pot] = {}
    for account, cents in balances.items():
        address = read_address(account)
        if address and address.place == place:
            pots.setdefault(address.year, Pot()).parts[address.part] += cents
    for move in moves:
        into, out_of = read_address(move.target), read_address(move.source)
        if into and into.place == place:
            pots.setdefault(into.year, Pot()).granted_cents += move.amount_cents
        if out_of and out_of.place == place:
            pots.setdefault(out_of.year, Pot()).parts[Part.RETURNED] += move.amount_cents
    return pots


def account_name(account: str, titles: Mapping[UUID, str]) -> Text:
    """Return in plain words where money is; `titles` are the plans that vouchers are for."""
    address = read_address(account)
    if address is None:
        return _("the municipality") if account == chart.MUNICIPALITY.address else _("another account")
    title = titles.get(address.voucher_id) if address.voucher_id else None
    if title is None:
        return Text(_OF_A_YEAR[address.part].msgid, {"year": address.year})
    return Text(_OF_A_PLAN[address.part].msgid, {"title": title})


def demand_year(year: int | None, *, of_a_year: bool) -> None:
    """Raise YearMissing if a year is named for what is of all years, or none for what is of one."""
    if of_a_year and year is None:
        raise YearMissing(_("Name the year."), fields={"year": _("Fill this in.")})
    if year is not None and not of_a_year:
        raise YearMissing(_("This is about all years."), fields={"year": _("This is not asked here.")})


def sentence(kind: str, facts: Mapping[str, Any], titles: Mapping[UUID, str]) -> Text:
    """Return what an entry of the trail says happened."""
    event = kinds().get(kind)
    if event is None:
        return _("Something happened that this version does not know.")
    if kind == "ledger.Transferred" and facts.get("unit") == Unit.CENT:
        return _(
            "%(amount_cents)s went from %(source)s to %(target)s.",
            amount_cents=facts["amount"],
            source=account_name(facts["source"], titles),
            target=account_name(facts["target"], titles),
        )
    named = _NAMED.findall(event.sentence.msgid)
    return Text(event.sentence.msgid, {name: _told(name, facts.get(name)) for name in named})


def _told(name: str, value: object) -> object:
    """Return a fact as a reader knows it: a role by its name, a day as a day, a hash by its beginning."""
    if value is None:
        return "…"
    if name == "role" and isinstance(value, str) and value in set(Role):
        return role_name(Role(value))
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    if isinstance(value, str) and _HASH.fullmatch(value):
        return f"{value[:12]}…"
    return value
