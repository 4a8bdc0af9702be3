# SPDX-License-Identifier: EUPL-1.2
"""Founds the municipality, adopts policy, and moves grants between the municipality and the pots."""

from collections import Counter
from itertools import chain

from sqlmodel import col, select

from wijkbudget.kit.text import _
from wijkbudget.ledger import chart
from wijkbudget.ledger import service as ledger
from wijkbudget.ledger.rules import Transfer
from wijkbudget.neighbourhoods import access, queries
from wijkbudget.neighbourhoods.events import BudgetGranted, BudgetHandedBack, MunicipalityFounded, PolicyAdopted
from wijkbudget.neighbourhoods.models import (
    AdoptedPolicy,
    BudgetGrant,
    BudgetHandBack,
    Municipality,
    Neighbourhood,
    Quarter,
    QuarterPostcode,
)
from wijkbudget.neighbourhoods.rules import (
    AddressBook,
    AlreadyFounded,
    BadMunicipality,
    PostcodeRange,
    demand_guarded,
    demand_later,
    demand_near,
)
from wijkbudget.neighbourhoods.schemas import (
    AdoptPolicy,
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
    """Grant money of the municipality to the pot of a year. Raises NeighbourhoodNotFound or YearClosed."""
    queries.neighbourhood(work, place)
    demand_near(command.year, work.today)
    row = BudgetGrant(
        id=work.new_id(),
        place=place,
        year=command.year,
        amount_cents=command.amount_cents,
        decision=command.decision,
        granted_at=work.now,
    )
    work.session.add(row)
    pot = chart.pot(place, row.year)
    reference = f"grant:{row.id}"
    ledger.post(
        work, place, Transfer(source=chart.MUNICIPALITY, target=pot, amount=row.amount_cents, reference=reference)
    )
    work.record(BudgetGranted(place=place, subject=str(row.id), year=row.year, amount_cents=row.amount_cents))
    return GrantView.model_validate(row, from_attributes=True)


@verb(access.HAND_BACK, once=True)
def hand_back(work: Work, place: str, command: HandBack) -> HandBackView:
    """Hand free money of a year back to the municipality. Raises NeighbourhoodNotFound or NotEnough."""
    queries.neighbourhood(work, place)
    row = BudgetHandBack(
        id=work.new_id(),
        place=place,
        year=command.year,
        amount_cents=command.amount_cents,
        reason=command.reason,
        handed_back_at=work.now,
    )
    work.session.add(row)
    pot = chart.pot(place, row.year)
    reference = f"hand-back:{row.id}"
    ledger.post(
        work, place, Transfer(source=pot, target=chart.MUNICIPALITY, amount=row.amount_cents, reference=reference)
    )
    work.record(BudgetHandedBack(place=place, subject=str(row.id), year=row.year, amount_cents=row.amount_cents))
    return HandBackView.model_validate(row, from_attributes=True)


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
