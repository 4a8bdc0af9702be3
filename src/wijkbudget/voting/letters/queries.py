# SPDX-License-Identifier: EUPL-1.2
"""Reads how far the letters of a round are, what stands on them, and the files themselves."""

from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from wijkbudget.kit.actor import Role, may
from wijkbudget.kit.period import day_of
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.work import Look, question
from wijkbudget.voting import access
from wijkbudget.voting.letters.models import LetterBatch, Letterhead, StolenReport
from wijkbudget.voting.letters.rules import LettersGone, LettersNotFound, Window, demand_there
from wijkbudget.voting.letters.schemas import LetterFileView, LetterheadView, LettersView, StolenView
from wijkbudget.voting.phases import Phase
from wijkbudget.voting.queries.rounds import frozen_of, row_of

DRAWER = "letters"
"""Where files of letters lie."""
FORMS = ("pdf", "csv")
"""Each file of letters as it is printed, and as a mail house takes it."""
_LOCK = "voting letters"
"""The purpose of the key under which they are encrypted: who takes the disk, or a backup of it, has no code."""


@question(access.LETTERS)
def letters(look: Look, place: str, round_id: UUID) -> LettersView:
    """Return how far the letters of a round are. Raises RoundNotFound."""
    row = row_of(look, place, round_id)
    rows = batches_of(look, place, round_id)
    voters = 0
    if row.phase != Phase.PREPARED:
        voters = sum(each.voters for each in frozen_of(look, place, round_id).classes)
    sent = sum(each.letter_count for each in rows if not each.is_replacement)
    return LettersView(
        round_id=round_id,
        place=place,
        title=row.title,
        letter_count=sum(each.letter_count for each in rows),
        printed_count=sum(each.letter_count for each in rows if each.printed_at),
        at_desk_count=voters - sent if rows else 0,
        files=[
            LetterFileView(
                number=each.number,
                letter_count=each.letter_count,
                is_replacement=each.is_replacement,
                made_on=day_of(each.made_at),
                is_printed=each.printed_at is not None,
                is_wiped=each.wiped_at is not None,
                wiped_on=each.wiped_on if each.wiped_at is None else day_of(each.wiped_at),
            )
            for each in rows
        ],
    )


@question(access.LETTERS)
def letterhead(look: Look, place: str) -> LetterheadView:
    """Return what stands on every letter of a neighbourhood. Raises NeighbourhoodNotFound.

    Choice: where nobody said anything, help is at the desk of the municipality, and the window is on the right.
    """
    municipality = neighbourhoods.municipality(look).name
    row = look.session.get(Letterhead, place)
    return LetterheadView(
        municipality=municipality,
        neighbourhood=neighbourhoods.neighbourhood(look, place).name,
        help_desk=row.help_desk if row else f"de balie van de gemeente {municipality}",
        phone_number=row.phone_number if row else "",
        return_address=row.return_address if row else f"Gemeente {municipality}",
        colour=row.colour if row else "#0b4f5c",
        window=Window(row.window) if row else Window.RIGHT,
    )


@question(access.READ)
def stolen(look: Look, place: str, round_id: UUID) -> StolenView:
    """Return how many people said that another voted with their code. Raises RoundNotFound."""
    row_of(look, place, round_id)
    reports = select(func.count()).where(col(StolenReport.round_id) == round_id, col(StolenReport.place) == place)
    return StolenView(round_id=round_id, reported_count=look.session.exec(reports).one())


@question(may(Role.SYSTEM))
def is_waiting(look: Look, place: str, round_id: UUID, number: int) -> bool:
    """Return whether a file of letters is still to be made."""
    row = look.session.get(LetterBatch, (round_id, number))
    return row is not None and row.place == place and row.printed_at is None and row.wiped_at is None


@question(may(Role.SYSTEM))
def over(look: Look, place: str) -> list[tuple[UUID, int]]:
    """Return the files of letters whose day to be thrown away has come."""
    rows = select(LetterBatch.round_id, LetterBatch.number).where(
        col(LetterBatch.place) == place,
        col(LetterBatch.printed_at).is_not(None),
        col(LetterBatch.wiped_at).is_(None),
        col(LetterBatch.wiped_on) <= look.today,
    )
    ordered = rows.order_by(col(LetterBatch.round_id), col(LetterBatch.number))
    return [(round_id, number) for round_id, number in look.session.exec(ordered).all()]


@question(may(Role.SYSTEM), municipal=True)
def kept_files(look: Look) -> frozenset[str]:
    """Return the names of all files of letters that were not thrown away; others have no business in the drawer."""
    rows = select(LetterBatch.round_id, LetterBatch.number).where(col(LetterBatch.wiped_at).is_(None))
    kept = look.session.exec(rows).all()
    return frozenset(file_name(round_id, number, form) for round_id, number in kept for form in FORMS)


def batches_of(look: Look, place: str, round_id: UUID) -> list[LetterBatch]:
    """Return the files of letters of a round, in order."""
    rows = select(LetterBatch).where(col(LetterBatch.round_id) == round_id, col(LetterBatch.place) == place)
    return list(look.session.exec(rows.order_by(col(LetterBatch.number))).all())


def batch_of(look: Look, place: str, round_id: UUID, number: int) -> LetterBatch:
    """Return one file of letters. Raises RoundNotFound or LettersNotFound."""
    row_of(look, place, round_id)
    row = look.session.get(LetterBatch, (round_id, number))
    if row is None or row.place != place:
        raise LettersNotFound(_("There is no such file of letters."))
    return row


def unlocked(look: Look, batch: LetterBatch, form: str) -> bytes:
    """Return a file of letters as `pdf` or `csv`. Raises LettersNotReady or LettersGone."""
    demand_there(is_printed=batch.printed_at is not None, is_wiped=batch.wiped_at is not None)
    name = file_name(batch.round_id, batch.number, form)
    hidden = look.files.drawer(DRAWER).read(name)
    if hidden is None:
        raise LettersGone(_("This file is not here any more. Give people who miss their letter a new code."))
    return look.keys.reveal(_LOCK, hidden, name)


@question(may(Role.SYSTEM), municipal=True)
def locked(look: Look, name: str, content: bytes, nonce: bytes) -> bytes:
    """Return a file as it lies in the drawer."""
    return look.keys.conceal(_LOCK, content, nonce, name)


def file_name(round_id: UUID, number: int, form: str) -> str:
    """Return what a file of letters is called in the drawer."""
    return f"{round_id}-{number}-{form}"
