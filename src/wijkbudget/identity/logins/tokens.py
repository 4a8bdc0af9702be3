# SPDX-License-Identifier: EUPL-1.2
"""Checks who signed the token of an identity provider; what it says is checked by the rules.

Source: RFC 8725 (only listed algorithms, each with a key of its own kind), RFC 7517 (keys by `kid`).
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from wijkbudget.identity.rules.openid import Doubt, NotTrusted

ALGORITHMS = ("RS256", "PS256", "ES256", "Ed25519", "EdDSA")
"""All with a public key: a token that is signed with a secret, or not at all, is nobody's.

Source: RFC 9864 (`EdDSA` is the old name of `Ed25519`, which providers still use).
"""

PublicKey = RSAKey | ECKey | OKPKey
_KINDS: Mapping[str, type[PublicKey]] = {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}
"""A secret (`oct`) that somebody publishes is no key."""


class KeyUnknown(Exception):
    """The token names a key that we do not have: perhaps a new one."""


def read_keys(published: Any) -> Sequence[PublicKey]:
    """Return the public keys that sign, of what a provider publishes; others are left out. Raises NotTrusted."""
    entries = published.get("keys") if isinstance(published, dict) else None
    if not isinstance(entries, list):
        raise NotTrusted(Doubt.KEYS)
    found: list[PublicKey] = []
    for entry in entries:
        if not isinstance(entry, dict) or entry.get("use", "sig") != "sig" or entry.get("kty") not in _KINDS:
            continue
        with suppress(JoseError, ValueError, TypeError):
            found.append(_KINDS[entry["kty"]].import_key(entry))
    return found


def read_token(token: object, keys: Sequence[PublicKey]) -> Mapping[str, Any]:
    """Return the claims of a token that one of these keys signed. Raises NotTrusted or KeyUnknown."""
    if not isinstance(token, str):
        raise NotTrusted(Doubt.NOTHING_SIGNED)
    try:
        header = jws.extract_compact(token.encode()).headers()
    except (JoseError, ValueError):
        raise NotTrusted(Doubt.UNREADABLE) from None
    if header.get("alg") not in ALGORITHMS:
        raise NotTrusted(Doubt.ALGORITHM)
    key = _named(header.get("kid"), keys)
    try:
        return jwt.decode(token, key, algorithms=ALGORITHMS).claims
    except (JoseError, ValueError, TypeError):
        raise NotTrusted(Doubt.SIGNATURE) from None


def _named(kid: object, keys: Sequence[PublicKey]) -> PublicKey:
    """Return the key with a name, or the only key for a token that names none. Raises KeyUnknown."""
    fitting = [key for key in keys if key.kid == kid] if kid is not None else list(keys)
    if len(fitting) != 1:
        raise KeyUnknown
    return fitting[0]
