# SPDX-License-Identifier: EUPL-1.2
"""Giving on pages and over the API, with a stand-in that really listens and news that really is sent."""

import json
import re
from datetime import timedelta
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import UUID

import pytest

from tests.conftest import ORIGIN
from tests.payments.conftest import CASHIER, state
from tests.payments.contributions.conftest import PLAN, give_back
from tests.payments.contributions.till import SECRETS, choose, listening, session_of, settings_of
from wijkbudget.app.gifts import GiftErrands
from wijkbudget.app.jobs import Jobs
from wijkbudget.identity import queries as identity
from wijkbudget.identity import service as register
from wijkbudget.identity.schemas import AddPerson
from wijkbudget.kit.actor import Role
from wijkbudget.payments.contributions.rules import CHECKOUT, REFUND
from wijkbudget.payments.deposits import queries as deposits
from wijkbudget.payments.deposits.rules import PARTS, DepositState
from wijkbudget.payments.providers import provider_of
from wijkbudget.payments.providers.fake.till import signed
from wijkbudget.payments.providers.port import DepositLine

NOTICES = "/api/v1/payment-notices"


class House:
    """The pages, the errands and a stand-in for the provider, side by side."""

    def __init__(self, giving, client, clock, till):
        self.giving, self.client, self.clock, self.till = giving, client, clock, till
        self.sent = 0

    def begin(self, **more):
        """Fill in the form, and return where the gift is followed."""
        path = f"/wijken/oost/geven/{self.giving.plan.id}"
        answer = self.client.post(path, {"amount_cents": "25,00", "giver": "person", **more})
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    def run(self, provider=None):
        errands = GiftErrands(self.giving.desk, provider or provider_of(settings_of(self.till)), ORIGIN)
        Jobs(
            self.giving.desk,
            {
                CHECKOUT: errands.open,
                REFUND: errands.refund,
                PARTS: errands.ask_parts,
                "mail": lambda mail: None,
            },
        ).run_once()

    def url(self, path):
        return re.search(r'href="([^"]*/pay/[^"]*)"', self.client.get(path).text)[1]

    def bring(self):
        """Bring what happened at the stand-in since the last time."""
        for event in self.till.events[self.sent :]:
            assert self.post(event).status_code == 200
        self.sent = len(self.till.events)

    def post(self, event, secret=SECRETS[0], at=None):
        body = json.dumps(event).encode()
        headers = {
            "Stripe-Signature": signed(body, secret, at or self.clock()),
            "Content-Type": "application/json; charset=utf-8",
        }
        return self.client.client.post(NOTICES, content=body, headers=headers)


@pytest.fixture
def house(giving, client, clock, front):
    with listening(clock) as till:
        inside = front.app.app.app
        inside.state.payments = provider_of(settings_of(till))
        yield House(giving, client, clock, till)
        inside.state.payments = None


def test_a_gift_goes_from_the_form_to_the_bank_and_back(house):
    path = house.begin(name="Bakkerij De Korst", is_name_shown="yes")
    waiting = house.client.get(path)
    assert (waiting.status_code, waiting.headers["refresh"]) == (200, "4")
    house.run()
    assert choose(house.url(path), "ideal").endswith(path)
    house.bring()
    thanked = house.client.get(path)
    assert "refresh" not in thanked.headers
    assert "25,00" in thanked.text
    plan = f"/wijken/oost/geven/{house.giving.plan.id}"
    assert "Bakkerij De Korst" in house.client.get(plan).text
    assert "Haal mijn naam weg" in thanked.text
    assert house.client.post(f"{path}/anoniem").headers["location"] == path
    assert "Bakkerij De Korst" not in house.client.get(plan).text
    house.giving.desk.act(give_back, "oost", PLAN)
    house.run()
    house.bring()
    gift = house.client.get(path.replace("/giften/", "/api/v1/gifts/")).json()
    assert (gift["state"], gift["refunds"][0]["state"]) == ("refunded", "done")
    assert house.giving.faults() == []


def test_gifts_go_from_the_provider_to_the_bank_and_what_they_cost_is_booked(house):
    """Two gifts, one of them disputed; the bank refuses the first deposit, and all comes with the second."""
    for way in ("ideal", "card"):
        path = house.begin()
        house.run()
        choose(house.url(path), way)
    house.bring()
    failed = house.till.pay_out()
    house.bring()
    house.run()
    house.till.fail_payout(failed)
    house.till.dispute(list(house.till.charges)[1])
    sent = house.till.pay_out()
    house.bring()
    house.run()
    at = house.giving.desk.by(CASHIER)
    book = at.ask(deposits.deposit_book)
    assert (book.held_cents, book.fee_cents) == (2_500 - 29 - 62 - 2_000, 29 + 62 + 2_000)
    assert {each.id: (each.state, each.parts_cents, each.differences) for each in book.deposits} == {
        failed: (DepositState.FAILED, 4_909, []),
        sent: (DepositState.SENT, 409, []),
    }
    house.giving.read_statement(409, house.till.balance.payouts[sent]["trace_id"]["value"])
    book = at.ask(deposits.deposit_book)
    assert (book.held_cents, book.sent_cents) == (0, 0)
    assert [each.state for each in book.deposits if each.id == sent] == [DepositState.ARRIVED]
    unknown = DepositLine(id="txn_x", news=None, object_id="adj_x", amount_cents=100, fee_cents=0)
    house.giving.deposit(unknown, name="po_x", reference=None)
    assert house.giving.faults() == []
    made = house.giving.desk.act(register.appoint, AddPerson(name="Kas", role=Role.CASHIER))
    house.client.log_in(house.giving.desk.ask(identity.actor, UUID(made.person.id)))
    shown = house.client.get("/betalingen/stortingen").text
    for words in ("op de bankrekening", "mislukt; het geld komt met een latere storting", "Wij weten niet wat dit is."):
        assert words in shown


@pytest.mark.parametrize(("choice", "state"), [("fail", "failed"), ("expire", "expired"), ("cancel", "opened")])
def test_a_gift_that_is_not_paid_says_so(house, choice, state):
    path = house.begin()
    house.run()
    choose(house.url(path), choice)
    house.bring()
    assert house.client.get(path.replace("/giften/", "/api/v1/gifts/")).json()["state"] == state


def test_a_provider_that_is_away_loses_nothing_and_the_gift_goes_on_later(house):
    path = house.begin()
    house.run(provider_of(settings_of(house.till, address="http://127.0.0.1:1")))
    assert "/pay/" not in house.client.get(path).text
    house.run()
    assert choose(house.url(path), "card")


def test_a_provider_that_is_tried_twice_makes_one_pay_page(house):
    path = house.begin()
    errands = GiftErrands(house.giving.desk, provider_of(settings_of(house.till)), ORIGIN)
    gift = house.client.get(path.replace("/giften/", "/api/v1/gifts/")).json()
    errands.open({"contribution": gift["id"]})
    errands.open({"contribution": gift["id"]})
    assert list(house.till.sessions) == [session_of(house.url(path))]


class TestNews:
    @pytest.fixture
    def event(self, house):
        path = house.begin()
        house.run()
        choose(house.url(path), "ideal")
        return house.till.events[-1]

    @pytest.mark.parametrize("wrong", [{"secret": "whsec_stolen"}, {"old": 301}, {"old": -301}])
    def test_that_is_not_signed_or_old_changes_nothing_and_the_right_one_still_comes_in(self, house, event, wrong):
        before = house.giving.desk.ask(state)
        at = house.clock() - timedelta(seconds=wrong.get("old", 0))
        refused = house.post(event, wrong.get("secret", SECRETS[0]), at)
        assert (refused.status_code, refused.headers["content-type"]) == (400, "application/problem+json")
        assert house.giving.desk.ask(state) == before
        house.bring()
        assert house.giving.collected().given_cents == 2_500

    def test_that_is_sent_again_changes_nothing(self, house, event):
        house.bring()
        before = house.giving.desk.ask(state)
        assert house.post(event).status_code == 200
        assert house.giving.desk.ask(state) == before


def test_without_a_provider_nobody_can_give(giving, client):
    path = f"/wijken/oost/geven/{giving.plan.id}"
    assert client.post(path, {"amount_cents": "25,00"}).status_code == 409
    assert client.send(f"/api/v1/neighbourhoods/oost/gift-collections/{giving.plan.id}/gifts", {}).status_code in {
        400,
        409,
    }
    assert client.send(NOTICES, {}).status_code == 409


@pytest.mark.parametrize("cents", [True, "5", 5.0, 2**63, 0, -1, 1e3])
def test_an_amount_that_is_no_whole_number_of_cents_is_refused(house, cents):
    path = f"/api/v1/neighbourhoods/oost/gift-collections/{house.giving.plan.id}/gifts"
    before = house.giving.desk.ask(state)
    assert house.client.send(path, {"amountCents": cents}).status_code == 400
    assert house.giving.desk.ask(state) == before


def test_a_mistyped_code_says_so(house):
    answer = house.client.get("/giften?code=ABCD-EFGH-JKMN-PQRS")
    assert (answer.status_code, 'role="alert"' in answer.text) == (404, True)
    assert house.client.get("/giften/ABCD").status_code == 404


def test_the_stand_in_takes_no_live_key(house):
    asked = Request(f"{house.till.address}/v1/refunds", b"", {"Authorization": "Bearer sk_live_1"})
    with pytest.raises(HTTPError) as refused:
        urlopen(asked)
    refused.value.close()
    assert refused.value.code == 401
