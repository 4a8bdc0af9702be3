# SPDX-License-Identifier: EUPL-1.2
"""Gives a new code instead of a lost one, and stops a resident voucher, at the desk."""

from sqlmodel import col, delete

from wijkbudget.db.moving import move
from wijkbudget.identity import queries as identity
from wijkbudget.kit.text import _
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers.cheques import access, rules
from wijkbudget.vouchers.cheques.events import ChequeReplaced, ChequeWasDeactivated
from wijkbudget.vouchers.cheques.models import ChequePledge
from wijkbudget.vouchers.cheques.queries import rows
from wijkbudget.vouchers.cheques.rules import ChequeState
from wijkbudget.vouchers.cheques.schemas import DeactivateCheque, HandCheque, HandedChequeView
from wijkbudget.vouchers.kinds import RESIDENT
from wijkbudget.vouchers.queries import codes


@verb(access.HAND)
def hand_cheque(work: Work, place: str, command: HandCheque) -> HandedChequeView:
    """Give somebody at the desk a new code for the same voucher; the old one finds nothing any more.

    Raises IssuanceNotFound, ChequeNotFound, ChequeOver, ChequeDeactivated or ChangedMeanwhile.
    """
    issuance, row = rows.held(work, place, str(command.person_id))
    rules.demand_open(ChequeState(row.state), issuance.last_on, work.today, issuance.article)
    turn = row.turn + 1
    kept = codes.kept_hash(work, RESIDENT, row.id, turn)
    move(work.session, row, ("turn", "state"), turn=turn, code_hash=kept)
    work.record(ChequeReplaced(place=place, subject=str(issuance.id), cheque_id=str(row.id)))
    return HandedChequeView(
        name=identity.name_of(work, command.person_id).name,
        code=codes.code_of(work, RESIDENT, row.id, turn),
        value_cents=row.value_cents,
        last_on=issuance.last_on,
    )


@verb(access.HAND)
def deactivate_cheque(work: Work, place: str, command: DeactivateCheque) -> None:
    """Stop somebody's resident voucher; what it pledged is undone, and its amount goes back with the rest.

    Raises IssuanceNotFound, ChequeNotFound, DeactivatedBefore or ChangedMeanwhile.
    """
    issuance, row = rows.held(work, place, str(command.person_id))
    if row.state == ChequeState.DEACTIVATED:
        raise rules.DeactivatedBefore(_("This resident voucher was stopped before."))
    work.session.exec(delete(ChequePledge).where(col(ChequePledge.cheque_id) == row.id))
    stopped = {"state": ChequeState.DEACTIVATED, "reason": command.reason, "pledged_cents": 0}
    move(work.session, row, ("state", "pledged_cents"), **stopped)
    work.record(ChequeWasDeactivated(place=place, subject=str(issuance.id), cheque_id=str(row.id)))
