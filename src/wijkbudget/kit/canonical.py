# SPDX-License-Identifier: EUPL-1.2
"""One way to write data as bytes, so that equal things have equal hashes."""

import hashlib
import json

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def canonical(data: object) -> bytes:
    """Return JSON with sorted keys and no spaces, in UTF-8; only str, int, bool, None, list and dict."""
    return _ENCODER.encode(data).encode()


def digest(data: object) -> str:
    """Return the SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical(data)).hexdigest()
