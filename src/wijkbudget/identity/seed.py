# SPDX-License-Identifier: EUPL-1.2
"""Demo people of Meerwijk: a register file, role holders and residents who came to the desk, all through the verbs."""

import base64
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

from wijkbudget.identity import queries, service
from wijkbudget.identity.logins import totp
from wijkbudget.identity.rules.factors import StepMissing
from wijkbudget.identity.rules.organisations import LegalForm
from wijkbudget.identity.rules.register import LINES_MAX
from wijkbudget.identity.rules.roles import GRANTABLE
from wijkbudget.identity.schemas import (
    AddPerson,
    GrantRole,
    HandedCode,
    ImportRegister,
    LogIn,
    ShowStep,
    StartOrganisation,
)
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.kit.period import day_of
from wijkbudget.trail.desk import Desk

POSTCODES: Mapping[str, Sequence[str]] = {
    "oost": ("9901AA", "9901AB", "9901AC", "9901AD", "9901BA", "9901BB", "9901BC", "9901CA", "9901CB", "9901CD"),
    "west": ("9902AA", "9902AB", "9902AC", "9902BA", "9902BB"),
}
"""The postcodes of the demo municipality; no street in the Netherlands has them."""

HOUSES_PER_POSTCODE = 120
ADULTS = 2
"""The first two of a household are adults, the others are their children."""
HEADER = "pseudoniem;naam;postcode;huisnummer;toevoeging;geboortejaar;sinds"

_FIRST_NAMES = (
    ("Anna", "Jan", "Femke", "Daan", "Truus", "Kees", "Sanne", "Bram", "Lotte", "Willem", "Marijke", "Thijs"),
    ("Fatma", "Mehmet", "Elif", "Emre", "Zeynep", "Mustafa", "Ayşe", "Kerem"),
    ("Fatima", "Youssef", "Samira", "Mohamed", "Naima", "Bilal", "Khadija", "Rachid"),
    ("Shanti", "Ravi", "Cheryl", "Winston", "Priya", "Dennis", "Soraya", "Clyde"),
    ("Katarzyna", "Piotr", "Zofia", "Marek", "Olena", "Andrij", "Iryna", "Taras"),
    ("Amina", "Yonas", "Selam", "Omar", "Layla", "Hassan", "Nour", "Samir"),
)
_LAST_NAMES = (
    ("de Vries", "Jansen", "van den Berg", "Bakker", "Visser", "Smit", "Meijer", "Mulder", "Bos", "Vos", "'t Hart"),
    ("Arslan", "Kaya", "Demir", "Şahin", "Çelik", "Öztürk"),
    ("El Amrani", "Bouzid", "Haddou", "Benali", "Chaoui", "Azzouzi"),
    ("Ramdin", "Pinas", "Jharap", "Blijd", "Soekhoe", "Kromosoeto"),
    ("Kowalska", "Nowak", "Wiśniewski", "Szewczenko", "Bondarenko", "Lysenko"),
    ("Tesfaye", "Abdi", "Haile", "Al Masri", "Warsame", "Khoury"),
)
_BACKGROUNDS = (0, 0, 0, 0, 0, 1, 2, 3, 4, 5)
"""Half of the households have Dutch names."""
_SIZES = (1, 1, 1, 1, 2, 2, 2, 3, 4, 5)
"""How many people live in a household; about two on average, as in Dutch towns."""

_STAFF = {
    Role.GUIDE: "Marloes Kuipers",
    Role.COUNCIL: "Hassan Benali",
    Role.CHAIR: "Joke van Dam",
    Role.OFFICIAL: "Pieter Hoekstra",
    Role.CASHIER: "Ingrid Wolters",
    Role.AUDITOR: "Ruben de Graaf",
    Role.ADMINISTRATOR: "Esther Vermeer",
}


@dataclass
class _Dice:
    """Numbers that are the same for the same seed, on every machine."""

    seed: str
    thrown: int = 0

    def below(self, limit: int) -> int:
        """Return a number from zero, below a limit."""
        self.thrown += 1
        drawn = sha256(f"{self.seed} {self.thrown}".encode()).digest()
        return int.from_bytes(drawn[:8]) % limit

    def one_of(self, choices: Sequence[str]) -> str:
        """Return one of these."""
        return choices[self.below(len(choices))]


def register_csv(places: Mapping[str, int], *, today: date = date(2025, 1, 1), seed: int = 1) -> str:
    """Return a register file with so many people in each place, the same for the same seed.

    Households fill the postcodes of a place evenly and in turn; the first in a household is an adult.
    """
    lines = [HEADER]
    for place, count in places.items():
        dice = _Dice(f"{seed} {place}")
        number = house = 0
        while number < count:
            size = min(_SIZES[dice.below(len(_SIZES))], count - number)
            for line in _household(dice, place, house, size, today):
                number += 1
                lines.append(f"{place}-{number:05};{line}")
            house += 1
    return "\n".join(lines) + "\n"


def fill_register(desk: Desk, csv: str) -> None:
    """Import a register, in as many files as it takes; the desk is the system's."""
    header, *lines = csv.splitlines()
    for first in range(0, len(lines), LINES_MAX):
        desk.act(service.import_register, ImportRegister(csv="\n".join([header, *lines[first : first + LINES_MAX]])))


def prove(desk: Desk, place: str, person_ids: Sequence[str]) -> list[HandedCode]:
    """Let residents show at the desk who they are; the acts wait for the disk together."""
    waiting = [desk.submit(service.prove_at_desk, place, UUID(person_id)) for person_id in person_ids]
    return [future.result() for future in waiting]


def settle(desk: Desk, place: str, count: int, age_min: int = 18) -> list[Actor]:
    """Return residents of a place as actors, each proved at the desk; the same ones for the same register."""
    found = desk.ask(queries.residents, place, day_of(desk.clock()), age_min)[:count]
    prove(desk, place, [person.person_id for person in found])
    return [desk.ask(queries.actor, UUID(person.person_id)) for person in found]


def appoint_staff(desk: Desk, place: str, names: Mapping[Role, str] = _STAFF) -> dict[Role, Actor]:
    """Add one person for each role that can be given, and return them as actors; the desk is the system's."""
    people = {role: desk.act(service.add_person, place, AddPerson(name=names[role], role=role)) for role in GRANTABLE}
    return {role: desk.ask(queries.actor, UUID(view.person.id)) for role, view in people.items()}


def grant(desk: Desk, place: str, person: Actor, role: Role) -> Actor:
    """Give a resident a role too, and return them with it; the desk is the system's."""
    desk.act(service.grant_role, place, GrantRole(person_id=UUID(person.id), role=role))
    return desk.ask(queries.actor, UUID(person.id))


def give_step(desk: Desk, place: str, person: Actor) -> str:
    """Let somebody add a second step, as if their phone were new, and return its secret; the desk is the system's.

    The first code is that of the half minute before, so that the code of now can be used.
    """
    with suppress(StepMissing):
        desk.act(service.reset_step, place, UUID(person.id))
    (handed,) = prove(desk, place, [person.id])
    at = desk.by(person)
    token = at.act(service.log_in, LogIn(code=handed.code)).token
    secret = at.act(service.add_step, token).secret
    digits = totp.digits_at(base64.b32decode(secret), totp.step_at(desk.clock()) - 1)
    token = at.act(service.take_step, token, ShowStep(digits=digits)).token
    at.act(service.log_out, token)
    return secret


def start_organisation(desk: Desk, place: str, name: str, members: Sequence[Actor]) -> UUID:
    """Start a group of residents; the first member lets in the others."""
    first, *others = members
    at = desk.by(first)
    group = at.act(service.start_organisation, place, StartOrganisation(name=name, legal_form=LegalForm.GROUP))
    for other in others:
        desk.by(other).act(service.join, place, group.id)
        at.act(service.admit, place, group.id, UUID(other.id))
    return group.id


def _household(dice: _Dice, place: str, house: int, size: int, today: date) -> Iterator[str]:
    """Yield the lines of one household, without pseudonyms."""
    codes = POSTCODES[place]
    postcode, row = codes[house % len(codes)], house // len(codes)
    floor, number = row // HOUSES_PER_POSTCODE, row % HOUSES_PER_POSTCODE + 1
    addition = chr(ord("A") + floor - 1) if floor else ""
    background = _BACKGROUNDS[dice.below(len(_BACKGROUNDS))]
    name, first_names = dice.one_of(_LAST_NAMES[background]), _FIRST_NAMES[background]
    first = dice.below(len(first_names))
    since_on = today - timedelta(days=100 + dice.below(9000))
    for position in range(size):
        age = 22 + dice.below(60) if position < ADULTS else 1 + dice.below(19)
        birth_year = today.year - age
        here_since = max(since_on, date(birth_year, 12, 31))
        first_name = first_names[(first + position) % len(first_names)]
        yield f"{first_name} {name};{postcode};{number};{addition};{birth_year};{here_since}"
