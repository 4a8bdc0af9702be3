# SPDX-License-Identifier: EUPL-1.2
"""Somebody who logs in at the provider of the tests and comes back, without any page."""

import pytest

from tests.conftest import NOW
from wijkbudget.identity.logins.client import ProviderClient
from wijkbudget.identity.rules.openid import NotTrusted
from wijkbudget.trail.keyring import Keyring

BACK = "http://testserver.local/inloggen/bij/gemeente/terug"
KEYS = Keyring(b"k" * 32)


def come_back(provider, begun, client=None, **settings):
    """Log in there and come back; return whom the provider vouches for."""
    client = client or ProviderClient(provider.settings(**settings), BACK)
    return client.way_in(provider.log_in(client.way_out(begun, NOW)), begun, NOW)


def doubted(provider, begun, **settings):
    """Return why an answer is not trusted."""
    with pytest.raises(NotTrusted) as refusal:
        come_back(provider, begun, **settings)
    assert str(refusal.value) == "We could not check this login. Begin again."
    return refusal.value.reason
