# SPDX-License-Identifier: EUPL-1.2
"""Shares for time and by the neighbourhood contract, shares that do not count, and mistakes that are put right."""

from dataclasses import replace
from datetime import date

import pytest

from tests import worlds
from tests.identity.people import load
from tests.shares.conftest import BRAM, CHAN, EVERYBODY, HELD, books, faults, shares_of
from wijkbudget.council import service as council
from wijkbudget.council.schemas import RecordDecision
from wijkbudget.council.seed import Hands, Promised, agree_contract
from wijkbudget.kit.actor import Role
from wijkbudget.ledger import chart
from wijkbudget.neighbourhoods import service as municipality
from wijkbudget.neighbourhoods.schemas import AdoptPolicy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.reciprocity import seed as reciprocity
from wijkbudget.shares import queries, rules, service
from wijkbudget.shares.rules import Ending, Reason
from wijkbudget.shares.schemas import CorrectShare, GrantForContract, SuspendShares

WHY = "Volgens de politie woont hier niemand."


@pytest.fixture(name="staff")
def served(wijk):
    """Return who serves in Oost, after the first review."""
    wijk.review()
    return worlds.staff(wijk.desk, "oost")


@pytest.fixture
def act(wijk, staff):
    """Return how somebody in office acts on the shares of somebody of Oost."""
    keys = iter(range(100))

    def run(role, verb, pseudonym, *command, by=None):
        at = wijk.desk.by(by or staff[role]).once(f"key {next(keys)}")
        return at.act(verb, "oost", wijk.id_of(pseudonym), *command)

    return run


def decided(wijk, staff, on=date(2026, 3, 1), against=()):
    """Let the council decide about a share, by its two members, and return the decision."""
    members = [staff[role].id for role in (Role.COUNCIL, Role.CHAIR)]
    command = RecordDecision(
        kind="other",
        title="Een aandeel volgens het wijkcontract",
        motivation="Voor de zorg voor het plein.",
        decided_on=on,
        article="art. 14",
        for_=[member for member in members if member not in against],
        against=list(against),
        recused=[],
    )
    at = wijk.desk.by(staff[Role.CHAIR]).once(f"decision {on}")
    return GrantForContract(decision_id=at.act(council.record_decision, "oost", command).id)


class TestEffort:
    def test_earns_one_share_in_the_next_year_within_the_cap_and_once(self, wijk, staff):
        (task, *_others) = reciprocity.open_tasks(wijk.desk, "oost", staff[Role.GUIDE], [staff[Role.GUIDE]])
        givers = [wijk.resident(pseudonym) for pseudonym in ("p-1", "p-3", "p-5")]
        days = ((date(2026, 3, 1), 720), (date(2026, 3, 2), 480))
        for giver in givers:
            gifts = [reciprocity.Gift(giver=giver, given_on=on, minutes=minutes) for on, minutes in days]
            if giver is givers[2]:
                # Eva gives a quarter of an hour too little.
                gifts[1] = replace(gifts[1], minutes=465)
            reciprocity.give(wijk.desk, "oost", task.id, staff[Role.GUIDE], gifts)
        wijk.clock.forward(days=30)
        reciprocity.settle(wijk.desk, "oost")
        wijk.review()
        assert [share[0] for share in shares_of(wijk, "Chantal Kaya")] == [Reason.RESIDENT, Reason.YEAR_OF_RESIDENCE]
        wijk.on(date(2027, 1, 1))
        wijk.review()
        assert shares_of(wijk, "Chantal Kaya")[2] == (Reason.EFFORT, 2026, date(2027, 1, 1), 1)
        after = wijk.state()
        assert wijk.desk.act(service.reckon_effort, "oost") == service.ALL_DONE
        assert wijk.state() == after
        wijk.on(date(2027, 6, 1))
        assert wijk.held() == {**HELD, "Chantal Kaya": 3, "Eva Visser": 2, "Bram Bos": 3, "Dirk Kaya": 3}
        assert wijk.desk.ask(faults) == []


class TestTheContract:
    def test_gives_a_share_that_names_the_decision(self, wijk, staff, act):
        command = decided(wijk, staff)
        with pytest.raises(rules.NoContract):
            act(Role.CHAIR, service.grant_for_contract, "p-3", command)
        promised = Promised("Gemeente Meerwijk", "Tien bankjes", date(2026, 6, 1))
        agree_contract(wijk.desk, "oost", 2026, Hands(staff), [promised])
        told = act(Role.CHAIR, service.grant_for_contract, "p-3", command)
        assert [(share.reason, share.year, share.decision_id) for share in told.shares] == [
            (Reason.RESIDENT, 0, None),
            (Reason.NEIGHBOURHOOD_CONTRACT, 2026, command.decision_id),
        ]
        assert wijk.held() == {**HELD, "Chantal Kaya": 2}
        assert wijk.desk.ask(faults) == []
        before = wijk.state()
        for pseudonym, refusal in (("p-3", rules.ContractShareGiven), ("p-1", rules.CapReached)):
            with pytest.raises(refusal):
                act(Role.CHAIR, service.grant_for_contract, pseudonym, command)
        with pytest.raises(rules.HolderNotFound):
            act(Role.CHAIR, service.grant_for_contract, "p-4", command)
        assert wijk.state() == before

    def test_gives_nothing_to_somebody_who_voted_about_it_nor_by_a_decision_of_last_year(self, wijk, staff, act):
        last_year = decided(wijk, staff, date(2025, 12, 31))
        before = wijk.state()
        with pytest.raises(rules.NotOfThisYear):
            act(Role.CHAIR, service.grant_for_contract, "p-3", last_year)
        assert wijk.state() == before

    def test_gives_nothing_where_the_rules_do_not_say_so(self, wijk, staff, act):
        command = decided(wijk, staff)
        lines = [line for line in demo_toml("oost").splitlines() if not line.startswith("contract_")]
        policy = AdoptPolicy(valid_from=date(2026, 3, 3), decided_by="Raadsbesluit 2026-7", toml="\n".join(lines))
        wijk.desk.by(worlds.somebody(Role.ADMINISTRATOR)).act(municipality.adopt_policy, "oost", policy)
        wijk.clock.forward(days=1)
        with pytest.raises(rules.NothingForContracts):
            act(Role.CHAIR, service.grant_for_contract, "p-5", command)
        assert wijk.held() == HELD


class TestSuspended:
    def test_shares_do_not_count_until_that_is_lifted(self, wijk, act):
        told = act(Role.OFFICIAL, service.suspend, "p-3", SuspendShares(reason=WHY))
        assert (told.is_suspended, wijk.totals().suspended_share_count, wijk.held()) == (True, 1, HELD)
        own = wijk.desk.by(wijk.resident("p-3")).ask(queries.own, "oost")
        assert (own.is_suspended, own.suspended_because, own.hand_back_max) == (True, WHY, 0)
        wijk.on(date(2026, 3, 10))
        assert wijk.held() == HELD
        with pytest.raises(rules.Suspended):
            act(Role.OFFICIAL, service.suspend, "p-3", SuspendShares(reason=WHY))
        assert act(Role.OFFICIAL, service.lift, "p-3").suspensions[0].lifted_on == date(2026, 3, 10)
        wijk.on(date(2026, 3, 11))
        assert wijk.held() == {**HELD, "Chantal Kaya": 2}
        assert (wijk.totals().suspended_share_count, wijk.desk.ask(faults)) == (0, [])
        with pytest.raises(rules.NotSuspended):
            act(Role.OFFICIAL, service.lift, "p-3")

    def test_shares_of_who_left_do_not_count_until_they_are_back_or_lapse(self, wijk, act):
        load(wijk.desk, *(line for line in EVERYBODY if line != BRAM), is_full=True)
        assert wijk.totals().suspended_share_count == 2
        assert {each.person.name for each in wijk.register().holders if each.is_suspended} == {"Bram Bos"}
        load(wijk.desk, "p-2;Bram Bos;9901AA;3;;2014;2026-03-02")
        assert wijk.totals().suspended_share_count == 0
        load(wijk.desk, *(line for line in EVERYBODY if line not in {BRAM, CHAN}), is_full=True)
        act(Role.OFFICIAL, service.suspend, "p-3", SuspendShares(reason=WHY))
        wijk.on(date(2026, 6, 2))
        assert (wijk.totals().suspended_share_count, wijk.held()) == (
            0,
            {"Anna Bos": 3, "Eva Visser": 1, "Floor Haddou": 3},
        )
        assert wijk.desk.ask(faults) == []

    def test_are_not_the_shares_of_an_officials_own_household(self, wijk, act):
        own = worlds.somebody(Role.OFFICIAL, "oost")
        housemate = type(own)(id=str(wijk.id_of("p-1")), roles=own.roles)
        before = wijk.state()
        with pytest.raises(rules.OwnShares):
            act(Role.OFFICIAL, service.suspend, "p-2", SuspendShares(reason=WHY), by=housemate)
        assert wijk.state() == before


class TestAMistake:
    def share(self, wijk, pseudonym, year):
        seen = wijk.desk.by(worlds.somebody(Role.AUDITOR)).ask(queries.holder, "oost", wijk.id_of(pseudonym))
        return CorrectShare(share_id=seen.shares[year].id, reason="De datum in het register klopte niet.")

    def test_is_put_right_by_a_transfer_the_other_way_and_stays_so(self, wijk, act):
        told = act(Role.OFFICIAL, service.correct, "p-2", command := self.share(wijk, "p-2", 1))
        assert [(share.ending, share.ending_reason) for share in told.shares] == [
            (None, None),
            (Ending.CORRECTED, command.reason),
        ]
        assert wijk.desk.ask(books)[chart.share("oost", str(wijk.id_of("p-2"))).address] == 1
        own = wijk.desk.by(wijk.resident("p-2")).ask(queries.own, "oost")
        assert (len(own.shares), own.corrected[0].ending_reason) == (1, command.reason)
        wijk.on(date(2026, 3, 4))
        assert wijk.held() == {**HELD, "Bram Bos": 1, "Chantal Kaya": 2}
        wijk.on(date(2027, 3, 4))
        assert [share[1] for share in shares_of(wijk, "Bram Bos")] == [0, 2]
        before = wijk.state()
        for wrong, refusal in ((command, rules.ShareNotFound), (self.share(wijk, "p-2", 0), rules.FirstShare)):
            with pytest.raises(refusal):
                act(Role.OFFICIAL, service.correct, "p-2", wrong)
        with pytest.raises(rules.ShareNotFound):
            act(Role.OFFICIAL, service.correct, "p-1", self.share(wijk, "p-3", 1))
        assert (wijk.state(), wijk.desk.ask(faults)) == (before, [])
