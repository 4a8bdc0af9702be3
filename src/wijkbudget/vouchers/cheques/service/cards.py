# SPDX-License-Identifier: EUPL-1.2
"""Has files of cards made, keeps them under lock, gives them to an official, and throws them away."""

from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import col, select, update

from wijkbudget.kit.actor import Role, may
from wijkbudget.kit.text import _
from wijkbudget.trail.work import Draft, Outdated, Work, verb
from wijkbudget.vouchers.cheques import access, rules
from wijkbudget.vouchers.cheques.events import CardsDiscarded, CardsFetched, CardsMade, CardsOrdered
from wijkbudget.vouchers.cheques.models import CardFile, Cheque, Issuance
from wijkbudget.vouchers.cheques.queries import printing, rows
from wijkbudget.vouchers.cheques.rules import ERRAND, CardsMadeBefore, ChequeState
from wijkbudget.vouchers.cheques.schemas import CardsView


class Ordered(NamedTuple):
    """Files of cards that are to be made, each with its errand; no code and no address stands in either."""

    issuance_id: UUID
    files: list[dict[str, Any]]
    errands: list[dict[str, Any]]


class Fetched(NamedTuple):
    """A file as it was found."""

    content: bytes
    card_count: int


def draft_order(draft: Draft, place: str) -> Ordered:
    """Return what cards for everybody with an address take. Raises IssuanceNotFound or CardsMadeBefore."""
    issuance = rows.demand_issuance(draft, place)
    before = printing.files_of(draft, issuance)
    _demand_none_kept(before)
    active = select(Cheque.id, Cheque.holder).where(
        col(Cheque.issuance_id) == issuance.id, col(Cheque.state) == ChequeState.ACTIVE
    )
    holders = dict(draft.session.exec(active).all())
    living = printing.addresses(draft, issuance, list(holders.values()))
    addressed = {
        cheque_id: (to.postcode, to.house_number, to.addition)
        for cheque_id, holder in holders.items()
        if (to := living.get(holder))
    }
    made = list(enumerate(rules.files_of(addressed), len(before) + 1))
    said = {"place": place, "issuance_id": str(issuance.id)}
    return Ordered(
        issuance_id=issuance.id,
        files=[
            {
                "issuance_id": issuance.id,
                "number": number,
                "card_count": len(some),
                "made_at": draft.now,
                "wiped_on": rules.wiped_from(draft.today, issuance.last_on),
            }
            for number, some in made
        ],
        errands=draft.errand_rows(
            ERRAND, ({**said, "number": number, "cheque_ids": [str(each) for each in some]} for number, some in made)
        ),
    )


@verb(access.CARDS, prepare=draft_order)
def order_cards(work: Work, place: str) -> CardsView:
    """Have cards made for everybody with an address. Raises IssuanceNotFound, CardsMadeBefore or Outdated."""
    ordered = work.prepared(draft_order)
    issuance = rows.demand_issuance(work, place)
    if issuance.id != ordered.issuance_id or not ordered.files:
        raise Outdated
    _demand_none_kept(printing.files_of(work, issuance))
    work.session.connection().execute(insert(CardFile), ordered.files)
    work.leave(ordered.errands)
    count = sum(each["card_count"] for each in ordered.files)
    work.record(CardsOrdered(place=place, subject=str(issuance.id), count=count))
    return printing.cards(work, place)


@verb(may(Role.SYSTEM))
def keep_cards(work: Work, place: str, issuance_id: UUID, number: int) -> None:
    """Note that a file of cards is made; its errand is emptied next."""
    made = work.session.exec(
        update(CardFile)
        .where(
            col(CardFile.issuance_id) == issuance_id, col(CardFile.number) == number, col(CardFile.printed_at).is_(None)
        )
        .values(printed_at=work.now)
    )
    if made.rowcount == 1:
        row = work.session.get_one(CardFile, (issuance_id, number))
        work.record(CardsMade(place=place, subject=str(issuance_id), number=number, count=row.card_count))


def draft_cards(draft: Draft, place: str, number: int) -> Fetched:
    """Return a file of cards. Raises IssuanceNotFound, CardsNotFound or CardsNotReady."""
    row = printing.file_of(draft, place, number)
    return Fetched(printing.unlocked(draft, row), row.card_count)


@verb(access.CARDS, prepare=draft_cards)
def fetch_cards(work: Work, place: str, number: int) -> bytes:
    """Return a file of cards as PDF, and record who took it.

    Raises IssuanceNotFound, CardsNotFound or CardsNotReady.
    """
    found = work.prepared(draft_cards)
    row = printing.file_of(work, place, number)
    rules.demand_there(is_printed=row.printed_at is not None, is_wiped=row.wiped_at is not None)
    work.record(CardsFetched(place=place, subject=str(row.issuance_id), number=number, count=found.card_count))
    return found.content


@verb(access.CARDS)
def discard_cards(work: Work, place: str) -> CardsView:
    """Throw away the cards that are made, because they were sent. Raises IssuanceNotFound."""
    issuance = rows.demand_issuance(work, place)
    there = [each for each in printing.files_of(work, issuance) if each.printed_at and not each.wiped_at]
    _discard(work, issuance, there)
    return printing.cards(work, place)


@verb(may(Role.SYSTEM))
def wipe_cards(work: Work, place: str) -> int:
    """Throw away the cards whose day has come, and return how many files there were."""
    over = (
        select(Issuance, CardFile)
        .join(CardFile, col(CardFile.issuance_id) == col(Issuance.id))
        .where(col(Issuance.place) == place, col(CardFile.wiped_at).is_(None), col(CardFile.wiped_on) <= work.today)
    )
    found = work.session.exec(over).all()
    for issuance in {issuance.id: issuance for issuance, _file in found}.values():
        _discard(work, issuance, [file for of, file in found if of.id == issuance.id])
    return len(found)


def _discard(work: Work, issuance: Issuance, files: list[CardFile]) -> None:
    """Close files of cards for good; the clock of the house removes what no row keeps."""
    if not files:
        return
    for file in files:
        file.wiped_at = work.now
    work.session.flush()
    count = sum(file.card_count for file in files)
    work.record(CardsDiscarded(place=issuance.place, subject=str(issuance.id), count=count))


def _demand_none_kept(files: list[CardFile]) -> None:
    """Raise CardsMadeBefore while cards are being made, or lie here."""
    if any(each.wiped_at is None for each in files):
        raise CardsMadeBefore(_("The cards are here already. Throw them away first if they must be made again."))
