# SPDX-License-Identifier: EUPL-1.2
"""The keys of the house, kept outside the database; each purpose has a key of its own."""

import base64
import hmac
from dataclasses import dataclass, field
from functools import cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SECRET_BYTES = 32
NONCE_BYTES = 12


@dataclass(frozen=True)
class Keyring:
    """Derives every key from one secret; nobody above holds a key, they ask for what it makes."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse a secret that is too short to be one."""
        assert len(self.secret) >= SECRET_BYTES

    def keyed_hash(self, purpose: str, *parts: str) -> str:
        """Return an HMAC-SHA-256 of the parts under the key for a purpose, in hexadecimal."""
        # A copy of one that has its key: `hmac.digest` lets another thread run meanwhile, and waits for its turn again.
        keyed = _ready(self.secret, purpose).copy()
        keyed.update("\x1f".join(parts).encode())
        return keyed.hexdigest()

    def sign(self, note: bytes) -> bytes:
        """Return the Ed25519 signature of a note."""
        return _signer(self.secret)[0].sign(note)

    def conceal(self, purpose: str, plain: bytes, nonce: bytes, owner: str) -> bytes:
        """Return bytes encrypted for a purpose and bound to whose they are; the nonce is new each time."""
        assert len(nonce) == NONCE_BYTES
        return nonce + AESGCM(_derive(self.secret, purpose)).encrypt(nonce, plain, owner.encode())

    def reveal(self, purpose: str, hidden: bytes, owner: str) -> bytes:
        """Return what was concealed for a purpose and an owner; anything else is a bug, or somebody edited the row."""
        nonce, sealed = hidden[:NONCE_BYTES], hidden[NONCE_BYTES:]
        return AESGCM(_derive(self.secret, purpose)).decrypt(nonce, sealed, owner.encode())

    def public_key(self) -> str:
        """Return the public key that checks our signatures, in base64."""
        return _signer(self.secret)[1]


def is_signed(note: bytes, signature: bytes, public_key: str) -> bool:
    """Return whether a signature on a note was made with the key behind a public key in base64."""
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key)).verify(signature, note)
    except InvalidSignature:
        return False
    return True


@cache
def _signer(secret: bytes) -> tuple[Ed25519PrivateKey, str]:
    """Return the key that signs, and its public half in base64; every ballot that is cast asks for them."""
    key = Ed25519PrivateKey.from_private_bytes(_derive(secret, "checkpoint signature"))
    return key, base64.b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


@cache
def _ready(secret: bytes, purpose: str) -> hmac.HMAC:
    """Return an HMAC-SHA-256 under the key for a purpose that has read nothing yet."""
    return hmac.new(_derive(secret, purpose), digestmod="sha256")


@cache
def _derive(secret: bytes, purpose: str) -> bytes:
    """Return the key for a purpose; it is asked for every code of a round, and never changes."""
    return HKDF(hashes.SHA256(), SECRET_BYTES, salt=None, info=f"wijkbudget {purpose}".encode()).derive(secret)
