# SPDX-License-Identifier: EUPL-1.2
"""A crossing: as many pass beside each other as seldom meet, or one alone; whoever waits to be alone goes first."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

WIDER = 0.1
"""How much wider each who met nobody makes the crossing; who met another halves it, so it soon fits the crowd."""


class Crossing:
    """Lets threads run side by side, or one of them alone."""

    def __init__(self, widest: int) -> None:
        """Begin with nobody on it, at its widest."""
        self._change = Condition()
        self._widest = widest
        self._width: float = widest
        self._passing = 0
        self._waiting_alone = 0
        self._is_taken = False

    @contextmanager
    def beside_others(self) -> Iterator[None]:
        """Pass beside others; wait while it is full, and for those who want to be alone."""
        with self._change:
            self._change.wait_for(self._has_room)
            self._passing += 1
        try:
            yield
        finally:
            with self._change:
                self._passing -= 1
                self._change.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until everybody has passed, and let nobody on in the meantime."""
        with self._change:
            self._waiting_alone += 1
            self._change.wait_for(lambda: not self._is_taken and not self._passing)
            self._waiting_alone -= 1
            self._is_taken = True
        try:
            yield
        finally:
            with self._change:
                self._is_taken = False
                self._change.notify_all()

    def met_nobody(self) -> None:
        """Make it a little wider."""
        with self._change:
            self._width = min(self._widest, self._width + WIDER)

    def met_another(self) -> None:
        """Make it half as wide."""
        with self._change:
            self._width = max(1, self._width / 2)

    def _has_room(self) -> bool:
        return not self._is_taken and not self._waiting_alone and self._passing < int(self._width)
