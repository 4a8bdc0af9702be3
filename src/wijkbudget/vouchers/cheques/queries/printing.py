# SPDX-License-Identifier: EUPL-1.2
"""Reads how far the cards with codes are, what stands on them, and the files themselves."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.identity.schemas import AddressView
from wijkbudget.kit.actor import Role, may
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import Tone
from wijkbudget.trail.work import Look, question
from wijkbudget.vouchers.cheques import access
from wijkbudget.vouchers.cheques.models import CardFile, Cheque, Issuance
from wijkbudget.vouchers.cheques.queries import rows
from wijkbudget.vouchers.cheques.rules import CardsNotFound, ChequeState, demand_there
from wijkbudget.vouchers.cheques.schemas import CardFileView, CardsAskedView, CardsView, CardView
from wijkbudget.vouchers.kinds import RESIDENT
from wijkbudget.vouchers.queries import codes

DRAWER = "cards"
"""Where files of cards lie."""
_LOCK = "resident voucher cards"
"""The purpose of the key under which they are encrypted: who takes the disk has no code."""
_HOUSE = may(Role.SYSTEM)


@question(access.CARDS)
def cards(look: Look, place: str) -> CardsView:
    """Return how far the cards are of the resident vouchers that are open. Raises IssuanceNotFound."""
    issuance = rows.demand_issuance(look, place)
    active = select(func.count()).where(col(Cheque.issuance_id) == issuance.id, col(Cheque.state) == ChequeState.ACTIVE)
    cheque_count = look.session.exec(active).one()
    files = files_of(look, issuance)
    kept = [each for each in files if each.wiped_at is None]
    card_count = sum(each.card_count for each in kept)
    return CardsView(
        place=place,
        cheque_count=cheque_count,
        card_count=card_count,
        printed_count=sum(each.card_count for each in kept if each.printed_at),
        at_desk_count=max(0, cheque_count - card_count) if kept else 0,
        files=[
            CardFileView(
                number=each.number,
                card_count=each.card_count,
                is_printed=each.printed_at is not None,
                is_wiped=each.wiped_at is not None,
                wiped_on=each.wiped_on,
            )
            for each in files
        ],
    )


@question(_HOUSE)
def cards_wait(look: Look, place: str, issuance_id: UUID, number: int) -> bool:
    """Return whether a file of cards is still to be made."""
    row = look.session.get(CardFile, (issuance_id, number))
    issuance = rows.open_issuance(look, place)
    is_open = issuance is not None and issuance.id == issuance_id
    return is_open and row is not None and row.printed_at is None and row.wiped_at is None


@question(_HOUSE)
def cards_asked(look: Look, place: str, issuance_id: UUID, cheque_ids: list[UUID]) -> CardsAskedView:
    """Return what a file of cards is made of; a voucher that was stopped meanwhile gets none.

    Codes are made again from the keys of the house, so that they stand in no table, errand or backup.
    """
    issuance = look.session.get(Issuance, issuance_id)
    assert issuance is not None
    found = select(Cheque).where(col(Cheque.id).in_(cheque_ids), col(Cheque.state) == ChequeState.ACTIVE)
    cheques = {row.id: row for row in look.session.exec(found).all()}
    living = addresses(look, issuance, [row.holder for row in cheques.values()])
    made = [
        CardView(
            name="" if issuance.per == "household" else to.name,
            address=to.lines[-1],
            code=codes.code_of(look, RESIDENT, row.id, row.turn),
        )
        for cheque_id in cheque_ids
        if (row := cheques.get(cheque_id)) and (to := living.get(row.holder))
    ]
    return CardsAskedView(
        municipality=neighbourhoods.municipality(look).name,
        neighbourhood=neighbourhoods.neighbourhood(look, place).name,
        value_cents=issuance.value_cents,
        last_on=issuance.last_on,
        made_on=look.today,
        is_formal=neighbourhoods.policy(look, place).rules.tone is Tone.U,
        is_per_household=issuance.per == "household",
        cards=made,
    )


@question(_HOUSE, municipal=True)
def card_files_kept(look: Look) -> frozenset[str]:
    """Return the names of all files of cards that were not thrown away; others have no business in the drawer."""
    kept = select(CardFile.issuance_id, CardFile.number).where(col(CardFile.wiped_at).is_(None))
    return frozenset(file_name(issuance_id, number) for issuance_id, number in look.session.exec(kept).all())


@question(_HOUSE, municipal=True)
def locked_cards(look: Look, name: str, content: bytes, nonce: bytes) -> bytes:
    """Return a file as it lies in the drawer."""
    return look.keys.conceal(_LOCK, content, nonce, name)


def unlocked(look: Look, row: CardFile) -> bytes:
    """Return a file of cards as PDF. Raises CardsNotReady or CardsNotFound."""
    demand_there(is_printed=row.printed_at is not None, is_wiped=row.wiped_at is not None)
    name = file_name(row.issuance_id, row.number)
    hidden = look.files.drawer(DRAWER).read(name)
    if hidden is None:
        raise CardsNotFound(_("This file is not here any more. Give people who miss their card a new code."))
    return look.keys.reveal(_LOCK, hidden, name)


def files_of(look: Look, issuance: Issuance) -> list[CardFile]:
    """Return the files of cards of one issuance, in order."""
    of_it = select(CardFile).where(col(CardFile.issuance_id) == issuance.id)
    return list(look.session.exec(of_it.order_by(col(CardFile.number))).all())


def file_of(look: Look, place: str, number: int) -> CardFile:
    """Return one file of cards. Raises IssuanceNotFound or CardsNotFound."""
    row = look.session.get(CardFile, (rows.demand_issuance(look, place).id, number))
    if row is None:
        raise CardsNotFound(_("There is no such file of cards."))
    return row


def addresses(look: Look, issuance: Issuance, holders: Collection[str]) -> dict[str, AddressView]:
    """Return where cards are sent, by holder; who has no address, or a secret one, is left out."""
    if issuance.per == "household":
        return identity.household_addresses(look, holders)
    return identity.addresses_of(look, holders)


def file_name(issuance_id: UUID, number: int) -> str:
    """Return what a file of cards is called in the drawer."""
    return f"{issuance_id}-{number}"
