# SPDX-License-Identifier: EUPL-1.2
"""What somebody receives for their time: counted per month and year, warned near a limit, refused above it."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import select

from tests.races.racing import together
from tests.reciprocity.conftest import PLACE
from tests.stores import beside, url_of
from wijkbudget.kit.actor import GUEST, Role, may
from wijkbudget.kit.faults import Fault
from wijkbudget.neighbourhoods.rules import broken_guards
from wijkbudget.neighbourhoods.rules.earning import FeeLimit, VolunteerFeesPolicy
from wijkbudget.neighbourhoods.schemas import read_policy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.reciprocity.fees import queries, rules, service
from wijkbudget.reciprocity.fees.models import FeeEntry, FeeTotal
from wijkbudget.reciprocity.fees.rules import Fee, Form, Source
from wijkbudget.reciprocity.fees.schemas import TellFee
from wijkbudget.reciprocity.rules.entries import PersonNotHere
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.models import TrailEntry
from wijkbudget.trail.work import Look, NotYours, Work, question, verb

TODAY = date(2026, 3, 2)
MONTH, YEAR = 21_000, 210_000
SECTION = read_policy(demo_toml("oost")).volunteer_fees
PAGE, API = f"/wijken/{PLACE}/mijn-vergoedingen", f"/api/v1/neighbourhoods/{PLACE}/people"


@verb(may(Role.SYSTEM))
def give(work: Work, place: str, fee: Fee) -> None:
    """Let somebody receive something, as the verbs of other domains do."""
    service.receive(work, place, fee)


@verb(may(Role.SYSTEM))
def undo(work: Work, place: str, source: Source, about: str) -> str:
    """Undo what somebody received; the place is what the door asks."""
    service.take_off(work, source, about)
    return place


@question(may(Role.SYSTEM), municipal=True)
def faults(look: Look) -> list[Fault]:
    """Return what the proof of fees finds."""
    return list(queries.check(look))


def fee(tuin, amount_cents, on=TODAY, about=None):
    return Fee(
        person_id=tuin.giver.id,
        amount_cents=amount_cents,
        received_on=on,
        form=Form.IN_KIND,
        source=Source.REWARD,
        about=about or str(uuid4()),
    )


def told(amount_cents=5_000, on=TODAY, **changed):
    return TellFee(
        **{"amount_cents": amount_cents, "received_on": on, "given_as": Form.MONEY, "giver": "SV Oost", **changed}
    )


def tell(tuin, command, by=None):
    at = tuin.desk.by(by or tuin.giver).once(str(uuid4()))
    return at.act(service.tell_fee, PLACE, tuin.giver.id, command)


def standing(tuin, by=None):
    return tuin.desk.by(by or tuin.giver).ask(queries.fees_of, PLACE, tuin.giver.id).standing


def kept(tuin):
    """Return all that is kept of fees, and how much the trail says."""
    with tuin.desk.database.read() as session:
        totals = {(row.period, row.amount_cents) for row in session.exec(select(FeeTotal)).all()}
        trail = len(session.exec(select(TrailEntry)).all())
        return totals, len(session.exec(select(FeeEntry)).all()), trail


def refused(tuin, refusal, verb_, *arguments, by=None):
    """See that a verb is refused and that nothing changed."""
    before = kept(tuin)
    at = tuin.desk.by(by).once(str(uuid4())) if by else tuin.desk
    with pytest.raises(refusal) as told_:
        at.act(verb_, PLACE, *arguments)
    assert kept(tuin) == before
    return told_.value


class TestLimits:
    def test_are_those_of_the_year_or_of_the_last_one_that_is_known(self):
        assert rules.limit_on(SECTION.limits, date(2024, 6, 1)).year == 2024
        assert rules.limit_on(SECTION.limits, date(2026, 6, 1)).year == 2025
        assert rules.limit_on(SECTION.limits, date(2020, 6, 1)).year == 2024
        assert (SECTION.limits[-1].month_cents_max, SECTION.limits[-1].year_cents_max) == (MONTH, YEAR)

    @given(
        before=st.integers(0, 30_000),
        earlier=st.integers(0, 220_000),
        more=st.integers(1, 30_000),
    )
    def test_are_never_passed_and_always_reached(self, before, earlier, more):
        section = VolunteerFeesPolicy(
            article="art. 2", warn_percent=80, limits=(FeeLimit(year=2025, month_cents_max=MONTH, year_cents_max=YEAR),)
        )
        fits = before + more <= MONTH and before + earlier + more <= YEAR
        with nullcontext() if fits else pytest.raises(rules.FeeTooHigh):
            rules.demand_within(section, TODAY, before + more, before + earlier + more)

    @pytest.mark.parametrize(
        ("month", "year", "near"),
        [(16_799, 16_799, False), (16_800, 16_800, True), (0, 167_999, False), (0, 168_000, True)],
    )
    def test_are_near_from_four_fifths_on(self, month, year, near):
        assert rules.is_near(SECTION, TODAY, month, year) is near


class TestTheGuards:
    @pytest.mark.parametrize(
        "limits",
        [
            SECTION.limits[::-1],
            SECTION.limits[:1] * 2,
            (FeeLimit(year=2025, month_cents_max=MONTH, year_cents_max=MONTH - 1),),
        ],
    )
    def test_refuse_years_out_of_order_and_a_year_below_its_month(self, limits):
        policy = read_policy(demo_toml("oost"))
        assert list(broken_guards(policy)) == []
        wrong = replace(policy, volunteer_fees=replace(SECTION, limits=limits))
        assert [section for section, _text in broken_guards(wrong)] == [wrong.volunteer_fees]


class TestReceive:
    def test_counts_in_the_month_and_the_year_of_its_day(self, tuin):
        tuin.desk.act(give, PLACE, fee(tuin, 4_000, on=date(2026, 1, 31)))
        tuin.desk.act(give, PLACE, fee(tuin, 5_000))
        shown = standing(tuin)
        assert (shown.month_cents, shown.year_cents, shown.is_near) == (5_000, 9_000, False)
        assert kept(tuin)[0] == {("2026-01", 4_000), ("2026-03", 5_000), ("2026", 9_000)}
        assert tuin.desk.ask(faults) == []

    def test_takes_the_last_cent_and_refuses_the_next(self, tuin):
        tuin.desk.act(give, PLACE, fee(tuin, MONTH))
        assert standing(tuin).is_near
        refusal = refused(tuin, rules.FeeTooHigh, give, fee(tuin, 1))
        assert refusal.article == "Wet op de loonbelasting 1964, art. 2 lid 6"
        assert refusal.text.values == {"most_cents": MONTH}

    def test_refuses_what_is_too_much_for_the_year(self, tuin):
        for month in range(1, 11):
            tuin.desk.act(give, PLACE, fee(tuin, MONTH, on=date(2026, month, 1)))
        assert refused(tuin, rules.FeeTooHigh, give, fee(tuin, 1, on=date(2026, 11, 1))).text.values == {
            "most_cents": YEAR
        }
        tuin.desk.act(give, PLACE, fee(tuin, MONTH, on=date(2027, 1, 1)))

    def test_is_taken_off_whole_and_once(self, tuin):
        tuin.desk.act(give, PLACE, fee(tuin, MONTH, about="one"))
        tuin.desk.act(undo, PLACE, Source.REWARD, "one")
        once = kept(tuin)
        tuin.desk.act(undo, PLACE, Source.REWARD, "one")
        assert kept(tuin) == once
        assert (standing(tuin).month_cents, once[1]) == (0, 2)
        tuin.desk.act(give, PLACE, fee(tuin, MONTH))
        assert tuin.desk.ask(faults) == []

    def test_lets_one_of_two_in_that_do_not_fit_together(self, tuin):
        made = together(*(lambda: tuin.desk.act(give, PLACE, fee(tuin, 12_000)) for _each in range(4)))
        assert sorted(each or "received" for each in made) == ["FeeTooHigh"] * 3 + ["received"]
        assert standing(tuin).month_cents == 12_000
        assert tuin.desk.ask(faults) == []

    def test_is_refused_where_no_rules_say_how_much(self, tuin):
        before = kept(tuin)
        with pytest.raises(rules.NoFeeLimits):
            tuin.desk.act(give, "west", fee(tuin, 1))
        assert kept(tuin) == before


class TestFromElsewhere:
    def test_is_told_by_the_person_and_leaves_less_to_receive_here(self, tuin):
        found = tell(tuin, told(20_000))
        assert [(each.amount_cents, each.giver, each.may_withdraw) for each in found.fees] == [
            (20_000, "SV Oost", True)
        ]
        refused(tuin, rules.FeeTooHigh, give, fee(tuin, 1_001))
        tuin.desk.act(give, PLACE, fee(tuin, 1_000))

    def test_is_a_fact_and_never_too_much(self, tuin):
        assert tell(tuin, told(30_000)).standing.is_over
        refused(tuin, rules.FeeTooHigh, give, fee(tuin, 1))

    def test_is_taken_off_by_whoever_told_it(self, tuin):
        found = tell(tuin, told())
        mine = tuin.desk.by(tuin.giver)
        after = mine.act(service.withdraw_fee, PLACE, tuin.giver.id, found.fees[0].id)
        assert (after.standing.year_cents, [each.amount_cents for each in after.fees]) == (0, [5_000, -5_000])
        assert after.fees[0].is_taken_off
        assert not any(each.may_withdraw for each in after.fees)
        refused(tuin, rules.WithdrawnBefore, service.withdraw_fee, tuin.giver.id, found.fees[0].id, by=tuin.giver)

    def test_is_not_taken_off_by_the_person_if_an_official_told_it(self, tuin):
        official = tuin.staff[Role.OFFICIAL]
        fee_id = tell(tuin, told(), by=official).fees[0].id
        refused(tuin, rules.ToldByOther, service.withdraw_fee, tuin.giver.id, fee_id, by=tuin.giver)
        tuin.desk.by(official).act(service.withdraw_fee, PLACE, tuin.giver.id, fee_id)
        assert standing(tuin).year_cents == 0

    def test_is_all_that_can_be_taken_off_by_hand(self, tuin):
        tuin.desk.act(give, PLACE, fee(tuin, 100))
        found = tuin.desk.by(tuin.giver).ask(queries.fees_of, PLACE, tuin.giver.id).fees[0]
        assert not found.may_withdraw
        refused(tuin, rules.NotToldHere, service.withdraw_fee, tuin.giver.id, found.id, by=tuin.giver)
        refused(tuin, rules.FeeNotFound, service.withdraw_fee, tuin.giver.id, uuid4(), by=tuin.giver)

    @pytest.mark.parametrize("on", [TODAY + timedelta(days=1), date(2024, 12, 31)])
    def test_is_of_this_year_or_the_last_one(self, tuin, on):
        assert set(
            refused(tuin, rules.NoFeeThatDay, service.tell_fee, tuin.giver.id, told(on=on), by=tuin.giver).fields
        ) == {"received_on"}


class TestTheProof:
    @pytest.mark.parametrize(
        ("change", "found"),
        [
            ("UPDATE fee_total SET amount_cents = 1 WHERE period = '2026'", "period 2026"),
            ("UPDATE fee SET amount_cents = -99 WHERE amount_cents = -100", "fee "),
        ],
    )
    def test_finds_what_was_tampered_with(self, tuin, change, found):
        tuin.desk.act(give, PLACE, fee(tuin, 100, about="one"))
        tuin.desk.act(undo, PLACE, Source.REWARD, "one")
        assert tuin.desk.ask(faults) == []
        with beside(url_of(tuin.desk), is_tampering=True) as connection:
            assert connection.execute(text(change)).rowcount == 1
        assert any(fault.about.startswith(found) for fault in tuin.desk.ask(faults))


class TestWhoSees:
    def test_are_the_person_and_whoever_pays(self, tuin):
        tell(tuin, told())
        for role in (Role.OFFICIAL, Role.CASHIER):
            assert standing(tuin, by=tuin.staff[role]).year_cents == 5_000
        for stranger in (GUEST, tuin.staff[Role.COUNCIL], tuin.staff[Role.AUDITOR]):
            with pytest.raises(DoorClosed):
                standing(tuin, by=stranger)
        for neighbour in (tuin.neighbour, tuin.housemate):
            with pytest.raises(NotYours):
                standing(tuin, by=neighbour)
        refused(tuin, NotYours, service.tell_fee, tuin.giver.id, told(), by=tuin.neighbour)
        with pytest.raises(PersonNotHere):
            tuin.desk.by(tuin.staff[Role.CASHIER]).ask(queries.fees_of, PLACE, str(uuid4()))

    def test_leaves_no_amount_and_no_person_in_the_open_part_of_the_trail(self, tuin):
        tell(tuin, told(12_345))
        with tuin.desk.database.read() as session:
            said = [each for each in session.exec(select(TrailEntry)).all() if each.kind.endswith("FeeReceived")]
        assert "12345" not in str(said[0].facts)
        assert tuin.giver.id not in str(said[0].facts)


class TestPage:
    def test_shows_the_limits_and_takes_what_came_from_elsewhere(self, tuin, client):
        client.log_in(tuin.giver)
        assert "€ 0,00 van hoogstens € 210,00" in client.get(PAGE).text.replace("\N{NO-BREAK SPACE}", " ")
        here = f"/wijken/{PLACE}/bewoners/{tuin.giver.id}/vergoedingen"
        fields = {"giver": "SV Oost", "amount_cents": "170", "given_as": "money", "received_on": "2026-03-01"}
        assert client.post(here, fields).headers["location"] == here
        page = client.get(PAGE).text
        assert "SV Oost" in page
        assert "80 procent" in page
        assert client.post(here, {**fields, "received_on": "2030-01-01"}).status_code == 400
        fee_id = client.client.get(f"{API}/{tuin.giver.id}/fees").json()["fees"][0]["id"]
        assert client.post(f"{here}/{fee_id}/intrekken").headers["location"] == here
        assert "telt niet meer" in client.get(PAGE).text

    def test_is_asked_by_the_api_in_the_same_words(self, tuin, client):
        client.log_in(tuin.giver)
        body = {"giver": "SV Oost", "amountCents": 500, "givenAs": "in_kind", "receivedOn": "2026-03-01"}
        made = client.send(f"{API}/{tuin.giver.id}/fees", body).json()
        assert (made["standing"]["yearCents"], made["fees"][0]["form"]) == (500, "in_kind")
        after = client.send(f"{API}/{tuin.giver.id}/fees/{made['fees'][0]['id']}/withdrawal").json()
        assert after["standing"]["yearCents"] == 0
