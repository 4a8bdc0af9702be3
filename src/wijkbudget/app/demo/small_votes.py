# SPDX-License-Identifier: EUPL-1.2
"""Two small votes of Meerwijk-West that are over: one in which people gave points, and one in which they ranked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wijkbudget.app.demo.plans import Plan
from wijkbudget.app.demo.scenes import adopt, proposal, put_on_ballot, support
from wijkbudget.app.demo.stage import Stage, below
from wijkbudget.initiatives import service
from wijkbudget.initiatives.rules import Verdict
from wijkbudget.initiatives.schemas import AssessInitiative
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.kit.period import day_of
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods import service as municipality
from wijkbudget.neighbourhoods.schemas import AdoptPolicy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.voting import queries as voting
from wijkbudget.voting.schemas import PrepareRound

PLACE = "west"
GRANT_CENTS = 800_000
"""What both votes divide together."""
BALLOT_COUNT = 90
POINTS_TOTAL = 5
PLACES = 3
BACK_DAYS = 36
"""How long ago the ordinary rules of West held again."""

_BALLOT = 'ballot = "knapsack"\ntally = "greedy"\n'
_BALLOT_PARAMETERS = "[voting.ballot_parameters]\n"
_TALLY_PARAMETERS = '[voting.tally_parameters]\ntoo_dear = "skip"\n'


@dataclass(frozen=True, kw_only=True)
class _Vote:
    """A small vote, and how many days ago each thing about it happened."""

    title: str
    plans: Sequence[Plan]
    proposed_days: int
    opened_days: int
    closed_days: int
    toml: str


def play(stage: Stage, today: date, administrator: Actor, proved: Sequence[Actor]) -> None:
    """Hold both, from the plans to the council's decision; the groups have not spent their money yet."""
    _decide_how_to_vote(stage, today, administrator)
    for vote in _VOTES:
        _hold(stage, today, vote, proved)


def _decide_how_to_vote(stage: Stage, today: date, administrator: Actor) -> None:
    """Let the municipal council try two other ballots in West, and then go back to its own."""
    at = stage.desk.by(administrator)
    tomls = [(vote.opened_days, vote.toml) for vote in _VOTES]
    for days, toml in (*tomls, (BACK_DAYS, demo_toml(PLACE))):
        decided = f"Raadsbesluit {stage.clock.now.year}-31: proef met punten en met een top drie"
        adopted = AdoptPolicy(valid_from=today - timedelta(days=days), decided_by=decided, toml=toml)
        at.act(municipality.adopt_policy, PLACE, adopted)


def _hold(stage: Stage, today: date, vote: _Vote, proved: Sequence[Actor]) -> None:
    """Let residents propose, the municipality assess, the neighbourhood vote, and its council decide."""
    stage.on(today - timedelta(days=vote.proposed_days))
    official = stage.desk.by(stage.staff[PLACE][Role.OFFICIAL])
    quarters = [quarter.code for quarter in stage.desk.ask(neighbourhoods.neighbourhood, PLACE).quarters]
    for number, plan in enumerate(vote.plans):
        asked = proposal(plan, quarters[number % len(quarters)])
        made = stage.desk.by(proved[20 + number]).act(service.propose, PLACE, asked)
        support(stage, PLACE, made, proved[number * 3 :])
        found = AssessInitiative(verdict=Verdict.FEASIBLE, reason="De gemeente heeft hier geen bezwaar tegen.")
        official.act(service.assess, PLACE, made.id, found)
    opens_on = today - timedelta(days=vote.opened_days)
    command = PrepareRound(
        year=stage.clock.now.year,
        title=vote.title,
        opens_on=opens_on,
        closes_on=today - timedelta(days=vote.closed_days),
        reference_on=opens_on,
        budget_cents=GRANT_CENTS // len(_VOTES),
    )
    round_id = put_on_ballot(stage, PLACE, command)
    stage.on(opens_on)
    stage.pass_time(PLACE)
    codes = sorted(letter["code"] for letter in stage.clear_letters())[:BALLOT_COUNT]
    keys = {option.title: option.key for option in stage.desk.ask(voting.round_, PLACE, round_id).options}
    stage.cast((code, _marks(vote, keys, number)) for number, code in enumerate(codes))
    stage.on(today - timedelta(days=vote.closed_days - 1))
    stage.pass_time(PLACE)
    staff = stage.staff[PLACE]
    adopt(stage, PLACE, round_id, [staff[Role.COUNCIL], staff[Role.CHAIR]], day_of(stage.clock()))


def _marks(vote: _Vote, keys: Mapping[str, str], voter: int) -> dict[str, int]:
    """Return what a voter fills in: what they like most gets five points, or a place, and so on down."""
    liked = sorted(vote.plans, key=lambda plan: below(100, vote.title, voter, plan.title) - plan.loved)
    if vote is _POINTS:
        return {keys[plan.title]: points for plan, points in zip(liked, (3, 2), strict=False)}
    return {keys[plan.title]: PLACES - place for place, plan in enumerate(liked[:PLACES])}


def _toml(ballot: str, parameter: str, tally: str, tally_parameters: str) -> str:
    """Return the rules of West with another ballot."""
    return (
        demo_toml(PLACE)
        .replace(_BALLOT, f'ballot = "{ballot}"\ntally = "{tally}"\n')
        .replace(_BALLOT_PARAMETERS, f"{_BALLOT_PARAMETERS}{parameter}\n")
        .replace(_TALLY_PARAMETERS, f"[voting.tally_parameters]\n{tally_parameters}\n")
    )


_STREETS = (
    Plan(
        "Bloembakken in de Sluisstraat",
        "Twaalf bakken die de straat zelf water geeft.",
        "groen",
        "Sluisstraat",
        (("Twaalf bakken", 840), ("Aarde en planten", 360)),
        45,
        0,
    ),
    Plan(
        "Licht in de steeg",
        "De steeg naar de supermarkt is te donker. Drie lampen aan de muur maken het veilig.",
        "veiligheid",
        "Steeg bij de Kade",
        (("Drie lampen", 1_250), ("Plaatsen", 450)),
        60,
        0,
    ),
    Plan(
        "Schaaktafels bij de haven",
        "Twee tafels van steen waar iedereen kan schaken en dammen.",
        "ontmoeten",
        "Havenplein",
        (("Twee tafels", 1_500),),
        35,
        0,
    ),
    Plan(
        "Fietsbeugels bij de flat",
        "Tien beugels, zodat de stoep vrij blijft voor wie slecht loopt.",
        "veiligheid",
        "Zuiderflat",
        (("Tien beugels", 1_100), ("Plaatsen", 500)),
        30,
        0,
    ),
)

_SUMMER = (
    Plan(
        "Film op het gras",
        "Vier avonden een film in het park, gekozen door de buurt.",
        "ontmoeten",
        "Westerpark",
        (("Huur van scherm en geluid", 1_400), ("Rechten van de films", 600)),
        55,
        0,
    ),
    Plan(
        "Zwemles in de haven",
        "Twintig kinderen leren in de zomer veilig zwemmen in open water.",
        "sport",
        "Havenstrand",
        (("Lesgeld", 1_500), ("Zwemvesten", 300)),
        50,
        0,
    ),
    Plan(
        "Buurtmaaltijd op straat",
        "Eén lange tafel door de hele Havenstraat.",
        "ontmoeten",
        "Havenstraat",
        (("Tafels en banken", 500), ("Eten", 700)),
        40,
        0,
    ),
    Plan(
        "Watergevecht met de brandweer",
        "Een middag met slangen, emmers en uitleg over brand.",
        "jeugd",
        "Westerplein",
        (("Verzekering", 250), ("Drinken en fruit", 200)),
        30,
        0,
    ),
)

_POINTS = _Vote(
    title="Straten van West: vijf punten",
    plans=_STREETS,
    proposed_days=60,
    opened_days=58,
    closed_days=52,
    toml=_toml("points", f"points_total = {POINTS_TOTAL}", "equal_shares", 'utility = "score"\ncompletion = "add1"'),
)
_RANKING = _Vote(
    title="Zomer in West: de top drie",
    plans=_SUMMER,
    proposed_days=50,
    opened_days=48,
    closed_days=42,
    toml=_toml("ranking", f"length = {PLACES}", "greedy", 'too_dear = "skip"'),
)
_VOTES = (_POINTS, _RANKING)
