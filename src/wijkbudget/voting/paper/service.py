# SPDX-License-Identifier: EUPL-1.2
"""Receives envelopes, has ballots entered twice, and puts them into the box when every count agrees.

Two verbs are silent: an entry for each envelope or ballot would tell in which order they came.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, func
from sqlmodel import col, insert, select, update

from wijkbudget.kit.text import _
from wijkbudget.trail.work import Look, Work, verb
from wijkbudget.voting.models import BOX_TABLE, RegisterRow, Round
from wijkbudget.voting.paper import access, queries
from wijkbudget.voting.paper.events import EnvelopesCounted, PaperBalanced, PaperSeatLeft, PaperSeatTaken
from wijkbudget.voting.paper.models import (
    ENTRY_TABLE,
    ENVELOPE_TABLE,
    PaperEntry,
    PaperEnvelope,
    PaperReturn,
    PaperSheet,
    PaperStack,
    PaperWorker,
)
from wijkbudget.voting.paper.rules import (
    CodeNotHere,
    EnteredDifferently,
    EnvelopesDiffer,
    NoSuchPaper,
    NothingToDecide,
    NotYourSeat,
    PaperTooEarly,
    ReceivingEnded,
    Seat,
    SeatTaken,
    SeatUsed,
    SheetUnbalanced,
    Stage,
    envelopes_differ,
    read_entry,
    stage,
    unbalanced,
)
from wijkbudget.voting.paper.schemas import (
    EndReceiving,
    EnterBallot,
    EnteredView,
    EnvelopeView,
    ProgressView,
    ReceiveEnvelope,
    TakeSeat,
)
from wijkbudget.voting.phases import Phase, demand_phase, frozen_text
from wijkbudget.voting.queries.rounds import REGISTER, frozen_of

PAPER = "voting paper"
"""The purpose of the key over numbers of paper ballots; their keys in the box look like all others."""


@verb(access.WORK)
def take_seat(work: Work, place: str, round_id: UUID, command: TakeSeat) -> ProgressView:
    """Take one seat with the paper ballots of a round. Raises RoundNotFound, NoPaper, WrongState or SeatTaken."""
    row = queries.paper_round(work, place, round_id)
    demand_phase(Phase(row.phase), Phase.OPEN)
    if queries.seat_of(work, round_id) is not None:
        raise SeatTaken(_("You have a task with these ballots already. Whoever does one does no other."))
    work.session.add(PaperWorker(round_id=round_id, person=work.actor.id, place=place, seat=command.seat))
    work.session.flush()
    work.record(PaperSeatTaken(place=place, subject=str(round_id), seat=command.seat))
    return queries.paper_progress(work, place, round_id)


@verb(access.WORK)
def leave_seat(work: Work, place: str, round_id: UUID) -> ProgressView:
    """Leave a seat that was taken by mistake. Raises RoundNotFound, NoPaper, WrongState, NotYourSeat or SeatUsed."""
    row = queries.paper_round(work, place, round_id)
    demand_phase(Phase(row.phase), Phase.OPEN)
    seat = queries.seat_of(work, round_id)
    if seat is None:
        raise NotYourSeat(_("You have no task with these ballots."))
    mine = select(PaperEntry.number).where(
        col(PaperEntry.round_id) == round_id, col(PaperEntry.person) == work.actor.id
    )
    codes = select(PaperEnvelope.code_hash).where(col(PaperEnvelope.round_id) == round_id)
    is_received = work.session.get(PaperReturn, round_id) is not None
    if work.session.exec(mine).first() or (seat is Seat.RECEIVE and (is_received or work.session.exec(codes).first())):
        raise SeatUsed(_("Something was done on this seat, so you keep it."))
    work.session.connection().execute(
        delete(PaperWorker).where(col(PaperWorker.round_id) == round_id, col(PaperWorker.person) == work.actor.id)
    )
    work.session.expire_all()
    work.record(PaperSeatLeft(place=place, subject=str(round_id), seat=seat))
    return queries.paper_progress(work, place, round_id)


@verb(access.WORK, silent="an entry would tell when an envelope was opened; the count of all says how many there were")
def receive(work: Work, place: str, round_id: UUID, command: ReceiveEnvelope) -> EnvelopeView:
    """Put the code of an envelope on the list, and mark its voter; the same each time.

    Raises RoundNotFound, NoPaper, WrongState, PaperTooEarly, NotYourSeat, ReceivingEnded or CodeNotHere.
    """
    row = _receiving(work, place, round_id)
    code_hash = work.keys.keyed_hash(REGISTER, command.code)
    listed = work.session.get(PaperEnvelope, code_hash)
    if listed is not None:
        return EnvelopeView(is_accepted=listed.is_accepted, is_known=True, voice_hundredths=listed.voice_hundredths)
    registered = work.session.get(RegisterRow, code_hash)
    if registered is None or registered.round_id != round_id:
        raise CodeNotHere(_("Nobody has this code in this round. Lay the envelope, closed, with the wrong codes."))
    voice_hundredths = registered.voice_hundredths
    # The first ballot counts: who has a day already voted online. Paper gets the last day of voting, so that nobody can
    # see who voted on paper.
    marked = work.session.connection().execute(
        update(RegisterRow)
        .where(col(RegisterRow.code_hash) == code_hash, col(RegisterRow.voted_on).is_(None))
        .values(voted_on=row.closes_on)
    )
    is_accepted = marked.rowcount == 1
    work.session.add(
        PaperEnvelope(
            code_hash=code_hash,
            round_id=round_id,
            place=place,
            voice_hundredths=voice_hundredths,
            is_accepted=is_accepted,
        )
    )
    return EnvelopeView(is_accepted=is_accepted, is_known=False, voice_hundredths=voice_hundredths)


@verb(access.WORK)
def end_receiving(work: Work, place: str, round_id: UUID, command: EndReceiving) -> ProgressView:
    """Hold the envelopes on the table against the list, and forget their codes before one of them is opened.

    Raises what `receive` does about the round and the seat, or EnvelopesDiffer.
    """
    _receiving(work, place, round_id)
    accepted = _listed(work, round_id, is_accepted=True)
    voted_online = sum(_listed(work, round_id, is_accepted=False).values())
    listed = sum(accepted.values()) + voted_online + command.second_envelope + command.wrong_code + command.too_late
    if listed != command.returned:
        raise EnvelopesDiffer(envelopes_differ(command.returned, listed))
    received = PaperReturn(
        round_id=round_id,
        place=place,
        returned=command.returned,
        voted_online=voted_online,
        second_envelope=command.second_envelope,
        wrong_code=command.wrong_code,
        too_late=command.too_late,
    )
    work.session.add(received)
    work.session.connection().execute(delete(ENVELOPE_TABLE).where(ENVELOPE_TABLE.c.round_id == round_id))
    for voice, ballots in accepted.items():
        work.session.add(PaperStack(round_id=round_id, voice_hundredths=voice, place=place, ballots=ballots))
    work.session.flush()
    work.record(
        EnvelopesCounted(
            place=place,
            subject=str(round_id),
            returned=command.returned,
            accepted=sum(accepted.values()),
            aside=queries.asides(received),
        )
    )
    return queries.paper_progress(work, place, round_id)


@verb(access.WORK, silent="an entry would tell in which order ballots were entered; the sheet says how many there were")
def enter(work: Work, place: str, round_id: UUID, command: EnterBallot) -> EnteredView:
    """Enter one paper ballot; the same each time.

    Raises RoundNotFound, NoPaper, WrongState, NotYourSeat, ReceivingNotEnded, NoSuchPaper, NothingToDecide,
    EnteredDifferently, LineUnreadable, or UnknownOption or another RuleBroken of the ballot.
    """
    row = queries.paper_round(work, place, round_id)
    seat = _demand_seat(work, row, Seat.FIRST, Seat.SECOND, Seat.THIRD)
    queries.demand_received(work, round_id)
    if command.number > queries.stacks_of(work, round_id).get(command.voice_hundredths, 0):
        raise NoSuchPaper(_("This stack has no ballot with this number."))
    entry = read_entry(command.line, frozen_of(work, place, round_id))
    known = dict(queries.entered_of(work, round_id, command.voice_hundredths, command.number).get(command.number, {}))
    if known.get(seat) == entry:
        return EnteredView(number=command.number, is_again=False)
    if seat in known:
        raise EnteredDifferently(_("Ballot %(number)s was entered already. Go on to the next.", number=command.number))
    if seat is Seat.THIRD and stage(known) is not Stage.DIFFERS:
        raise NothingToDecide(_("There is nothing to decide about ballot %(number)s.", number=command.number))
    is_again = stage({**known, seat: entry}) is Stage.AGAIN
    one = {"round_id": round_id, "voice_hundredths": command.voice_hundredths, "number": command.number}
    if is_again:
        same = (ENTRY_TABLE.c[name] == value for name, value in one.items())
        work.session.connection().execute(delete(ENTRY_TABLE).where(*same))
    else:
        entered = {"seat": seat, "person": work.actor.id, "marks": entry.marks, "spoiled": entry.spoiled}
        work.session.connection().execute(insert(PaperEntry).values(**one, place=place, **entered))
    return EnteredView(number=command.number, is_again=is_again)


@verb(access.BALANCE)
def balance(work: Work, place: str, round_id: UUID) -> ProgressView:
    """Put the paper ballots into the box if the sheet balances, and forget what people entered.

    Raises RoundNotFound, NoPaper, WrongState, ReceivingNotEnded or SheetUnbalanced.
    """
    row = queries.paper_round(work, place, round_id)
    demand_phase(Phase(row.phase), Phase.OPEN)
    if queries.sheet_of(work, round_id) is not None:
        raise SheetUnbalanced(_("The sheet balanced already, and the ballots are in the box."))
    settled = queries.settled_of(work, round_id)
    by_voice = {voice: list(by_number.values()) for voice, by_number in settled.items()}
    sheet = queries.draft_sheet(work, round_id, frozen_of(work, place, round_id), by_voice)
    wrong = next(unbalanced(sheet), None)
    if wrong is not None:
        raise SheetUnbalanced(wrong)
    ballots: list[dict[str, Any]] = [
        {
            "ballot_key": work.keys.keyed_hash(PAPER, str(round_id), str(voice), str(number)),
            "round_id": round_id,
            "voice_hundredths": voice,
            "marks": entry.marks,
            # As one that was cast with a code and never replaced: nobody can see which ballots were on paper.
            "turn": 1,
        }
        for voice, by_number in settled.items()
        for number, entry in by_number.items()
        if entry.marks is not None
    ]
    connection = work.session.connection()
    if ballots:
        connection.execute(insert(BOX_TABLE), ballots)
    for table in (PaperEntry, PaperStack, PaperWorker):
        connection.execute(delete(table).where(col(table.round_id) == round_id))
    connection.execute(insert(PaperSheet).values(round_id=round_id, place=place, document=frozen_text(sheet)))
    work.session.expire_all()
    spoiled = {reason: count for reason, count in sheet.spoiled.items() if count}
    work.record(
        PaperBalanced(place=place, subject=str(round_id), entered=sheet.total("entered"), spoiled=spoiled),
    )
    return queries.paper_progress(work, place, round_id)


def _receiving(work: Work, place: str, round_id: UUID) -> Round:
    """Return a round whose envelopes whoever asks may open now. Raises what `receive` does about it."""
    row = queries.paper_round(work, place, round_id)
    _demand_seat(work, row, Seat.RECEIVE)
    if work.session.get(PaperReturn, round_id) is not None:
        raise ReceivingEnded(_("The envelopes are counted. One that comes now is too late."))
    return row


def _demand_seat(work: Look, row: Round, *seats: Seat) -> Seat:
    """Return what whoever asks does, once voting is over. Raises WrongState, PaperTooEarly or NotYourSeat."""
    demand_phase(Phase(row.phase), Phase.OPEN)
    if work.today <= row.closes_on:
        raise PaperTooEarly(_("Paper ballots are opened when the last day of voting is over, not before."))
    seat = queries.seat_of(work, row.id)
    if seat not in seats:
        raise NotYourSeat(_("This is somebody else's task. Each of you does one thing with these ballots."))
    return seat


def _listed(work: Work, round_id: UUID, *, is_accepted: bool) -> dict[int, int]:
    """Return how many envelopes of each voice are on the list."""
    voice_of = col(PaperEnvelope.voice_hundredths)
    rows = select(voice_of, func.count()).where(
        col(PaperEnvelope.round_id) == round_id, col(PaperEnvelope.is_accepted) == is_accepted
    )
    return dict(sorted(work.session.exec(rows.group_by(voice_of)).all()))
