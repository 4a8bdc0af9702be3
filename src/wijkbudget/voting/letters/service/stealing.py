# SPDX-License-Identifier: EUPL-1.2
"""Takes down that a code was stolen and has voted: the ballot stays, and the council decides in public."""

from uuid import UUID

from sqlmodel import col, select, update

from wijkbudget.kit.text import _
from wijkbudget.trail.work import Work, verb
from wijkbudget.voting import access
from wijkbudget.voting.events import VoteReportedStolen
from wijkbudget.voting.letters import queries
from wijkbudget.voting.letters.models import StolenReport
from wijkbudget.voting.letters.rules import AlreadyReported, HasNotVoted
from wijkbudget.voting.letters.schemas import ReportStolen, StolenView
from wijkbudget.voting.phases import Phase, demand_phase
from wijkbudget.voting.queries.rounds import register_row, row_of


@verb(access.REPORT_STOLEN)
def report_stolen(work: Work, place: str, round_id: UUID, command: ReportStolen) -> StolenView:
    """Report that somebody else voted with a code: everybody sees how often that was said, and nobody whose it was.

    Raises NotYours, RoundNotFound, WrongState, NotOnRegister, HasNotVoted or AlreadyReported.
    Choice: nobody can find the ballot, so none can be taken out; the council weighs the number against the outcome.
    """
    person = str(command.person_id)
    work.demand_own({person})
    row = row_of(work, place, round_id)
    demand_phase(Phase(row.phase), Phase.OPEN, Phase.CLOSED, Phase.COUNTED)
    if register_row(work, place, round_id, person).voted_on is None:
        raise HasNotVoted(_("Nobody voted with this code. Ask for a new code: then the old one stops working."))
    same = select(StolenReport.id).where(col(StolenReport.round_id) == round_id, col(StolenReport.person) == person)
    if work.session.exec(same).first():
        raise AlreadyReported(_("This was reported already."))
    report = StolenReport(id=work.new_id(), round_id=round_id, place=place, person=person)
    work.session.add(report)
    work.session.flush()
    work.record(VoteReportedStolen(place=place, subject=str(round_id), person=person))
    return queries.stolen(work, place, round_id)


def forget_reports(work: Work, round_id: UUID) -> None:
    """Forget whom reports are about, when who voted is forgotten; how many there were stays."""
    work.session.connection().execute(
        update(StolenReport).where(col(StolenReport.round_id) == round_id).values(person=None)
    )
