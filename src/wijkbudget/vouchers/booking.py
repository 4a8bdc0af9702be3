# SPDX-License-Identifier: EUPL-1.2
"""Brings more money to a voucher, for the verbs that decided so."""

from sqlmodel import col, update

from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _
from wijkbudget.ledger import service as ledger
from wijkbudget.ledger.rules import Transfer
from wijkbudget.trail.work import Work
from wijkbudget.vouchers.events import VoucherToppedUp
from wijkbudget.vouchers.models import Voucher
from wijkbudget.vouchers.rules import VoucherState


def top_up(work: Work, row: Voucher, transfer: Transfer) -> None:
    """Raise the value of a voucher by a transfer to its account. Raises WrongState or NotEnough."""
    ledger.post(work, row.place, transfer)
    raised = {name: col(getattr(Voucher, name)) + transfer.amount for name in ("value_cents", "topped_up_cents")}
    active = update(Voucher).where(col(Voucher.id) == row.id, col(Voucher.state) == VoucherState.ACTIVE)
    if work.session.exec(active.values(**raised)).rowcount != 1:
        raise WrongState(_("This voucher is not in use any more."))
    work.session.refresh(row)
    place, reference = row.place, transfer.reference
    work.record(VoucherToppedUp(place=place, subject=str(row.id), amount_cents=transfer.amount, reference=reference))
