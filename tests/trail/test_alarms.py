# SPDX-License-Identifier: EUPL-1.2
"""Very many wrong codes in an hour, from however many machines, raise the alarm: once an hour at most."""

from sqlmodel import text

from tests.worlds import found_meerwijk, somebody
from wijkbudget.kit.actor import GUEST, Role, may
from wijkbudget.trail import alarms, answers, errands, tries
from wijkbudget.trail.work import Work, verb

KIND = "voting code"


@verb(may(Role.SYSTEM), municipal=True, silent="a test lets others try")
def thousandfold(work: Work) -> None:
    work.session.connection().execute(text("UPDATE wrong_try SET count = count * 333"))


def alarmed(desk):
    return [each.payload["lines"][0] for each in desk.ask(errands.waiting) if each.kind == alarms.ERRAND]


class TestTheAlarm:
    def test_counts_all_machines_of_the_last_hour_and_is_raised_once(self, desk, clock):
        found_meerwijk(desk)
        for peer in ("one", "two", "three"):
            desk.act(tries.count, KIND, peer)
            desk.act(tries.count, "login code", peer)
        desk.act(thousandfold)
        assert not desk.act(alarms.raise_alarm, KIND)
        clock.forward(minutes=50)
        desk.act(answers.forget)
        desk.act(tries.count, KIND, "four")
        assert desk.act(alarms.raise_alarm, KIND)
        assert not desk.act(alarms.raise_alarm, KIND)
        assert alarmed(desk) == ["In een uur zijn 1000 verkeerde stemcodes geprobeerd."]
        seen = desk.by(somebody(Role.COUNCIL, "oost")).ask(alarms.alarm, "oost", KIND)
        assert (seen.wrong_count, seen.at) == (1_000, clock.now)
        assert desk.by(GUEST).ask(alarms.alarm, "oost", KIND) is None
        clock.forward(minutes=61)
        desk.act(answers.forget)
        assert not desk.act(alarms.raise_alarm, KIND)
        assert tries.WINDOWS_KEPT * tries.WINDOW_SECONDS == 3_600
