# SPDX-License-Identifier: EUPL-1.2
"""What an identity provider must say before somebody comes in: every claim of its token, checked without a network.

Source: OpenID Connect Core 1.0, 3.1.3.7; NL GOV Assurance profile for OpenID Connect 1.0.1; RFC 9700 (mix-up, replay).
"""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from wijkbudget.identity.rules.register import PSEUDONYM_LENGTH_MAX
from wijkbudget.kit.errors import Busy, NotAllowed, NotFound, Refusal
from wijkbudget.kit.text import _

HANDSHAKE_LASTS = timedelta(minutes=10)
"""Choice: time to find a phone and log in there."""
LEEWAY = timedelta(seconds=60)
"""Choice: how far two clocks may be apart."""
SUBJECT_LENGTH_MAX = 255
"""Source: OpenID Connect Core 1.0, 2 (sub)."""

_ACR = "http://eidas.europa.eu/LoA/"
_NINE_DIGITS = re.compile(r"\d{9}")


class ProviderNotFound(NotFound):
    """No identity provider has this name."""


class ProviderAway(Busy):
    """The identity provider does not answer; nothing was changed."""

    def __init__(self) -> None:
        """Say it in one sentence."""
        Refusal.__init__(self, _("The other website does not answer. Try again later, or log in another way."))


class LoginStopped(NotAllowed):
    """Whoever was there stopped, or the provider let nobody in."""


class LevelTooLow(NotAllowed):
    """The provider is not sure enough who this is."""


class Doubt(StrEnum):
    """Why an answer is not trusted."""

    STATE = "state"
    """The browser that came back is not the one that left, or for another provider."""
    TOO_LATE = "too late"
    """The handshake was begun too long ago."""
    ANSWER_OF_ANOTHER_PROVIDER = "answer of another provider"
    """The answer says it is of another issuer (mix-up)."""
    NO_CODE = "no code"
    """There is no code in the answer."""
    CODE = "code"
    """The provider did not take its own code, for it was used before or is not ours."""
    PUBLISHED_ISSUER = "published issuer"
    """What the provider publishes says it is another."""
    PUBLISHED_ADDRESS = "published address"
    """A door of the provider is not safe to send a secret to."""
    KEYS = "keys"
    """What the provider publishes as keys are none."""
    NOTHING_SIGNED = "nothing signed"
    """There is no token."""
    UNREADABLE = "unreadable"
    """The token cannot be read."""
    ALGORITHM = "algorithm"
    """The token is signed with a secret, or not at all."""
    KEY = "key"
    """The token names a key that the provider does not publish."""
    SIGNATURE = "signature"
    """The signature is not of that key."""
    ISSUER = "issuer"
    """Another issuer made the token."""
    AUDIENCE = "audience"
    """The token is for somebody else."""
    NONCE = "nonce"
    """The token is of another login."""
    SUBJECT = "subject"
    """The token is about nobody."""
    EXPIRED = "expired"
    """The token does not hold any more."""
    ISSUED_AT = "issued at"
    """The token was made too long ago, or is still to be made."""
    NOT_BEFORE = "not before"
    """The token does not hold yet."""
    COUNTED_BEFORE = "counted before"
    """This login counted already."""


class NotTrusted(NotAllowed):
    """What came back cannot be trusted; people get one sentence, the keeper reads `reason` in the log."""

    def __init__(self, reason: Doubt) -> None:
        """Keep the reason; it holds nothing of who it was."""
        super().__init__(_("We could not check this login. Begin again."))
        self.reason = reason


class Level(StrEnum):
    """How sure a provider is who somebody is. Source: eIDAS, Regulation (EU) 910/2014, art. 8."""

    LOW = "low"
    SUBSTANTIAL = "substantial"
    HIGH = "high"

    @property
    def acr(self) -> str:
        """Return how it is asked for."""
        return _ACR + self.value

    def is_reached(self, acr: object) -> bool:
        """Return whether what a provider says is this level or a higher one."""
        order = list(Level)
        found = [level for level in order if level.acr == acr]
        return bool(found) and order.index(found[0]) >= order.index(self)


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What a token must be about."""

    issuer: str
    client_id: str
    nonce: str
    asked: Level | None
    pseudonym_claim: str | None


@dataclass(frozen=True, kw_only=True)
class Vouched:
    """Somebody whom an identity provider vouches for; only what `checked` returns may be one."""

    issuer: str
    subject: str
    pseudonym: str | None
    """Their name in the register of residents, if the provider tells it."""
    is_strong: bool
    """Whether the provider is so sure that no second step is needed."""
    state: str
    """The handshake, which counts once."""


def checked(claims: Mapping[str, Any], expected: Expected, state: str, now: datetime) -> Vouched:
    """Return whom the claims of a token vouch for; its signature was checked. Raises NotTrusted or LevelTooLow."""
    _check_parties(claims, expected)
    _check_times(claims, now)
    if not _is_same(claims.get("nonce"), expected.nonce):
        raise NotTrusted(Doubt.NONCE)
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= SUBJECT_LENGTH_MAX:
        raise NotTrusted(Doubt.SUBJECT)
    acr = claims.get("acr")
    if expected.asked and not expected.asked.is_reached(acr):
        raise LevelTooLow(_("This login is not strong enough. Choose a stronger way on the other website."))
    return Vouched(
        issuer=expected.issuer,
        subject=subject,
        pseudonym=read_pseudonym(claims.get(expected.pseudonym_claim) if expected.pseudonym_claim else None),
        is_strong=Level.SUBSTANTIAL.is_reached(acr),
        state=state,
    )


def read_pseudonym(claim: object) -> str | None:
    """Return the register's name for somebody as a provider tells it; never what looks like a citizen service number.

    Source: Wet algemene bepalingen burgerservicenummer (a BSN needs a ground in law; this house has none).
    """
    readable = isinstance(claim, str) and 0 < len(claim) <= PSEUDONYM_LENGTH_MAX
    return str(claim) if readable and not _NINE_DIGITS.fullmatch(str(claim)) else None


def _check_parties(claims: Mapping[str, Any], expected: Expected) -> None:
    """Raise NotTrusted unless this issuer made the token for us."""
    if claims.get("iss") != expected.issuer:
        raise NotTrusted(Doubt.ISSUER)
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if expected.client_id not in audiences:
        raise NotTrusted(Doubt.AUDIENCE)
    if claims.get("azp", expected.client_id) != expected.client_id or (len(audiences) > 1 and "azp" not in claims):
        raise NotTrusted(Doubt.AUDIENCE)


def _check_times(claims: Mapping[str, Any], now: datetime) -> None:
    """Raise NotTrusted unless the token was made just now and still holds."""
    ends, made = _moment(claims, "exp"), _moment(claims, "iat")
    clock, leeway = now.timestamp(), LEEWAY.total_seconds()
    if ends is None or clock >= ends + leeway:
        raise NotTrusted(Doubt.EXPIRED)
    if made is None or not clock - HANDSHAKE_LASTS.total_seconds() - leeway <= made <= clock + leeway:
        raise NotTrusted(Doubt.ISSUED_AT)
    begins = _moment(claims, "nbf")
    if begins is not None and clock < begins - leeway:
        raise NotTrusted(Doubt.NOT_BEFORE)


def _moment(claims: Mapping[str, Any], name: str) -> float | None:
    value = claims.get(name)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _is_same(claim: object, expected: str) -> bool:
    return isinstance(claim, str) and hmac.compare_digest(claim.encode(), expected.encode())
