# SPDX-License-Identifier: EUPL-1.2
"""Draws by lot, from a seed that nobody can choose: who goes first among equals, and whom to ask whether they voted."""

from uuid import UUID

from sqlmodel import col, select

from wijkbudget.identity import queries as identity
from wijkbudget.trail.work import Work, verb
from wijkbudget.voting import access, queries
from wijkbudget.voting.events import LotsDrawn, VotersDrawn
from wijkbudget.voting.models import Draw, RegisterRow
from wijkbudget.voting.phases import Phase, demand_draw, demand_phase
from wijkbudget.voting.queries.outcomes import root_of
from wijkbudget.voting.queries.rounds import drawn_of, row_of
from wijkbudget.voting.schemas import DrawLots, RoundView
from wijkbudget.voting.sealed import seed
from wijkbudget.voting.turnout import AskedView, AskingView, drawn


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
    """Return by lot whom to ask whether they voted; the same people each time.

    A mark in the register without a voter behind it would cover an added ballot, and only people can tell.
    Raises RoundNotFound, or WrongState before the count and once it is forgotten who voted.
    """
    row = row_of(work, place, round_id)
    demand_phase(Phase(row.phase), Phase.COUNTED)
    from_seed = queries.outcome(work, place, round_id).seed
    voted = select(RegisterRow.person).where(col(RegisterRow.round_id) == round_id, col(RegisterRow.place) == place)
    marked = list(work.session.exec(voted.where(col(RegisterRow.voted_on).is_not(None))).all())
    asked = drawn(marked, from_seed)
    names, addresses = identity.names(work, asked), identity.addresses_of(work, asked)
    work.record(VotersDrawn(place=place, subject=str(round_id), seed=from_seed, asked=len(asked)))
    return AskingView(
        seed=from_seed,
        marked=len(marked),
        asked=[
            AskedView(
                person_id=person,
                name=names.get(person, ""),
                address=list(addresses[person].lines) if person in addresses else [],
            )
            for person in asked
        ],
    )
