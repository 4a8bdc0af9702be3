# SPDX-License-Identifier: EUPL-1.2
"""The list at the door in Oost: an afternoon that was held and confirmed, and one of today that hangs at the door."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from wijkbudget.app.demo.stage import Stage
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.kit.period import day_of
from wijkbudget.reciprocity import queries as time
from wijkbudget.reciprocity.attendance import queries, service
from wijkbudget.reciprocity.attendance.schemas import ConfirmList, OpenList

TASK = "Koffieochtend in het buurthuis"
FROM_MINUTES, UNTIL_MINUTES = 13 * 60, 17 * 60
STAYED = timedelta(hours=2, minutes=20)


def play(stage: Stage, place: str, year: int, volunteers: Sequence[Actor]) -> None:
    """Let volunteers sign in on a winter afternoon; one forgets to sign out, and the guide confirms both."""
    stage.on(date(year, 12, 22))
    guide = stage.desk.by(stage.staff[place][Role.GUIDE])
    made = guide.act(service.open_list, place, _task(stage, place), _hours(date(year, 12, 22)))
    for volunteer in volunteers:
        stage.desk.by(volunteer).act(service.arrive, place, made.code)
    stage.clock.now += STAYED
    stage.desk.by(volunteers[0]).once(f"seed door {made.id}").act(service.leave, place, made.code)
    stage.clock.now += STAYED
    lines = [line.id for line in guide.ask(queries.attendance_list, place, made.id).attendances]
    guide.act(service.confirm_list, place, made.id, ConfirmList(lines=lines))


def play_now(stage: Stage, place: str) -> None:
    """Hang a list at the door today."""
    guide = stage.desk.by(stage.staff[place][Role.GUIDE])
    guide.act(service.open_list, place, _task(stage, place), _hours(day_of(stage.clock.now)))


def _task(stage: Stage, place: str) -> UUID:
    """Return the task for which the lists are."""
    return next(task.id for task in stage.desk.ask(time.tasks, place) if task.title == TASK)


def _hours(held_on: date) -> OpenList:
    return OpenList(held_on=held_on, start_minutes=FROM_MINUTES, end_minutes=UNTIL_MINUTES)
