# SPDX-License-Identifier: EUPL-1.2
"""Shares that their holder hands back to the neighbourhood, for the price in the by-law and never during a vote."""

from datetime import date
from uuid import UUID

from wijkbudget.identity import queries as identity
from wijkbudget.kit.text import _
from wijkbudget.ledger import chart
from wijkbudget.ledger import service as ledger
from wijkbudget.ledger.rules import NotEnough
from wijkbudget.payments import service as payments
from wijkbudget.payments.rules import read_iban
from wijkbudget.payments.schemas import OrderPayout
from wijkbudget.shares import access, queries, rules
from wijkbudget.shares.events import SharesHandedBack
from wijkbudget.shares.models import HandBackStop, ShareEnding, ShareHandBack
from wijkbudget.shares.queries import holders
from wijkbudget.shares.queries.holdings import rules_of
from wijkbudget.shares.rules import Ending
from wijkbudget.shares.schemas import ChangeAccount, HandBackShares, OwnSharesView
from wijkbudget.trail.work import Work, verb

TITLE = "Wijkaandelen teruggegeven"
"""What the cashier and the payee read; Dutch, like the titles of plans, because it goes to the bank."""


@verb(access.HAND_BACK, once=True)
def hand_back(work: Work, place: str, command: HandBackShares) -> OwnSharesView:
    """Hand own extra shares back for the fixed price, which is set apart at once and paid by the cashier.

    Source: wijkaandelen Minervaplein, Delft, 2001 to 2005 (residents could hand shares back to the steering group).
    Raises HolderNotFound, NoPrice, Suspended, HandBackClosed, TooFewToHandBack, IbanUnreadable or NotEnough.
    """
    person_id = UUID(work.actor.id)
    holders.holding_of(work, place, person_id)
    version, policy = holders.demand_rules(rules_of(work, place))
    back = rules.demand_price(policy.hand_back, policy.article)
    rules.demand_counting(is_suspended=holders.is_suspended(work, place, person_id))
    rules.demand_open(back.article, is_closed=holders.is_hand_back_closed(work, place))
    extra = holders.years_held(work, place, person_id)
    share_ids = rules.handed_back(extra, command.share_count, back.article)
    row = ShareHandBack(
        id=work.new_id(),
        place=place,
        person_id=person_id,
        year=work.today.year,
        share_count=len(share_ids),
        price_cents=back.price_cents,
        handed_back_on=work.today,
        policy_version=version,
    )
    work.session.add(row)
    work.session.flush()
    work.session.add_all(
        ShareEnding(share_id=share_id, place=place, ending=Ending.HANDED_BACK, ended_on=work.today, hand_back_id=row.id)
        for share_id in share_ids
    )
    work.session.flush()
    ledger.post_shares(work, place, [rules.ended(place, share_id, person_id) for share_id in share_ids])
    amount_cents = row.share_count * row.price_cents
    _set_apart(work, row, amount_cents)
    _order(work, row, command.payee, command.iban)
    work.record(
        SharesHandedBack(
            place=place,
            subject=str(row.id),
            share_ids=[str(share_id) for share_id in share_ids],
            person_id=str(person_id),
            share_count=row.share_count,
            amount_cents=amount_cents,
            policy_version=version,
        )
    )
    return queries.own(work, place)


@verb(access.HAND_BACK, once=True)
def change_account(work: Work, place: str, hand_back_id: UUID, command: ChangeAccount) -> OwnSharesView:
    """Have what is owed for own shares paid to another account.

    Raises ShareNotFound, IbanUnreadable, AlreadyPaid or InABatch.
    """
    row = holders.hand_back_row(work, place, hand_back_id)
    read_iban(command.iban)
    payments.withdraw(work, place, str(row.id))
    _order(work, row, command.payee, command.iban)
    return queries.own(work, place)


def stop_hand_backs(work: Work, place: str, about: str, first_on: date, last_on: date) -> None:
    """Let no share be handed back from one day to another, both included; the verb that prepares a vote records it."""
    work.session.add(HandBackStop(about=about, place=place, first_on=first_on, last_on=last_on))
    work.session.flush()


def _set_apart(work: Work, row: ShareHandBack, amount_cents: int) -> None:
    """Set the price of shares apart in the pot of this year. Raises NotEnough."""
    try:
        ledger.post(work, row.place, rules.set_apart(row.place, row.year, row.id, amount_cents))
    except NotEnough:
        sentence = _("The pot of %(year)s does not hold enough for this.", year=row.year)
        raise NotEnough(sentence) from None


def _order(work: Work, row: ShareHandBack, payee: str, iban: str) -> None:
    """Order the payment of what is owed. Raises IbanUnreadable."""
    person_id = str(row.person_id)
    command = OrderPayout(
        year=row.year,
        about=str(row.id),
        title=TITLE,
        amount_cents=row.share_count * row.price_cents,
        payee=payee,
        iban=iban,
        source=chart.owed(row.place, row.year, row.id),
        target=chart.paid(row.place, row.year, row.id),
        parties=sorted({person_id, *identity.housemates(work, [person_id])}),
    )
    payments.order(work, row.place, command)
