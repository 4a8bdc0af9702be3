"""Demo plans of Meerwijk, carried through the verbs from the proposal to the voucher."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wijkbudget.initiatives import queries, service
from wijkbudget.initiatives.rules import Verdict
from wijkbudget.initiatives.schemas import (
    AdoptionView,
    AdoptOutcome,
    AssessInitiative,
    BallotView,
    CostLineDraft,
    InitiativeView,
    ProposeInitiative,
)
from wijkbudget.kit.actor import Actor
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.trail.desk import Desk


@dataclass(frozen=True)
class Plan:
    """A plan of the demo, with its costs in cents."""

    title: str
    theme: str
    spot: str
    summary: str
    costs: Mapping[str, int]


PLANS: Mapping[str, Sequence[Plan]] = {
    "oost": (
        Plan(
            "Pluktuin in het Lindenpark",
            "groen",
            "Lindenpark, naast de vijver",
            "We leggen een tuin aan waar iedereen fruit en kruiden mag plukken.\nBuurtgenoten onderhouden hem samen.",
            {"Fruitbomen en struiken": 320_000, "Grond en compost": 145_000, "Gereedschap": 85_000},
        ),
        Plan(
            "Speelplek De Werf",
            "jeugd",
            "Werfplein",
            "De kinderen van De Werf hebben geen plek om te spelen. Wij willen schommels en een klimrek.",
            {"Speeltoestellen": 1_650_000, "Zachte ondergrond": 480_000, "Plaatsen": 270_000},
        ),
        Plan(
            "Elke week samen eten",
            "ontmoeten",
            "Buurthuis Haven",
            "Elke donderdag koken we voor iedereen die niet alleen wil eten.",
            {"Boodschappen voor een jaar": 620_000, "Pannen en servies": 130_000},
        ),
        Plan(
            "Veilig oversteken bij de school",
            "verkeer",
            "Schoolstraat",
            "We maken de oversteek bij de school veiliger, met figuren op de weg en gele hesjes voor ouders.",
            {"Figuren langs de weg": 240_000, "Hesjes en borden": 65_000},
        ),
        Plan(
            "Muziek op het plein",
            "cultuur",
            "Havenplein",
            "Vier zondagen muziek van mensen uit de wijk.",
            {"Podium huren": 380_000, "Geluid": 220_000, "Affiches": 25_000},
        ),
        Plan(
            "Reparatiecafé",
            "ontmoeten",
            "Buurthuis Haven",
            "Kapotte spullen maken we samen weer heel. Dat scheelt afval en geld.",
            {"Gereedschap": 180_000, "Onderdelen": 60_000},
        ),
        Plan(
            "Geveltuinen in de Havenstraat",
            "groen",
            "Havenstraat",
            "Een tegel eruit, een plant erin. We doen het met de hele straat.",
            {"Planten": 210_000, "Grond": 70_000, "Afvoer van tegels": 55_000},
        ),
        Plan(
            "Licht in het tunneltje",
            "veiligheid",
            "Fietstunnel bij het spoor",
            "In de tunnel is het donker. Met lampen en een schildering durft iedereen er weer door.",
            {"Lampen": 520_000, "Verf en materiaal": 110_000},
        ),
        Plan(
            "Fietsles voor iedereen",
            "verkeer",
            "Parkeerterrein sporthal",
            "Wie nooit leerde fietsen, leert het hier. In tien lessen.",
            {"Leenfietsen": 260_000, "Helmen": 30_000},
        ),
        Plan(
            "Huiswerkclub",
            "jeugd",
            "Bibliotheek De Werf",
            "Studenten helpen kinderen twee middagen in de week met hun huiswerk.",
            {"Boeken en materiaal": 190_000, "Thee en fruit": 80_000},
        ),
        Plan(
            "Bankjes langs de wandelroute",
            "zorg",
            "Rondje Lindenpark",
            "Met vijf bankjes kunnen ook oudere buren weer een rondje lopen.",
            {"Vijf bankjes": 575_000, "Plaatsen": 125_000},
        ),
        Plan(
            "Bijenlint",
            "groen",
            "Bermen van de Ringweg",
            "We zaaien bloemen in de berm, voor bijen en vlinders.",
            {"Zaad": 95_000, "Huur van machines": 85_000},
        ),
        Plan(
            "Theater van de wijk",
            "cultuur",
            "Wijkgebouw",
            "Bewoners maken samen een voorstelling over hun eigen straat.",
            {"Decor en kleding": 340_000, "Zaalhuur": 160_000, "Regie": 400_000},
        ),
        Plan(
            "Buurtwacht met koffie",
            "veiligheid",
            "De hele wijk",
            "Elke avond lopen twee buren een ronde. Ze maken een praatje en melden wat stuk is.",
            {"Jassen en lampen": 140_000, "Koffie": 35_000},
        ),
    ),
    "west": (
        Plan(
            "Moestuin bij de molen",
            "groen",
            "Molenpad",
            "We maken moestuinen die je met je straat deelt.",
            {"Bakken en grond": 280_000, "Gereedschap": 70_000},
        ),
        Plan(
            "Voetbalkooi opknappen",
            "sport",
            "Nieuwlandplein",
            "De netten zijn stuk en de vloer is glad. Wij knappen de kooi op.",
            {"Netten en doelen": 310_000, "Vloer": 420_000},
        ),
        Plan(
            "Koffie-uur",
            "ontmoeten",
            "Molenhuis",
            "Elke dinsdag staat de koffie klaar voor wie aanspraak zoekt.",
            {"Koffie en koek": 90_000, "Kopjes": 20_000},
        ),
        Plan(
            "Zomerkamp in de wijk",
            "jeugd",
            "Sportveld West",
            "Een week spelen voor kinderen die niet op vakantie gaan.",
            {"Materiaal": 260_000, "Eten en drinken": 240_000},
        ),
        Plan(
            "Stoepverlichting",
            "veiligheid",
            "Nieuwlandstraat",
            "Lampen op zonlicht langs het donkere stuk van de stoep.",
            {"Lampen": 360_000},
        ),
        Plan(
            "Beweegtuin",
            "sport",
            "Molenpark",
            "Toestellen waaraan jong en oud buiten kunnen bewegen.",
            {"Toestellen": 690_000, "Plaatsen": 180_000},
        ),
    ),
}
"""Plans of residents who do not exist."""


def propose(
    desk: Desk, place: str, initiator: Actor, plan: Plan, organisation_id: UUID | None = None
) -> InitiativeView:
    """Propose a plan of the demo, alone or in the name of a group."""
    quarters = desk.ask(neighbourhoods.neighbourhood, place).quarters
    command = ProposeInitiative(
        title=plan.title,
        summary=plan.summary,
        theme=plan.theme,
        quarter=quarters[len(plan.title) % len(quarters)].code,
        spot=plan.spot,
        cost_lines=[CostLineDraft(what=what, amount_cents=cents) for what, cents in plan.costs.items()],
        organisation_id=organisation_id,
    )
    return desk.by(initiator).act(service.propose, place, command)


def support(desk: Desk, place: str, initiative_id: UUID, supporters: Sequence[Actor]) -> None:
    """Let neighbours support a plan one after the other."""
    for supporter in supporters:
        desk.by(supporter).act(service.support, place, initiative_id)


def find_feasible(desk: Desk, place: str, initiative_id: UUID, official: Actor) -> None:
    """Let an official say that a plan can be done."""
    told = AssessInitiative(
        verdict=Verdict.FEASIBLE,
        reason="Dit kan binnen de regels en voor dit geld. De gemeente denkt graag mee over de uitvoering.",
    )
    desk.by(official).act(service.assess, place, initiative_id, told)


def find_infeasible(desk: Desk, place: str, initiative_id: UUID, official: Actor) -> None:
    """Let an official say that a plan cannot be done like this, and what would help."""
    told = AssessInitiative(
        verdict=Verdict.INFEASIBLE,
        reason="Op deze plek liggen kabels. Daar mag niet gegraven worden.",
        what_would_help="Kies een plek aan de andere kant van het plein. Dan kan het wel.",
    )
    desk.by(official).act(service.assess, place, initiative_id, told)


def put_on_ballot(desk: Desk, place: str, round_id: UUID, official: Actor) -> BallotView:
    """Put every plan that waits on the ballot of a round."""
    return desk.by(official).act(service.put_on_ballot, place, round_id)


def adopt(desk: Desk, place: str, round_id: UUID, chair: Actor, decided_on: date) -> AdoptionView:
    """Adopt an outcome: every member is for it, but who has an interest steps aside."""
    asked = desk.by(chair).ask(queries.adoption, place, round_id)
    command = AdoptOutcome(
        decided_on=decided_on,
        motivation="De wijkraad neemt de uitslag van de stemming over. Er zijn geen bezwaren.",
        for_=[member.id for member in asked.members if not member.is_interested],
        against=[],
        recused=[member.id for member in asked.members if member.is_interested],
    )
    return desk.by(chair).once(f"seed adoption {round_id}").act(service.adopt, place, round_id, command)
