# SPDX-License-Identifier: EUPL-1.2
"""Reads the municipality, its neighbourhoods, their policy and what they were granted, and proves it."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import bindparam, func
from sqlmodel import col, select

from wijkbudget.db.prepared import Prepared
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.text import _
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.neighbourhoods import access
from wijkbudget.neighbourhoods.models import (
    ADOPTED_POLICY_TABLE,
    AdoptedPolicy,
    BudgetCarryOver,
    BudgetGrant,
    BudgetHandBack,
    Municipality,
    Neighbourhood,
    Quarter,
    QuarterPostcode,
)
from wijkbudget.neighbourhoods.rules import (
    AddressBook,
    MunicipalityNotFounded,
    NeighbourhoodNotFound,
    PolicyNotFound,
    PostcodeRange,
    Tone,
    broken_guards,
)
from wijkbudget.neighbourhoods.schemas import (
    CarryOverView,
    GrantView,
    HandBackView,
    MunicipalityView,
    NeighbourhoodView,
    PolicyView,
    QuarterView,
    YearView,
    policy_hash,
    read_policy,
)
from wijkbudget.trail.work import Look, question

_MUNICIPALITY = Prepared(select(col(Municipality.name), col(Municipality.code)))
_QUARTERS = Prepared(select(col(Quarter.place), col(Quarter.code), col(Quarter.name)).order_by(col(Quarter.name)))
_NEIGHBOURHOODS = Prepared(
    select(col(Neighbourhood.slug), col(Neighbourhood.name), col(Neighbourhood.code)).order_by(col(Neighbourhood.name))
)
_VERSIONS = (
    select(
        *(
            ADOPTED_POLICY_TABLE.c[name]
            for name in ("version", "valid_from", "decided_by", "adopted_at", "hash", "toml")
        )
    )
    .where(col(AdoptedPolicy.place) == bindparam("place"))
    .order_by(col(AdoptedPolicy.valid_from).desc())
)
_HELD = Prepared(_VERSIONS.where(col(AdoptedPolicy.valid_from) <= bindparam("on")).limit(1))
_EVERY_VERSION = Prepared(_VERSIONS)
_NEIGHBOURHOOD = Prepared(
    select(col(Neighbourhood.name), col(Neighbourhood.code), col(Quarter.code), col(Quarter.name))
    .select_from(Neighbourhood)
    .join(Quarter, col(Quarter.place) == col(Neighbourhood.slug), isouter=True)
    .where(col(Neighbourhood.slug) == bindparam("place"))
    .order_by(col(Quarter.name))
)
"""These are built once: nearly every page asks them."""


@question(access.READ, municipal=True)
def municipality(look: Look) -> MunicipalityView:
    """Return the municipality. Raises MunicipalityNotFounded."""
    row = _MUNICIPALITY.first(look.session)
    if row is None:
        raise MunicipalityNotFounded(_("There is no municipality here yet. The keeper of this site founds it first."))
    name, code = row
    return MunicipalityView(name=name, code=code)


@question(access.READ, municipal=True)
def neighbourhoods(look: Look) -> list[NeighbourhoodView]:
    """Return all neighbourhoods with their quarters, by name."""
    quarters: dict[str, list[QuarterView]] = {}
    for place, code, name in _QUARTERS.all(look.session):
        quarters.setdefault(place, []).append(QuarterView(code=code, name=name))
    return [
        NeighbourhoodView(slug=slug, name=name, code=code, quarters=quarters.get(slug, []))
        for slug, name, code in _NEIGHBOURHOODS.all(look.session)
    ]


@question(access.READ)
def neighbourhood(look: Look, place: str) -> NeighbourhoodView:
    """Return a neighbourhood. Raises NeighbourhoodNotFound."""
    rows = _NEIGHBOURHOOD.all(look.session, place=place)
    if not rows:
        raise NeighbourhoodNotFound(_("There is no neighbourhood with this name."))
    return NeighbourhoodView(
        slug=place,
        name=rows[0][0],
        code=rows[0][1],
        quarters=[QuarterView(code=code, name=name) for *_neighbourhood, code, name in rows if code],
    )


@question(access.READ)
def policy(look: Look, place: str, on: date | None = None) -> PolicyView:
    """Return the policy that holds on a day, today if none is named. Raises NeighbourhoodNotFound or PolicyNotFound."""
    row = _HELD.first(look.session, place=place, on=on or look.today)
    if row is None:
        neighbourhood(look, place)
        raise PolicyNotFound(_("This neighbourhood had no rules on that day."))
    return _version(*row)


@question(access.READ)
def themes_with_a_pot(look: Look, place: str) -> tuple[str, ...]:
    """Return the themes that have money of their own by the rules of today. Raises NeighbourhoodNotFound."""
    row = _HELD.first(look.session, place=place, on=look.today)
    if row is None:
        neighbourhood(look, place)
        return ()
    pots = _version(*row).rules.pots
    return pots.themes if pots else ()


@question(access.READ)
def policies(look: Look, place: str) -> list[PolicyView]:
    """Return every version of the policy, newest first. Raises NeighbourhoodNotFound."""
    neighbourhood(look, place)
    return [_version(*row) for row in _EVERY_VERSION.all(look.session, place=place)]


@question(access.READ, municipal=True)
def tones(look: Look) -> dict[str, Tone]:
    """Return how each neighbourhood is spoken to today; one without rules with `je`."""
    began = (
        select(func.max(col(AdoptedPolicy.valid_from)))
        .where(col(AdoptedPolicy.place) == col(Neighbourhood.slug), col(AdoptedPolicy.valid_from) <= look.today)
        .correlate(Neighbourhood)
        .scalar_subquery()
    )
    held = (col(AdoptedPolicy.place) == col(Neighbourhood.slug)) & (col(AdoptedPolicy.valid_from) == began)
    rows = select(Neighbourhood.slug, AdoptedPolicy.toml).join(AdoptedPolicy, held, isouter=True)
    return {place: (toml and read_policy(toml).tone) or Tone.JE for place, toml in look.session.exec(rows).all()}


@question(access.READ)
def grants(look: Look, place: str) -> list[GrantView]:
    """Return what the municipality granted, newest first. Raises NeighbourhoodNotFound."""
    neighbourhood(look, place)
    rows = select(BudgetGrant).where(col(BudgetGrant.place) == place)
    ordered = rows.order_by(col(BudgetGrant.year).desc(), col(BudgetGrant.granted_at).desc(), col(BudgetGrant.id))
    return [GrantView.model_validate(row, from_attributes=True) for row in look.session.exec(ordered).all()]


@question(access.READ)
def hand_backs(look: Look, place: str) -> list[HandBackView]:
    """Return what went back to the municipality, newest first. Raises NeighbourhoodNotFound."""
    neighbourhood(look, place)
    rows = select(BudgetHandBack).where(col(BudgetHandBack.place) == place)
    ordered = rows.order_by(
        col(BudgetHandBack.year).desc(), col(BudgetHandBack.handed_back_at).desc(), col(BudgetHandBack.id)
    )
    return [HandBackView.model_validate(row, from_attributes=True) for row in look.session.exec(ordered).all()]


@question(access.READ)
def carry_overs(look: Look, place: str) -> list[CarryOverView]:
    """Return what went along to a next year, newest first. Raises NeighbourhoodNotFound."""
    neighbourhood(look, place)
    rows = select(BudgetCarryOver).where(col(BudgetCarryOver.place) == place)
    ordered = rows.order_by(
        col(BudgetCarryOver.year).desc(), col(BudgetCarryOver.carried_over_at).desc(), col(BudgetCarryOver.id)
    )
    return [CarryOverView.model_validate(row, from_attributes=True) for row in look.session.exec(ordered).all()]


@question(access.READ)
def years(look: Look, place: str) -> list[YearView]:
    """Return every pot that money came into, the newest year first and in it the general one.

    Raises NeighbourhoodNotFound.
    """
    neighbourhood(look, place)
    crossed = _crossed(look, place)
    pots = sorted({pot for pot, *_way in crossed}, key=lambda pot: (-pot.year, pot.theme or ""))
    return [
        YearView(
            year=pot.year,
            theme=pot.theme,
            granted_cents=crossed.get((pot, chart.MUNICIPALITY.address, "in"), 0),
            carried_in_cents=crossed.get((pot, chart.carried(place).address, "in"), 0),
            handed_back_cents=crossed.get((pot, chart.MUNICIPALITY.address, "out"), 0),
            carried_on_cents=crossed.get((pot, chart.carried(place).address, "out"), 0),
            free_cents=ledger.balance(look, chart.pot(*pot)),
        )
        for pot in pots
    ]


def _crossed(look: Look, place: str) -> dict[tuple[chart.Pot, str, str], int]:
    """Return how much went between each pot and the municipality or another year, by way."""
    sums: dict[tuple[chart.Pot, str, str], int] = {}
    outside = [chart.MUNICIPALITY.address, chart.carried(place).address]
    for source, target, cents in ledger.crossings(look, place, outside):
        for inside, other, way in ((target, source, "in"), (source, target, "out")):
            address = chart.read_address(inside)
            if address:
                key = (address.pot, other, way)
                sums[key] = sums.get(key, 0) + cents
    return sums


def address_book(look: Look) -> AddressBook:
    """Return all postcodes of the municipality, to locate many addresses."""
    rows = look.session.exec(select(QuarterPostcode)).all()
    return AddressBook(PostcodeRange(**row.model_dump()) for row in rows)


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for each policy that was altered or breaks a guard, overlap, and grant that is not in the books."""
    for one, other in address_book(look).overlaps():
        yield Fault("neighbourhoods", f"postcode {one.postcode}", f"lies in {one.quarter} and in {other.quarter}")
    for place in look.session.exec(select(Neighbourhood.slug)).all():
        yield from _check_policies(look, place)
        yield from _check_books(look, place)


def _check_policies(look: Look, place: str) -> Iterator[Fault]:
    rows = select(AdoptedPolicy).where(col(AdoptedPolicy.place) == place).order_by(col(AdoptedPolicy.version))
    last: date | None = None
    for expected, row in enumerate(look.session.exec(rows).all(), 1):
        about = f"policy {place} {row.version}"
        if row.version != expected:
            yield Fault("neighbourhoods", about, f"follows version {expected - 1}")
        if last is not None and row.valid_from <= last:
            yield Fault("neighbourhoods", about, "begins before the version it follows")
        last = row.valid_from
        rules = read_policy(row.toml)
        if policy_hash(rules) != row.hash:
            yield Fault("neighbourhoods", about, "is not what was adopted")
        for _section, sentence in broken_guards(rules):
            yield Fault("neighbourhoods", about, str(sentence))


def _check_books(look: Look, place: str) -> Iterator[Fault]:
    """Yield a fault for every pot whose grants, hand-backs and carry-overs are not what the ledger moved."""
    municipality_, carried = chart.MUNICIPALITY.address, chart.carried(place).address
    kept: dict[tuple[chart.Pot, str, str], int] = {}
    for table, other, way in (
        (BudgetGrant, municipality_, "in"),
        (BudgetHandBack, municipality_, "out"),
        (BudgetCarryOver, carried, "out"),
    ):
        for pot, cents in _per_pot(look, place, table).items():
            kept[pot, other, way] = cents
    moved = _crossed(look, place)
    carried_in = sum(cents for (_pot, other, way), cents in moved.items() if (other, way) == (carried, "in"))
    if carried_in != sum(cents for (_pot, other, way), cents in moved.items() if (other, way) == (carried, "out")):
        yield Fault("neighbourhoods", f"pots {place}", "what was carried over did not all arrive")
    moved = {key: cents for key, cents in moved.items() if key[1:] != (carried, "in")}
    differing = {key[0].address for key, _cents in kept.items() ^ moved.items()}
    for address in sorted(differing):
        about = " ".join(address.split(":"))
        yield Fault("neighbourhoods", f"pot {about}", "its grants are not what the books moved")


def _per_pot(
    look: Look, place: str, table: type[BudgetGrant | BudgetHandBack | BudgetCarryOver]
) -> dict[chart.Pot, int]:
    """Return the sum of cents of each pot."""
    rows = select(col(table.year), col(table.theme), func.sum(col(table.amount_cents))).where(col(table.place) == place)
    grouped = look.session.exec(rows.group_by(col(table.year), col(table.theme))).all()
    return {chart.Pot(place, year, theme): int(total) for year, theme, total in grouped}


@lru_cache(maxsize=128)
def _version(  # noqa: PLR0913, PLR0917 - a column each
    version: int, valid_from: date, decided_by: str, adopted_at: datetime, file_hash: str, toml: str
) -> PolicyView:
    """Return a version of a policy; it is never changed, so its view is made once."""
    return PolicyView(
        version=version,
        valid_from=valid_from,
        decided_by=decided_by,
        adopted_at=adopted_at,
        hash=file_hash,
        rules=read_policy(toml),
        toml=toml,
    )
