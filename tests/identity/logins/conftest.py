# SPDX-License-Identifier: EUPL-1.2
"""An identity provider, and a login that was begun with it."""

import pytest

from tests.conftest import NOW
from tests.identity.logins.coming import KEYS
from tests.identity.logins.provider import open_provider
from wijkbudget.identity.logins import handshake


@pytest.fixture
def provider():
    """Return a provider whose clock is that of the tests."""
    with open_provider() as provider:
        provider.now = NOW.timestamp()
        yield provider


@pytest.fixture
def begun():
    return handshake.begin(KEYS, "gemeente", b"r" * 24, NOW)
