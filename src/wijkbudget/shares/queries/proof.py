# SPDX-License-Identifier: EUPL-1.2
"""Proves that the register of shares, the books, the policy and the register of residents agree."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from wijkbudget.identity import queries as identity
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.period import day_of
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.shares.models import Share, ShareLapse, ShareReview
from wijkbudget.shares.queries.holdings import holdings
from wijkbudget.trail import queries as trail
from wijkbudget.trail.work import Look


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for shares that the books, the cap, the spell or the register of residents contradict."""
    for place in (each.slug for each in neighbourhoods.neighbourhoods(look)):
        yield from _check_books(look, place)
        yield from _check_cap(look, place)
        yield from _check_lapses(look, place)
        yield from _check_first_shares(look, place)


def _check_books(look: Look, place: str) -> Iterator[Fault]:
    """Yield a fault for each account that does not hold what was granted and did not lapse (SH3).

    Only people we know are granted shares, so an account of nobody shows here too.
    """
    kept = {address: held for address, held in ledger.balances(look, chart.share(place, "").address).items() if held}
    counted = {
        chart.share(place, str(person_id)).address: holding.share_count
        for person_id, holding in holdings(look, place).items()
    }
    for address in sorted(kept.keys() | counted.keys()):
        if kept.get(address, 0) != counted.get(address, 0):
            shows = f"holds {kept.get(address, 0)} shares, {counted.get(address, 0)} were granted and did not lapse"
            yield Fault("shares", address, shows)


def _check_cap(look: Look, place: str) -> Iterator[Fault]:
    """Yield a fault for each share beyond the cap of the policy by which it was granted (SH2)."""
    for policy in neighbourhoods.policies(look, place):
        most = policy.rules.shares.shares_per_holder_max if policy.rules.shares else 0
        over = select(col(Share.id)).where(
            col(Share.place) == place, col(Share.policy_version) == policy.version, col(Share.year) >= most
        )
        for share_id in look.session.connection().execute(over).scalars():
            yield Fault("shares", f"share {share_id}", f"is more than the {most} that anybody may hold")


def _check_lapses(look: Look, place: str) -> Iterator[Fault]:
    """Yield a fault for each lapse that is not of all shares of a spell."""
    of_spell = (
        (col(Share.place) == col(ShareLapse.place))
        & (col(Share.person_id) == col(ShareLapse.person_id))
        & (col(Share.spell) == col(ShareLapse.spell))
    )
    rows = (
        select(col(ShareLapse.id), col(ShareLapse.share_count), func.count(col(Share.id)))
        .outerjoin(Share, of_spell)
        .where(col(ShareLapse.place) == place)
        .group_by(col(ShareLapse.id), col(ShareLapse.share_count))
    )
    for lapse_id, lapsed, granted in look.session.connection().execute(rows):
        if lapsed != granted:
            yield Fault("shares", f"lapse {lapse_id}", f"is of {lapsed} shares, {granted} were granted")


def _check_first_shares(look: Look, place: str) -> Iterator[Fault]:
    """Yield a fault for whoever had a right to a share when everybody got theirs, and holds none (SH1).

    Who stands on the register since then, gets one at the next review.
    """
    last = look.session.get(ShareReview, place)
    imported_at = trail.last_at(look, "identity.RegisterImported")
    if last is None or imported_at is None or imported_at >= last.reviewed_at:
        return
    rules = next(each.rules for each in neighbourhoods.policies(look, place) if each.version == last.policy_version)
    if rules.shares is None:
        yield Fault("shares", f"review of {place}", "followed a policy that gives no shares")
        return
    holders = holdings(look, place)
    for who in identity.residents(look, place, day_of(last.reviewed_at), rules.shares.holder_age_min):
        if UUID(who.person_id) not in holders:
            yield Fault("shares", f"person {who.person_id}", f"lives in {place} and holds no share")
