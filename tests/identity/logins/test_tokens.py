# SPDX-License-Identifier: EUPL-1.2
"""What the token of an identity provider may say, and what is not believed: each by its reason."""

import base64
import hashlib
import hmac
import json

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from tests.conftest import NOW
from tests.identity.logins.coming import BACK, come_back, doubted
from tests.identity.logins.provider import CLIENT, key
from wijkbudget.identity.logins.client import ProviderClient
from wijkbudget.identity.rules.openid import Doubt, Level, LevelTooLow


class TestAnHonestProvider:
    def test_vouches_for_somebody(self, provider, begun):
        vouched = come_back(provider, begun)
        assert (vouched.issuer, vouched.subject) == (provider.issuer, "abc")
        assert (vouched.pseudonym, vouched.is_strong) == (None, False)

    def test_is_asked_for_a_code_with_a_challenge_and_no_more_than_who_it_is(self, provider, begun):
        come_back(provider, begun, asked_level=None)
        address = ProviderClient(provider.settings(asked_level=Level.SUBSTANTIAL), BACK).way_out(begun, NOW)
        assert "response_type=code" in address
        assert "scope=openid&" in address
        assert "acr_values=http%3A%2F%2Feidas.europa.eu%2FLoA%2Fsubstantial" in address
        assert begun.verifier not in address

    @pytest.mark.parametrize(("acr", "is_strong"), [("low", False), ("substantial", True), ("high", True)])
    def test_says_how_sure_it_is(self, provider, begun, acr, is_strong):
        provider.claims = {"acr": f"http://eidas.europa.eu/LoA/{acr}"}
        assert come_back(provider, begun).is_strong is is_strong

    @pytest.mark.parametrize(("claim", "read"), [("oost-00001", "oost-00001"), ("123456782", None), (7, None)])
    def test_tells_a_pseudonym_that_is_never_a_citizen_service_number(self, provider, begun, claim, read):
        provider.claims = {"pseudoniem": claim}
        assert come_back(provider, begun, pseudonym_claim="pseudoniem").pseudonym == read

    @pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
    @pytest.mark.parametrize(
        ("kind", "size", "algorithm"),
        [
            (RSAKey, 2048, "RS256"),
            (RSAKey, 2048, "PS256"),
            (ECKey, "P-256", "ES256"),
            (OKPKey, "Ed25519", "Ed25519"),
            (OKPKey, "Ed25519", "EdDSA"),
        ],
    )
    def test_signs_with_a_key_of_the_right_kind(self, provider, begun, kind, size, algorithm):
        signs = kind.generate_key(size, {"kid": "a"}, private=True)
        provider.publishes = [signs.as_dict(private=False)]
        header = {"alg": algorithm, "kid": "a"}
        provider.token = jwt.encode(header, provider.said(begun.nonce), signs, algorithms=[algorithm])
        assert come_back(provider, begun).subject == "abc"

    def test_may_be_meant_for_more_than_us_if_it_says_who_asked(self, provider, begun):
        provider.claims = {"aud": [CLIENT, "other"], "azp": CLIENT}
        assert come_back(provider, begun).subject == "abc"

    def test_may_have_a_clock_that_is_a_minute_wrong(self, provider, begun):
        provider.now += 59
        assert come_back(provider, begun).subject == "abc"


_CLAIMS = {
    "another issuer": ({"iss": "http://127.0.0.1:1"}, Doubt.ISSUER),
    "no issuer": ({"iss": None}, Doubt.ISSUER),
    "a token for another": ({"aud": "other"}, Doubt.AUDIENCE),
    "a token for nobody": ({"aud": None}, Doubt.AUDIENCE),
    "a token that another asked": ({"azp": "other"}, Doubt.AUDIENCE),
    "a token for two, without saying who asked": ({"aud": [CLIENT, "other"]}, Doubt.AUDIENCE),
    "the nonce of another login": ({"nonce": "other"}, Doubt.NONCE),
    "no nonce": ({"nonce": None}, Doubt.NONCE),
    "a nonce that is no text": ({"nonce": 7}, Doubt.NONCE),
    "a token that is over": ({"exp": int(NOW.timestamp()) - 60}, Doubt.EXPIRED),
    "a token without an end": ({"exp": None}, Doubt.EXPIRED),
    "an end that is no time": ({"exp": "2099"}, Doubt.EXPIRED),
    "an end that is true": ({"exp": True}, Doubt.EXPIRED),
    "a token of tomorrow": ({"iat": int(NOW.timestamp()) + 61}, Doubt.ISSUED_AT),
    "a token of long ago": ({"iat": int(NOW.timestamp()) - 700}, Doubt.ISSUED_AT),
    "a token that was never made": ({"iat": None}, Doubt.ISSUED_AT),
    "a token that holds later": ({"nbf": int(NOW.timestamp()) + 61}, Doubt.NOT_BEFORE),
    "nobody": ({"sub": None}, Doubt.SUBJECT),
    "an empty name": ({"sub": ""}, Doubt.SUBJECT),
    "a name without end": ({"sub": "x" * 256}, Doubt.SUBJECT),
    "a number for a name": ({"sub": 7}, Doubt.SUBJECT),
}


class TestATokenThatSaysWrongThings:
    @pytest.mark.parametrize(("claims", "reason"), _CLAIMS.values(), ids=_CLAIMS)
    def test_is_not_believed(self, provider, begun, claims, reason):
        provider.claims = claims
        assert doubted(provider, begun) is reason

    @pytest.mark.parametrize("acr", [None, "http://eidas.europa.eu/LoA/low", "high", 3])
    def test_is_refused_if_it_is_less_sure_than_asked(self, provider, begun, acr):
        provider.claims = {"acr": acr}
        with pytest.raises(LevelTooLow):
            come_back(provider, begun, asked_level=Level.SUBSTANTIAL)

    def test_is_taken_if_it_is_surer_than_asked(self, provider, begun):
        provider.claims = {"acr": "http://eidas.europa.eu/LoA/high"}
        assert come_back(provider, begun, asked_level=Level.SUBSTANTIAL).is_strong


def part(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


class TestATokenThatIsSignedWrongly:
    def test_with_nothing(self, provider, begun):
        provider.token = f"{part({'alg': 'none'})}.{part(provider.said(begun.nonce))}."
        assert doubted(provider, begun) is Doubt.ALGORITHM

    def test_with_the_public_key_as_a_secret(self, provider, begun):
        body = f"{part({'alg': 'HS256', 'kid': 'one'})}.{part(provider.said(begun.nonce))}"
        public = provider.signs_with.as_pem(private=False)
        signature = hmac.new(public, body.encode(), hashlib.sha256).digest()
        provider.token = f"{body}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"
        assert doubted(provider, begun) is Doubt.ALGORITHM

    def test_with_a_secret_that_the_provider_publishes(self, provider, begun):
        secret = OctKey.generate_key(256, {"kid": "s"})
        provider.publishes = [secret.as_dict()]
        provider.token = jwt.encode({"alg": "HS256", "kid": "s"}, provider.said(begun.nonce), secret)
        assert doubted(provider, begun) is Doubt.ALGORITHM

    def test_with_a_key_of_another_kind_than_it_says(self, provider, begun):
        provider.token = provider.signed(begun.nonce).replace(part({"a": 1}), "")
        _header, body, signature = provider.token.split(".")
        provider.token = f"{part({'alg': 'RS256', 'kid': 'one'})}.{body}.{signature}"
        assert doubted(provider, begun) is Doubt.SIGNATURE

    def test_with_a_key_of_somebody_else_under_a_known_name(self, provider, begun):
        provider.publishes = [key("one").as_dict(private=False)]
        assert doubted(provider, begun) is Doubt.SIGNATURE

    def test_with_a_key_that_it_brings_itself(self, provider, begun):
        own = key("own")
        header = {"alg": "ES256", "kid": "own", "jwk": own.as_dict(private=False)}
        provider.token = jwt.encode(header, provider.said(begun.nonce), own, algorithms=["ES256"])
        assert doubted(provider, begun) is Doubt.KEY

    def test_after_which_it_was_changed(self, provider, begun):
        header, _body, signature = provider.signed(begun.nonce).split(".")
        provider.token = f"{header}.{part({**provider.said(begun.nonce), 'sub': 'mayor'})}.{signature}"
        assert doubted(provider, begun) is Doubt.SIGNATURE

    @pytest.mark.parametrize("token", ["x", "a.b.c", "....", "é.é.é"])
    def test_or_no_token_at_all(self, provider, begun, token):
        provider.token = token
        assert doubted(provider, begun) in {Doubt.UNREADABLE, Doubt.ALGORITHM}
