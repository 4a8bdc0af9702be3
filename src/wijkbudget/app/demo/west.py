# SPDX-License-Identifier: EUPL-1.2
"""Meerwijk-West this year: plans, time, and a vote that is open now."""

from datetime import date, timedelta

from wijkbudget.app.demo import gifts, small_votes
from wijkbudget.app.demo.plans import WEST, WEST_NEW, WEST_NOT_FEASIBLE
from wijkbudget.app.demo.scenes import marked, proposal, put_on_ballot, support
from wijkbudget.app.demo.stage import Stage
from wijkbudget.identity import seed as people
from wijkbudget.initiatives import service
from wijkbudget.initiatives.rules import Verdict
from wijkbudget.initiatives.schemas import AssessInitiative, InitiativeView
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods import service as municipality
from wijkbudget.neighbourhoods.schemas import GrantBudget
from wijkbudget.reciprocity import seed as time
from wijkbudget.voting import queries as voting
from wijkbudget.voting.schemas import PrepareRound

PLACE = "west"
GRANT_CENTS = 2_400_000 + small_votes.GRANT_CENTS
ROUND_CENTS = 2_000_000
RESIDENT_COUNT = 600
PROVED_COUNT = 60
FIRST_INITIATOR = 40
"""From which proved resident on each proposes a plan."""
GIVER_COUNT = 30
"""Too few for a voice class of their own, so it merges away."""
BALLOT_COUNT = 120
BEGUN_DAYS = 60
"""How long ago the first plan was proposed."""


def play(stage: Stage, today: date, administrator: Actor) -> list[str]:
    """Play until today, and return voting codes that nobody has used yet."""
    year = (today - timedelta(days=BEGUN_DAYS)).year
    stage.on(today - timedelta(days=BEGUN_DAYS))
    official = stage.staff[PLACE][Role.OFFICIAL]
    grant = GrantBudget(year=year, amount_cents=GRANT_CENTS, decision=f"Begroting {year}, programma Wijken")
    stage.desk.by(official).once(f"seed grant {year}").act(municipality.grant, PLACE, grant)
    proved = people.settle(stage.desk, PLACE, PROVED_COUNT)
    people.grant(stage.desk, PLACE, proved[0], Role.COUNCIL)
    small_votes.play(stage, today, administrator, proved)
    plan = _propose(stage, today, proved)
    _give_time(stage, today, proved[:GIVER_COUNT])
    codes = _open_the_vote(stage, today, year)
    gifts.play(stage, PLACE, proved[FIRST_INITIATOR], plan.id)
    return codes


def _propose(stage: Stage, today: date, proved: list[Actor]) -> InitiativeView:
    """Let residents propose plans, and return the first; one cannot be done, and one still looks for support."""
    stage.on(today - timedelta(days=40))
    quarters = [quarter.code for quarter in stage.desk.ask(neighbourhoods.neighbourhood, PLACE).quarters]
    made: list[InitiativeView] = []
    for number, plan in enumerate((*WEST, WEST_NOT_FEASIBLE, WEST_NEW)):
        command = proposal(plan, quarters[number % len(quarters)])
        made.append(stage.desk.by(proved[FIRST_INITIATOR + number]).act(service.propose, PLACE, command))
    for number, view in enumerate(made[:-1]):
        support(stage, PLACE, view, proved[number * 3 :])
    stage.desk.by(proved[0]).act(service.support, PLACE, made[-1].id)
    stage.on(today - timedelta(days=32))
    official = stage.desk.by(stage.staff[PLACE][Role.OFFICIAL])
    for view in made[:-2]:
        found = AssessInitiative(verdict=Verdict.FEASIBLE, reason="De gemeente heeft hier geen bezwaar tegen.")
        official.act(service.assess, PLACE, view.id, found)
    refused = AssessInitiative(
        verdict=Verdict.INFEASIBLE,
        reason="Een zwembad kost elk jaar meer dan het hele wijkbudget, en de grond is te nat.",
        what_would_help="Vraag een waterspeelplek aan. Die past wel in het park en in het budget.",
    )
    official.act(service.assess, PLACE, made[-2].id, refused)
    return made[0]


def _give_time(stage: Stage, today: date, givers: list[Actor]) -> None:
    """Let residents give time on two days, and let the guide confirm it."""
    guide = stage.staff[PLACE][Role.GUIDE]
    tasks = time.open_tasks(stage.desk, PLACE, guide, [guide])
    for number, days in enumerate((44, 40)):
        day = today - timedelta(days=days)
        stage.on(day)
        gifts = [time.Gift(giver=giver, given_on=day, minutes=180) for giver in givers]
        time.give(stage.desk, PLACE, tasks[number].id, guide, gifts)
    stage.on(today - timedelta(days=24))
    stage.pass_time(PLACE)


def _open_the_vote(stage: Stage, today: date, year: int) -> list[str]:
    """Open the vote and cast the first ballots; return the codes that are left."""
    command = PrepareRound(
        year=year,
        title=f"Wijkbudget West {year}",
        opens_on=today - timedelta(days=5),
        closes_on=today + timedelta(days=9),
        reference_on=today - timedelta(days=20),
        budget_cents=ROUND_CENTS,
    )
    round_id = put_on_ballot(stage, PLACE, command)
    stage.on(today - timedelta(days=5))
    stage.pass_time(PLACE)
    codes = sorted(letter["code"] for letter in stage.clear_letters())
    options = stage.desk.ask(voting.round_, PLACE, round_id).options
    keys, costs = {each.title: each.key for each in options}, {each.key: each.cost_cents for each in options}
    stage.on(today - timedelta(days=2))
    stage.cast(
        (code, dict.fromkeys(_within([keys[title] for title in marked(WEST, number, is_giver=False)], costs), 1))
        for number, code in enumerate(codes[:BALLOT_COUNT])
    )
    stage.pass_time(PLACE)
    return codes[BALLOT_COUNT:]


def _within(keys: list[str], costs: dict[str, int]) -> list[str]:
    """Return the first of these that fit in the budget together, as the ballot of West asks."""
    chosen: list[str] = []
    for key in keys:
        if sum(costs[each] for each in chosen) + costs[key] <= ROUND_CENTS:
            chosen.append(key)
    return chosen
