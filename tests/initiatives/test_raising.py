# SPDX-License-Identifier: EUPL-1.2
"""A plan that has money gets more: who decides, by which letter, what the by-law asks, and since when it counts."""

import pytest

from tests.initiatives.conftest import DECIDED
from tests.initiatives.test_awarding import POT, award, letters
from tests.vouchers.conftest import filed
from wijkbudget.initiatives import by_law, queries, service
from wijkbudget.initiatives.by_law import ConditionNotMet
from wijkbudget.initiatives.rules import NotBinding, TooMuchAsked
from wijkbudget.initiatives.schemas import AwardMore, RaiseGrant, Step
from wijkbudget.kit.actor import Role
from wijkbudget.kit.states import WrongState
from wijkbudget.neighbourhoods.rules import Body
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.vouchers import queries as vouchers
from wijkbudget.vouchers.claims import service as claiming
from wijkbudget.vouchers.grants import service as grants
from wijkbudget.vouchers.grants.rules import DecisionKind
from wijkbudget.vouchers.rules import MoreNotKnown

WHY = "De grond bleek vervuild en moet eerst schoon."


@pytest.fixture
def granted(hood):
    """Return Oost where Anna's plan won EUR 5,500 and the council gave it."""
    hood.won, hood.lost, round_id = hood.voted()
    hood.adopt(round_id)
    return hood


def more(town, cents=100_000, by=Role.CHAIR, plan=None, **changed):
    command = RaiseGrant(**town.outcome(**{"motivation": WHY, **changed}).model_dump(), amount_cents=cents)
    desk = town.by(by).once(town.desk.entropy(8).hex())
    return desk.act(service.raise_grant, "oost", plan or town.won, command)


def executive(town, cents=100_000, by=Role.OFFICIAL):
    desk = town.by(by).once(town.desk.entropy(8).hex())
    return desk.act(service.award_more, "oost", town.won, AwardMore(amount_cents=cents, motivation=WHY))


def voucher(town):
    return town.by(town.anna).ask(vouchers.voucher, "oost", town.view(town.won).voucher_id)


def take(town, kind):
    """Let Anna take the decisions of a kind that are for her."""
    for letter in letters(town, town.won):
        if letter.kind is kind and letter.known_on is None:
            town.by(town.anna).act(grants.collect, "oost", letter.id)


def refused(town, kind, act, *args, **changed):
    before = town.state()
    with pytest.raises(kind) as refusal:
        act(town, *args, **changed)
    assert town.state() == before
    return refusal.value


class TestTheCouncil:
    def test_gives_more_by_a_decision_with_its_letter(self, granted):
        more(granted)
        assert granted.money() == {"pot": POT - 650_000, "reserved": 0, "vouchers": 650_000}
        assert (voucher(granted).value_cents, voucher(granted).topped_up_cents) == (650_000, 100_000)
        letter = next(each for each in letters(granted, granted.won) if each.kind is DecisionKind.INCREASE)
        assert (letter.amount_cents, letter.motivation, letter.known_on) == (100_000, WHY, None)
        assert (letter.article, letter.objection_to) == ("Algemene wet bestuursrecht, art. 4:29", Body.EXECUTIVE)
        assert letter.decision_id is not None
        links = granted.desk.ask(queries.chain, "oost", granted.won).links
        assert [link.amount_cents for link in links if link.step is Step.COMMITMENT] == [550_000, 100_000]
        assert granted.faults() == []

    def test_counts_for_nothing_until_the_group_has_the_letter(self, granted):
        more(granted)
        take(granted, DecisionKind.GRANT)
        asked = voucher(granted).id, filed(1, amount_cents=550_001, bought_on=DECIDED)
        before = granted.state()
        with pytest.raises(MoreNotKnown) as refusal:
            granted.by(granted.anna).once("claim").act(claiming.claim, "oost", *asked)
        assert (refusal.value.article, granted.state()) == ("Algemene wet bestuursrecht, art. 3:40", before)
        take(granted, DecisionKind.INCREASE)
        claim = granted.by(granted.anna).once("again").act(claiming.claim, "oost", *asked)
        assert (claim.amount_cents, voucher(granted).left_cents) == (550_001, 99_999)

    def test_keeps_to_the_by_law_with_what_was_granted_before(self, granted):
        refused(granted, TooMuchAsked, more, 1_950_001)
        more(granted, 400_000)
        granted.propose(title="Bankjes", cost_lines=[{"what": "Hout", "amount_cents": 2_500_000}])
        refusal = refused(granted, ConditionNotMet, more, 550_001)
        assert refusal.article == "Verordening wijkbudgetten Meerwijk 2024, art. 4 lid 3"
        assert refusal.text.values["left_cents"] == 1_500_000

    def test_is_said_by_the_chair_and_about_a_plan_with_money(self, granted):
        refused(granted, DoorClosed, more, by=Role.OFFICIAL)
        refused(granted, by_law.CouncilDecides, executive)
        refused(granted, WrongState, more, plan=granted.lost)


class TestTheExecutive:
    def test_gives_more_where_the_council_advises(self, hood):
        hood.let_the_council_advise()
        hood.won, _lost, hood.round_id = hood.voted()
        hood.adopt(hood.round_id)
        award(hood)
        refused(hood, NotBinding, more)
        executive(hood)
        letter = next(each for each in letters(hood, hood.won) if each.kind is DecisionKind.INCREASE)
        assert (letter.body, letter.decision_id, hood.money()["vouchers"]) == (Body.EXECUTIVE, None, 650_000)
        assert hood.faults() == []


class TestThePage:
    def test_lets_the_chair_record_what_the_council_decided(self, client, granted):
        client.log_in(granted.staff[Role.CHAIR])
        page = f"/wijken/oost/initiatieven/{granted.won}/meer-geld"
        assert f"{page}" in client.get(f"/wijken/oost/wijkvouchers/{voucher(granted).id}").text
        assert "Hoeveel erbij?" in client.get(page).text
        members = granted.by(Role.CHAIR).ask(queries.raising, "oost", granted.won).members
        told = {"amount_cents": "1.000,00", "decided_on": "2026-03-16", "motivation": WHY}
        stances = {f"stance.{member.id}": "for" for member in members}
        assert client.post(f"{page}/wijkraad", {**told, **stances, "amount_cents": "0"}).status_code == 400
        assert client.post(f"{page}/wijkraad", {**told, **stances}).status_code == 303
        assert voucher(granted).value_cents == 650_000
