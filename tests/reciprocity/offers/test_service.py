# SPDX-License-Identifier: EUPL-1.2
"""Who asks for help and who offers it; both sides say yes, and nobody else learns of it."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from tests.reciprocity.conftest import PLACE, look
from tests.reciprocity.offers.conftest import SATURDAY, quarters, refused
from tests.reciprocity.test_voices import tamper
from wijkbudget.kit.actor import GUEST, SYSTEM, Role
from wijkbudget.kit.states import WrongState
from wijkbudget.reciprocity import service as tasks
from wijkbudget.reciprocity.models import Task
from wijkbudget.reciprocity.offers import queries, rules, service
from wijkbudget.reciprocity.offers.models import PairingMessage, TimeOffer
from wijkbudget.reciprocity.offers.rules import Audience, PairingState, Reason, Side, Weekday
from wijkbudget.reciprocity.offers.schemas import MovePairing, WriteMessage
from wijkbudget.reciprocity.rules import tasks as asking
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import NotYours


class TestOffering:
    def test_shows_a_first_name_to_whom_the_offerer_chose(self, people):
        everybody = people.offer(themes=["zorg", "groen"], weekdays=[Weekday.SUNDAY, Weekday.MONDAY])
        people.offer(people.other, audience=Audience.GUIDES)
        assert (everybody.themes, everybody.weekdays) == (["groen", "zorg"], [Weekday.MONDAY, Weekday.SUNDAY])
        assert (everybody.first_name.count(" "), everybody.last_on) == (0, date(2027, 3, 3))
        counts = {
            who.id: len(people.by(who).ask(queries.offers, PLACE))
            for who in (people.asker, people.other, people.tuin.staff[Role.CHAIR], people.tuin.staff[Role.GUIDE])
        }
        assert list(counts.values()) == [1, 2, 1, 2]
        with pytest.raises(DoorClosed):
            people.by(GUEST).ask(queries.offers, PLACE)

    def test_ends_by_itself_or_when_it_is_withdrawn(self, people, clock):
        people.offer(on_day=SATURDAY)
        kept = people.offer()
        at = people.by(people.helper)
        clock.forward(days=5)
        assert len(at.ask(queries.offers, PLACE)) == 2
        clock.forward(days=1)
        assert [each.id for each in at.ask(queries.offers, PLACE)] == [kept.id]
        refused(people, NotYours, people.by(people.other).act, service.withdraw_offer, PLACE, kept.id)
        at.act(service.withdraw_offer, PLACE, kept.id)
        refused(people, WrongState, at.act, service.withdraw_offer, PLACE, kept.id)
        assert at.ask(queries.offers, PLACE) == []

    @pytest.mark.parametrize(
        ("wrong", "refusal"),
        [
            ({"themes": ["groen", "kunstmest"]}, asking.UnknownTheme),
            ({"quarter": "BU0"}, asking.UnknownQuarter),
            ({"last_on": date(2026, 3, 1)}, asking.DayWrong),
            ({"on_day": SATURDAY, "weekdays": [Weekday.MONDAY]}, rules.DaysWrong),
        ],
    )
    def test_is_refused_with_a_sentence(self, people, wrong, refusal):
        refused(people, refusal, people.offer, **wrong)

    def test_stops_at_ten(self, people):
        for _time in range(10):
            people.offer()
        refused(people, rules.TooManyOffers, people.offer)


class TestFitting:
    def test_shows_a_helper_the_best_task_first_and_why(self, people):
        place = quarters(people.tuin)[0]
        theme_only = people.ask(theme="groen")
        everything = people.ask(theme="groen", quarter=place, on_day=SATURDAY)
        people.ask(theme="verkeer")
        people.offer(themes=["groen"], quarter=place, weekdays=[Weekday.SATURDAY])
        fits = people.by(people.helper).ask(queries.own_help, PLACE).fitting
        assert [(fit.task.id, fit.reasons, fit.weekday) for fit in fits] == [
            (everything.id, list(Reason), Weekday.SATURDAY),
            (theme_only.id, [Reason.THEME], None),
        ]

    def test_leaves_out_what_somebody_cannot_do(self, people):
        people.ask()
        for who in (people.asker, people.housemate):
            people.offer(who)
            assert people.by(who).ask(queries.own_help, PLACE).fitting == []
        people.offer()
        ended = people.by(people.helper).ask(queries.own_help, PLACE).fitting[0].task.id
        people.by(people.asker).act(tasks.end_task, PLACE, ended)
        assert people.by(people.helper).ask(queries.own_help, PLACE).fitting == []

    def test_shows_whoever_asks_the_offers_they_may_see_one_of_each_person(self, people):
        task = people.ask(theme="groen")
        people.offer(themes=["zorg"])
        people.offer()
        best = people.offer(themes=["groen"])
        people.offer(people.other, audience=Audience.GUIDES)
        people.offer(people.housemate)
        shown = people.by(people.asker).ask(queries.help_on, PLACE, task.id)
        assert [(fit.offer.id, fit.reasons) for fit in shown.fitting] == [(best.id, [Reason.THEME])]
        guide = people.by(people.tuin.staff[Role.GUIDE]).ask(queries.help_on, PLACE, task.id)
        assert [len(fit.offer.themes) for fit in guide.fitting] == [1, 0]
        stranger = people.by(people.other).ask(queries.help_on, PLACE, task.id)
        assert (stranger.fitting, stranger.pairings, stranger.may_propose) == ([], [], True)
        assert people.by(people.housemate).ask(queries.help_on, PLACE, task.id).may_propose is False


class TestBringingTogether:
    def test_takes_a_yes_of_both_and_shows_names_then(self, people):
        task = people.ask()
        pairing = people.propose(task.id)
        assert (pairing.state, pairing.side, pairing.name, pairing.may_write) == (
            PairingState.PROPOSED,
            Side.HELPER,
            None,
            False,
        )
        (asked,) = people.by(people.asker).ask(queries.own_help, PLACE).pairings
        assert (asked.side, asked.name.count(" ")) == (Side.ASKER, 0)
        assert asked.next_states == [PairingState.ACCEPTED, PairingState.DECLINED]
        agreed = people.move(people.asker, pairing.id, PairingState.ACCEPTED)
        assert (agreed.state, " " in agreed.name) == (PairingState.ACCEPTED, True)
        words = WriteMessage(words="Zaterdag om tien uur?")
        people.by(people.asker).act(service.write_message, PLACE, pairing.id, words)
        seen = people.by(people.helper).ask(queries.pairing, PLACE, pairing.id)
        assert [(message.words, message.is_own) for message in seen.messages] == [(words.words, False)]
        assert (" " in seen.name, pairing.readers, len(seen.readers)) == (True, [], 3)

    def test_can_begin_with_whoever_asks(self, people):
        task, offer = people.ask(), people.offer()
        pairing = people.invite(task.id, offer.id)
        assert pairing.next_states == [PairingState.WITHDRAWN]
        assert people.move(people.helper, pairing.id, PairingState.ACCEPTED).side is Side.HELPER
        refused(people, rules.PairedAlready, people.invite, task.id, offer.id)
        refused(people, NotYours, people.invite, task.id, offer.id, people.other)

    def test_is_refused_where_it_cannot_be(self, people, clock):
        task = people.ask(on_day=SATURDAY)
        refused(people, rules.OwnTask, people.propose, task.id, people.asker)
        refused(people, asking.OwnHouseholdsTask, people.propose, task.id, people.housemate)
        refused(people, rules.OfferNotFound, people.invite, task.id, uuid4())
        hidden = people.offer(audience=Audience.GUIDES)
        refused(people, rules.OfferNotFound, people.invite, task.id, hidden.id)
        people.by(people.helper).act(service.withdraw_offer, PLACE, hidden.id)
        people.propose(task.id)
        refused(people, rules.PairedAlready, people.propose, task.id)
        clock.forward(days=6)
        refused(people, rules.TaskDayPassed, people.propose, task.id, people.other)
        ended = people.ask().id
        people.by(people.asker).act(tasks.end_task, PLACE, ended)
        refused(people, WrongState, people.propose, ended)

    def test_is_the_business_of_the_two_sides_alone(self, people):
        pairing = people.agreed()
        for who in (people.other, people.housemate, people.tuin.staff[Role.OFFICIAL]):
            with pytest.raises(NotYours):
                people.by(who).ask(queries.pairing, PLACE, pairing.id)
            refused(people, NotYours, people.move, who, pairing.id, PairingState.FINISHED)
            words = WriteMessage(words="Dag")
            refused(people, NotYours, people.by(who).act, service.write_message, PLACE, pairing.id, words)

    def test_can_be_declined_or_called_off_and_begun_again(self, people):
        task = people.ask()
        declined = people.propose(task.id)
        people.move(people.asker, declined.id, PairingState.DECLINED)
        refused(people, WrongState, people.move, people.asker, declined.id, PairingState.ACCEPTED)
        again = people.propose(task.id)
        assert people.move(people.helper, again.id, PairingState.WITHDRAWN).next_states == []

    def test_is_answered_once_by_two_at_the_same_moment(self, people):
        pairing = people.propose(people.ask().id)
        guide = people.tuin.staff[Role.GUIDE]
        waiting = [
            people.by(who).submit(service.move_pairing, PLACE, pairing.id, MovePairing(state=state))
            for who, state in ((people.asker, PairingState.ACCEPTED), (guide, PairingState.DECLINED))
        ]
        assert sorted(type(future.exception()).__name__ for future in waiting) == ["NoneType", "WrongState"]

    def test_counts_no_time_and_is_finished_by_time_that_counts(self, people, clock):
        task = people.ask()
        pairing = people.propose(task.id)
        people.move(people.asker, pairing.id, PairingState.ACCEPTED)
        entry = people.tuin.log(giver=people.helper, task_id=task.id, given_on=date(2026, 3, 2))
        people.by(people.asker).act(tasks.confirm, PLACE, entry.id)
        clock.forward(days=14)
        assert people.by(people.helper).ask(queries.pairing, PLACE, pairing.id).state is PairingState.ACCEPTED
        people.by(SYSTEM).act(tasks.settle, PLACE)
        assert people.by(people.helper).ask(queries.pairing, PLACE, pairing.id).state is PairingState.FINISHED

    def test_is_counted_by_theme_and_small_area(self, people):
        place = quarters(people.tuin)[0]
        for number, state in enumerate((PairingState.FINISHED, PairingState.WITHDRAWN, None)):
            pairing = people.propose(people.ask(theme="groen" if number < 2 else None, quarter=place).id)
            people.move(people.asker, pairing.id, PairingState.ACCEPTED)
            if state:
                people.move(people.helper, pairing.id, state)
        desk, today = people.tuin.desk, date(2026, 3, 2)
        counted = look(desk, queries.pairing_counts, PLACE, today, date(2026, 3, 3))
        assert [(count.theme, count.quarter, count.started, count.finished) for count in counted] == [
            (None, place, 1, 0),
            ("groen", place, 2, 1),
        ]
        assert look(desk, queries.pairing_counts, PLACE, date(2026, 1, 1), today) == []


class TestForgetting:
    def test_wipes_what_was_said_a_month_after_it_ended(self, people, clock):
        pairing = people.agreed()
        people.by(people.helper).act(service.write_message, PLACE, pairing.id, WriteMessage(words="Tot zaterdag"))
        people.offer(on_day=SATURDAY)
        people.move(people.helper, pairing.id, PairingState.FINISHED)
        house = people.by(SYSTEM)
        clock.forward(days=30)
        assert house.act(service.forget_help, PLACE) == 0
        people.by(people.asker).act(tasks.end_task, PLACE, pairing.task_id)
        clock.forward(days=6)
        assert (house.act(service.forget_help, PLACE), house.act(service.forget_help, PLACE)) == (2, 0)
        with people.tuin.desk.database.read() as session:
            assert session.exec(select(PairingMessage)).all() == []
            assert [offer.talents for offer in session.exec(select(TimeOffer)).all()] == [""]
            assert session.get_one(Task, pairing.task_id).explanation != ""
        clock.forward(days=25)
        assert (house.act(service.forget_help, PLACE), house.act(service.forget_help, PLACE)) == (1, 0)
        with people.tuin.desk.database.read() as session:
            assert session.get_one(Task, pairing.task_id).explanation == ""


class TestTheProof:
    def test_finds_who_helps_with_their_own_task_and_who_writes_to_others(self, people):
        pairing = people.agreed()
        people.by(people.asker).act(service.write_message, PLACE, pairing.id, WriteMessage(words="Dag"))
        assert faults(people.tuin.desk) == []
        tamper(people.tuin.desk, f"UPDATE pairing_message SET sender_id = '{UUID(people.other.id).hex}'")
        assert [fault.shows for fault in faults(people.tuin.desk)] == ["was written by somebody on neither side"]
        tamper(people.tuin.desk, f"UPDATE pairing SET person_id = '{UUID(people.asker.id).hex}'")
        assert "somebody who answers for it" in faults(people.tuin.desk)[0].shows


def faults(desk):
    return look(desk, lambda at: list(queries.check(at)))
