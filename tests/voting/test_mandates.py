# SPDX-License-Identifier: EUPL-1.2
"""Votes by mandate: recorded at the desk before the vote, limited by the policy, and seen by nobody but as a number."""

import re
from uuid import UUID

import pytest

from tests import worlds
from wijkbudget.identity import queries as identity
from wijkbudget.kit.actor import Actor, Role, may
from wijkbudget.kit.states import WrongState
from wijkbudget.neighbourhoods import service as neighbourhoods
from wijkbudget.neighbourhoods.schemas import AdoptPolicy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import NotYours, question
from wijkbudget.voting import service
from wijkbudget.voting.mandates import queries
from wijkbudget.voting.mandates.rules import (
    MandatePassedOn,
    MandateTaken,
    NoMandateGiven,
    NoMandates,
    OwnMandate,
    TooManyMandates,
    seat,
)
from wijkbudget.voting.mandates.schemas import GiveMandate, TakeBackMandate
from wijkbudget.voting.phases import AlreadyVoted, NotOnRegister

from .conftest import OFFICIAL, OPENS, REFERENCE, entries_about, identity_residents, rows


class TestSeat:
    def test_is_the_lowest_number_that_is_free(self):
        assert seat("ann", "bo", {}, 2) == 1
        assert seat("ann", "bo", {"cas": ("bo", 1), "dee": ("eva", 2)}, 2) == 2
        assert seat("ann", "bo", {"cas": ("bo", 2)}, 2) == 1

    @pytest.mark.parametrize(
        ("giver", "proxy", "given", "most", "refusal"),
        [
            ("ann", "bo", {}, None, NoMandates),
            ("ann", "ann", {}, 2, OwnMandate),
            ("ann", "bo", {"ann": ("cas", 1)}, 2, MandateTaken),
            ("ann", "bo", {"bo": ("cas", 1)}, 2, MandatePassedOn),
            ("ann", "bo", {"cas": ("ann", 1)}, 2, MandatePassedOn),
            ("ann", "bo", {"cas": ("bo", 1)}, 1, TooManyMandates),
            ("ann", "bo", {"cas": ("bo", 1), "dee": ("bo", 2)}, 2, TooManyMandates),
        ],
    )
    def test_is_refused(self, giver, proxy, given, most, refusal):
        with pytest.raises(refusal):
            seat(giver, proxy, given, most)


@pytest.fixture
def vote(desk, meerwijk, prepare):
    """Return an open round in Oost in which somebody can vote for two others."""
    toml = demo_toml("oost").replace(
        "objection_days = 14\n\n[voting.b", "objection_days = 14\nmandates_max = 2\n\n[voting.b"
    )
    decided = AdoptPolicy(valid_from=OPENS, decided_by="Raadsbesluit 2026-3", toml=toml)
    desk.act(neighbourhoods.adopt_policy, "oost", decided)
    made = prepare()
    made.open()
    return made


@pytest.fixture
def people(desk, vote):
    """Return five voters."""
    return [UUID(person) for (person,) in rows(desk, "SELECT person FROM voting_register ORDER BY person LIMIT 5")]


def voter(person):
    return Actor(id=str(person), roles=frozenset({(Role.RESIDENT, "oost")}))


def give(vote, giver, proxy, by=OFFICIAL):
    command = GiveMandate(giver_id=giver, proxy_id=proxy)
    return vote.desk.by(by).act(service.give_mandate, "oost", vote.id, command).given_count


def take_back(vote, giver):
    return (
        vote.desk.by(OFFICIAL)
        .act(service.take_back_mandate, "oost", vote.id, TakeBackMandate(giver_id=giver))
        .given_count
    )


def kept(vote):
    return rows(vote.desk, "SELECT giver, proxy, seat FROM voting_mandate ORDER BY seat")


class TestAMandate:
    def test_is_recorded_and_everybody_sees_only_how_many_there_are(self, vote, people):
        ann, bo, cas, *_others = people
        assert (give(vote, ann, cas), give(vote, bo, cas)) == (1, 2)
        assert kept(vote) == [(str(ann), str(cas), 1), (str(bo), str(cas), 2)]
        told = vote.desk.by(worlds.somebody(Role.GUEST)).ask(queries.mandates, "oost", vote.id)
        assert (told.given_count, told.per_proxy_max) == (2, 2)
        said = [each for each in vote.desk.ask(entries_about, "oost", [str(vote.id)]) if "Mandate" in each.kind]
        assert len(said) == 2
        assert not any(str(person) in repr(said) for person in people)
        mine = [vote.desk.by(voter(each)).ask(queries.own_mandates, "oost", vote.id, str(each)) for each in people[:3]]
        assert [bool(own.proxy) for own in mine] == [True, True, False]
        assert [len(own.givers) for own in mine] == [0, 0, 2]
        with pytest.raises(NotYours):
            vote.desk.by(voter(ann)).ask(queries.own_mandates, "oost", vote.id, str(bo))

    def test_is_refused_over_the_limit_and_nothing_is_kept(self, vote, people):
        ann, bo, cas, dee, _eva = people
        give(vote, ann, cas)
        give(vote, bo, cas)
        before = kept(vote)
        with pytest.raises(TooManyMandates, match="votes for 2 others already"):
            give(vote, dee, cas)
        assert kept(vote) == before

    def test_is_refused_once_a_vote_was_cast(self, vote):
        vote.cast(vote.letters()[0].code, "1")
        voted, other = (
            UUID(rows(vote.desk, f"SELECT person FROM voting_register WHERE voted_on IS {state} LIMIT 1")[0][0])
            for state in ("NOT NULL", "NULL")
        )
        with pytest.raises(AlreadyVoted):
            give(vote, voted, other)
        assert kept(vote) == []
        # Whoever voted can still vote for another.
        assert give(vote, other, voted) == 1

    def test_is_for_voters_of_the_round_alone(self, vote, people):
        stranger = UUID(vote.desk.ask(identity_residents, "west", REFERENCE, 12)[0].person_id)
        for giver, proxy in ((stranger, people[0]), (people[0], stranger)):
            with pytest.raises(NotOnRegister):
                give(vote, giver, proxy)
        assert kept(vote) == []

    def test_is_recorded_by_an_official_alone(self, vote, people):
        for role in (Role.RESIDENT, Role.CHAIR, Role.AUDITOR, Role.GUEST):
            with pytest.raises(DoorClosed):
                give(vote, *people[:2], by=worlds.somebody(role, "oost"))
        assert kept(vote) == []

    def test_can_be_taken_back_before_the_vote(self, vote, people):
        ann, bo, *_others = people
        give(vote, ann, bo)
        assert take_back(vote, ann) == 0
        with pytest.raises(NoMandateGiven):
            take_back(vote, ann)
        assert give(vote, bo, ann) == 1

    def test_changes_no_ballot_and_no_count_of_voters(self, vote, people):
        give(vote, *people[:2])
        vote.cast(vote.letters()[0].code, "1")
        assert vote.faults() == []

    def test_is_refused_after_the_last_day(self, vote, people, clock):
        clock.now = clock.now.replace(day=16)
        with pytest.raises(WrongState):
            give(vote, *people[:2])
        vote.close()
        with pytest.raises(WrongState):
            give(vote, *people[:2])
        assert kept(vote) == []

    def test_is_forgotten_with_who_voted_and_still_counted(self, vote, people):
        give(vote, *people[:2])
        vote.cast(vote.letters()[0].code, "1")
        vote.close()
        vote.count()
        vote.finish()
        assert kept(vote) == [(None, None, 1)]
        assert vote.desk.ask(queries.mandates, "oost", vote.id).given_count == 1

    def test_is_not_known_where_the_policy_says_nothing(self, desk, meerwijk, prepare):
        west = prepare("west", "Stem voor West")
        west.open()
        one, other = (UUID(each) for (each,) in rows(desk, "SELECT person FROM voting_register LIMIT 2"))
        command = GiveMandate(giver_id=one, proxy_id=other)
        with pytest.raises(NoMandates):
            desk.by(OFFICIAL).act(service.give_mandate, "west", west.id, command)


@question(may(Role.SYSTEM))
def homes(look, place, people):
    """Return where people live."""
    found = identity.addresses_of(look, people)
    return [{"postcode": found[each].postcode, "house_number": str(found[each].house_number)} for each in people]


class TestThePage:
    def test_finds_both_people_and_records_it(self, client, vote, people):
        giver, proxy = (str(person) for person in people[:2])
        lives = dict(zip(("giver", "proxy"), vote.desk.ask(homes, "oost", [giver, proxy]), strict=True))
        typed = {f"{side}_{name}": value for side, home in lives.items() for name, value in home.items()}
        path = f"/wijken/oost/stemrondes/{vote.id}/volmachten"
        assert "Leg een volmacht vast" not in client.get(path).text
        client.log_in(worlds.staff(vote.desk, "oost")[Role.OFFICIAL])
        assert "Leg een volmacht vast" in client.get(path).text
        wrong = client.post(f"{path}/adres", {**typed, "proxy_postcode": ""})
        assert (wrong.status_code, "Postcode \u2013 Vul dit in." in wrong.text) == (400, True)
        nobody = client.post(f"{path}/adres", {**typed, "giver_house_number": "9999"})
        assert "Er is niemand gevonden." in nobody.text
        found = client.post(f"{path}/adres", typed)
        assert re.findall(rf'name="giver_id" value="{giver}"|name="proxy_id" value="{proxy}"', found.text) == [
            f'name="giver_id" value="{giver}"',
            f'name="proxy_id" value="{proxy}"',
        ]
        assert client.post(path, {"giver_id": giver, "proxy_id": proxy}).status_code == 303
        refused = client.post(path, {"giver_id": giver, "proxy_id": proxy})
        assert (refused.status_code, "gaf al een volmacht" in refused.text) == (422, True)
        alone = {name: value for name, value in typed.items() if name.startswith("giver")}
        back = client.post(f"{path}/adres", alone)
        assert "Trek de volmacht in" in back.text
        client.log_out()
        shown = client.get(f"/wijken/oost/stemrondes/{vote.id}").text
        assert "Zoveel mensen laten een ander voor zich stemmen: 1." in shown
        api = f"/api/v1/neighbourhoods/oost/rounds/{vote.id}/mandates"
        assert client.get(api).json() == {"roundId": str(vote.id), "givenCount": 1, "perProxyMax": 2}
        client.log_in(worlds.staff(vote.desk, "oost")[Role.OFFICIAL])
        assert client.post(f"{path}/intrekken", {"giver_id": giver}).status_code == 303
        assert client.get(api).json()["givenCount"] == 0
