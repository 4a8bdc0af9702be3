# SPDX-License-Identifier: EUPL-1.2
"""Prepares a round and puts options on its ballot."""

from uuid import UUID

from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import VotingPolicy
from wijkbudget.trail.work import Work, verb
from wijkbudget.voting import access, queries
from wijkbudget.voting.ballots import BALLOTS
from wijkbudget.voting.events import OptionAdded, RoundPrepared
from wijkbudget.voting.models import Round, RoundOption
from wijkbudget.voting.phases import OptionTaken, Phase, demand_dates, demand_phase
from wijkbudget.voting.queries.rounds import options_of, row_of
from wijkbudget.voting.rules import Parameters
from wijkbudget.voting.schemas import OptionDraft, OptionView, PrepareRound, RoundView
from wijkbudget.voting.tallies import TALLIES


@verb(access.PREPARE)
def prepare(work: Work, place: str, command: PrepareRound) -> RoundView:
    """Prepare a round for a neighbourhood.

    Raises WrongDates, PolicyNotFound, or BadParameter if the policy sets something its ballot or tally does not know.
    """
    demand_dates(command.opens_on, command.closes_on, command.reference_on, work.today)
    policy = neighbourhoods.policy(work, place, command.opens_on)
    demand_countable(policy.rules.voting, command.budget_cents)
    row = Round(
        id=work.new_id(),
        place=place,
        year=command.year,
        title=command.title,
        phase=Phase.PREPARED,
        opens_on=command.opens_on,
        closes_on=command.closes_on,
        reference_on=command.reference_on,
        budget_cents=command.budget_cents,
        with_paper=command.with_paper,
        lots_from=command.lots_from,
    )
    work.session.add(row)
    work.session.flush()
    work.record(
        RoundPrepared(
            place=place,
            subject=str(row.id),
            year=row.year,
            opens_on=row.opens_on.isoformat(),
            closes_on=row.closes_on.isoformat(),
            reference_on=row.reference_on.isoformat(),
            budget_cents=row.budget_cents,
        )
    )
    return queries.round_(work, place, row.id)


def add_option(work: Work, place: str, round_id: UUID, command: OptionDraft) -> OptionView:
    """Put an option on the ballot, for the domain it is about. Raises RoundNotFound, WrongState or OptionTaken."""
    row = row_of(work, place, round_id)
    demand_phase(Phase(row.phase), Phase.PREPARED)
    options = options_of(work, place, round_id)
    if any(option.about == command.about for option in options):
        raise OptionTaken(_("This is on the ballot already."))
    view = OptionView(
        key=str(len(options) + 1), about=command.about, title=command.title, cost_cents=command.cost_cents
    )
    work.session.add(
        RoundOption(
            round_id=round_id,
            key=view.key,
            place=place,
            about=view.about,
            title=view.title,
            cost_cents=view.cost_cents,
        )
    )
    work.session.flush()
    work.record(
        OptionAdded(place=place, subject=str(round_id), key=view.key, about=view.about, cost_cents=view.cost_cents)
    )
    return view


def demand_countable(voting: VotingPolicy, budget_cents: int) -> Parameters:
    """Return the tally's parameters, complete. Raises BadParameter."""
    BALLOTS[voting.ballot].parameters(voting.ballot_parameters, budget_cents=budget_cents)
    return TALLIES[voting.tally].parameters(voting.tally_parameters)
