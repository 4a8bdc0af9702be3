# SPDX-License-Identifier: EUPL-1.2
"""Adds up the money of a pot from the addresses in the books, and says addresses and events in plain words.

Source: DESIGN, section 3: granted = free + reserved + committed + paid + returned, per pot, always; with what was
carried over from the year before, pledged and given on the one side, and what was carried on, pledged on and given
back on the other.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from wijkbudget.identity.rules.roles import role_name
from wijkbudget.kit.actor import Role
from wijkbudget.kit.errors import BadInput, NotFound
from wijkbudget.kit.text import Text, _
from wijkbudget.ledger import chart
from wijkbudget.ledger.chart import Origin, Part, Pot, read_address
from wijkbudget.ledger.rules import Unit
from wijkbudget.trail.events import kinds

MOVED = "ledger.Transferred"
"""What the trail calls a transfer."""
ALWAYS_SHOWN = (Part.FREE, Part.RESERVED, Part.COMMITTED, Part.PAID, Part.RETURNED)
"""The parts of a pot that are shown when they are empty too."""
POSITION_MAX = 2**63 - 1
"""The largest position that a database can ask for."""

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


_OF_A_YEAR = {
    Part.FREE: _("the pot of %(year)s"),
    Part.COLLECTED: _("the gifts of %(year)s"),
    Part.RESERVED: _("the money set apart in %(year)s"),
    Part.COMMITTED: _("the vouchers of %(year)s"),
    Part.PAID: _("the payments of %(year)s"),
}
_OUTSIDE = {
    chart.MUNICIPALITY.address: _("the municipality"),
    "carried:": _("another year"),
    "between:": _("another pot"),
    "clearing:": _("who gave it"),
    "external:disputed:": _("what banks of givers took back"),
    "external:mistaken:": _("what was paid by mistake"),
    "external:provider:": _("the payment service"),
    "external:costs:": _("the costs of the payment service"),
    "external:deposited:": _("the bank account of the municipality"),
    "external:sponsored:": _("who gives residents a reward"),
}
_OF_A_PLAN = {
    Part.COMMITTED: _("the voucher for “%(title)s”"),
    Part.PAID: _("the payments for “%(title)s”"),
}


class Move(NamedTuple):
    """One transfer of cents."""

    source: str
    target: str
    amount_cents: int


@dataclass
class Sums:
    """Where the money of a pot came from, and where it is."""

    came: dict[Origin, int] = field(default_factory=lambda: dict.fromkeys(Origin, 0))
    parts: dict[Part, int] = field(default_factory=lambda: dict.fromkeys(Part, 0))

    @property
    def total_cents(self) -> int:
        """Return everything that came in."""
        return sum(self.came.values())

    @property
    def is_whole(self) -> bool:
        """Return whether the parts are together exactly what came in."""
        return self.total_cents == sum(self.parts.values())


def account_of(part: Part, pot: Pot) -> str:
    """Return the address of a part of a pot; for vouchers and payments, the one that stands for all of them."""
    for kind, (_origin, gone) in chart.OUTSIDE.items():
        if gone is part:
            return outside_address(kind, pot.place)
    return f"{next(kind for kind, held in chart.PARTS.items() if held is part)}:{pot.address}"


def origin_of(origin: Origin, pot: Pot) -> str:
    """Return the address that money of a pot came from."""
    return next(outside_address(kind, pot.place) for kind, (came, _gone) in chart.OUTSIDE.items() if came is origin)


def outside_address(kind: str, place: str) -> str:
    """Return the address outside the pots that stands for a kind; the municipality is one for all neighbourhoods."""
    return kind if kind == chart.MUNICIPALITY.address else f"{kind}:{place}"


def add_up(place: str, balances: Mapping[str, int], moves: Iterable[Move]) -> dict[Pot, Sums]:
    """Return what every pot of a place holds, from the balances of its accounts and what crossed its border."""
    pots: dict[Pot, Sums] = {}
    for account, cents in balances.items():
        address = read_address(account)
        if address and address.pot.place == place:
            pots.setdefault(address.pot, Sums()).parts[address.part] += cents
    for move in moves:
        cross(pots, place, move)
    return pots


def cross(pots: dict[Pot, Sums], place: str, move: Move) -> None:
    """Count what a move brings into a pot from outside, or takes out of it; what stays in a pot crosses nothing."""
    into, out_of = read_address(move.target), read_address(move.source)
    if into and not out_of and into.pot.place == place and (said := chart.read_outside(move.source)):
        pots.setdefault(into.pot, Sums()).came[said[0]] += move.amount_cents
    if out_of and not into and out_of.pot.place == place and (said := chart.read_outside(move.target)):
        pots.setdefault(out_of.pot, Sums()).parts[said[1]] += move.amount_cents


def replay(pots: dict[Pot, Sums], place: str, move: Move) -> Pot | None:
    """Make a move in the sums of a place; return the first pot that is no longer whole, or None."""
    touched = []
    for side, sign in ((move.source, -1), (move.target, 1)):
        address = read_address(side)
        if address and address.pot.place == place:
            pots.setdefault(address.pot, Sums()).parts[address.part] += sign * move.amount_cents
            touched.append(address.pot)
    cross(pots, place, move)
    return next((pot for pot in touched if not pots[pot].is_whole), None)


def account_name(account: str, titles: Mapping[UUID, str]) -> Text:
    """Return in plain words where money is; `titles` are the plans that vouchers are for."""
    address = read_address(account)
    if address is None:
        return next((name for kind, name in _OUTSIDE.items() if account.startswith(kind)), _("another account"))
    title = titles.get(address.about) if address.about else None
    if title is not None and address.part in _OF_A_PLAN:
        return Text(_OF_A_PLAN[address.part].msgid, {"title": title})
    named = Text(_OF_A_YEAR[address.part].msgid, {"year": address.pot.year})
    if address.pot.theme is None:
        return named
    return _("%(account)s for %(theme)s", account=named, theme=address.pot.theme)


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
    if kind == MOVED and facts.get("unit") == Unit.CENT:
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
