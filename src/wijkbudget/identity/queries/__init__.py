# SPDX-License-Identifier: EUPL-1.2
"""Reads people, roles, logins and organisations; what the domains above may ask, and the proof of it all."""

from collections.abc import Iterator

from wijkbudget.identity.queries import logins as _logins
from wijkbudget.identity.queries import membership as _membership
from wijkbudget.identity.queries import register as _register
from wijkbudget.identity.queries.logins import actor, actor_of, is_own_address, me, step
from wijkbudget.identity.queries.membership import of_member, organisation, organisation_card, organisations
from wijkbudget.identity.queries.register import (
    address_of,
    addresses_of,
    counts,
    household_addresses,
    household_of,
    housemates,
    is_resident,
    left,
    name_of,
    names,
    resident_called,
    residents,
    residents_at,
    same_household,
)
from wijkbudget.identity.queries.roles import grants, holders, municipal_grants
from wijkbudget.kit.faults import Fault
from wijkbudget.trail.work import Look


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for stays that overlap, codes that were used too late and organisations without a member."""
    yield from _register.check(look)
    yield from _logins.check(look)
    yield from _membership.check(look)


__all__ = [
    "actor",
    "actor_of",
    "address_of",
    "addresses_of",
    "check",
    "counts",
    "grants",
    "holders",
    "household_addresses",
    "household_of",
    "housemates",
    "is_own_address",
    "is_resident",
    "left",
    "me",
    "municipal_grants",
    "name_of",
    "names",
    "of_member",
    "organisation",
    "organisation_card",
    "organisations",
    "resident_called",
    "residents",
    "residents_at",
    "same_household",
    "step",
]
