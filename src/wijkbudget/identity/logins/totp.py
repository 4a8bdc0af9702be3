# SPDX-License-Identifier: EUPL-1.2
"""The second step: the six digits that an authenticator on a phone shows for half a minute. Source: RFC 6238."""

import hmac
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from wijkbudget.identity.rules.factors import STEP_DIGITS, STEP_SECONDS, STEPS_AROUND


def step_at(now: datetime) -> int:
    """Return the number of the half minute it is."""
    return int(now.timestamp()) // STEP_SECONDS


def digits_at(secret: bytes, step: int) -> str:
    """Return what the phone shows in a half minute."""
    return _totp(secret).generate(step * STEP_SECONDS).decode()


def step_of(secret: bytes, digits: str, now: datetime) -> int | None:
    """Return the half minute, about now, of which these are the digits; None if they are of none."""
    steps = range(step_at(now) - STEPS_AROUND, step_at(now) + STEPS_AROUND + 1)
    found = [step for step in steps if hmac.compare_digest(digits_at(secret, step).encode(), digits.encode())]
    return found[-1] if found else None


def uri_of(secret: bytes, name: str, issuer: str) -> str:
    """Return what a phone reads from the QR code."""
    return _totp(secret).get_provisioning_uri(name, issuer)


def _totp(secret: bytes) -> TOTP:
    # SHA-1, because it is the only one that every authenticator knows; as an HMAC key it is still sound.
    return TOTP(secret, STEP_DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303 - see above
