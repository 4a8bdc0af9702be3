# SPDX-License-Identifier: EUPL-1.2
"""Asks a group by letter to account for its money, and says what happens if it does not."""

from datetime import date
from uuid import UUID

from wijkbudget.identity import queries as identity
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import Tone
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers import access, holders
from wijkbudget.vouchers import rules as vouchers
from wijkbudget.vouchers.grants import queries as grants
from wijkbudget.vouchers.models import Voucher
from wijkbudget.vouchers.reminders import queries, rules
from wijkbudget.vouchers.reminders.events import GroupReminded
from wijkbudget.vouchers.reminders.models import AccountReminder
from wijkbudget.vouchers.reminders.schemas import ReminderView, RemindGroup


@verb(access.DECIDE)
def remind(work: Work, place: str, voucher_id: UUID, command: RemindGroup) -> ReminderView:
    """Ask a group that is late to account for its money until a day; a later day gives it more time.

    Source: Awb art. 4:44 lid 3. Raises VoucherNotFound, OwnMoney, NothingToAccount, NotLate or TermTooShort.
    """
    row = holders.voucher_row(work, place, voucher_id)
    vouchers.demand_other_eyes(work.actor.id, holders.interested_in(work, row))
    article = neighbourhoods.policy(work, place, row.issued_on).rules.vouchers.article
    due_on = queries.due_on(work, row)
    rules.demand_late(due_on, work.today, article)
    assert due_on, "it has passed"
    rules.demand_term(command.until, work.today, queries.terms_of(work, [voucher_id]).get(voucher_id))
    reminder = AccountReminder(
        voucher_id=voucher_id,
        until=command.until,
        due_on=due_on,
        reminded_by=work.actor.id,
        reminded_at=work.now,
    )
    work.session.add(reminder)
    work.session.flush()
    _leave_letters(work, row, due_on, command.until, article)
    work.record(GroupReminded(place=place, subject=str(voucher_id), until=command.until.isoformat()))
    return ReminderView(voucher_id=voucher_id, due_on=due_on, until=command.until, reminded_on=work.today)


def _leave_letters(work: Work, row: Voucher, due_on: date, until: date, article: str) -> None:
    """Leave a file of letters for the group; who has no address here reads it on the page of the voucher."""
    addresses = identity.addresses_of(work, sorted(holders.holders_of(work, row.id)))
    if not addresses:
        return
    grant = grants.grants_of(work, [row.id])[row.id]
    letter = {
        "id": f"{row.id}-{until.isoformat()}",
        "municipality": neighbourhoods.municipality(work).name,
        "neighbourhood": neighbourhoods.neighbourhood(work, row.place).name,
        "is_formal": neighbourhoods.policy(work, row.place).rules.tone is Tone.U,
        "made_on": work.today.isoformat(),
        "title": row.title,
        "body": grant.body,
        "basis": grant.basis,
        "article": article,
        "due_on": due_on.isoformat(),
        "until": until.isoformat(),
        "amount_cents": row.claimed_cents,
        "addressed": [list(address.lines) for address in addresses.values()],
    }
    work.errand(rules.ERRAND, letter)
