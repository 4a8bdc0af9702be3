# SPDX-License-Identifier: EUPL-1.2
"""A project of Oost: its group asks for hands, neighbours pledge and give them, and together they choose."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from wijkbudget.app.demo.stage import Stage
from wijkbudget.initiatives.projects import service as projects
from wijkbudget.initiatives.projects.schemas import AskForHands, CastProjectVote, OpenProjectVote
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.kit.period import day_of
from wijkbudget.reciprocity import seed as time
from wijkbudget.reciprocity import service as tasks
from wijkbudget.reciprocity.pledges import service as pledges
from wijkbudget.reciprocity.pledges.schemas import PledgeTime
from wijkbudget.reciprocity.schemas import OpenTask
from wijkbudget.vouchers import queries as vouchers

PLAN = "Moestuin achter de kerk"
EACH_MINUTES = 240
CHOICES = ["Aardappels en uien", "Aardbeien", "Bloemen voor bijen"]
BENCHES = ("Bankjes timmeren voor het plein", 20 * 60, (6 * 60, 4 * 60, 150))
"""A task that waits for pledges today: what it is, how much time it needs, and what is pledged."""


def play(stage: Stage, place: str, year: int, proposer: Actor, helpers: Sequence[Actor]) -> None:
    """Let a group ask for hands, three neighbours pledge and two of them come, and let them choose what grows."""
    stage.on(date(year, 6, 19))
    plan_id = UUID(next(each.about for each in stage.desk.ask(vouchers.vouchers, place) if each.title == PLAN))
    hands = AskForHands(
        title="Bedden spitten in de moestuin",
        explanation="Schoppen liggen klaar. Er is soep.",
        needed_minutes=EACH_MINUTES * len(helpers),
        needed_by=date(year, 6, 24),
    )
    group = stage.desk.by(proposer)
    task = group.act(projects.ask_for_hands, place, plan_id, hands).tasks[0]
    _pledge(stage, place, task.id, helpers, [EACH_MINUTES] * len(helpers))
    stage.on(date(year, 6, 20))
    gifts = [time.Gift(giver=helper, given_on=date(year, 6, 20), minutes=EACH_MINUTES) for helper in helpers[:-1]]
    time.give(stage.desk, place, task.id, stage.staff[place][Role.GUIDE], gifts)
    stage.on(date(year, 7, 5))
    stage.pass_time(place)
    asked = OpenProjectVote(question="Wat planten we het eerst?", choices=CHOICES, closes_on=date(year, 7, 19))
    vote = group.act(projects.open_project_vote, place, plan_id, asked)
    for position, voter in zip((1, 3, 3), [*helpers[:-1], proposer], strict=False):
        stage.desk.by(voter).act(projects.cast_project_vote, place, vote.id, CastProjectVote(position=position))


def play_now(stage: Stage, place: str, helpers: Sequence[Actor]) -> None:
    """Open a task that waits for pledges today, half of which are there."""
    title, needed_minutes, amounts = BENCHES
    guide = stage.staff[place][Role.GUIDE]
    asked = OpenTask(
        title=title,
        explanation="Het hout ligt klaar in het wijkhuis. Wij beginnen als er genoeg handen zijn.",
        confirmers=[UUID(guide.id)],
        needed_minutes=needed_minutes,
        needed_by=day_of(stage.desk.clock()) + timedelta(days=30),
    )
    task = stage.desk.by(guide).act(tasks.open_task, place, asked)
    _pledge(stage, place, task.id, helpers, amounts)


def _pledge(stage: Stage, place: str, task_id: UUID, helpers: Sequence[Actor], amounts: Sequence[int]) -> None:
    """Let each helper pledge an amount of time to a task."""
    for helper, minutes in zip(helpers, amounts, strict=True):
        at = stage.desk.by(helper).once(f"seed pledge {task_id}")
        at.act(pledges.pledge_time, place, task_id, PledgeTime(minutes=minutes))
