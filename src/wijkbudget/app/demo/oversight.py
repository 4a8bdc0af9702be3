# SPDX-License-Identifier: EUPL-1.2
"""The audit committee of Oost: lots of one quarter with what was found, and two neighbours who confirm each other."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from wijkbudget.app.demo.stage import Stage
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.reciprocity import service as tasks
from wijkbudget.reciprocity.oversight import service
from wijkbudget.reciprocity.oversight.rules import Finding
from wijkbudget.reciprocity.oversight.schemas import DrawSample, NoteFinding
from wijkbudget.reciprocity.schemas import LogTime, OpenTask

FOUND = (Finding.RIGHT, Finding.RIGHT, Finding.NOT_RIGHT)
REASONS = {
    Finding.RIGHT: "Gevraagd aan de gids: deze bewoner was erbij.",
    Finding.NOT_RIGHT: "Volgens de presentielijst was deze bewoner er die dag niet.",
}
TIMES = 2


def play(stage: Stage, place: str, year: int, neighbours: Sequence[Actor]) -> None:
    """Let two neighbours confirm each other's time, and the audit committee draw lots and look at three of them."""
    stage.on(date(year, 12, 23))
    _confirm_each_other(stage, place, date(year, 12, 22), neighbours)
    auditor = stage.desk.by(stage.staff[place][Role.AUDITOR])
    drawing = DrawSample(period=f"{year}-Q1", value="5 – 13 – 21 – 28 – 34 – 41")
    sample = auditor.act(service.draw_sample, place, drawing)
    for check, finding in zip(sample.checks, FOUND, strict=False):
        note = NoteFinding(finding=finding, reason=REASONS[finding])
        auditor.act(service.note_finding, place, sample.period, check.entry.id, note)


def _confirm_each_other(stage: Stage, place: str, given_on: date, neighbours: Sequence[Actor]) -> None:
    """Let two people give time to a task on which only they confirm."""
    guide = stage.desk.by(stage.staff[place][Role.GUIDE])
    opened = OpenTask(title="Kerststukjes maken voor de buren", confirmers=[UUID(who.id) for who in neighbours])
    task = guide.act(tasks.open_task, place, opened)
    for giver, other in (neighbours, neighbours[::-1]):
        for time in range(TIMES):
            at = stage.desk.by(giver).once(f"seed ring {giver.id} {time}")
            entry = at.act(tasks.log, place, task.id, LogTime(given_on=given_on, minutes=90))
            stage.desk.by(other).act(tasks.confirm, place, entry.id)
