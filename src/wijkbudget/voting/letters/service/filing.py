# SPDX-License-Identifier: EUPL-1.2
"""Keeps files of letters under lock, gives them to an official, and throws them away."""

from typing import NamedTuple
from uuid import UUID

from sqlmodel import col, update

from wijkbudget.kit.actor import Role, may
from wijkbudget.kit.text import _
from wijkbudget.trail.work import Draft, Outdated, Work, verb
from wijkbudget.voting import access
from wijkbudget.voting.events import LettersDiscarded, LettersFetched, LettersMade
from wijkbudget.voting.letters import queries
from wijkbudget.voting.letters.models import LetterBatch
from wijkbudget.voting.letters.queries import batch_of, batches_of, unlocked
from wijkbudget.voting.letters.rules import LettersNotFound, csv_heading, demand_there
from wijkbudget.voting.letters.schemas import LettersView
from wijkbudget.voting.queries.rounds import row_of


class Fetched(NamedTuple):
    """A file as it was found, with how many letters are in it."""

    content: bytes
    letter_count: int


def draft_letters(draft: Draft, place: str, round_id: UUID, number: int) -> Fetched:
    """Return a file of letters. Raises RoundNotFound, LettersNotFound, LettersNotReady or LettersGone."""
    batch = batch_of(draft, place, round_id, number)
    return Fetched(unlocked(draft, batch, "pdf"), batch.letter_count)


@verb(access.LETTERS, prepare=draft_letters)
def fetch_letters(work: Work, place: str, round_id: UUID, number: int) -> bytes:
    """Return a file of letters as PDF, and record who took it.

    Raises RoundNotFound, LettersNotFound, LettersNotReady or LettersGone.
    """
    found = work.prepared(draft_letters)
    _demand_there(work, place, round_id, number)
    work.record(LettersFetched(place=place, subject=str(round_id), form="pdf", letter_count=found.letter_count))
    return found.content


def draft_addresses(draft: Draft, place: str, round_id: UUID) -> Fetched:
    """Return every letter as a line for a mail house. Raises RoundNotFound, LettersNotFound and as letters do."""
    row_of(draft, place, round_id)
    kept = [each for each in batches_of(draft, place, round_id) if each.wiped_at is None]
    if not kept:
        raise LettersNotFound(_("There are no letters of this round."))
    lines = b"".join(unlocked(draft, each, "csv") for each in kept)
    return Fetched(csv_heading().encode() + lines, sum(each.letter_count for each in kept))


@verb(access.LETTERS, prepare=draft_addresses)
def fetch_addresses(work: Work, place: str, round_id: UUID) -> bytes:
    """Return every letter as a line for a mail house, and record who took it.

    Raises RoundNotFound, LettersNotFound, LettersNotReady or LettersGone.
    """
    found = work.prepared(draft_addresses)
    for each in batches_of(work, place, round_id):
        if each.wiped_at is None:
            demand_there(is_printed=each.printed_at is not None, is_wiped=False)
    work.record(LettersFetched(place=place, subject=str(round_id), form="csv", letter_count=found.letter_count))
    return found.content


@verb(may(Role.SYSTEM))
def keep(work: Work, place: str, round_id: UUID, number: int) -> None:
    """Note that a file of letters is made; its errand is emptied next. Raises RoundNotFound or LettersNotFound."""
    batch = batch_of(work, place, round_id, number)
    made = work.session.connection().execute(
        update(LetterBatch)
        .where(
            col(LetterBatch.round_id) == round_id,
            col(LetterBatch.number) == number,
            col(LetterBatch.printed_at).is_(None),
        )
        .values(printed_at=work.now)
    )
    if made.rowcount == 1:
        work.record(LettersMade(place=place, subject=str(round_id), number=number, letter_count=batch.letter_count))


@verb(access.LETTERS)
def discard_letters(work: Work, place: str, round_id: UUID) -> LettersView:
    """Throw away the letters of a round that are made, because they were sent. Raises RoundNotFound or Outdated."""
    row_of(work, place, round_id)
    _discard(
        work,
        place,
        round_id,
        [each.number for each in batches_of(work, place, round_id) if each.printed_at and not each.wiped_at],
    )
    return queries.letters(work, place, round_id)


@verb(may(Role.SYSTEM))
def wipe(work: Work, place: str) -> int:
    """Throw away the letters whose day has come, and return how many files there were. Raises Outdated."""
    over: dict[UUID, list[int]] = {}
    for round_id, number in queries.over(work, place):
        over.setdefault(round_id, []).append(number)
    for round_id, numbers in over.items():
        _discard(work, place, round_id, numbers)
    return sum(map(len, over.values()))


def _demand_there(work: Work, place: str, round_id: UUID, number: int) -> None:
    """Do nothing if a file was not thrown away meanwhile. Raises LettersNotReady or LettersGone."""
    batch = batch_of(work, place, round_id, number)
    demand_there(is_printed=batch.printed_at is not None, is_wiped=batch.wiped_at is not None)


def _discard(work: Work, place: str, round_id: UUID, numbers: list[int]) -> None:
    """Close files of letters for good; the clock of the house removes what no row keeps. Raises Outdated."""
    if not numbers:
        return
    letter_count = sum(each.letter_count for each in batches_of(work, place, round_id) if each.number in numbers)
    wiped = work.session.connection().execute(
        update(LetterBatch)
        .where(
            col(LetterBatch.round_id) == round_id,
            col(LetterBatch.number).in_(numbers),
            col(LetterBatch.wiped_at).is_(None),
        )
        .values(wiped_at=work.now)
    )
    if wiped.rowcount != len(numbers):
        raise Outdated
    work.session.expire_all()
    work.record(LettersDiscarded(place=place, subject=str(round_id), letter_count=letter_count))
