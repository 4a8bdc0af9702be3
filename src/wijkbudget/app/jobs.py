"""The only clock of the house: runs errands, seals the trail and moves what is due, one holder at a time."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from wijkbudget.kit.actor import SYSTEM
from wijkbudget.trail import answers, errands, lease, sealing
from wijkbudget.trail.desk import Desk

PAUSE_SECONDS = 5
NOT_ALL_DONE = "not everything that was due could be done"

_log = logging.getLogger("wijkbudget")

Perform = Callable[[dict[str, Any]], None]
"""Runs one errand outside any transaction; raises OSError when it must be tried again."""

Due = Callable[[Desk], None]
"""Does what is due in one domain, through its verbs; safe to run twice."""


def run_all(steps: Iterable[Callable[[], None]]) -> None:
    """Run every step, so that one that is broken holds up no other. Raises what went wrong, together, at the end."""
    failures: list[Exception] = []
    for step in steps:
        try:
            step()
        except Exception as failure:  # noqa: BLE001 - the others must go on, whatever it is
            failures.append(failure)
    if failures:
        raise ExceptionGroup(NOT_ALL_DONE, failures)


@dataclass
class Jobs:
    """Runs beside the server, or once from the command line."""

    desk: Desk
    performers: dict[str, Perform]
    due: Sequence[Due] = ()
    holder: str = "house"
    """Who we are among the processes that could run the clock."""
    _task: "asyncio.Task[None] | None" = field(default=None, init=False)

    def run_once(self) -> None:
        """Do everything that is due now. Raises what went wrong, after all the rest was done."""
        desk = self.desk.by(SYSTEM)
        run_all(partial(job, desk) for job in (*self.due, self._run_errands, _forget, _seal))

    def start(self) -> None:
        """Run until stopped."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop between two runs."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        while True:
            try:
                await asyncio.to_thread(self._run_if_ours)
            except Exception:  # noqa: BLE001 - one broken job must not stop the clock of the house
                _log.exception("a job failed; it is tried again")
            await asyncio.sleep(PAUSE_SECONDS)

    def _run_if_ours(self) -> None:
        """Do what is due, unless another process holds the clock."""
        if self.desk.by(SYSTEM).act(lease.hold, "clock", self.holder):
            self.run_once()

    def _run_errands(self, desk: Desk) -> None:
        """Run what waits; an errand is marked done only after it was."""
        while waiting := desk.ask(errands.waiting):
            done = []
            for errand in waiting:
                try:
                    self.performers[errand.kind](errand.payload)
                except OSError:
                    _log.warning("an errand of kind %s could not be run; it is tried again", errand.kind)
                else:
                    done.append(errand.id)
            if not done:
                return
            desk.act(errands.finish, done)


def _forget(desk: Desk) -> None:
    desk.act(answers.forget)


def _seal(desk: Desk) -> None:
    while desk.act(sealing.seal):
        pass
