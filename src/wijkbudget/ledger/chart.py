# SPDX-License-Identifier: EUPL-1.2
"""The chart of accounts: every address that money, time or shares can have.

Money belongs to the pot of one neighbourhood and one budget year, and its address says which, all the way to the bank:
a pot's granted money is free, reserved, committed (in a voucher), paid or returned, and the addresses add up to that.
"""

from uuid import UUID

from wijkbudget.ledger.rules import Account, Unit

MUNICIPALITY = Account("external:municipality", Unit.CENT, has_floor=False)
"""Where grants come from and what is left goes back to."""

TIME = Account("external:time", Unit.MINUTE, has_floor=False)
"""Where minutes come from when they are settled."""

SHARES = Account("external:shares", Unit.SHARE, has_floor=False)
"""Where shares come from when they are granted and go back to when they lapse."""


def pot(place: str, year: int) -> Account:
    """Return the free money of a neighbourhood's budget year."""
    return Account(f"pot:{place}:{year}", Unit.CENT)


def reserved(place: str, year: int) -> Account:
    """Return the money that a decision set apart and no voucher holds yet."""
    return Account(f"reserved:{place}:{year}", Unit.CENT)


def voucher(place: str, year: int, voucher_id: UUID) -> Account:
    """Return what is committed to one voucher and not paid yet."""
    return Account(f"voucher:{place}:{year}:{voucher_id}", Unit.CENT)


def paid(place: str, year: int, voucher_id: UUID) -> Account:
    """Return what went through the bank to the receiver for one voucher."""
    return Account(f"external:paid:{place}:{year}:{voucher_id}", Unit.CENT, has_floor=False)


def given_time(place: str, person_id: str) -> Account:
    """Return the settled minutes that one person gave in a neighbourhood."""
    return Account(f"time:{place}:{person_id}", Unit.MINUTE)


def share(place: str, person_id: str) -> Account:
    """Return the shares that one person holds in a neighbourhood."""
    return Account(f"share:{place}:{person_id}", Unit.SHARE)
