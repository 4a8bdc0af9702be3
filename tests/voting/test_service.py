"""Rounds from preparing to final, and what they refuse on the way."""

import json
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import text

from tests import worlds
from wijkbudget.identity import queries as identity
from wijkbudget.kit.actor import SYSTEM, Actor, Role, may
from wijkbudget.kit.canonical import canonical, digest
from wijkbudget.kit.states import WrongState
from wijkbudget.neighbourhoods.rules import NeighbourhoodNotFound
from wijkbudget.trail import queries as trail
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import NotYours, question, verb
from wijkbudget.voting import queries, seed, service
from wijkbudget.voting.phases import (
    AlreadyVoted,
    NothingToChoose,
    NotOnRegister,
    NotThere,
    OptionTaken,
    Phase,
    RoundNotFound,
    TooEarly,
    WrongCode,
    WrongDates,
)
from wijkbudget.voting.rules import OverBudget, TooFewMarks, UnknownOption
from wijkbudget.voting.schemas import CastBallot, OpenBallot, OptionDraft, PrepareRound, ReplaceCode

from .conftest import CLOSES, OFFICIAL, OPENS, REFERENCE, add_option


def rows(desk, statement, **values):
    """Return rows of the database as they are."""
    with desk.database.read() as session:
        return session.connection().execute(text(statement), values).all()


@question(may(Role.SYSTEM))
def identity_residents(look, place, on, age_min):
    return identity.residents(look, place, on, age_min)


@question(may(Role.SYSTEM))
def entries_about(look, place, subjects):
    return trail.entries_about(look, place, subjects)


@verb(may(Role.SYSTEM), municipal=True, silent="a test breaks in")
def break_in(work, statement):
    """Change the database behind everybody's back."""
    work.session.connection().exec_driver_sql(statement)


@pytest.mark.usefixtures("meerwijk")
class TestPrepare:
    def command(self, **changed):
        values = {
            "year": 2026,
            "title": "Stem",
            "opens_on": OPENS,
            "closes_on": CLOSES,
            "reference_on": REFERENCE,
            "budget_cents": 100,
        }
        return PrepareRound(**{**values, **changed})

    def test_makes_a_round_without_rules_yet(self, desk):
        made = desk.by(OFFICIAL).act(service.prepare, "oost", self.command())
        assert (made.phase, made.options, made.rules) == (Phase.PREPARED, [], None)
        assert [line.id for line in desk.ask(queries.rounds, "oost")] == [made.id]
        assert desk.ask(queries.rounds, "west") == []

    def test_is_refused_with_days_out_of_order(self, desk):
        with pytest.raises(WrongDates):
            desk.act(service.prepare, "oost", self.command(closes_on=date(2026, 3, 1)))
        assert desk.ask(queries.rounds, "oost") == []

    def test_is_refused_in_a_neighbourhood_that_is_not_there(self, desk):
        with pytest.raises(NeighbourhoodNotFound):
            desk.act(service.prepare, "noord", self.command())

    def test_is_for_an_official(self, desk):
        with pytest.raises(DoorClosed):
            desk.by(worlds.somebody(Role.COUNCIL, "oost")).act(service.prepare, "oost", self.command())

    def test_belongs_to_one_neighbourhood(self, desk):
        made = desk.act(service.prepare, "oost", self.command())
        with pytest.raises(RoundNotFound):
            desk.ask(queries.round_, "west", made.id)
        with pytest.raises(RoundNotFound):
            desk.act(service.open_, "west", made.id)


@pytest.mark.usefixtures("meerwijk")
class TestAddOption:
    def test_is_refused_for_the_same_thing_twice(self, desk, prepare):
        made = prepare()
        with pytest.raises(OptionTaken):
            desk.act(add_option, "oost", made.id, OptionDraft(about="plan-1", title="Again", cost_cents=1))
        assert [option.key for option in made.view().options] == ["1", "2", "3", "4"]

    def test_is_refused_after_the_opening(self, desk, vote):
        with pytest.raises(WrongState):
            desk.act(add_option, "oost", vote.id, OptionDraft(about="late", title="Late", cost_cents=1))
        assert len(vote.view().options) == 4


@pytest.mark.usefixtures("meerwijk")
class TestOpen:
    def test_freezes_everything_by_hash(self, desk, prepare):
        made = prepare()
        opened = made.open()
        voters = desk.ask(identity_residents, "oost", REFERENCE, 12)
        assert opened.phase is Phase.OPEN
        assert [(each.voice_hundredths, each.voters) for each in opened.rules.classes] == [(100, len(voters))]
        assert (opened.rules.ballot, opened.rules.tally, opened.rules.decides) == (
            "approval",
            "equal_shares",
            "weighted",
        )
        assert opened.rules.article == "Verordening wijkbudgetten Meerwijk 2024, art. 7"
        (kept,) = rows(desk, "SELECT document FROM voting_frozen")[0]
        assert digest_text(kept) == opened.rules.frozen_hash
        assert made.faults() == []

    def test_sends_everybody_who_can_vote_one_code(self, desk, vote):
        voters = desk.ask(identity_residents, "oost", REFERENCE, 12)
        letters = vote.payloads()
        assert len(letters) == len({letter["code"] for letter in letters}) == len(voters) == len(vote.letters())
        assert all(letter["code"] in letter["lines"] for letter in letters)
        assert rows(desk, "SELECT count(*), count(voted_on) FROM voting_register") == [(len(voters), 0)]

    def test_keeps_no_code(self, desk, vote):
        kept = str(rows(desk, "SELECT * FROM voting_register"))
        assert not [
            letter.code for letter in vote.letters() if letter.code in kept or letter.code.replace("-", "") in kept
        ]

    def test_is_refused_before_the_first_day(self, clock, prepare):
        made = prepare()
        clock.forward(days=-1)
        with pytest.raises(TooEarly):
            made.open()
        assert made.view().phase is Phase.PREPARED

    def test_is_refused_without_plans(self, desk):
        command = TestPrepare().command()
        made = desk.act(service.prepare, "oost", command)
        with pytest.raises(NothingToChoose):
            desk.act(service.open_, "oost", made.id)

    def test_is_refused_twice(self, desk, vote):
        codes = [letter.code for letter in vote.letters()]
        with pytest.raises(WrongState):
            vote.open()
        assert [letter.code for letter in vote.letters()] == codes

    def test_says_so_in_the_trail_without_a_name(self, desk, vote):
        entries = {entry.kind: entry for entry in desk.ask(entries_about, "oost", [str(vote.id)])}
        assert set(entries["voting.RoundOpened"].facts) == {"frozen_hash", "voters"}

    @pytest.mark.parametrize("table", ["voting_frozen", "voting_option"])
    def test_cannot_be_changed_in_the_database_either(self, desk, vote, table):
        with pytest.raises(IntegrityError, match="append-only"):
            desk.act(break_in, f"UPDATE {table} SET place = 'west'")


class TestCast:
    def test_gives_the_same_receipt_each_time(self, desk, vote):
        code = vote.letters()[0].code
        receipt = vote.cast(code, "1")
        assert vote.cast(code, "1") == vote.cast(code, "2") == receipt
        assert rows(desk, "SELECT marks FROM voting_box") == [('{"2":1}',)]
        assert rows(desk, "SELECT voted_on FROM voting_register WHERE voted_on IS NOT NULL") == [("2026-03-02",)]

    def test_keeps_the_first_day(self, desk, clock, vote):
        code = vote.letters()[0].code
        vote.cast(code, "1")
        clock.forward(days=3)
        vote.cast(code, "2")
        assert rows(desk, "SELECT voted_on FROM voting_register WHERE voted_on IS NOT NULL") == [("2026-03-02",)]

    def test_is_possible_until_the_last_day_is_over(self, clock, vote):
        code = vote.letters()[0].code
        clock.now = clock.now.replace(month=3, day=15, hour=22, minute=59)
        vote.cast(code, "1")
        clock.forward(minutes=1)
        with pytest.raises(WrongCode):
            vote.cast(code, "2")

    def test_is_refused_after_the_close_and_changes_nothing(self, desk, vote):
        code = vote.letters()[0].code
        vote.cast(code, "1")
        vote.close()
        with pytest.raises(WrongCode):
            vote.cast(code, "2")
        assert rows(desk, "SELECT marks FROM voting_box") == [('{"1":1}',)]

    @pytest.mark.parametrize(
        ("options", "refusal"), [((), TooFewMarks), (("9",), UnknownOption), (("plan-1",), UnknownOption)]
    )
    def test_is_refused_with_a_ballot_that_does_not_fit_and_leaves_the_register_alone(
        self, desk, vote, options, refusal
    ):
        with pytest.raises(refusal):
            vote.cast(vote.letters()[0].code, *options)
        assert rows(desk, "SELECT count(*) FROM voting_box") == [(0,)]
        assert rows(desk, "SELECT count(voted_on) FROM voting_register") == [(0,)]

    @pytest.mark.usefixtures("meerwijk")
    def test_is_refused_over_the_budget_of_a_knapsack_ballot(self, prepare):
        west = prepare("west", "Stem voor West")
        west.open()
        code = west.letters()[0].code
        with pytest.raises(OverBudget):
            west.cast(code, "1", "2")
        west.cast(code, "1", "3")

    def test_never_drops_a_ballot_of_a_code_that_is_not_marked(self, desk, vote):
        ballot = CastBallot(code=vote.letters()[0].code, marks={"1": 1})
        with pytest.raises(WrongCode):
            desk.act(service.drop, ballot)
        assert rows(desk, "SELECT count(*) FROM voting_box") == [(0,)]

    def test_again_heals_what_a_crash_left(self, desk, vote):
        code = vote.letters()[0].code
        desk.act(service.mark_voted, CastBallot(code=code, marks={"1": 1}))
        assert vote.faults() == []
        vote.cast(code, "1")
        assert rows(desk, "SELECT count(*) FROM voting_box") == [(1,)]
        assert vote.faults() == []

    def test_leaves_one_ballot_of_sixty_four_at_once(self, desk, vote):
        code = vote.letters()[0].code
        ballots = [CastBallot(code=code, marks={str(1 + number % 4): 1}) for number in range(64)]
        assert len(set(seed.cast(desk, ballots))) == 1
        assert rows(desk, "SELECT count(*) FROM voting_box") == [(1,)]
        assert rows(desk, "SELECT count(voted_on) FROM voting_register") == [(1,)]


class TestTheRefusalOfACode:
    def refusal(self, desk, code):
        with pytest.raises(WrongCode) as caught:
            desk.ask(queries.paper, OpenBallot(code=code))
        return str(caught.value)

    def test_is_the_same_whatever_is_wrong(self, desk, clock, vote, prepare):
        never = "0000-0000-0000-0000"
        other = prepare("west", "Later")
        voided = vote.payloads()[0]["code"]
        person = rows(desk, "SELECT person FROM voting_register ORDER BY code_hash LIMIT 1")[0][0]
        sentence = self.refusal(desk, never)
        for letter in vote.letters():
            desk.ask(queries.paper, OpenBallot(code=letter.code))
        before = {letter.code for letter in vote.letters()}
        desk.by(OFFICIAL).act(service.replace_code, "oost", vote.id, ReplaceCode(person_id=UUID(person)))
        assert len({letter.code for letter in vote.letters()} - before) == 1
        refused = [code for code in before if not self.opens(desk, code)]
        assert len(refused) == 1
        vote.close()
        assert {self.refusal(desk, code) for code in (*refused, voided, never)} == {sentence}
        assert other.view().phase is Phase.PREPARED

    def opens(self, desk, code):
        try:
            desk.ask(queries.paper, OpenBallot(code=code))
        except WrongCode:
            return False
        return True


class TestThePaper:
    def test_is_the_same_for_every_code(self, desk, vote):
        one, other = (desk.ask(queries.paper, OpenBallot(code=letter.code)) for letter in vote.letters()[:2])
        assert one == other
        assert [option.title for option in one.options] == ["Plan 1", "Plan 2", "Plan 3", "Plan 4"]
        assert (one.marks_min, one.marks_max, one.marks_budget_cents) == (1, None, None)


class TestReplaceCode:
    def voter(self, desk):
        return rows(desk, "SELECT person FROM voting_register ORDER BY code_hash LIMIT 1")[0][0]

    def resident(self, person):
        return Actor(id=person, roles=frozenset({(Role.RESIDENT, "oost")}))

    def test_is_possible_for_your_own_code(self, desk, vote):
        person = self.voter(desk)
        before = len(vote.letters())
        desk.by(self.resident(person)).act(service.replace_code, "oost", vote.id, ReplaceCode(person_id=UUID(person)))
        assert len(vote.letters()) == before + 1
        vote.cast(vote.letters()[-1].code, "1")
        assert vote.faults() == []

    def test_is_refused_for_somebody_else(self, desk, vote):
        person = self.voter(desk)
        with pytest.raises(NotYours):
            desk.by(self.resident("other")).act(
                service.replace_code, "oost", vote.id, ReplaceCode(person_id=UUID(person))
            )

    def test_is_refused_for_a_code_that_voted(self, desk, vote):
        vote.cast(vote.letters()[0].code, "1")
        (person,) = rows(desk, "SELECT person FROM voting_register WHERE voted_on IS NOT NULL")[0]
        before = rows(desk, "SELECT code_hash FROM voting_register")
        with pytest.raises(AlreadyVoted):
            desk.by(OFFICIAL).act(service.replace_code, "oost", vote.id, ReplaceCode(person_id=UUID(person)))
        assert rows(desk, "SELECT code_hash FROM voting_register") == before

    def test_is_refused_for_who_cannot_vote_here(self, desk, vote):
        stranger = desk.ask(identity_residents, "west", REFERENCE, 12)[0].person_id
        with pytest.raises(NotOnRegister):
            desk.by(OFFICIAL).act(service.replace_code, "oost", vote.id, ReplaceCode(person_id=UUID(stranger)))


class TestTheEnd:
    def vote_all(self, vote):
        choices = [
            seed.Choice(count=12, voice_hundredths=100, options=["1"]),
            seed.Choice(count=5, voice_hundredths=100, options=["2", "4"]),
            seed.Choice(count=5, voice_hundredths=100, options=["3", "4"]),
        ]
        return seed.vote(vote.desk, vote.letters(), choices)

    def test_seals_what_was_cast_by_receipt(self, desk, vote):
        receipts = self.vote_all(vote)
        closed = vote.close()
        published = vote.published()
        assert closed.phase is Phase.CLOSED
        assert [ballot.receipt for ballot in published.ballots] == sorted(receipts)
        assert sorted(str(ballot.marks) for ballot in published.ballots).count("{'1': 1}") == 12
        entries = {entry.kind: entry for entry in desk.ask(entries_about, "oost", [str(vote.id)])}
        assert entries["voting.BoxSealed"].facts == {"root": published.root, "ballots": {"100": 22}}
        assert vote.faults() == []

    def test_is_refused_while_people_can_vote(self, clock, desk, vote):
        clock.now = clock.now.replace(month=3, day=15, hour=22, minute=59)
        with pytest.raises(TooEarly):
            desk.act(service.close, "oost", vote.id)
        assert vote.view().phase is Phase.OPEN

    def test_tells_nothing_before_the_close(self, desk, vote):
        before = vote.view()
        self.vote_all(vote)
        assert vote.view() == before
        for early in (queries.published, queries.outcome):
            with pytest.raises(NotThere):
                desk.ask(early, "oost", vote.id)

    def test_counts_with_a_reason_for_each_plan(self, vote):
        self.vote_all(vote)
        vote.close()
        outcome = vote.count()
        assert {option.about: option.won for option in outcome.weighted.options} == {
            "plan-1": True,
            "plan-2": False,
            "plan-3": False,
            "plan-4": True,
        }
        # Twelve voters pay a twelfth of 20,000 euros each; ten pay a tenth of 4,000; nothing else fits after that.
        assert outcome.weighted.spent_cents == 2_400_000
        assert [option.about for option in outcome.winners] == [option.about for option in outcome.weighted.winners]
        assert outcome.weighted == outcome.equal
        assert outcome.differs == []
        assert all(str(option.why) for option in outcome.weighted.options)
        assert outcome == vote.outcome()
        assert vote.faults() == []

    def test_lets_people_object_and_then_forgets_who_voted(self, desk, clock, vote):
        self.vote_all(vote)
        vote.close()
        outcome = vote.count()
        assert outcome.objections_until == date(2026, 3, 31)
        with pytest.raises(TooEarly):
            desk.act(service.finish, "oost", vote.id)
        assert rows(desk, "SELECT count(voted_on) FROM voting_register") == [(22,)]
        assert vote.finish().phase is Phase.FINAL
        assert rows(desk, "SELECT count(voted_on) FROM voting_register") == [(0,)]
        assert vote.outcome().winners == outcome.winners
        assert vote.faults() == []

    def test_comes_by_itself_when_its_days_come(self, desk, clock, prepare, meerwijk):
        made = prepare()
        phases = []
        for days in (-1, 1, 13, 1, 15):
            clock.forward(days=days)
            seed.turn(desk, "oost")
            phases.append(made.view().phase)
        assert phases == [Phase.PREPARED, Phase.OPEN, Phase.OPEN, Phase.COUNTED, Phase.FINAL]
        assert desk.act(service.advance, "oost").moved == []
        assert made.faults() == []


class TestWasCast:
    def ask(self, desk, vote, person):
        resident = Actor(id=person, roles=frozenset({(Role.RESIDENT, "oost")}))
        return desk.by(resident).ask(queries.was_cast, "oost", vote.id, person)

    def test_tells_the_voter_alone(self, desk, vote):
        vote.cast(vote.letters()[0].code, "1")
        (voted,) = rows(desk, "SELECT person FROM voting_register WHERE voted_on IS NOT NULL")[0]
        (silent,) = rows(desk, "SELECT person FROM voting_register WHERE voted_on IS NULL LIMIT 1")[0]
        assert self.ask(desk, vote, voted).voted_on == date(2026, 3, 2)
        assert self.ask(desk, vote, silent).voted_on is None
        assert not self.ask(desk, vote, "somebody else").is_voter
        neighbour = Actor(id=silent, roles=frozenset({(Role.RESIDENT, "oost")}))
        with pytest.raises(NotYours):
            desk.by(neighbour).ask(queries.was_cast, "oost", vote.id, voted)
        for role in (Role.OFFICIAL, Role.AUDITOR, Role.ADMINISTRATOR):
            with pytest.raises(DoorClosed):
                desk.by(worlds.somebody(role, "oost")).ask(queries.was_cast, "oost", vote.id, voted)

    def test_says_when_it_is_forgotten(self, desk, vote):
        vote.cast(vote.letters()[0].code, "1")
        (voted,) = rows(desk, "SELECT person FROM voting_register WHERE voted_on IS NOT NULL")[0]
        vote.close()
        vote.count()
        vote.finish()
        assert (self.ask(desk, vote, voted).voted_on, self.ask(desk, vote, voted).is_forgotten) == (None, True)


class TestTheProof:
    @pytest.mark.parametrize(
        ("statement", "shows"),
        [
            ("UPDATE voting_round SET budget_cents = 1", "its days or budget are not what was frozen"),
            ("DELETE FROM voting_register WHERE voted_on IS NULL", "the register is not what was frozen"),
            ("UPDATE voting_register SET voted_on = NULL", "voice 100 has 1 ballots, and 0 voted"),
            ("UPDATE voting_box SET marks = '{\"2\":1}'", "the published ballots are not those in the box"),
            ("DELETE FROM voting_box", "the published ballots are not those in the box"),
            (
                "INSERT INTO voting_option SELECT round_id, '5', place, 'late', 'Late', 1 FROM voting_option LIMIT 1",
                "its options are not what was frozen",
            ),
        ],
    )
    def test_notices(self, desk, vote, statement, shows):
        vote.cast(vote.letters()[0].code, "1")
        vote.close()
        vote.count()
        assert vote.faults() == []
        desk.by(SYSTEM).act(break_in, statement)
        assert vote.faults() == [f"voting: round oost Stem voor Oost: {shows}"]


def digest_text(kept):
    """Return the SHA-256 of a kept document by way of its data, so that it must be canonical too."""
    data = json.loads(kept)
    assert canonical(data).decode() == kept
    return digest(data)
