# SPDX-License-Identifier: EUPL-1.2
"""What ties a login at an identity provider to one browser, one provider and ten minutes; nothing of it is stored.

The state is signed and goes to the browser twice, in a cookie and in the address; what only the provider and this house
may know is derived from it with keys that stay here.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime

from wijkbudget.identity.rules.openid import HANDSHAKE_LASTS, Doubt, NotTrusted
from wijkbudget.trail.keyring import Keyring

STATE_RANDOM_BYTES = 24


@dataclass(frozen=True)
class Handshake:
    """What must come back, and what it must fit."""

    state: str
    nonce: str
    """Goes into the token, so that a token of another login is not taken."""
    verifier: str
    """Proves that who began the login ends it (PKCE). Source: RFC 7636."""


def begin(keys: Keyring, provider: str, random: bytes, now: datetime) -> Handshake:
    """Return a new handshake with a provider."""
    assert len(random) >= STATE_RANDOM_BYTES
    ends_at = int((now + HANDSHAKE_LASTS).timestamp())
    body = f"{ends_at}.{random.hex()}"
    return _handshake(keys, f"{body}.{_signature(keys, provider, body)}")


def resume(keys: Keyring, provider: str, kept: str, returned: str, now: datetime) -> Handshake:
    """Return the handshake that came back to the browser that began it. Raises NotTrusted."""
    if not returned or not hmac.compare_digest(kept.encode(), returned.encode()):
        raise NotTrusted(Doubt.STATE)
    body, _dot, signature = returned.rpartition(".")
    if not hmac.compare_digest(signature.encode(), _signature(keys, provider, body).encode()):
        raise NotTrusted(Doubt.STATE)
    if now.timestamp() >= int(body.partition(".")[0]):
        raise NotTrusted(Doubt.TOO_LATE)
    return _handshake(keys, returned)


def _handshake(keys: Keyring, state: str) -> Handshake:
    return Handshake(state, keys.keyed_hash("login nonce", state), keys.keyed_hash("login verifier", state))


def _signature(keys: Keyring, provider: str, body: str) -> str:
    return keys.keyed_hash("login state", provider, body)
