# SPDX-License-Identifier: EUPL-1.2
"""The demo: a fictional municipality with a finished year and votes of every kind, made only through the verbs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from wijkbudget.app.demo import attendance, challenges, contracts, oost, projects, rewards, west
from wijkbudget.app.demo.stage import Chance, Clock, Stage
from wijkbudget.app.settings import Settings
from wijkbudget.identity import queries as identity
from wijkbudget.identity import seed as people
from wijkbudget.identity import service
from wijkbudget.identity.rules.factors import SECOND_STEP_ROLES
from wijkbudget.identity.schemas import AddPerson
from wijkbudget.kit.actor import SYSTEM, Actor, Role
from wijkbudget.kit.period import day_of
from wijkbudget.neighbourhoods import queries as neighbourhoods
from wijkbudget.neighbourhoods import seed as municipality
from wijkbudget.payments.contributions import service as contributions
from wijkbudget.payments.contributions.schemas import OpenPot
from wijkbudget.trail.desk import Desk

_CODES_KEPT = 20


def build_demo(desk: Desk, settings: Settings) -> Iterator[str]:
    """Make the demo if it is not there yet, and yield a line a role that says how to log in."""
    codes = settings.folder / "voting-codes.txt"
    if not desk.ask(neighbourhoods.neighbourhoods):
        yield "Making a year in Meerwijk; this takes about a minute."
        codes.write_text("\n".join(play(desk)[:_CODES_KEPT]))
    yield from _log_in_lines(desk, settings.origin)
    code, other, *_more = codes.read_text().splitlines()
    yield f"Vote in West without an account: {settings.origin}/stemmen with code {code} or {other}; more in {codes}"


def play(desk: Desk) -> list[str]:
    """Play the demo on a desk with an empty house, and return voting codes that can still be used."""
    today = day_of(desk.clock())
    finished = (today - timedelta(days=west.BEGUN_DAYS)).year - 1
    clock = Clock(desk.clock())
    stage = Stage(replace(desk, clock=clock, entropy=Chance(), actor=SYSTEM), clock)
    stage.on(date(finished, 1, 3))
    municipality.found(stage.desk)
    administrator = _administrator(stage.desk)
    municipality.adopt_policies(stage.desk, administrator, date(finished, 1, 4))
    stage.on(date(finished, 1, 10))
    counts = {oost.PLACE: oost.RESIDENT_COUNT, west.PLACE: west.RESIDENT_COUNT}
    people.fill_register(stage.desk, people.register_csv(counts, today=date(finished, 1, 1)))
    stage.staff = {place: people.appoint_staff(stage.desk, place) for place in counts}
    neighbours = oost.play(stage, finished)
    codes = west.play(stage, today, administrator)
    challenges.play_now(stage, today, neighbours)
    official = stage.desk.by(stage.staff[oost.PLACE][Role.OFFICIAL])
    official.act(contributions.open_pot, oost.PLACE, OpenPot(year=today.year))
    rewards.play_now(stage, oost.PLACE)
    projects.play_now(stage, oost.PLACE, neighbours[oost.HELPERS])
    attendance.play_now(stage, oost.PLACE)
    contracts.play_now(stage, oost.PLACE, neighbours[oost.PARTNERS])
    stage.pass_time(oost.PLACE)
    return codes


def _administrator(desk: Desk) -> Actor:
    """Appoint the keeper of registers and policy, for the whole municipality."""
    made = desk.act(service.appoint, AddPerson(name="Esther Vermeer", role=Role.ADMINISTRATOR))
    return desk.ask(identity.actor, UUID(made.person.id))


def _log_in_lines(desk: Desk, origin: str) -> Iterator[str]:
    """Yield a line for each role in each neighbourhood, with a code that works once and what takes the second step."""
    phones: dict[str, str] = {}
    for place in (oost.PLACE, west.PLACE):
        resident = desk.ask(identity.residents, place, day_of(desk.clock()), 18)[-1]
        people_by_role = {Role.RESIDENT: resident.person_id}
        for grant in desk.ask(identity.grants, place):
            if not grant.is_over:
                people_by_role.setdefault(grant.role, grant.person.id)
        for role, person_id in people_by_role.items():
            if role in SECOND_STEP_ROLES and person_id not in phones:
                phones[person_id] = people.give_step(desk, place, desk.ask(identity.actor, UUID(person_id)))
            then = f", then: wijkbudget second-step {phones[person_id]}" if role in SECOND_STEP_ROLES else ""
            handed = desk.act(service.prove_at_desk, place, UUID(person_id))
            yield f"{place:5} {role:14} {handed.person.name:22} {origin}/inloggen with code {handed.code}{then}"
