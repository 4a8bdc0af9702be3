# SPDX-License-Identifier: EUPL-1.2
"""Lets plans take pledges while people vote about them, for the verbs that put them on a ballot and decide."""

from uuid import UUID

from wijkbudget.trail.work import Work
from wijkbudget.vouchers.cheques.models import HopefulPlan
from wijkbudget.vouchers.cheques.queries import rows
from wijkbudget.vouchers.cheques.schemas import HopePlan


def hope(work: Work, place: str, command: HopePlan) -> None:
    """Let a plan on a ballot take pledges."""
    hopeful = HopefulPlan(
        voucher_id=work.new_id(), place=place, about=command.about, year=command.year, title=command.title
    )
    work.session.add(hopeful)
    work.session.flush()


def refuse(work: Work, place: str, about: str) -> None:
    """Let what was pledged to a plan that gets no money be free again.

    Until the last day whoever pledged it can choose another plan; after that it goes back to the pot.
    """
    hopeful = rows.hopeful_row(work, place, about)
    if hopeful:
        hopeful.is_refused = True
        work.session.flush()


def voucher_id_of(work: Work, place: str, about: str) -> UUID:
    """Return the id under which a plan gets its voucher: the one that people pledged to, or a new one."""
    hopeful = rows.hopeful_row(work, place, about)
    return hopeful.voucher_id if hopeful else work.new_id()
