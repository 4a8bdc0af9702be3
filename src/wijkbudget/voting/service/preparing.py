# SPDX-License-Identifier: EUPL-1.2
"""Prepares a round and puts options on its ballot."""

from collections.abc import Sequence
from uuid import UUID

from wijkbudget.identity import queries as identity
from wijkbudget.kit.text import _
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods.rules import VotingPolicy
from wijkbudget.shares import service as shares
from wijkbudget.trail.work import Look, Work, verb
from wijkbudget.voting import access, queries
from wijkbudget.voting.ballots import BALLOTS
from wijkbudget.voting.events import OptionAdded, RoundPrepared
from wijkbudget.voting.models import Round, RoundOption
from wijkbudget.voting.paper.rules import demand_hand_in
from wijkbudget.voting.phases import OptionTaken, Phase, demand_dates, demand_phase
from wijkbudget.voting.queries.rounds import limits_of, options_of, row_of
from wijkbudget.voting.rules import Limit, Option, Parameters
from wijkbudget.voting.schemas import OptionDraft, OptionView, PrepareRound, RoundView
from wijkbudget.voting.tallies import TALLIES
from wijkbudget.voting.tallies.maximin import MAXIMIN
from wijkbudget.voting.tallies.sizes import demand_size


@verb(access.PREPARE)
def prepare(work: Work, place: str, command: PrepareRound) -> RoundView:
    """Prepare a round for a neighbourhood.

    Raises WrongDates, NothingToHandIn, PolicyNotFound, BadParameter if the policy sets something its ballot or tally
    does not know, or TooLargeToCount.
    """
    demand_dates(command.opens_on, command.closes_on, command.reference_on, work.today)
    days = command.opens_on, command.closes_on
    demand_hand_in(command.hand_in_at, command.hand_in_until, days, with_paper=command.with_paper)
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
        hand_in_at=command.hand_in_at,
        hand_in_until=command.hand_in_until,
        lots_from=command.lots_from,
    )
    work.session.add(row)
    work.session.flush()
    demand_countable_size(work, row, [])
    # What shares count for a vote must not be worth leaving for.
    shares.stop_hand_backs(work, place, str(row.id), row.reference_on, row.closes_on)
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
    """Put an option on the ballot, for the domain it is about.

    Raises RoundNotFound, WrongState, OptionTaken or TooLargeToCount.
    """
    row = row_of(work, place, round_id)
    demand_phase(Phase(row.phase), Phase.PREPARED)
    options = options_of(work, place, round_id)
    if any(option.about == command.about for option in options):
        raise OptionTaken(_("This is on the ballot already."))
    view = OptionView(
        key=str(len(options) + 1), about=command.about, title=command.title, cost_cents=command.cost_cents
    )
    demand_countable_size(work, row, [*options, view])
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


def demand_countable_size(look: Look, row: Round, options: Sequence[OptionView]) -> None:
    """Do nothing if a round with these options can be counted whatever people vote. Raises TooLargeToCount."""
    voting = neighbourhoods.policy(look, row.place, row.opens_on).rules.voting
    # Only here the number of voters matters, and to count them takes reading the register.
    voters = (
        len(identity.residents(look, row.place, row.reference_on, voting.voter_age_min))
        if voting.tally == MAXIMIN.key
        else 0
    )
    limits = [
        Limit(name=each.name, ids=frozenset(each.keys), wins_max=each.wins_max, spent_cents_max=each.spent_cents_max)
        for each in limits_of(look, row.place, row.id)
    ]
    rated = [Option(id=each.key, cost_cents=each.cost_cents, title=each.title) for each in options]
    demand_size(voting.tally, rated, limits, row.budget_cents, voters)
