# SPDX-License-Identifier: EUPL-1.2
"""Founds the municipality, adopts policy, and moves grants between the municipality and the pots."""

from collections import Counter
from itertools import chain

from sqlmodel import col, select

from wijkbudget.kit.text import _
from wijkbudget.ledger import chart
from wijkbudget.ledger import service as ledger
from wijkbudget.neighbourhoods import access, queries
from wijkbudget.neighbourhoods.events import (
    BudgetCarriedOver,
    BudgetGranted,
    BudgetHandedBack,
    MunicipalityFounded,
    PolicyAdopted,
)
from wijkbudget.neighbourhoods.models import (
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
    CARRY_IN,
    CARRY_ON,
    GRANT,
    HAND_BACK,
    AddressBook,
    AlreadyFounded,
    BadMunicipality,
    PostcodeRange,
    demand_carried_over_by,
    demand_guarded,
    demand_later,
    demand_near,
    demand_pot,
    pot_of,
)
from wijkbudget.neighbourhoods.schemas import (
    AdoptPolicy,
    CarryOver,
    CarryOverView,
    FoundMunicipality,
    GrantBudget,
    GrantView,
    HandBack,
    HandBackView,
    MunicipalityDraft,
    MunicipalityView,
    PolicyView,
    policy_hash,
    read_municipality,
    read_policy,
)
from wijkbudget.trail.work import Work, verb


@verb(access.FOUND, municipal=True)
def found(work: Work, command: FoundMunicipality) -> MunicipalityView:
    """Enter the municipality and its neighbourhoods, once. Raises AlreadyFounded or BadMunicipality."""
    if work.session.exec(select(Municipality)).first() is not None:
        raise AlreadyFounded(_("The municipality has begun already."))
    draft = read_municipality(command.toml)
    _demand_consistent(draft)
    work.session.add(Municipality(only=1, code=draft.code, name=draft.name))
    hoods = draft.neighbourhoods
    work.session.add_all(Neighbourhood(slug=hood.slug, name=hood.name, code=hood.code) for hood in hoods)
    work.session.flush()
    work.session.add_all(
        Quarter(code=quarter.code, place=hood.slug, name=quarter.name) for hood in hoods for quarter in hood.quarters
    )
    work.session.flush()
    work.session.add_all(QuarterPostcode(**vars(part)) for part in _ranges(draft))
    work.session.flush()
    quarter_count = sum(len(hood.quarters) for hood in hoods)
    work.record(
        MunicipalityFounded(place=None, subject=draft.code, neighbourhood_count=len(hoods), quarter_count=quarter_count)
    )
    return queries.municipality(work)


@verb(access.ADOPT_POLICY)
def adopt_policy(work: Work, place: str, command: AdoptPolicy) -> PolicyView:
    """Adopt rules from a day on. Raises NeighbourhoodNotFound, NoPolicyFile, GuardBroken, TooLate or TooFar."""
    queries.neighbourhood(work, place)
    policy = read_policy(command.toml)
    demand_guarded(policy)
    rows = select(AdoptedPolicy).where(col(AdoptedPolicy.place) == place).order_by(col(AdoptedPolicy.version).desc())
    last = work.session.exec(rows.limit(1)).first()
    demand_later(command.valid_from, work.today, last.valid_from if last else None)
    row = AdoptedPolicy(
        place=place,
        version=last.version + 1 if last else 1,
        valid_from=command.valid_from,
        decided_by=command.decided_by,
        adopted_at=work.now,
        toml=command.toml,
        hash=policy_hash(policy),
    )
    work.session.add(row)
    work.session.flush()
    work.record(
        PolicyAdopted(
            place=place,
            subject=f"{place}:{row.version}",
            version=row.version,
            valid_from=row.valid_from.isoformat(),
            hash=row.hash,
        )
    )
    return queries.policy(work, place, row.valid_from)


@verb(access.GRANT, once=True)
def grant(work: Work, place: str, command: GrantBudget) -> GrantView:
    """Grant money of the municipality to the pot of a year. Raises NeighbourhoodNotFound, YearClosed or NoSuchPot."""
    queries.neighbourhood(work, place)
    demand_near(command.year, work.today)
    if command.theme is not None:
        demand_pot(queries.policy(work, place).rules, command.theme)
    row = BudgetGrant(
        id=work.new_id(),
        place=place,
        year=command.year,
        theme=command.theme,
        amount_cents=command.amount_cents,
        decision=command.decision,
        granted_at=work.now,
    )
    work.session.add(row)
    pot = chart.pot(place, row.year, row.theme)
    ledger.post(work, place, GRANT.transfer(chart.MUNICIPALITY, pot, row.amount_cents, row.id))
    work.record(
        BudgetGranted(place=place, subject=str(row.id), year=row.year, theme=row.theme, amount_cents=row.amount_cents)
    )
    return GrantView.model_validate(row, from_attributes=True)


@verb(access.HAND_BACK, once=True)
def hand_back(work: Work, place: str, command: HandBack) -> HandBackView:
    """Hand free money of a year back to the municipality. Raises NeighbourhoodNotFound or NotEnough."""
    queries.neighbourhood(work, place)
    row = BudgetHandBack(
        id=work.new_id(),
        place=place,
        year=command.year,
        theme=command.theme,
        amount_cents=command.amount_cents,
        reason=command.reason,
        handed_back_at=work.now,
    )
    work.session.add(row)
    pot = chart.pot(place, row.year, row.theme)
    ledger.post(work, place, HAND_BACK.transfer(pot, chart.MUNICIPALITY, row.amount_cents, row.id))
    work.record(
        BudgetHandedBack(
            place=place, subject=str(row.id), year=row.year, theme=row.theme, amount_cents=row.amount_cents
        )
    )
    return HandBackView.model_validate(row, from_attributes=True)


@verb(access.CARRY_OVER, once=True)
def carry_over(work: Work, place: str, command: CarryOver) -> CarryOverView:
    """Take free money of a year along to the pot of the next, by a decision that the policy lets.

    Choice: a theme that has no pot any more gives its money to the general one, so that nothing stays behind.

    Raises NeighbourhoodNotFound, PolicyNotFound, NotCarriedOver, YearClosed or NotEnough.
    """
    policy = queries.policy(work, place).rules
    article = demand_carried_over_by(policy, work.roles)
    demand_near(command.year + 1, work.today)
    row = BudgetCarryOver(
        id=work.new_id(),
        place=place,
        year=command.year,
        theme=command.theme,
        amount_cents=command.amount_cents,
        decision=command.decision,
        article=article,
        carried_over_at=work.now,
    )
    work.session.add(row)
    source, on_its_way = chart.pot(place, row.year, row.theme), chart.carried(place)
    target = chart.pot(place, row.year + 1, pot_of(policy, row.theme) if row.theme else None)
    ledger.post(
        work,
        place,
        CARRY_ON.transfer(source, on_its_way, row.amount_cents, row.id),
        CARRY_IN.transfer(on_its_way, target, row.amount_cents, row.id),
    )
    work.record(
        BudgetCarriedOver(
            place=place, subject=str(row.id), year=row.year, theme=row.theme, amount_cents=row.amount_cents
        )
    )
    return CarryOverView.model_validate(row, from_attributes=True)


def _ranges(draft: MunicipalityDraft) -> list[PostcodeRange]:
    """Return the postcodes of all quarters."""
    return [
        PostcodeRange(place=hood.slug, quarter=quarter.code, postcode=part.postcode, first=part.first, last=part.last)
        for hood in draft.neighbourhoods
        for quarter in hood.quarters
        for part in quarter.postcodes
    ]


def _demand_consistent(draft: MunicipalityDraft) -> None:
    """Do nothing if every name, code and address is said once. Raises BadMunicipality."""
    hoods = draft.neighbourhoods
    names = (
        [hood.slug for hood in hoods],
        [hood.name for hood in hoods],
        [*(hood.code for hood in hoods), *(quarter.code for quarter in chain(*(hood.quarters for hood in hoods)))],
    )
    for said in names:
        for name, count in Counter(said).items():
            if count > 1:
                raise BadMunicipality(_("“%(name)s” is named twice.", name=name))
    for part in _ranges(draft):
        if part.last < part.first:
            raise BadMunicipality(_("The house numbers of %(postcode)s run backwards.", postcode=part.postcode))
    for one, _other in AddressBook(_ranges(draft)).overlaps():
        raise BadMunicipality(_("An address of %(postcode)s lies in two quarters.", postcode=one.postcode))
