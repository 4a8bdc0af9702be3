# SPDX-License-Identifier: EUPL-1.2
"""Gives everybody in a neighbourhood a resident voucher, in one act."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert

from wijkbudget.identity import queries as identity
from wijkbudget.kit.text import _
from wijkbudget.ledger import service as ledger
from wijkbudget.ledger.rules import NotEnough
from wijkbudget.trail.work import Draft, Work, verb
from wijkbudget.vouchers.cheques import access, rules
from wijkbudget.vouchers.cheques.events import ChequesIssued
from wijkbudget.vouchers.cheques.models import Cheque, Issuance
from wijkbudget.vouchers.cheques.queries import rows, views
from wijkbudget.vouchers.cheques.rules import ChequeState, IssuanceState
from wijkbudget.vouchers.cheques.schemas import IssuanceView, IssueCheques
from wijkbudget.vouchers.kinds import RESIDENT
from wijkbudget.vouchers.queries import codes

_TOGETHER = 2_000
"""How many rows go to the database in one statement."""


@dataclass(frozen=True, kw_only=True)
class Drafted:
    """Resident vouchers as they were made ready, outside the act."""

    issuance: dict[str, Any]
    cheques: list[dict[str, Any]]


def draft_cheques(draft: Draft, place: str, command: IssueCheques) -> Drafted:
    """Return a voucher with a code for everybody who is eligible today.

    Raises NeighbourhoodNotFound, NoCheques, TooMuchEach, WrongLastDay or NobodyEligible.
    """
    section = rows.section_of(draft, place)
    rules.demand_issuable(command.value_cents, command.last_on, draft.today, section)
    eligible = identity.residents(draft, place, draft.today, section.holder_age_min)
    holders = dict.fromkeys(each.household_id if section.per == "household" else each.person_id for each in eligible)
    if not holders:
        raise rules.NobodyEligible(_("Nobody on the register would get one."), article=section.article)
    issuance_id = draft.new_id()
    made = [(draft.new_id(), holder) for holder in holders]
    return Drafted(
        issuance={
            "id": issuance_id,
            "place": place,
            "year": draft.today.year,
            "per": section.per,
            "value_cents": command.value_cents,
            "cheque_count": len(made),
            "decision": command.decision,
            "article": section.article,
            "issued_by": draft.actor.id,
            "issued_on": draft.today,
            "last_on": command.last_on,
            "state": IssuanceState.OPEN,
        },
        cheques=[
            {
                "id": cheque_id,
                "issuance_id": issuance_id,
                "holder": holder,
                "turn": 1,
                "code_hash": codes.kept_hash(draft, RESIDENT, cheque_id, 1),
                "value_cents": command.value_cents,
                "pledged_cents": 0,
                "state": ChequeState.ACTIVE,
            }
            for cheque_id, holder in made
        ],
    )


@verb(access.ISSUE, once=True, prepare=draft_cheques)
def issue_cheques(work: Work, place: str, command: IssueCheques) -> IssuanceView:
    """Give everybody in a neighbourhood an equal amount from the pot of this year, in one act.

    Choice: one issuance is open at a time, so that nobody has to choose which card is meant.

    Raises NeighbourhoodNotFound, NoCheques, TooMuchEach, WrongLastDay, NobodyEligible, IssuedAlready or NotEnough.
    """
    drafted = work.prepared(draft_cheques)
    if rows.open_issuance(work, place):
        raise rules.IssuedAlready(_("Resident vouchers are open here already. Wait until they are closed."))
    row = Issuance(**drafted.issuance)
    work.session.add(row)
    work.session.flush()
    # Core, because a city district gets tens of thousands at once.
    for first in range(0, len(drafted.cheques), _TOGETHER):
        work.session.connection().execute(insert(Cheque), drafted.cheques[first : first + _TOGETHER])
    total_cents = row.value_cents * row.cheque_count
    pot, held = RESIDENT.rest(place, row.year), RESIDENT.account(place, row.year, row.id)
    try:
        ledger.post(work, place, rules.ISSUE.transfer(pot, held, total_cents, row.id))
    except NotEnough:
        sentence = _(
            "This takes %(total_cents)s for %(count)s resident vouchers, and the pot of %(year)s does not hold so much."
            " Choose a lower amount.",
            total_cents=total_cents,
            count=row.cheque_count,
            year=row.year,
        )
        raise NotEnough(sentence, article=row.article) from None
    work.record(
        ChequesIssued(
            place=place,
            subject=str(row.id),
            year=row.year,
            count=row.cheque_count,
            value_cents=command.value_cents,
            last_on=command.last_on.isoformat(),
            decision=command.decision,
        )
    )
    return views.issuance_view(work, row)
