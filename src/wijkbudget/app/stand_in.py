# SPDX-License-Identifier: EUPL-1.2
"""Serves the stand-in for Stripe beside the demo, on this machine only."""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from wijkbudget.app.house import now
from wijkbudget.payments.providers.fake.post import Postman
from wijkbudget.payments.providers.fake.server import make_fake
from wijkbudget.payments.providers.fake.till import Till
from wijkbudget.payments.providers.settings import PaymentSettings

NOTICES = "/api/v1/payment-notices"
"""Where news of a provider comes in."""


@contextmanager
def beside(origin: str, port: int) -> Iterator[PaymentSettings]:
    """Serve a stand-in that brings its news to a house, and say how the house reaches it."""
    till = Till(clock=now, entropy=secrets.token_bytes, address=f"http://127.0.0.1:{port}")
    secret = f"whsec_{secrets.token_hex(16)}"
    config = uvicorn.Config(make_fake(till), port=port, log_level="warning", access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name="stand-in for Stripe", daemon=True)
    thread.start()
    postman = Postman(till, f"{origin}{NOTICES}", secret, now)
    postman.start()
    yield PaymentSettings.model_validate(
        {"provider": "stripe", "key": "sk_test_demo", "webhook_secrets": [secret], "address": till.address}
    )
    postman.stop()
    server.should_exit = True
    thread.join()
