# SPDX-License-Identifier: EUPL-1.2
"""Sends the events of the stand-in to the house, signed, and again until they are taken."""

import json
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.request import Request, urlopen

from wijkbudget.payments.providers.fake.till import Till, signed
from wijkbudget.payments.providers.fake.wrong import Json

WAITS_SECONDS = (0, 1, 5, 30, 120)
"""How long before each try; the real service goes on for three days."""
ANSWER_SECONDS_MAX = 10

_log = logging.getLogger("wijkbudget")


@dataclass
class Postman:
    """Brings each event to one address, in the order they happened unless one must be tried again."""

    till: Till
    to: str
    secret: str = field(repr=False)
    clock: Callable[[], datetime]
    _stopped: threading.Event = field(default_factory=threading.Event)
    _sent: int = 0

    def start(self) -> None:
        """Bring events until stopped, in a thread of its own."""
        threading.Thread(target=self._run, name="stand-in for Stripe", daemon=True).start()

    def stop(self) -> None:
        """Stop after the event that is under way."""
        self._stopped.set()

    def bring(self, event: Json) -> bool:
        """Send one event once, and return whether it was taken."""
        body = json.dumps(event).encode()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Stripe-Signature": signed(body, self.secret, self.clock()),
        }
        try:
            with urlopen(Request(self.to, body, headers), timeout=ANSWER_SECONDS_MAX):  # noqa: S310 - given by the keeper
                return True
        except OSError:
            return False

    def _run(self) -> None:
        while not self._stopped.wait(0.2):
            while self._sent < len(self.till.events):
                self._bring_at_last(self.till.events[self._sent])
                self._sent += 1

    def _bring_at_last(self, event: Json) -> None:
        for wait_seconds in WAITS_SECONDS:
            if self._stopped.wait(wait_seconds) or self.bring(event):
                return
        _log.warning("nobody took an event of the stand-in for Stripe")
