# SPDX-License-Identifier: EUPL-1.2
"""What an official lists, in one act or from a file, and how everybody finds it."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from tests.challenges.conftest import CSV, MOWING, refused, run
from wijkbudget.challenges import queries, service
from wijkbudget.challenges.rules import tasks
from wijkbudget.challenges.schemas import (
    ImportTasks,
    WithdrawTask,
)
from wijkbudget.kit.actor import GUEST, Role
from wijkbudget.trail.desk import DoorClosed


class TestTheList:
    def test_shows_open_tasks_first_and_finds_by_word(self, hood):
        hood.by(Role.OFFICIAL).act(service.import_tasks, "oost", ImportTasks(csv=CSV))
        hood.by(Role.OFFICIAL).act(service.withdraw_task, "oost", hood.task_id, WithdrawTask(reason="Contract."))
        guest = hood.by(GUEST)
        assert [(task.title, task.is_open) for task in guest.ask(queries.municipal_tasks, "oost")] == [
            ("Buurthuis openen", True),
            ("Vegen", True),
            (MOWING.title, False),
        ]
        assert [task.title for task in guest.ask(queries.municipal_tasks, "oost", "BEHEER straat")] == ["Vegen"]
        task = guest.ask(queries.municipal_task, "oost", hood.task_id)
        assert (task.why_withdrawn, task.withdrawn_on, task.current_cost_cents) == (
            "Contract.", date(2026, 3, 2), 1_200_000,
        )  # fmt: skip
        assert hood.recorded() == [
            "challenges.TaskListed", "challenges.TaskWithdrawn", "challenges.TasksImported",
        ]  # fmt: skip

    def test_takes_a_file_whole_or_not_at_all(self, hood):
        wrong = refused(
            hood, tasks.BadTasks, Role.OFFICIAL, service.import_tasks, ImportTasks(csv=CSV + "Vegen;;;;;;\n")
        )
        assert [line.number for line in wrong.lines] == [4]

    def test_has_a_name_once_among_open_tasks(self, hood):
        again = MOWING.model_copy(update={"title": MOWING.title.upper()})
        refused(hood, tasks.TaskListedBefore, Role.OFFICIAL, service.list_task, again)
        hood.by(Role.OFFICIAL).act(service.withdraw_task, "oost", hood.task_id, WithdrawTask(reason="Duurder."))
        assert hood.by(Role.OFFICIAL).act(service.list_task, "oost", again).is_open

    def test_lets_a_task_go_once(self, hood):
        hood.by(Role.OFFICIAL).act(service.withdraw_task, "oost", hood.task_id, WithdrawTask(reason="Weg."))
        refused(
            hood, tasks.TaskWithdrawnBefore, hood.other_official, service.withdraw_task, hood.task_id,
            WithdrawTask(reason="Weg."),
        )  # fmt: skip

    def test_is_kept_by_officials_of_the_place(self, hood):
        refused(hood, DoorClosed, hood.anna, service.list_task, MOWING)
        with pytest.raises(DoorClosed):
            hood.by(Role.OFFICIAL).act(service.list_task, "west", MOWING)
        with pytest.raises(tasks.TaskNotFound):
            hood.desk.ask(queries.municipal_task, "west", hood.task_id)

    def test_cannot_be_changed_in_the_database(self, hood):
        with pytest.raises(IntegrityError, match="append-only"):
            hood.desk.act(run, "oost", "UPDATE municipal_task SET current_cost_cents = 1")
