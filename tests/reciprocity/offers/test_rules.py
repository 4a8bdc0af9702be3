# SPDX-License-Identifier: EUPL-1.2
"""What fits what, in which order, and who can do what with a pairing."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkbudget.kit.states import WrongState
from wijkbudget.reciprocity.offers import rules
from wijkbudget.reciprocity.offers.rules import LIVE, Offered, PairingState, Reason, Wanted, Weekday, fit, fit_order
from wijkbudget.reciprocity.rules import tasks

SATURDAY = date(2026, 3, 7)
LAST = date(2026, 12, 31)


def wanted(theme=None, quarter=None, on_day=None):
    return Wanted(theme=theme, quarter=quarter, on_day=on_day)


def offered(themes=(), quarter=None, weekdays=(), on_day=None, last_on=LAST):
    return Offered(
        themes=frozenset(themes), quarter=quarter, weekdays=frozenset(weekdays), on_day=on_day, last_on=last_on
    )


class TestFit:
    def test_says_all_that_is_the_same(self):
        found = fit(wanted("groen", "BU1", SATURDAY), offered(["groen", "zorg"], "BU1", [Weekday.SATURDAY]))
        assert found == (Reason.THEME, Reason.QUARTER, Reason.DAY)

    def test_lets_what_is_left_open_fit_without_a_reason(self):
        assert fit(wanted(), offered(["groen"], "BU1", [Weekday.SATURDAY])) == ()
        assert fit(wanted("groen", "BU1", SATURDAY), offered()) == ()

    @pytest.mark.parametrize(
        ("task", "offer"),
        [
            (wanted("groen"), offered(["zorg"])),
            (wanted(quarter="BU1"), offered(quarter="BU2")),
            (wanted(on_day=SATURDAY), offered(weekdays=[Weekday.SUNDAY])),
            (wanted(on_day=SATURDAY), offered(on_day=date(2026, 3, 8))),
            (wanted(on_day=SATURDAY), offered(last_on=date(2026, 3, 6))),
            (wanted("zorg", "BU1", SATURDAY), offered(["zorg"], "BU2", [Weekday.SATURDAY])),
        ],
        ids=["theme", "place", "weekday", "day", "over by then", "one of three"],
    )
    def test_needs_nothing_that_differs(self, task, offer):
        assert fit(task, offer) is None

    def test_holds_until_and_with_the_last_day(self):
        assert fit(wanted(on_day=SATURDAY), offered(last_on=SATURDAY)) == ()
        assert fit(wanted(on_day=SATURDAY), offered(on_day=SATURDAY)) == (Reason.DAY,)

    @given(
        st.builds(wanted, st.sampled_from([None, "groen"]), st.sampled_from([None, "BU1"]), st.just(SATURDAY)),
        st.builds(
            offered,
            st.sets(st.sampled_from(["groen", "zorg"])),
            st.sampled_from([None, "BU1", "BU2"]),
            st.sets(st.sampled_from(list(Weekday))),
        ),
    )
    def test_is_never_lost_by_asking_for_less(self, task, offer):
        if fit(task, offer) is not None:
            for name in ("theme", "quarter", "on_day"):
                assert fit(replace(task, **{name: None}), offer) is not None

    def test_comes_first_with_more_and_stronger_reasons(self):
        theme, place, day = Reason
        kinds = [(), (day,), (place,), (theme,), (place, day), (theme, day), (theme, place), (theme, place, day)]
        assert sorted(kinds, key=fit_order) == kinds[::-1]


class TestAPairing:
    def test_is_answered_by_the_other_side_and_taken_back_by_the_one_that_proposed(self):
        now = PairingState.PROPOSED
        assert rules.next_states(now, is_proposer=False) == (PairingState.ACCEPTED, PairingState.DECLINED)
        assert rules.next_states(now, is_proposer=True) == (PairingState.WITHDRAWN,)
        with pytest.raises(WrongState, match="Wait for the answer"):
            rules.demand_step(now, PairingState.ACCEPTED, is_proposer=True)
        with pytest.raises(WrongState, match="yes or no"):
            rules.demand_step(now, PairingState.FINISHED, is_proposer=False)

    @pytest.mark.parametrize("is_proposer", [True, False])
    def test_is_finished_or_called_off_by_both(self, is_proposer):
        now = PairingState.ACCEPTED
        assert rules.next_states(now, is_proposer=is_proposer) == (PairingState.FINISHED, PairingState.WITHDRAWN)

    @pytest.mark.parametrize("state", [state for state in PairingState if state not in LIVE])
    def test_stays_as_it_ended(self, state):
        for then in PairingState:
            with pytest.raises(WrongState):
                rules.demand_step(state, then, is_proposer=True)
        with pytest.raises(WrongState):
            rules.demand_writable(state, 0)

    def test_takes_messages_once_both_said_yes_up_to_a_number(self):
        rules.demand_writable(PairingState.ACCEPTED, rules.MESSAGES_MAX - 1)
        with pytest.raises(rules.TooManyMessages):
            rules.demand_writable(PairingState.ACCEPTED, rules.MESSAGES_MAX)
        with pytest.raises(WrongState, match="when both said yes"):
            rules.demand_writable(PairingState.PROPOSED, 0)


class TestAnOffer:
    def test_lasts_as_said_else_its_one_day_else_a_year(self):
        today = date(2026, 3, 2)
        assert rules.last_day(LAST, SATURDAY, today) == LAST
        assert rules.last_day(None, SATURDAY, today) == SATURDAY
        assert rules.last_day(None, None, today) == date(2027, 3, 3)

    def test_is_one_of_ten_at_most_by_somebody_of_twelve(self):
        fine = {"is_old_enough": True, "open_count": 9, "has_weekdays": True, "on_day": None}
        rules.demand_offer(**fine)
        for wrong, refusal in (
            ({"is_old_enough": False}, rules.TooYoungToOffer),
            ({"open_count": 10}, rules.TooManyOffers),
            ({"on_day": SATURDAY}, rules.DaysWrong),
        ):
            with pytest.raises(refusal):
                rules.demand_offer(**(fine | wrong))

    def test_shows_the_first_name_only(self):
        assert [rules.first_name(name) for name in ("Jan de Boer", "Fatima", "")] == ["Jan", "Fatima", ""]


class TestWhatATaskAsks:
    def test_is_in_quarters_with_both_parts_of_the_hands_it_needs(self):
        asked = {"norm_minutes": None, "needed_minutes": None, "needed_by": None, "on_day": None}
        policy = type("Policy", (), {"themes": ("groen",), "article": "art. 1"})()

        def demand(**more):
            tasks.demand_askable(tasks.Needs(theme="groen", quarter="BU1", **(asked | more)), policy, ["BU1"], SATURDAY)

        demand(norm_minutes=45, needed_minutes=600, needed_by=SATURDAY)
        for wrong, name in (
            ({"norm_minutes": 50}, "norm_minutes"),
            ({"needed_minutes": 600}, "needed_by"),
            ({"needed_by": SATURDAY}, "needed_minutes"),
        ):
            with pytest.raises(tasks.NeedsWrong) as refused:
                demand(**wrong)
            assert list(refused.value.fields) == [name]
        for day in (date(2026, 3, 6), date(2027, 3, 9)):
            with pytest.raises(tasks.DayWrong):
                demand(on_day=day)

    def test_names_an_organisation_just_where_one_asks(self):
        tasks.demand_named(tasks.Asker.ORGANISATION, names_organisation=True)
        tasks.demand_named(tasks.Asker.NEIGHBOUR, names_organisation=False)
        for asker, named in ((tasks.Asker.ORGANISATION, False), (tasks.Asker.COUNCIL, True)):
            with pytest.raises(tasks.AskerWrong):
                tasks.demand_named(asker, names_organisation=named)
        with pytest.raises(tasks.AskerWrong, match="page of its plan"):
            tasks.demand_named(tasks.Asker.INITIATIVE, names_organisation=False)
