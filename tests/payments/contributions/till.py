# SPDX-License-Identifier: EUPL-1.2
"""The stand-in for Stripe, really listening on this machine, for tests that give money."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import uvicorn

from tests.conftest import Clock, Entropy
from wijkbudget.payments.providers.fake.server import make_fake
from wijkbudget.payments.providers.fake.till import Till
from wijkbudget.payments.providers.fake.wrong import Json
from wijkbudget.payments.providers.settings import PaymentSettings

SECRETS = ["whsec_new", "whsec_old"]


@contextmanager
def listening(clock: Clock) -> Iterator[Till]:
    """Let a stand-in listen on a port of its own."""
    till = Till(clock=clock, entropy=Entropy(), address="")
    config = uvicorn.Config(make_fake(till), port=0, log_level="warning", access_log=False, ws="none", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    till.address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    yield till
    server.should_exit = True
    thread.join()


def settings_of(till: Till, **more: object) -> PaymentSettings:
    told = {"provider": "stripe", "key": "sk_test_wijk", "webhook_secrets": SECRETS, "address": till.address}
    return PaymentSettings.model_validate({**told, **more}, strict=False)


def choose(url: str, choice: str) -> str:
    """Press a button of the pay page, and return where that leads to."""
    parts = urlsplit(url)
    asked = HTTPConnection(parts.netloc, timeout=5)
    told = {"Content-Type": "application/x-www-form-urlencoded"}
    asked.request("POST", parts.path, urlencode({"choice": choice}), told)
    leads_to = asked.getresponse().getheader("Location")
    asked.close()
    assert leads_to
    return leads_to


def session_of(url: str) -> str:
    return url.rpartition("/")[2]


def last(till: Till, kind: str) -> Json:
    return next(event for event in reversed(till.events) if event["type"] == kind)
