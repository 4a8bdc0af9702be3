# SPDX-License-Identifier: EUPL-1.2
"""Records at the desk who votes for whom, and takes it back."""

from uuid import UUID

from sqlmodel import col, delete, update

from wijkbudget.kit.states import WrongState
from wijkbudget.kit.text import _
from wijkbudget.trail.work import Work, verb
from wijkbudget.voting import access
from wijkbudget.voting.events import MandateGiven, MandateTakenBack
from wijkbudget.voting.mandates import queries, rules
from wijkbudget.voting.mandates.models import Mandate
from wijkbudget.voting.mandates.schemas import GiveMandate, MandatesView, TakeBackMandate
from wijkbudget.voting.phases import AlreadyVoted, Phase, demand_phase
from wijkbudget.voting.queries.rounds import register_row, row_of


@verb(access.MANDATE)
def give_mandate(work: Work, place: str, round_id: UUID, command: GiveMandate) -> MandatesView:
    """Record that a voter asked another voter to vote for them, before that vote is cast.

    Raises RoundNotFound, WrongState, NotOnRegister, AlreadyVoted, NoMandates, OwnMandate, MandateTaken,
    MandatePassedOn or TooManyMandates.
    """
    giver, proxy = str(command.giver_id), str(command.proxy_id)
    _demand_not_voted(work, place, round_id, giver)
    register_row(work, place, round_id, proxy)
    most = queries.mandates(work, place, round_id).per_proxy_max
    seat = rules.seat(giver, proxy, queries.given(work, place, round_id), most)
    work.session.add(Mandate(id=work.new_id(), round_id=round_id, place=place, giver=giver, proxy=proxy, seat=seat))
    work.session.flush()
    work.record(MandateGiven(place=place, subject=str(round_id)))
    return queries.mandates(work, place, round_id)


@verb(access.MANDATE)
def take_back_mandate(work: Work, place: str, round_id: UUID, command: TakeBackMandate) -> MandatesView:
    """Record that a voter votes themselves after all; the code that they handed over is theirs to replace.

    Raises RoundNotFound, WrongState, NotOnRegister, AlreadyVoted or NoMandateGiven.
    """
    giver = str(command.giver_id)
    _demand_not_voted(work, place, round_id, giver)
    gone = work.session.connection().execute(
        delete(Mandate).where(col(Mandate.round_id) == round_id, col(Mandate.giver) == giver)
    )
    if not gone.rowcount:
        raise rules.NoMandateGiven(_("This person gave no mandate."))
    work.record(MandateTakenBack(place=place, subject=str(round_id)))
    return queries.mandates(work, place, round_id)


def forget_mandates(work: Work, round_id: UUID) -> None:
    """Forget who voted for whom, when who voted is forgotten; how many there were stays."""
    work.session.connection().execute(
        update(Mandate).where(col(Mandate.round_id) == round_id).values(giver=None, proxy=None)
    )


def _demand_not_voted(work: Work, place: str, round_id: UUID, person: str) -> None:
    """Do nothing while somebody can still vote and did not. Raises RoundNotFound, WrongState or AlreadyVoted."""
    row = row_of(work, place, round_id)
    demand_phase(Phase(row.phase), Phase.OPEN)
    if row.closes_on < work.today:
        raise WrongState(_("Voting is over, so no mandate changes any more."))
    if register_row(work, place, round_id, person).voted_on is not None:
        raise AlreadyVoted(_("A vote was cast for this person already."))
