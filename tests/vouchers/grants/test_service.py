# SPDX-License-Identifier: EUPL-1.2
"""From a grant that nobody knows yet to money that comes back, at the desk."""

import json
from datetime import date, timedelta

import pytest

from tests.vouchers.conftest import HOUSE, faults, filed, pay_first, read, refused
from tests.worlds import GRANTED, somebody
from wijkbudget.kit.actor import GUEST, SYSTEM, Role
from wijkbudget.kit.states import WrongState
from wijkbudget.ledger import chart
from wijkbudget.ledger import queries as ledger
from wijkbudget.ledger import service as books
from wijkbudget.ledger.rules import Reservation
from wijkbudget.trail import errands
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import Look, NotYours, Work, question, verb
from wijkbudget.vouchers import rules as ends
from wijkbudget.vouchers import service as vouchers
from wijkbudget.vouchers.claims import service as claiming
from wijkbudget.vouchers.grants import queries, rules, service
from wijkbudget.vouchers.grants.rules import DecisionKind, Ground, Way
from wijkbudget.vouchers.grants.schemas import LowerVoucher, MakeKnown
from wijkbudget.vouchers.queries import voucher as voucher_of
from wijkbudget.vouchers.rules import VoucherState
from wijkbudget.vouchers.schemas import AccountFor, IssueVoucher, TakeBack

TODAY = date(2026, 3, 2)
TOLD = AccountFor(done="We planted forty berry bushes.", finished_on=TODAY)
HEARD = {"heard_on": date(2026, 3, 1), "heard_note": "De kweker had er niet meer."}
LESS = LowerVoucher(settled_cents=10_000, ground=Ground.NOT_DONE, motivation="Er staan maar twintig struiken.", **HEARD)


@verb(HOUSE)
def issue_unknown(work: Work, place: str, like, holders: list[str]):
    """Issue a voucher of EUR 500 whose grant nobody was told."""
    pot, reserved = chart.pot(place, 2026), chart.reserved(place, 2026)
    books.reserve(work, place, Reservation(reference="award Bankje", source=pot, held=reserved, amount=50_000))
    command = IssueVoucher(
        year=2026,
        reservation="award Bankje",
        about="Bankje",
        title="Bankje",
        holders=holders,
        organisation_id=None,
        decision_id=like.decision_id,
        value_cents=50_000,
        **GRANTED,
    )
    return vouchers.issue(work, place, command)


@question(HOUSE)
def reclaimed(look: Look, place: str, voucher_id) -> int:
    return ledger.balance(look, chart.reclaimed(place, 2026, voucher_id))


@pytest.fixture
def new(group):
    """Return a voucher of Anna and Bart whose grant was not made known yet."""
    return group.desk.act(issue_unknown, "oost", read(group), [group.anna.id, group.bart.id])


def grant_of(group, voucher):
    found = group.desk.by(group.staff[Role.OFFICIAL]).ask(queries.grant_decisions, "oost", voucher.about)
    return next(each for each in found if each.kind is DecisionKind.GRANT)


def settled(group, command=None):
    """Let the group spend EUR 125 and account for it, and settle."""
    group.approve(group.claim().id)
    pay_first(group)
    group.as_(group.anna).act(vouchers.account_for, "oost", group.voucher_id, TOLD)
    settle = (vouchers.settle_lower, command) if command else (vouchers.settle,)
    return group.as_(Role.COUNCIL).act(settle[0], "oost", group.voucher_id, *settle[1:])


class TestAGrant:
    def test_says_who_decided_and_is_for_every_holder(self, group, new):
        grant = grant_of(group, new)
        assert (grant.amount_cents, grant.motivation, grant.power_article) == (50_000, "Zo is gestemd.", "art. 9")
        assert (grant.body, grant.objection_to, len(grant.receivers)) == ("council", "executive", 2)
        assert (grant.known_on, grant.objection_until) == (None, None)
        assert group.desk.ask(faults) == []

    def test_leaves_a_letter_for_each_holder(self, group, new):
        letter = group.desk.by(SYSTEM).ask(errands.waiting)[-1]
        assert (letter.kind, letter.payload["title"], letter.payload["amount_cents"]) == (
            rules.ERRAND,
            "Bankje",
            50_000,
        )
        assert len(letter.payload["addressed"]) == 2
        assert json.dumps(letter.payload)

    def test_is_read_by_its_group_and_staff_only(self, group, new):
        grant = grant_of(group, new)
        for reader in (group.outsider, GUEST):
            assert group.desk.by(reader).ask(queries.grant_decisions, "oost") == []
        assert len(group.desk.by(group.anna).ask(queries.grant_decisions, "oost")) == 2
        with pytest.raises(NotYours):
            group.desk.by(group.outsider).ask(queries.grant_decision, "oost", grant.id)
        with pytest.raises(rules.GrantDecisionNotFound):
            group.desk.by(somebody(Role.OFFICIAL, "west")).ask(queries.grant_decision, "west", grant.id)


class TestMakingKnown:
    def test_comes_before_anything_is_asked_or_paid(self, group, new):
        refusal = refused(group, rules.NotMadeKnown, claiming.claim, new.id, filed(7), by=group.anna)
        assert refusal.article == "Algemene wet bestuursrecht, art. 3:40"
        group.as_(group.bart).act(service.collect, "oost", grant_of(group, new).id)
        assert group.as_(group.anna).act(claiming.claim, "oost", new.id, filed(7)).amount_cents == 12_500

    def test_begins_the_six_weeks_on_the_day_after(self, group, new, clock):
        clock.forward(days=14)
        command = MakeKnown(decisions=[grant_of(group, new).id], known_on=date(2026, 3, 16))
        [grant] = group.as_(Role.OFFICIAL).act(service.make_known, "oost", command)
        assert (grant.known_on, grant.known_way) == (date(2026, 3, 16), Way.SENT)
        assert grant.objection_until == date(2026, 4, 28)

    def test_happens_once(self, group, new):
        grant = grant_of(group, new)
        group.as_(group.anna).act(service.collect, "oost", grant.id)
        command = MakeKnown(decisions=[grant.id], known_on=TODAY)
        refused(group, rules.KnownBefore, service.make_known, command, by=Role.OFFICIAL)
        refused(group, rules.KnownBefore, service.collect, grant.id, by=group.bart)

    @pytest.mark.parametrize("days", [-1, 1])
    def test_is_not_before_the_decision_nor_to_come(self, group, new, days):
        command = MakeKnown(decisions=[grant_of(group, new).id], known_on=TODAY + timedelta(days=days))
        refusal = refused(group, rules.KnownTooEarly, service.make_known, command, by=Role.OFFICIAL)
        assert refusal.fields.keys() == {"known_on"}

    def test_is_for_who_sends_it_and_whom_it_is_for(self, group, new):
        grant = grant_of(group, new)
        refused(group, NotYours, service.collect, grant.id, by=group.outsider)
        command = MakeKnown(decisions=[grant.id], known_on=TODAY)
        for who in (group.anna, Role.CASHIER, Role.AUDITOR):
            refused(group, DoorClosed, service.make_known, command, by=who)


class TestSettling:
    def test_as_granted_is_a_decision_without_a_ground(self, group):
        settled(group)
        decided = group.desk.by(group.anna).ask(queries.grant_decisions, "oost")[0]
        assert (decided.kind, decided.ground, decided.amount_cents) == (DecisionKind.SETTLEMENT, None, 12_500)
        assert (decided.article, decided.owed_cents) == ("Algemene wet bestuursrecht, art. 4:46 lid 1", 0)

    def test_for_less_lets_the_group_pay_the_difference_back(self, group):
        voucher = settled(group, LESS)
        assert (voucher.state, voucher.owed_cents) == (VoucherState.SETTLED, 2_500)
        assert group.money() == {"pot": 10_487_500, "reserved": 0, "voucher": 0, "paid": 12_500}
        decided = group.desk.by(group.anna).ask(queries.grant_decisions, "oost")[0]
        assert (decided.ground, decided.amount_cents, decided.owed_cents) == (Ground.NOT_DONE, 10_000, 2_500)
        for cents in (1_000, 1_500):
            back = group.as_(Role.CASHIER).act(
                vouchers.take_back, "oost", group.voucher_id, TakeBack(amount_cents=cents)
            )
        assert (back.owed_cents, back.paid_back_cents, group.money()["pot"]) == (0, 2_500, 10_490_000)
        assert group.desk.ask(reclaimed, "oost", group.voucher_id) == -2_500
        assert group.desk.ask(faults) == []

    def test_takes_back_no_more_than_is_owed(self, group):
        settled(group, LESS)
        more = TakeBack(amount_cents=2_501)
        refusal = refused(group, ends.MoreThanOwed, vouchers.take_back, group.voucher_id, more, by=Role.CASHIER)
        assert "€25.00" in str(refusal.text)

    def test_for_less_needs_less_and_a_ground_of_the_law(self, group):
        settle = group.voucher_id
        group.approve(group.claim().id)
        pay_first(group)
        group.as_(group.anna).act(vouchers.account_for, "oost", settle, TOLD)
        same, other = LESS.model_copy(update={"settled_cents": 12_500}), {"ground": Ground.CEILING}
        refused(group, ends.NotLower, vouchers.settle_lower, settle, same, by=Role.COUNCIL)
        refused(
            group, rules.GroundMissing, vouchers.settle_lower, settle, LESS.model_copy(update=other), by=Role.COUNCIL
        )

    def test_can_become_less_for_five_years(self, group, clock):
        changed = LESS.model_copy(update={"ground": Ground.NEW_FACTS})
        refused(group, WrongState, vouchers.lower_settlement, group.voucher_id, changed, by=Role.COUNCIL)
        settled(group)
        decided = group.desk.by(group.anna).ask(queries.grant_decisions, "oost")[0]
        group.as_(group.anna).act(service.collect, "oost", decided.id)
        clock.forward(days=5 * 365)
        voucher = group.as_(Role.OFFICIAL).act(vouchers.lower_settlement, "oost", group.voucher_id, changed)
        assert voucher.owed_cents == 2_500
        assert group.desk.ask(faults) == []
        clock.forward(days=1)
        again = changed.model_copy(update={"settled_cents": 1})
        refused(group, rules.TooLongAgo, vouchers.lower_settlement, group.voucher_id, again, by=Role.OFFICIAL)


class TestPages:
    def test_let_an_official_say_when_letters_were_sent(self, client, group, new):
        client.log_in(group.staff[Role.OFFICIAL])
        grant = grant_of(group, new)
        assert "Bankje" in client.get("/wijken/oost/beschikkingen").text
        told = {"decisions": str(grant.id), "way": "sent", "known_on": "2026-03-02"}
        assert client.post("/wijken/oost/beschikkingen/bekendmaken", told).status_code == 303
        seen = client.get(f"/wijken/oost/beschikkingen/{grant.id}").text
        assert "13 april 2026" in seen

    def test_let_a_group_take_its_decision_and_ask_for_money(self, client, group, new):
        client.log_in(group.anna)
        path = f"/wijken/oost/wijkvouchers/{new.id}"
        assert f"{path}/declaraties/nieuw" not in client.get(path).text
        grant = group.desk.by(group.anna).ask(voucher_of, "oost", new.id).grant_id
        assert f"/wijken/oost/beschikkingen/{grant}" in client.get(path).text
        assert client.post(f"/wijken/oost/beschikkingen/{grant}/ontvangst").status_code == 303
        assert f"{path}/declaraties/nieuw" in client.get(path).text

    def test_let_the_council_settle_for_less_and_the_cashier_book_what_comes_back(self, client, group):
        group.approve(group.claim().id)
        pay_first(group)
        group.as_(group.anna).act(vouchers.account_for, "oost", group.voucher_id, TOLD)
        path = f"/wijken/oost/wijkvouchers/{group.voucher_id}"
        client.log_in(group.staff[Role.COUNCIL])
        wrong = client.post(f"{path}/lager", {"settled_cents": "100,00", "motivation": "Minder."})
        assert (wrong.status_code, "Kies waarom" in wrong.text or "Vul dit in" in wrong.text) == (400, True)
        heard = {"heard_on": "2026-03-01", "heard_note": HEARD["heard_note"]}
        told = {
            "settled_cents": "100,00",
            "ground": "not_done",
            "motivation": "Er staan maar twintig struiken.",
            **heard,
        }
        assert client.post(f"{path}/lager", told).status_code == 303
        client.log_in(group.staff[Role.CASHIER])
        assert f"{path}/terugbetalen" in client.get(path).text
        assert client.post(f"{path}/terugbetalen", {"amount_cents": "25,00"}).status_code == 303
        assert group.money()["pot"] == 10_490_000
