# SPDX-License-Identifier: EUPL-1.2
"""Opens collections, takes gifts, follows what a provider tells of them, and passes them on or gives them back."""

from uuid import UUID

from wijkbudget.kit.text import _
from wijkbudget.ledger import chart
from wijkbudget.ledger import service as ledger
from wijkbudget.ledger.rules import Account, Transfer
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.payments import access
from wijkbudget.payments.contributions import flows, following, queries, rules
from wijkbudget.payments.contributions.events import (
    CheckoutNoted,
    CollectionClosed,
    CollectionOpened,
    ContributionOpened,
    ContributionRefundSettled,
    GiversForgotten,
    ProviderTold,
)
from wijkbudget.payments.contributions.models import Contribution, GiftCollection, ProviderNotice
from wijkbudget.payments.contributions.queries import rows
from wijkbudget.payments.contributions.rules import CollectionState, ContributionState, RefundState
from wijkbudget.payments.contributions.schemas import (
    CollectionView,
    ContributionView,
    GiftBookView,
    GiveMoney,
    GivenView,
    OpenCollection,
    OpenPot,
    SettleRefund,
)
from wijkbudget.payments.providers.port import Notice
from wijkbudget.trail.work import Work, verb


@verb(access.OPEN_POT)
def open_pot(work: Work, place: str, command: OpenPot) -> CollectionView:
    """Let people give to the pot of a year. Raises NeighbourhoodNotFound, NoGifts or CollectionOpen."""
    name = neighbourhoods.neighbourhood(work, place).name
    about = chart.pot(place, command.year).address
    asked = OpenCollection(about=about, year=command.year, theme=None, title=f"{name} {command.year}")
    return _open(work, place, asked, is_pot=True)


def open_for(work: Work, place: str, command: OpenCollection) -> CollectionView:
    """Let people give to a plan, for the verb that decided so. Raises NoGifts or CollectionOpen."""
    return _open(work, place, command, is_pot=False)


@verb(access.GIVE)
def give(work: Work, place: str, collection_id: UUID, command: GiveMoney) -> GivenView:
    """Begin a gift; the pay page of it is opened by an errand.

    Raises CollectionNotFound, CollectionClosed, NoGifts, GiftTooSmall, GiftTooLarge, NameMissing or TooManyOpened.
    """
    to = rows.collection_row(work, place, collection_id)
    rules.demand_open(CollectionState(to.state))
    rules.demand_amount(command.amount_cents, rules.demand_gifts(rows.policy_of(work, place)))
    rules.demand_name(command.name, is_shown=command.is_name_shown)
    rules.demand_room(rows.opened_count(work, collection_id))
    gift_id = work.new_id()
    row = Contribution(
        id=gift_id,
        place=place,
        collection_id=collection_id,
        code_hash=rows.kept_hash(work, gift_id),
        amount_cents=command.amount_cents,
        giver=command.giver,
        name=command.name,
        is_name_shown=command.is_name_shown,
        may_go_to_pot=command.may_go_to_pot,
        email_address=command.email_address,
        state=ContributionState.OPENED,
        refunded_cents=0,
        taken_cents=0,
        covered_cents=0,
        cover_count=0,
        waiting_cents=0,
        opened_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.errand(rules.CHECKOUT, {"contribution": str(gift_id)})
    facts = {"place": place, "subject": str(gift_id), "collection_id": str(collection_id)}
    work.record(ContributionOpened(**facts, amount_cents=command.amount_cents))
    return GivenView(id=gift_id, code=rows.code_of(work, gift_id))


@verb(access.PERFORM, municipal=True)
def note_checkout(work: Work, contribution_id: UUID, provider: str, url: str) -> None:
    """Keep where a gift is paid. Raises ContributionNotFound."""
    row = rows.contribution_row(work, contribution_id)
    if row.checkout_url is None:
        row.provider, row.checkout_url = provider, url
        work.record(CheckoutNoted(place=row.place, subject=str(row.id), provider=provider))


@verb(access.PERFORM, municipal=True)
def note_checkout_refused(work: Work, contribution_id: UUID) -> None:
    """Let a gift end for which the provider opens no pay page. Raises ContributionNotFound."""
    row = rows.contribution_row(work, contribution_id)
    if row.state == ContributionState.OPENED:
        following.fail(work, row)


@verb(access.PERFORM, municipal=True)
def note_refund_refused(work: Work, refund_id: UUID) -> None:
    """Let the cashier look at a refund that the provider does not make. Raises RefundNotFound."""
    refund = rows.refund_row(work, refund_id)
    if refund.state == RefundState.ORDERED:
        following.fail_refund(work, refund)


@verb(access.HEAR, municipal=True)
def hear(work: Work, provider: str, notice: Notice) -> None:
    """Take in news that a provider signed; the same event a second time changes nothing."""
    if rows.was_heard(work, notice.event_id):
        return
    work.session.add(ProviderNotice(**vars(notice) | {"news": notice.news.value}, heard_at=work.now))
    work.session.flush()
    row = rows.whose(work, notice)
    place, subject = (row.place, str(row.id)) if row else (None, "unknown")
    work.record(ProviderTold(place=place, subject=subject, news=notice.news, amount_cents=notice.amount_cents))
    if row:
        following.follow(work, row, provider)


@verb(access.SETTLE_REFUND, municipal=True, once=True)
def settle_refund(work: Work, refund_id: UUID, command: SettleRefund) -> GiftBookView:
    """Say that a refund that did not arrive was paid by hand. Raises RefundNotFound."""
    refund = rows.refund_row(work, refund_id)
    rules.demand_failed(RefundState(refund.state))
    row = rows.contribution_row(work, refund.contribution_id)
    assert row.provider
    refund.state, refund.bank_reference = RefundState.SETTLED, command.bank_reference
    clearing, provider = chart.clearing(row.provider, row.place), chart.provider(row.provider)
    out = flows.REFUND_SETTLED.transfer(clearing, provider, refund.amount_cents, refund.id)
    ledger.post(work, row.place, out)
    facts = {"place": row.place, "subject": str(row.id), "refund_id": str(refund.id)}
    work.record(ContributionRefundSettled(**facts, amount_cents=refund.amount_cents))
    return queries.gift_book(work)


@verb(access.READ_GIFT, municipal=True)
def hide_name(work: Work, code: str) -> ContributionView:
    """Take the name of a giver away, for whoever has the code of the gift. Raises ContributionNotFound or NameNotShown.

    Source: AVG art. 7 lid 3 (taking a consent back is as easy as giving it).
    """
    row = rows.row_by_code(work, code)
    if not row.is_name_shown:
        raise rules.NameNotShown(_("Nobody sees your name with this gift."))
    row.name, row.is_name_shown = None, False
    work.session.flush()
    work.record(GiversForgotten(place=row.place, subject=str(row.id), count=1))
    return queries.contribution(work, code)


@verb(access.PERFORM)
def forget_givers(work: Work, place: str) -> int:
    """Forget who gave once that is not needed any more, and return how many gifts lost a name or an address.

    Run twice, it does nothing more; the gifts stay in the books.
    """
    # No gift is at hand in this act that would have to know of it.
    blind = {"synchronize_session": False}
    changes = rows.to_forget(place, work.now)
    count = sum(work.session.exec(each, execution_options=blind).rowcount for each in changes)
    if count:
        work.record(GiversForgotten(place=place, subject=place, count=count))
    return count


def pass_on(work: Work, place: str, about: str, target: Account) -> Transfer | None:
    """Return the transfer by which gifts, and what the pot added, come with a plan to where its money goes.

    For the verb that decided so, which posts it; nobody can give to the plan any more. None if there is nothing.
    """
    row = rows.row_about(work, place, about)
    if row is None or row.state != CollectionState.OPEN:
        return None
    total_cents = rows.kept_cents(work, row.id) + row.matched_cents
    _close(work, row, CollectionState.PASSED_ON)
    if not total_cents:
        return None
    source = chart.gift(place, row.year, row.id, row.theme)
    return flows.PASS_ON.transfer(source, target, total_cents, row.id)


def give_back(work: Work, place: str, about: str) -> int:
    """Return how many cents go back to who gave to a plan that does not go ahead, besides who left it to the pot.

    For the verb that decided so; nobody can give to it any more, and what the pot added goes back to the pot.
    """
    row = rows.row_about(work, place, about)
    if row is None or row.state != CollectionState.OPEN:
        return 0
    given_cents, left = rows.kept_cents(work, row.id), rows.left(work, row.id)
    following.match(work, row, 0)
    _close(work, row, CollectionState.RETURNED)
    if to_pot_cents := given_cents - sum(left.values()):
        gift, pot = chart.gift(place, row.year, row.id, row.theme), chart.pot(place, row.year, row.theme)
        ledger.post(work, place, flows.TO_POT.transfer(gift, pot, to_pot_cents, row.id))
    for gift_id, cents in left.items():
        following.order_refund(work, rows.contribution_row(work, gift_id), row, cents)
    return sum(left.values())


def bring_rest(work: Work, place: str, about: str, rest: Transfer, kept_cents: int) -> int:
    """Bring the rest of a plan into the pot, and return how many cents of it go on to who gave, each in proportion.

    For the verb by which a plan ends or gets less: `rest` goes into the pot, the plan keeps its other money.
    """
    ledger.post(work, place, rest)
    row = rows.row_about(work, place, about)
    left = rows.left(work, row.id) if row and row.state == CollectionState.PASSED_ON else {}
    shares = rules.rest_shares(rest.amount, kept_cents, left)
    if row is None or not shares:
        return 0
    gift = chart.gift(place, row.year, row.id, row.theme)
    ledger.post(work, place, flows.REST.transfer(rest.target, gift, sum(shares.values()), rest.reference))
    for gift_id, cents in shares.items():
        following.order_refund(work, rows.contribution_row(work, gift_id), row, cents)
    return sum(shares.values())


def _open(work: Work, place: str, command: OpenCollection, *, is_pot: bool) -> CollectionView:
    """Let people give to something, once. Raises NoGifts or CollectionOpen."""
    rules.demand_gifts(rows.policy_of(work, place))
    rules.demand_first(is_open=rows.row_about(work, place, command.about) is not None)
    row = GiftCollection(
        id=work.new_id(),
        place=place,
        year=command.year,
        theme=command.theme,
        about=command.about,
        is_pot=is_pot,
        title=command.title,
        state=CollectionState.OPEN,
        matched_cents=0,
        match_count=0,
        opened_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.record(CollectionOpened(place=place, subject=str(row.id), about=command.about, year=command.year))
    return queries.collection(work, place, row.id)


def _close(work: Work, row: GiftCollection, then: CollectionState) -> None:
    """Let nobody give to this any more."""
    given_cents = rows.kept_cents(work, row.id)
    row.state, row.closed_at = then, work.now
    work.session.flush()
    facts = {"place": row.place, "subject": str(row.id), "about": row.about, "state": then.value}
    work.record(CollectionClosed(**facts, given_cents=given_cents, matched_cents=row.matched_cents))
