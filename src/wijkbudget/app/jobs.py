# SPDX-License-Identifier: EUPL-1.2
"""The only clock of the house: runs errands, seals the trail and moves what is due, one holder at a time."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from wijkbudget.kit.actor import SYSTEM
from wijkbudget.trail import answers, errands, lease, sealing
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.errands import ErrandView

PAUSE_SECONDS = 5
ERRANDS_SECONDS_MAX = 20
"""How long one run may be busy with errands, but for the one that was begun."""

NOT_ALL_DONE = "not everything that was due could be done"

_log = logging.getLogger("wijkbudget")

Perform = Callable[[dict[str, Any]], None]
"""Runs one errand outside any transaction; raises OSError to be tried again, ConnectionError where nobody answers."""

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
        # Errands come last, for only they wait for somebody outside.
        desk = self.desk.by(SYSTEM)
        run_all(partial(job, desk) for job in (*self.due, _forget, _seal, self._run_errands))

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
        """Run what waits; an errand is marked done only after it was.

        One that fails holds up no other; where nobody answers at all, the others of its kind wait too. What is not run
        in time waits for the next run, so that the clock of the house never stands still for a slow server.
        """
        away: set[str] = set()
        ends_at = time.monotonic() + ERRANDS_SECONDS_MAX
        while waiting := desk.ask(errands.waiting, but=frozenset(away)):
            done = list(self._run_each(waiting, away, ends_at))
            if done:
                desk.act(errands.finish, done)
            elif not away & {errand.kind for errand in waiting}:
                return
            if time.monotonic() >= ends_at:
                return

    def _run_each(self, waiting: Iterable[ErrandView], away: set[str], ends_at: float) -> Iterator[UUID]:
        """Run errands until it is time, and yield those that are done; `away` are the kinds that nobody answers."""
        for errand in waiting:
            if errand.kind in away:
                continue
            if time.monotonic() >= ends_at:
                return
            try:
                self.performers[errand.kind](errand.payload)
            except ConnectionError:
                _log.warning("nobody answers errands of kind %s; they are tried again", errand.kind)
                away.add(errand.kind)
            except OSError:
                _log.warning("an errand of kind %s could not be run; it is tried again", errand.kind)
            else:
                yield errand.id


def _forget(desk: Desk) -> None:
    desk.act(answers.forget)


def _seal(desk: Desk) -> None:
    while desk.act(sealing.seal):
        pass
