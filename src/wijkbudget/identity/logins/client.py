# SPDX-License-Identifier: EUPL-1.2
"""Talks to one identity provider: where its doors are, with which keys it signs, and whom it vouches for."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from httpx2 import HTTPError, InvalidURL

from wijkbudget.identity.logins.handshake import Handshake
from wijkbudget.identity.logins.settings import ProviderSettings, is_safe
from wijkbudget.identity.logins.tokens import KeyUnknown, PublicKey, read_keys, read_token
from wijkbudget.identity.rules.openid import Doubt, Expected, LoginStopped, NotTrusted, ProviderAway, Vouched, checked
from wijkbudget.kit.text import _

ANSWER_SECONDS_MAX = 5
PUBLISHED_LASTS = timedelta(hours=1)
"""Choice: how long we go on with what a provider published."""
KEYS_PAUSE = timedelta(minutes=1)
"""Choice: a key that we do not know makes us look again, but not more often, whatever strangers send."""

_DOORS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class ProviderClient:
    """One provider; keeps what it published. Every method may wait for the network, so never call one inside an act."""

    def __init__(self, settings: ProviderSettings, redirect_uri: str) -> None:
        """Ask nothing yet: the house opens while a provider is away."""
        self.settings = settings
        self._redirect_uri = redirect_uri
        self._lock = Lock()
        self._published: Mapping[str, Any] = {}
        self._keys: Sequence[PublicKey] = ()
        self._published_at: datetime | None = None
        self._keys_at: datetime | None = None

    def way_out(self, handshake: Handshake, now: datetime) -> str:
        """Return the address where somebody logs in. Raises ProviderAway or NotTrusted."""
        asked = {"acr_values": self.settings.asked_level.acr} if self.settings.asked_level else {}
        with self._client() as client:
            address, _state = client.create_authorization_url(
                self._doors(now)["authorization_endpoint"],
                state=handshake.state,
                nonce=handshake.nonce,
                code_verifier=handshake.verifier,
                **asked,
            )
        return str(address)

    def way_in(self, answer: Mapping[str, str], handshake: Handshake, now: datetime) -> Vouched:
        """Return whom the provider vouches for. Raises ProviderAway, LoginStopped, NotTrusted or LevelTooLow."""
        doors = self._doors(now)
        # Source: RFC 9207; else a provider that went bad could pass on a code of another one.
        if answer.get("iss", None if self._always_says_issuer() else self.settings.issuer) != self.settings.issuer:
            raise NotTrusted(Doubt.ANSWER_OF_ANOTHER_PROVIDER)
        if "error" in answer:
            raise LoginStopped(_("You did not log in on the other website."))
        if not answer.get("code"):
            raise NotTrusted(Doubt.NO_CODE)
        token = self._fetch_token(doors["token_endpoint"], answer["code"], handshake)
        expected = Expected(
            issuer=self.settings.issuer,
            client_id=self.settings.client_id,
            nonce=handshake.nonce,
            asked=self.settings.asked_level,
            pseudonym_claim=self.settings.pseudonym_claim,
        )
        return checked(self._claims(token, now), expected, handshake.state, now)

    def _claims(self, token: object, now: datetime) -> Mapping[str, Any]:
        """Return what a token says, after looking for new keys if it names one that we do not know."""
        try:
            return read_token(token, self._signing_keys(now, newer=False))
        except KeyUnknown:
            pass
        try:
            return read_token(token, self._signing_keys(now, newer=True))
        except KeyUnknown:
            raise NotTrusted(Doubt.KEY) from None

    def _fetch_token(self, address: str, code: str, handshake: Handshake) -> object:
        """Return the token for a code, which the provider gives once. Raises ProviderAway or NotTrusted."""
        try:
            with self._client() as client:
                given = client.fetch_token(
                    address, grant_type="authorization_code", code=code, code_verifier=handshake.verifier
                )
        except OAuthError:
            raise NotTrusted(Doubt.CODE) from None
        except (HTTPError, InvalidURL, ValueError):
            raise ProviderAway from None
        return given.get("id_token")

    def _doors(self, now: datetime) -> Mapping[str, str]:
        """Return the addresses of a provider. Raises ProviderAway or NotTrusted."""
        with self._lock:
            if self._published_at is None or now - self._published_at >= PUBLISHED_LASTS:
                published = self._get(f"{self.settings.issuer.rstrip('/')}/.well-known/openid-configuration")
                if not isinstance(published, dict) or published.get("issuer") != self.settings.issuer:
                    raise NotTrusted(Doubt.PUBLISHED_ISSUER)
                if not all(is_safe(str(published.get(door))) for door in _DOORS):
                    raise NotTrusted(Doubt.PUBLISHED_ADDRESS)
                self._published, self._published_at = published, now
            return {door: str(self._published[door]) for door in _DOORS}

    def _signing_keys(self, now: datetime, *, newer: bool) -> Sequence[PublicKey]:
        """Return the keys that a provider published; newer ones if we did not look just now. Raises ProviderAway."""
        address = self._doors(now)["jwks_uri"]
        with self._lock:
            age = None if self._keys_at is None else now - self._keys_at
            if age is None or age >= (KEYS_PAUSE if newer else PUBLISHED_LASTS):
                self._keys, self._keys_at = read_keys(self._get(address)), now
            return self._keys

    def _always_says_issuer(self) -> bool:
        return self._published.get("authorization_response_iss_parameter_supported") is True

    def _get(self, address: str) -> Any:
        """Return a document. Raises ProviderAway."""
        try:
            with self._client() as client:
                # `get` does not know that no token is sent.
                return client.request("GET", address, withhold_token=True).raise_for_status().json()
        except (HTTPError, InvalidURL, ValueError):
            raise ProviderAway from None

    def _client(self) -> OAuth2Client:
        offered = self._published.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        return OAuth2Client(
            self.settings.client_id,
            self.settings.secret.get_secret_value(),
            scope="openid",
            redirect_uri=self._redirect_uri,
            code_challenge_method="S256",
            token_endpoint_auth_method=(
                "client_secret_basic" if "client_secret_basic" in offered else "client_secret_post"
            ),
            timeout=ANSWER_SECONDS_MAX,
        )
