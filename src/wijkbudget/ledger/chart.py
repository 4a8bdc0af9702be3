# SPDX-License-Identifier: EUPL-1.2
"""The chart of accounts: every address that money, time or shares can have.

Money belongs to the pot of one neighbourhood and one budget year, or to that of one theme in it, and its address says
which, all the way to the bank: `PARTS` says for each kind of account which part of a pot it is.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from wijkbudget.ledger.rules import Account, Unit


class Part(StrEnum):
    """Where the money of a pot is."""

    FREE = "free"
    """Still to be decided about."""
    COLLECTED = "collected"
    """Given to a plan, and not gone on yet."""
    RESERVED = "reserved"
    """Set apart by a decision, in no voucher yet."""
    COMMITTED = "committed"
    """In vouchers, chosen as a reward, or owed for shares that were handed back; not paid yet."""
    PAID = "paid"
    """Spent: gone out through the bank less what came back, or given in kind."""
    RETURNED = "returned"
    """Back with the municipality."""
    CARRIED_ON = "carried_on"
    """Taken along to the next year."""
    PLEDGED_ON = "pledged_on"
    """Pledged by residents to plans of another pot."""
    GIVEN_BACK = "given_back"
    """Back with who gave it."""


class Origin(StrEnum):
    """Where the money of a pot came from."""

    GRANTED = "granted"
    """The municipality."""
    CARRIED = "carried"
    """The year before."""
    PLEDGED = "pledged"
    """Resident vouchers of the general pot."""
    GIVEN = "given"
    """Residents, firms and funds."""


PARTS = {
    "pot": Part.FREE,
    "gift": Part.COLLECTED,
    "reserved": Part.RESERVED,
    "voucher": Part.COMMITTED,
    "cheques": Part.COMMITTED,
    "offer": Part.RESERVED,
    "reward": Part.COMMITTED,
    "owed": Part.COMMITTED,
    "external:paid": Part.PAID,
    "external:used": Part.PAID,
    "external:unused": Part.PAID,
    "external:reclaimed": Part.PAID,
}
"""Which part of a pot each kind of account is; what is not named here is outside every pot."""

OUTSIDE = {
    "external:municipality": (Origin.GRANTED, Part.RETURNED),
    "carried": (Origin.CARRIED, Part.CARRIED_ON),
    "between": (Origin.PLEDGED, Part.PLEDGED_ON),
    "clearing": (Origin.GIVEN, Part.GIVEN_BACK),
    "external:disputed": (Origin.GIVEN, Part.GIVEN_BACK),
    "external:sponsored": (Origin.GIVEN, Part.GIVEN_BACK),
}
"""For each kind of account outside the pots: what comes from it into a pot, and what goes to it."""


class Pot(NamedTuple):
    """The money of a neighbourhood for one year, or for one theme in it."""

    place: str
    year: int
    theme: str | None = None

    @property
    def address(self) -> str:
        """Return the part of an address that names the pot."""
        return ":".join(str(word) for word in self if word is not None)


@dataclass(frozen=True, kw_only=True)
class Address:
    """An address of money in a pot, as its words say it."""

    kind: str
    pot: Pot
    about: UUID | None
    """The voucher, or what else of its kind it is the account of; None is the sum over all of them."""

    @property
    def part(self) -> Part:
        """Return which part of its pot it is."""
        return PARTS[self.kind]


_ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_ADDRESS = re.compile(
    rf"(?P<kind>{'|'.join(PARTS)}):(?P<place>[a-z][a-z0-9-]*):(?P<year>\d{{4}})"
    rf"(?::(?!{_ID}$)(?P<theme>[a-z][a-z0-9-]*))?(?::(?P<id>{_ID}))?"
)


def read_address(address: str) -> Address | None:
    """Return what the words of an address say, or None if it holds no money of a pot."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return None
    pot_ = Pot(found["place"], int(found["year"]), found["theme"])
    return Address(kind=found["kind"], pot=pot_, about=UUID(found["id"]) if found["id"] else None)


def read_outside(address: str) -> tuple[Origin, Part] | None:
    """Return what comes from an address outside the pots and what goes to it, or None if no pot deals with it."""
    return next((said for kind, said in OUTSIDE.items() if address == kind or address.startswith(f"{kind}:")), None)


MUNICIPALITY = Account("external:municipality", Unit.CENT, has_floor=False)
"""Where grants come from and what is left goes back to."""

TIME = Account("external:time", Unit.MINUTE, has_floor=False)
"""Where minutes come from when they are settled."""

SHARES = Account("external:shares", Unit.SHARE, has_floor=False)
"""Where shares come from when they are granted and go back to when they lapse."""


def carried(place: str) -> Account:
    """Return the money on its way from one year to the next; it arrives in the act in which it leaves."""
    return Account(f"carried:{place}", Unit.CENT)


def between(place: str) -> Account:
    """Return the money on its way from one pot to a plan of another; it arrives in the act in which it leaves."""
    return Account(f"between:{place}", Unit.CENT)


def pot(place: str, year: int, theme: str | None = None) -> Account:
    """Return the free money of a neighbourhood's budget year, or of one theme in it."""
    return _of_pot("pot", Pot(place, year, theme))


def reserved(place: str, year: int, theme: str | None = None) -> Account:
    """Return the money that a decision set apart and no voucher holds yet."""
    return _of_pot("reserved", Pot(place, year, theme))


def voucher(place: str, year: int, voucher_id: UUID, theme: str | None = None) -> Account:
    """Return what is committed to one voucher and not paid yet."""
    return _of_pot("voucher", Pot(place, year, theme), voucher_id)


def paid(place: str, year: int, voucher_id: UUID, theme: str | None = None) -> Account:
    """Return what went through the bank to the receiver for one voucher."""
    return _of_pot("external:paid", Pot(place, year, theme), voucher_id)


def reclaimed(place: str, year: int, voucher_id: UUID, theme: str | None = None) -> Account:
    """Return what a group paid back of one voucher, by a decision: less than nothing, so that it counts as unpaid."""
    return _of_pot("external:reclaimed", Pot(place, year, theme), voucher_id)


def used(place: str, year: int, voucher_id: UUID, theme: str | None = None) -> Account:
    """Return what the municipality gave in kind for one voucher, at its value."""
    return _of_pot("external:used", Pot(place, year, theme), voucher_id)


def unused(place: str, year: int, voucher_id: UUID, theme: str | None = None) -> Account:
    """Return what came back of an advance on one voucher; it is as far below zero as came back."""
    return _of_pot("external:unused", Pot(place, year, theme), voucher_id)


def cheques(place: str, year: int, issuance_id: UUID) -> Account:
    """Return what all resident vouchers that were issued in one act hold together, until their last day."""
    return _of_pot("cheques", Pot(place, year), issuance_id)


def offer(place: str, year: int, offer_id: UUID) -> Account:
    """Return what is set apart for rewards that nobody chose yet."""
    return _of_pot("offer", Pot(place, year), offer_id)


def reward(place: str, year: int, reward_id: UUID) -> Account:
    """Return the value of one reward that was chosen and not paid or given yet."""
    return _of_pot("reward", Pot(place, year), reward_id)


def sponsored(place: str) -> Account:
    """Return what sponsors give residents as a reward, at its value; less than nothing, because it comes from there."""
    return Account(f"external:sponsored:{place}", Unit.CENT, has_floor=False)


def owed(place: str, year: int, hand_back_id: UUID) -> Account:
    """Return what is owed for shares that somebody handed back and not paid yet."""
    return _of_pot("owed", Pot(place, year), hand_back_id)


def provider(key: str) -> Account:
    """Return what a payment provider holds of us: as far below zero as givers paid and the bank did not get."""
    return Account(f"external:provider:{key}", Unit.CENT, has_floor=False)


def costs(key: str) -> Account:
    """Return what a payment provider kept for its work: less than nothing, for the municipality bears it."""
    return Account(f"external:costs:{key}", Unit.CENT, has_floor=False)


def deposited(key: str) -> Account:
    """Return what a payment provider sent to our bank: as far below zero as came there."""
    return Account(f"external:deposited:{key}", Unit.CENT, has_floor=False)


def clearing(key: str, place: str) -> Account:
    """Return what a payment provider holds of a neighbourhood that is on its way in or out."""
    return Account(f"clearing:{key}:{place}", Unit.CENT)


def gift(place: str, year: int, collection_id: UUID, theme: str | None = None) -> Account:
    """Return what was given to one collection and did not go on yet."""
    return _of_pot("gift", Pot(place, year, theme), collection_id)


def disputed(place: str) -> Account:
    """Return what banks of givers took back after it had gone on; the municipality bears it."""
    return Account(f"external:disputed:{place}", Unit.CENT, has_floor=False)


def mistaken(place: str) -> Account:
    """Return what went out of the bank by mistake and did not come back yet; the municipality bears it until then."""
    return Account(f"external:mistaken:{place}", Unit.CENT, has_floor=False)


def given_time(place: str, person_id: str) -> Account:
    """Return the settled minutes that one person gave in a neighbourhood."""
    return Account(f"time:{place}:{person_id}", Unit.MINUTE)


def share(place: str, person_id: str) -> Account:
    """Return the shares that one person holds in a neighbourhood."""
    return Account(f"share:{place}:{person_id}", Unit.SHARE)


def _of_pot(kind: str, of: Pot, about: UUID | None = None) -> Account:
    """Return an account of money in a pot; what went out has no floor."""
    address = f"{kind}:{of.address}" + (f":{about}" if about else "")
    return Account(address, Unit.CENT, has_floor=not kind.startswith("external:"))
