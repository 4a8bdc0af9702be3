# SPDX-License-Identifier: EUPL-1.2
"""Proves that the register of shares, the books, the policy and the register of residents agree."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import case, func, or_, select
from sqlmodel import col

from wijkbudget.identity import queries as identity
from wijkbudget.kit.faults import Fault
from wijkbudget.kit.period import day_of
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.payments import queries as payments
from wijkbudget.shares.models import Share, ShareEnding, ShareHandBack, ShareLapse, ShareReview
from wijkbudget.shares.queries.holdings import holdings
from wijkbudget.shares.rules import Ending, Reason
from wijkbudget.trail import queries as trail
from wijkbudget.trail.work import Look


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for shares that the books, the cap, the spell, a price or the register of residents contradict."""
    for place in (each.slug for each in neighbourhoods.neighbourhoods(look)):
        yield from _check_books(look, place)
        yield from _check_cap(look, place)
        yield from _check_endings(look, place)
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
    """Yield a fault for each spell in which more was granted than the policy of that day allows (SH2).

    What was granted by mistake and taken back does not count; what was handed back does.
    """
    most = {
        policy.version: policy.rules.shares.shares_per_holder_max if policy.rules.shares else 0
        for policy in neighbourhoods.policies(look, place)
    }
    spell = col(Share.person_id), col(Share.spell)
    kept = or_(col(ShareEnding.share_id).is_(None), col(ShareEnding.ending) != Ending.CORRECTED)
    rows = (
        select(*spell, col(Share.policy_version), func.count())
        .outerjoin(ShareEnding, col(ShareEnding.share_id) == col(Share.id))
        .where(col(Share.place) == place, kept)
        .group_by(*spell, col(Share.policy_version))
        .order_by(*spell, col(Share.policy_version))
    )
    of_one, before = None, 0
    for person_id, number, version, granted in look.session.connection().execute(rows):
        before = before + granted if of_one == (person_id, number) else granted
        of_one = person_id, number
        if before > most[version]:
            about = f"spell {number} of person {person_id}"
            yield Fault("shares", about, f"is of {before} shares, more than the {most[version]} that anybody may hold")


def _check_endings(look: Look, place: str) -> Iterator[Fault]:
    """Yield a fault for each first share that ended alone (SH1) and each hand-back of another number or amount."""
    ended = select(col(Share.id), col(Share.reason), col(ShareEnding.ending)).join(
        ShareEnding, col(ShareEnding.share_id) == col(Share.id)
    )
    for share_id, reason, ending in look.session.connection().execute(ended.where(col(Share.place) == place)):
        if reason == Reason.RESIDENT:
            yield Fault("shares", f"share {share_id}", "is a first share and ended alone")
        if ending == Ending.HANDED_BACK and reason != Reason.YEAR_OF_RESIDENCE:
            yield Fault("shares", f"share {share_id}", "was paid for, and is not for a year of residence")
    counted = (
        select(ShareHandBack, func.count(col(ShareEnding.share_id)))
        .outerjoin(ShareEnding, col(ShareEnding.hand_back_id) == col(ShareHandBack.id))
        .where(col(ShareHandBack.place) == place)
        .group_by(*ShareHandBack.__table__.columns)  # type: ignore[attr-defined] # SQLModel does not say it has one
    )
    rows = look.session.execute(counted).all()
    prices = {
        policy.version: policy.rules.shares.hand_back.price_cents
        for policy in neighbourhoods.policies(look, place)
        if policy.rules.shares and policy.rules.shares.hand_back
    }
    payouts = payments.payout_about(look, place, [str(row.id) for row, _count in rows])
    for row, count in rows:
        about, payout = f"hand-back {row.id}", payouts.get(str(row.id))
        if row.share_count != count:
            yield Fault("shares", about, f"is of {row.share_count} shares, {count} ended by it")
        if row.price_cents != prices.get(row.policy_version):
            yield Fault("shares", about, f"paid {row.price_cents} cents a share, unlike the policy of that day")
        if payout is None or payout.amount_cents != row.share_count * row.price_cents:
            yield Fault("shares", about, f"is not ordered to be paid as {row.share_count * row.price_cents} cents")


def _check_lapses(look: Look, place: str) -> Iterator[Fault]:
    """Yield a fault for each lapse that is not of all shares that were left of a spell."""
    of_spell = (
        (col(Share.place) == col(ShareLapse.place))
        & (col(Share.person_id) == col(ShareLapse.person_id))
        & (col(Share.spell) == col(ShareLapse.spell))
    )
    left = func.sum(case((col(Share.id).is_not(None) & col(ShareEnding.share_id).is_(None), 1), else_=0))
    rows = (
        select(col(ShareLapse.id), col(ShareLapse.share_count), left)
        .outerjoin(Share, of_spell)
        .outerjoin(ShareEnding, col(ShareEnding.share_id) == col(Share.id))
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
