# SPDX-License-Identifier: EUPL-1.2
"""Members and decisions of the council, at the desk."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from tests.stores import beside, url_of
from tests.worlds import found_meerwijk, staff
from wijkbudget.council import queries, service
from wijkbudget.council.rules import (
    CarriedOutElsewhere,
    DecisionNotFound,
    InterestNotRecused,
    Kind,
    NoMajority,
    NotAMember,
    NotDecidedYet,
)
from wijkbudget.council.schemas import DecisionView, RecordDecision
from wijkbudget.identity import service as identity
from wijkbudget.identity.schemas import AddPerson
from wijkbudget.kit.actor import GUEST, Role, may
from wijkbudget.neighbourhoods.rules import NeighbourhoodNotFound
from wijkbudget.trail.desk import DoorClosed, KeyMissing
from wijkbudget.trail.models import TrailEntry
from wijkbudget.trail.work import Look, Work, question, verb

HOUSE = may(Role.SYSTEM)


@question(HOUSE, municipal=True)
def faults(look: Look) -> list[str]:
    """Return what the domain's own proof finds."""
    return [str(fault) for fault in queries.check(look)]


@question(HOUSE, municipal=True)
def recorded(look: Look) -> list[str]:
    """Return what the trail says the council decided."""
    rows = select(TrailEntry.facts).where(TrailEntry.kind == "council.DecisionTaken")
    return list(look.session.exec(rows).all())


@verb(HOUSE)
def decide_about(
    work: Work, place: str, command: RecordDecision, about: list[str], interested: list[str]
) -> DecisionView:
    """Decide as the domains above do."""
    return service.decide(work, place, command, about, frozenset(interested))


@verb(HOUSE, municipal=True, silent="a test breaks in")
def tamper(work: Work, statement: str) -> None:
    """Change rows behind the back of the verbs."""
    work.session.connection().execute(text(statement))


class Council:
    """A council of one chair and four members in Oost."""

    def __init__(self, desk):
        self.desk = desk
        people = staff(desk, "oost")
        self.chair, self.cashier = people[Role.CHAIR], people[Role.CASHIER]
        for name in ("Anouk Prins", "Bilal Haddou", "Chantal Bos"):
            desk.act(identity.add_person, "oost", AddPerson(name=name, role=Role.COUNCIL))
        self.members = [member.id for member in desk.ask(queries.members, "oost")]

    def command(self, in_favour=3, against=1, recused=1, **changes):
        """Return a decision with so many members for, against and aside."""
        ids = self.members
        given = {
            "kind": Kind.ADVICE,
            "title": "Meer bankjes",
            "motivation": "Ouderen vragen erom.",
            "decided_on": date(2026, 3, 1),
            "article": "Verordening wijkbudgetten Meerwijk 2024, art. 3",
            "for_": ids[:in_favour],
            "against": ids[in_favour : in_favour + against],
            "recused": ids[in_favour + against : in_favour + against + recused],
        }
        return RecordDecision(**{**given, **changes})

    def record(self, command, key="first"):
        return self.desk.by(self.chair).once(key).act(service.record_decision, "oost", command)

    def decisions(self):
        return self.desk.by(GUEST).ask(queries.decisions, "oost")


@pytest.fixture(name="council")
def seated(desk):
    found_meerwijk(desk)
    return Council(desk)


class TestMembers:
    def test_are_public_with_the_chair_first(self, council):
        members = council.desk.by(GUEST).ask(queries.members, "oost")
        assert [member.name for member in members][1:] == [
            "Anouk Prins",
            "Bilal Haddou",
            "Chantal Bos",
            "Hassan Benali",
        ]
        assert [member.is_chair for member in members] == [True, False, False, False, False]
        assert members[0].id == council.chair.id

    def test_belong_to_one_neighbourhood(self, council):
        assert council.desk.ask(queries.members, "west") == []
        with pytest.raises(NeighbourhoodNotFound):
            council.desk.ask(queries.members, "noord")


class TestRecordDecision:
    def test_keeps_who_was_for_against_and_aside(self, council):
        taken = council.record(council.command())
        shown = council.desk.by(GUEST).ask(queries.decision, "oost", taken.id)
        assert shown == taken
        assert shown.names("for") == ["Anouk Prins", "Bilal Haddou", "Joke van Dam"]
        assert shown.names("against") == ["Chantal Bos"]
        assert shown.names("recused") == ["Hassan Benali"]
        assert (shown.member_count, shown.about) == (5, [])

    def test_tells_the_trail_counts_and_no_names(self, council):
        council.record(council.command())
        assert council.desk.ask(recorded) == [
            '{"about":[],"against_count":1,"decided_on":"2026-03-01","decision_kind":"advice","for_count":3,"recused_count":1}'
        ]

    def test_happens_once_however_often_it_is_sent(self, council):
        assert council.record(council.command()) == council.record(council.command())
        assert len(council.decisions()) == 1

    def test_takes_a_key(self, council):
        with pytest.raises(KeyMissing):
            council.desk.by(council.chair).act(service.record_decision, "oost", council.command())

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"kind": Kind.OUTCOME}, CarriedOutElsewhere),
            ({"decided_on": date(2026, 3, 3)}, NotDecidedYet),
            ({"in_favour": 2, "against": 2}, NoMajority),
        ],
    )
    def test_is_refused_and_changes_nothing(self, council, changes, refusal):
        with pytest.raises(refusal):
            council.record(council.command(**changes))
        assert council.decisions() == []
        assert council.desk.ask(recorded) == []

    def test_is_refused_when_somebody_is_no_member(self, council):
        with pytest.raises(NotAMember):
            council.record(council.command(recused=0, against=0, for_=[*council.members, council.cashier.id]))
        assert council.decisions() == []

    def test_is_only_for_the_chair(self, council):
        for actor in (council.cashier, GUEST):
            with pytest.raises(DoorClosed):
                council.desk.by(actor).once("no").act(service.record_decision, "oost", council.command())

    def test_is_not_for_the_chair_of_another_neighbourhood(self, council):
        with pytest.raises(DoorClosed):
            council.desk.by(council.chair).once("no").act(service.record_decision, "west", council.command())


class TestDecide:
    def test_keeps_what_it_is_about(self, council):
        taken = council.desk.act(decide_about, "oost", council.command(kind=Kind.OUTCOME), ["plan-b", "plan-a"], [])
        assert (taken.kind, taken.about) == (Kind.OUTCOME, ["plan-a", "plan-b"])

    def test_is_refused_when_an_interest_votes(self, council):
        with pytest.raises(InterestNotRecused):
            council.desk.act(decide_about, "oost", council.command(), ["plan-a"], [council.members[0]])
        assert council.decisions() == []

    def test_stands_when_the_interest_steps_aside(self, council):
        council.desk.act(decide_about, "oost", council.command(), ["plan-a"], [council.members[4], "somebody else"])
        assert len(council.decisions()) == 1


class TestADecision:
    def test_is_not_found_in_another_neighbourhood(self, council):
        taken = council.record(council.command())
        with pytest.raises(DecisionNotFound):
            council.desk.ask(queries.decision, "west", taken.id)
        with pytest.raises(DecisionNotFound):
            council.desk.ask(queries.decision, "oost", UUID(int=7))
        assert council.desk.ask(queries.decisions, "west") == []

    def test_comes_newest_first(self, council):
        council.record(council.command(title="Eerst", decided_on=date(2026, 2, 1)), key="a")
        council.record(council.command(title="Later", decided_on=date(2026, 2, 2)), key="b")
        assert [taken.title for taken in council.decisions()] == ["Later", "Eerst"]

    @pytest.mark.parametrize("table", ["decision", "decision_voice", "decision_about"])
    def test_can_never_be_changed(self, council, table):
        council.desk.act(decide_about, "oost", council.command(), ["plan-a"], [])
        for statement in (f"UPDATE {table} SET place = 'west'", f"DELETE FROM {table}"):
            with pytest.raises(IntegrityError, match="append-only"):
                council.desk.act(tamper, statement)


class TestTheProof:
    def test_finds_nothing_in_an_honest_world(self, council):
        council.record(council.command(kind=Kind.ADVICE), key="advice")
        council.record(council.command())
        assert len(council.decisions()) == 2
        assert council.desk.ask(faults) == []

    @pytest.mark.parametrize(
        ("statement", "shows"),
        [
            (
                "UPDATE decision_voice SET stance = 'against' WHERE stance = 'for'",
                "There are not more votes for than against, so this was not decided.",
            ),
            (
                "DELETE FROM decision_voice WHERE stance <> 'against'",
                "1 of the 5 members voted. At least half must vote.",
            ),
            (
                "UPDATE decision SET member_count = 4",
                "more people are named than there were members",
            ),
            (
                "UPDATE decision_voice SET place = 'west' WHERE stance = 'for'",
                "holds votes of another neighbourhood",
            ),
        ],
    )
    def test_finds_what_was_altered(self, council, statement, shows):
        taken = council.record(council.command())
        with beside(url_of(council.desk), is_tampering=True) as connection:
            connection.execute(text(statement))
        assert council.desk.ask(faults) == [f"council: decision {taken.id}: {shows}"]
