# SPDX-License-Identifier: EUPL-1.2
"""Offers rewards with the money for them set apart, and stops offering them."""

from uuid import UUID

from wijkbudget.db.moving import move
from wijkbudget.identity import queries as identity
from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _
from wijkbudget.ledger import chart
from wijkbudget.ledger import service as ledger
from wijkbudget.ledger.rules import NotEnough
from wijkbudget.payments.rules import read_iban
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers.kinds import REWARD
from wijkbudget.vouchers.rewards import access, rules
from wijkbudget.vouchers.rewards.events import OfferClosed, OfferOpened
from wijkbudget.vouchers.rewards.models import RewardOffer
from wijkbudget.vouchers.rewards.queries import rows, views
from wijkbudget.vouchers.rewards.rules import OfferState, Payer
from wijkbudget.vouchers.rewards.schemas import OfferView, OpenOffer
from wijkbudget.vouchers.rules import demand_other_eyes


@verb(access.OFFER, once=True)
def open_offer(work: Work, place: str, command: OpenOffer) -> OfferView:
    """Let residents choose something as a reward; what the neighbourhood pays is set apart for all of them at once.

    Choice: nobody decides so about money of their own organisation (Awb art. 2:4).

    Raises NeighbourhoodNotFound, NoRewards, TooValuable, OfferTooLong, StockMissing, ReceiverWrong, IbanUnreadable,
    OrganisationNotFound, OwnMoney or NotEnough.
    """
    section = rows.section_of(work, place)
    rules.demand_offerable(command.value_cents, command.last_on, work.today, section)
    rules.demand_complete(command.payer, command.stock_count, command.payee, command.iban)
    if command.organisation_id:
        demand_other_eyes(work.actor.id, identity.organisation(work, place, command.organisation_id).members)
    row = RewardOffer(
        id=work.new_id(),
        place=place,
        year=work.today.year,
        title=command.title,
        explanation=command.explanation,
        sponsor=command.sponsor,
        spot=command.spot,
        value_cents=command.value_cents,
        stock_count=command.stock_count,
        left_count=command.stock_count,
        payer=command.payer,
        organisation_id=command.organisation_id,
        payee=command.payee,
        iban=read_iban(command.iban) if command.iban else None,
        decision=command.decision,
        article=section.article,
        opened_by=work.actor.id,
        opened_on=work.today,
        last_on=command.last_on,
        state=OfferState.OPEN,
    )
    work.session.add(row)
    work.session.flush()
    _set_apart(work, row)
    work.record(
        OfferOpened(
            place=place,
            subject=str(row.id),
            value_cents=row.value_cents,
            stock_count=row.stock_count,
            payer=row.payer,
            last_on=row.last_on.isoformat(),
            decision=row.decision,
        )
    )
    return views.offer_view(work, row)


@verb(access.OFFER)
def close_offer(work: Work, place: str, offer_id: UUID) -> OfferView:
    """Stop offering something; what was chosen can still be fetched. Raises OfferNotFound or WrongState."""
    row = rows.offer_row(work, place, offer_id)
    if row.state != OfferState.OPEN:
        raise WrongState(_("This reward is not offered any more."))
    close(work, row)
    return views.offer_view(work, row)


def close(work: Work, row: RewardOffer) -> None:
    """Stop offering something, and let the money for what nobody chose go back. Raises ChangedMeanwhile."""
    move(work.session, row, ("state", "left_count"), state=OfferState.CLOSED)
    rest_cents = (row.left_count or 0) * row.value_cents if row.payer == Payer.POT else 0
    if rest_cents:
        held, pot = chart.offer(row.place, row.year, row.id), REWARD.rest(row.place, row.year)
        ledger.post(work, row.place, rules.CLOSE.transfer(held, pot, rest_cents, row.id))
    work.session.refresh(row)
    work.record(OfferClosed(place=row.place, subject=str(row.id), returned_cents=rest_cents))


def _set_apart(work: Work, row: RewardOffer) -> None:
    """Set the money for all of them apart, where the neighbourhood pays. Raises NotEnough."""
    if row.payer != Payer.POT:
        return
    total_cents = (row.stock_count or 0) * row.value_cents
    pot, held = REWARD.rest(row.place, row.year), chart.offer(row.place, row.year, row.id)
    try:
        ledger.post(work, row.place, rules.OPEN.transfer(pot, held, total_cents, row.id))
    except NotEnough:
        text = _(
            "This takes %(total_cents)s, and the pot of %(year)s does not hold so much. Offer fewer.",
            total_cents=total_cents,
            year=row.year,
        )
        raise NotEnough(text, article=row.article) from None
