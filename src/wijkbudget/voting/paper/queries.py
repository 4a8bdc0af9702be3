# SPDX-License-Identifier: EUPL-1.2
"""Reads the ballot to print, how far the paper of a round is, and its sheet; never what somebody entered."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from wijkbudget.kit.faults import Fault
from wijkbudget.kit.text import _
from wijkbudget.trail.work import Look, question
from wijkbudget.voting.models import Ballot, RegisterRow, Round
from wijkbudget.voting.paper import access
from wijkbudget.voting.paper.models import (
    PaperEntry,
    PaperEnvelope,
    PaperReturn,
    PaperSheet,
    PaperStack,
    PaperWorker,
)
from wijkbudget.voting.paper.rules import (
    Aside,
    Entry,
    NoPaper,
    NoSuchPaper,
    ReceivingNotEnded,
    Seat,
    Sheet,
    SheetClass,
    SheetUnbalanced,
    Spoiled,
    Stage,
    agreed,
    stage,
    unbalanced,
)
from wijkbudget.voting.paper.schemas import NextBallot, ProgressView, SheetView, StackView
from wijkbudget.voting.phases import FrozenRound, NotThere, Phase
from wijkbudget.voting.queries.papers import paper_of
from wijkbudget.voting.queries.rounds import frozen_of, row_of
from wijkbudget.voting.schemas import PaperView

Entered = Mapping[int, Mapping[Seat, Entry]]
"""What was entered on one stack: by number, and by who did it."""


@question(access.READ)
def printed_ballot(look: Look, place: str, round_id: UUID) -> PaperView:
    """Return the ballot to print: without a code. Raises RoundNotFound, NoPaper, or NotThere before the opening."""
    row = paper_round(look, place, round_id)
    if row.frozen_hash is None:
        raise NotThere(_("The ballot can be printed when voting has begun."))
    return paper_of(frozen_of(look, place, round_id))


@question(access.FOLLOW)
def paper_progress(look: Look, place: str, round_id: UUID) -> ProgressView:
    """Return how far the paper of a round is. Raises RoundNotFound or NoPaper."""
    row = paper_round(look, place, round_id)
    received = look.session.get(PaperReturn, round_id)
    envelopes = select(col(PaperEnvelope.is_accepted)).where(col(PaperEnvelope.round_id) == round_id)
    listed = Counter(look.session.exec(envelopes).all())
    stacks = stacks_of(look, round_id)
    return ProgressView(
        round_id=round_id,
        place=place,
        title=row.title,
        is_over=row.closes_on < look.today,
        is_received=received is not None,
        is_balanced=look.session.get(PaperSheet, round_id) is not None,
        seat=seat_of(look, round_id),
        accepted=received.returned - sum(asides(received).values()) if received else listed[True],
        voted_online=received.voted_online if received else listed[False],
        stacks=[_stack(look, round_id, voice, ballots) for voice, ballots in stacks.items()],
    )


@question(access.WORK)
def next_paper(look: Look, place: str, round_id: UUID, voice_hundredths: int) -> NextBallot:
    """Return which ballot of a stack whoever asks enters now.

    Raises RoundNotFound, NoPaper, ReceivingNotEnded or NoSuchPaper.
    """
    paper_round(look, place, round_id)
    demand_received(look, round_id)
    ballots = stacks_of(look, round_id).get(voice_hundredths)
    if ballots is None:
        raise NoSuchPaper(_("There is no stack of this voice."))
    seat = seat_of(look, round_id)
    entered = entered_of(look, round_id, voice_hundredths)
    done = sum(seat in by for by in entered.values())
    if seat is Seat.THIRD:
        waiting = sorted(number for number, by in entered.items() if stage(by) is Stage.DIFFERS)
        number = waiting[0] if waiting else None
    else:
        mine = seat in (Seat.FIRST, Seat.SECOND)
        left = (each for each in range(1, ballots + 1) if seat not in entered.get(each, {}))
        number = next(left, None) if mine else None
    return NextBallot(
        voice_hundredths=voice_hundredths,
        number=number,
        ballots=ballots,
        done=done,
        seat=seat,
        paper=paper_of(frozen_of(look, place, round_id)),
    )


@question(access.READ)
def paper_sheet(look: Look, place: str, round_id: UUID) -> SheetView:
    """Return the sheet of a round. Raises RoundNotFound, NoPaper, or NotThere before the count."""
    row = paper_round(look, place, round_id)
    kept = sheet_of(look, round_id)
    if kept is None or row.phase not in (Phase.COUNTED, Phase.FINAL):
        raise NotThere(_("The sheet of the paper ballots is there when the ballots are counted."))
    return SheetView(
        round_id=round_id,
        place=place,
        title=row.title,
        issued=kept.total("issued"),
        voted=kept.total("voted"),
        online=kept.total("online"),
        returned=kept.returned,
        aside=kept.aside,
        accepted=kept.total("accepted"),
        entered=kept.total("entered"),
        spoiled=kept.spoiled,
    )


def check(look: Look) -> Iterator[Fault]:
    """Yield a fault for every round whose paper is not what its sheet says."""
    rows = select(Round).where(col(Round.with_paper), col(Round.phase) != Phase.PREPARED)
    for row in look.session.exec(rows.order_by(col(Round.place), col(Round.opens_on), col(Round.id))).all():
        for shows in _faults(look, row):
            yield Fault("voting", f"round {row.place} {row.title}", shows)


def _faults(look: Look, row: Round) -> Iterator[str]:
    kept = sheet_of(look, row.id)
    if kept is None:
        if row.phase != Phase.OPEN:
            yield "it was sealed without a sheet of its paper ballots"
        return
    yield from (str(text) for text in unbalanced(kept))
    cast = ballots_per_class(look, row.id)
    if {each.voice_hundredths: each.online + each.entered for each in kept.classes if each.online + each.entered} != (
        dict(cast)
    ):
        yield "the box does not hold the ballots that the sheet of its paper says"
    received = look.session.get(PaperReturn, row.id)
    if received is None or (received.returned, asides(received)) != (kept.returned, kept.aside):
        yield "its sheet does not hold the envelopes that were counted"


def paper_round(look: Look, place: str, round_id: UUID) -> Round:
    """Return the row of a round in which people can vote on paper. Raises RoundNotFound or NoPaper."""
    row = row_of(look, place, round_id)
    if not row.with_paper:
        raise NoPaper(_("Nobody can vote on paper in this round."))
    return row


def demand_balanced(look: Look, row: Round) -> None:
    """Do nothing if a round has no paper, or its sheet balanced. Raises SheetUnbalanced."""
    if row.with_paper and look.session.get(PaperSheet, row.id) is None:
        raise SheetUnbalanced(_("First all paper ballots must be entered, and their sheet must balance."))


def demand_received(look: Look, round_id: UUID) -> PaperReturn:
    """Return the envelopes of a round, counted. Raises ReceivingNotEnded."""
    received = look.session.get(PaperReturn, round_id)
    if received is None:
        raise ReceivingNotEnded(_("First all envelopes must be opened and counted."))
    return received


def seat_of(look: Look, round_id: UUID) -> Seat | None:
    """Return what whoever asks does with the paper of a round."""
    mine = select(col(PaperWorker.seat)).where(
        col(PaperWorker.round_id) == round_id, col(PaperWorker.person) == look.actor.id
    )
    found = look.session.exec(mine).first()
    return None if found is None else Seat(found)


def stacks_of(look: Look, round_id: UUID) -> dict[int, int]:
    """Return how many ballots there are to enter of each voice, the lowest first."""
    rows = select(PaperStack.voice_hundredths, PaperStack.ballots).where(col(PaperStack.round_id) == round_id)
    return dict(sorted(look.session.exec(rows).all()))


def entered_of(look: Look, round_id: UUID, voice_hundredths: int, number: int | None = None) -> Entered:
    """Return what was entered on a stack, or of one ballot of it; for rules only, never for a page."""
    rows = select(PaperEntry.number, PaperEntry.seat, PaperEntry.marks, PaperEntry.spoiled).where(
        col(PaperEntry.round_id) == round_id, col(PaperEntry.voice_hundredths) == voice_hundredths
    )
    if number is not None:
        rows = rows.where(col(PaperEntry.number) == number)
    found: defaultdict[int, dict[Seat, Entry]] = defaultdict(dict)
    for each, seat, marks, spoiled in look.session.exec(rows).all():
        found[each][Seat(seat)] = Entry(marks=marks, spoiled=None if spoiled is None else Spoiled(spoiled))
    return found


def ballots_per_class(look: Look, round_id: UUID) -> Counter[int]:
    """Return how many ballots the box holds of each voice."""
    return Counter(look.session.exec(select(Ballot.voice_hundredths).where(col(Ballot.round_id) == round_id)).all())


def draft_sheet(look: Look, round_id: UUID, frozen: FrozenRound, settled: Mapping[int, list[Entry]]) -> Sheet:
    """Return the sheet as it is now, from the settled ballots of each voice. Raises ReceivingNotEnded."""
    received = demand_received(look, round_id)
    stacks, online = stacks_of(look, round_id), ballots_per_class(look, round_id)
    voice_of = col(RegisterRow.voice_hundredths)
    marked = select(voice_of, func.count(col(RegisterRow.voted_on))).where(col(RegisterRow.round_id) == round_id)
    voted = dict(look.session.exec(marked.group_by(voice_of)).all())
    reasons = Counter(str(each.spoiled) for entries in settled.values() for each in entries if each.spoiled)
    return Sheet(
        returned=received.returned,
        aside=asides(received),
        spoiled={reason.value: reasons[reason.value] for reason in Spoiled},
        classes=[
            SheetClass(
                voice_hundredths=each.voice_hundredths,
                issued=each.voters,
                voted=voted.get(each.voice_hundredths, 0),
                online=online[each.voice_hundredths],
                accepted=stacks.get(each.voice_hundredths, 0),
                entered=sum(entry.marks is not None for entry in settled.get(each.voice_hundredths, [])),
                spoiled=sum(entry.spoiled is not None for entry in settled.get(each.voice_hundredths, [])),
            )
            for each in frozen.classes
        ],
    )


def settled_of(look: Look, round_id: UUID) -> dict[int, dict[int, Entry]]:
    """Return the ballots of each voice that two people entered alike, by number; for rules only, never for a page."""
    return {
        voice: {
            number: entry
            for number, by in sorted(entered_of(look, round_id, voice).items())
            if (entry := agreed(by)) is not None
        }
        for voice in stacks_of(look, round_id)
    }


def sheet_of(look: Look, round_id: UUID) -> Sheet | None:
    """Return the sheet of a round as it balanced, or None."""
    kept = look.session.get(PaperSheet, round_id)
    return None if kept is None else Sheet.model_validate_json(kept.document)


def asides(received: PaperReturn) -> dict[str, int]:
    """Return how many envelopes were set aside, for each reason."""
    return {reason.value: getattr(received, reason.value) for reason in Aside}


def _stack(look: Look, round_id: UUID, voice_hundredths: int, ballots: int) -> StackView:
    seat = seat_of(look, round_id)
    entered = entered_of(look, round_id, voice_hundredths)
    return StackView(
        voice_hundredths=voice_hundredths,
        ballots=ballots,
        first=sum(Seat.FIRST in by for by in entered.values()),
        second=sum(Seat.SECOND in by for by in entered.values()),
        differs=sum(stage(by) is Stage.DIFFERS for by in entered.values()) if seat is Seat.THIRD else None,
    )
