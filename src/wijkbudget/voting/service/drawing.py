# SPDX-License-Identifier: EUPL-1.2
"""Draws by lot, from a seed that nobody can choose: who goes first among equals, and whom to ask whether they voted."""

from uuid import UUID

from sqlalchemy import delete, insert

from wijkbudget.identity import queries as identity
from wijkbudget.kit.sheets import sheet_of
from wijkbudget.trail.work import Work, verb
from wijkbudget.voting import access, queries
from wijkbudget.voting.events import LotsDrawn, VotersAnswered, VotersDrawn
from wijkbudget.voting.models import Draw, VoterAnswer
from wijkbudget.voting.phases import Phase, demand_draw, demand_phase
from wijkbudget.voting.queries.asking import answers_of, marked_of
from wijkbudget.voting.queries.outcomes import root_of
from wijkbudget.voting.queries.rounds import drawn_of, row_of
from wijkbudget.voting.schemas import DrawLots, NoteAnswers, RoundView
from wijkbudget.voting.sealed import seed
from wijkbudget.voting.turnout import ASKED, Answer, AskedView, AskingView, InquiryView, demand_drawn_once, drawn


@verb(access.DRAW)
def draw_lots(work: Work, place: str, round_id: UUID, command: DrawLots) -> RoundView:
    """Keep what came out of the announced draw, once, when the box is sealed and before it is counted.

    Raises RoundNotFound, WrongState, or NothingToDraw if no draw was announced or it is known already.
    """
    row = row_of(work, place, round_id)
    demand_phase(Phase(row.phase), Phase.CLOSED)
    demand_draw(row.lots_from, drawn_of(work, place, round_id))
    work.session.add(Draw(round_id=round_id, place=place, value=command.value))
    work.session.flush()
    from_box = seed(str(root_of(work, place, round_id)), str(row.frozen_hash), command.value)
    work.record(LotsDrawn(place=place, subject=str(round_id), value=command.value, seed=from_box))
    return queries.round_(work, place, round_id)


@verb(access.ASK_VOTERS)
def draw_voters(work: Work, place: str, round_id: UUID) -> AskingView:
    """Return by lot whom to ask whether they voted, with what was noted of each; the same people each time.

    A mark in the register without a voter behind it would cover an added ballot, and only people can tell.
    Raises RoundNotFound, or WrongState before the count and once it is forgotten who voted.
    """
    demand_phase(Phase(row_of(work, place, round_id).phase), Phase.COUNTED)
    from_seed = queries.outcome(work, place, round_id).seed
    marked, noted = marked_of(work, place, round_id), answers_of(work, place, round_id)
    asked = drawn(marked, from_seed)
    names, addresses = identity.names(work, asked), identity.addresses_of(work, asked)
    work.record(VotersDrawn(place=place, subject=str(round_id), seed=from_seed, asked=len(asked)))
    return AskingView(
        seed=from_seed,
        marked=len(marked),
        asked=[
            AskedView(
                number=number,
                person_id=person,
                name=names.get(person, ""),
                address=list(addresses[person].lines) if person in addresses else [],
                answer=noted.get(number, Answer.NO_ANSWER),
            )
            for number, person in enumerate(asked, 1)
        ],
    )


@verb(access.ASK_VOTERS)
def fetch_asked(work: Work, place: str, round_id: UUID) -> bytes:
    """Return whom to ask, as a file to take along; that somebody looked is recorded. Raises as `draw_voters` does."""
    asking = draw_voters(work, place, round_id)
    rows = [(each.number, each.name, " ".join(each.address[1:]), each.person_id) for each in asking.asked]
    return sheet_of(("number", "name", "address", "person_id"), rows).encode()


@verb(access.ASK_VOTERS)
def note_answers(work: Work, place: str, round_id: UUID, command: NoteAnswers) -> InquiryView:
    """Note what voters said who were drawn, until it is forgotten who voted; how many said what is public.

    Raises RoundNotFound, WrongState or NobodyThere.
    """
    demand_phase(Phase(row_of(work, place, round_id).phase), Phase.COUNTED)
    asked = min(ASKED, len(marked_of(work, place, round_id)))
    demand_drawn_once((each.number for each in command.answers), asked)
    noted = dict.fromkeys(range(1, asked + 1), Answer.NO_ANSWER) | answers_of(work, place, round_id)
    noted |= {each.number: each.answer for each in command.answers}
    table = VoterAnswer.metadata.tables["voting_voter_answer"]
    connection = work.session.connection()
    connection.execute(delete(table).where(table.c.round_id == round_id))
    here = {"round_id": round_id, "place": place}
    connection.execute(insert(table), [{**here, "number": number, "answer": said} for number, said in noted.items()])
    told = queries.inquiry(work, place, round_id)
    assert told, "answers were just noted"
    work.record(
        VotersAnswered(
            place=place, subject=str(round_id), asked=asked, voted=told.voted, did_not_vote=told.did_not_vote
        )
    )
    return told
