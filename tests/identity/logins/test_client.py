# SPDX-License-Identifier: EUPL-1.2
"""Talking to an identity provider: what it publishes, its new keys, answers of other logins, and when it is away."""

from datetime import timedelta

import pytest
from joserfc import jwt

from tests.conftest import NOW
from tests.identity.logins.coming import BACK, KEYS, come_back, doubted
from tests.identity.logins.provider import key, open_provider
from wijkbudget.identity.logins import handshake
from wijkbudget.identity.logins.client import KEYS_PAUSE, PUBLISHED_LASTS, ProviderClient
from wijkbudget.identity.rules.openid import (
    Doubt,
    LoginStopped,
    NotTrusted,
    ProviderAway,
)


class TestNewKeys:
    def test_are_looked_for_once_when_a_token_names_one(self, provider, begun):
        client = ProviderClient(provider.settings(), BACK)
        come_back(provider, begun, client)
        provider.signs_with = key("two")
        later = NOW + KEYS_PAUSE
        vouched = client.way_in(provider.log_in(client.way_out(begun, later)), begun, later)
        assert vouched.subject == "abc"
        assert provider.asked.count("/jwks") == 2

    def test_are_not_looked_for_again_and_again(self, provider, begun):
        client = ProviderClient(provider.settings(), BACK)
        come_back(provider, begun, client)
        provider.token = jwt.encode({"alg": "ES256", "kid": "?"}, {}, key("?"), algorithms=["ES256"])
        for _time in range(5):
            with pytest.raises(NotTrusted) as refusal:
                come_back(provider, begun, client)
            assert refusal.value.reason is Doubt.KEY
        assert provider.asked.count("/jwks") == 1

    def test_replace_the_old_ones_in_the_end(self, provider, begun):
        client = ProviderClient(provider.settings(), BACK)
        come_back(provider, begun, client)
        come_back(provider, begun, client)
        assert provider.asked.count("/.well-known/openid-configuration") == 1
        client.way_out(begun, NOW + PUBLISHED_LASTS)
        assert provider.asked.count("/.well-known/openid-configuration") == 2


class TestAnAnswerThatIsNotOfThisLogin:
    def test_is_of_another_provider(self, provider, begun):
        client = ProviderClient(provider.settings(), BACK)
        answer = provider.log_in(client.way_out(begun, NOW)) | {"iss": "http://127.0.0.1:1"}
        with pytest.raises(NotTrusted) as refusal:
            client.way_in(answer, begun, NOW)
        assert refusal.value.reason is Doubt.ANSWER_OF_ANOTHER_PROVIDER
        assert "/token" not in provider.asked

    @pytest.mark.parametrize("says_always", [True, False])
    def test_must_name_its_provider_only_if_that_one_always_does(self, provider, begun, says_always):
        provider.metadata = {"authorization_response_iss_parameter_supported": says_always}
        client = ProviderClient(provider.settings(), BACK)
        answer = provider.log_in(client.way_out(begun, NOW))
        del answer["iss"]
        if says_always:
            with pytest.raises(NotTrusted):
                client.way_in(answer, begun, NOW)
        else:
            assert client.way_in(answer, begun, NOW).subject == "abc"

    def test_has_a_code_that_was_used(self, provider, begun):
        client = ProviderClient(provider.settings(), BACK)
        answer = provider.log_in(client.way_out(begun, NOW))
        client.way_in(answer, begun, NOW)
        with pytest.raises(NotTrusted) as refusal:
            client.way_in(answer, begun, NOW)
        assert refusal.value.reason is Doubt.CODE

    def test_has_a_code_of_somebody_who_began_elsewhere(self, provider, begun):
        client = ProviderClient(provider.settings(), BACK)
        other = handshake.begin(KEYS, "gemeente", b"s" * 24, NOW)
        answer = provider.log_in(client.way_out(other, NOW))
        with pytest.raises(NotTrusted) as refusal:
            client.way_in(answer, begun, NOW)
        assert refusal.value.reason is Doubt.CODE

    def test_has_no_code(self, provider, begun):
        client = ProviderClient(provider.settings(), BACK)
        with pytest.raises(NotTrusted) as refusal:
            client.way_in({"state": begun.state, "iss": provider.issuer}, begun, NOW)
        assert refusal.value.reason is Doubt.NO_CODE

    def test_says_that_somebody_stopped(self, provider, begun):
        client = ProviderClient(provider.settings(), BACK)
        with pytest.raises(LoginStopped):
            client.way_in({"error": "access_denied", "iss": provider.issuer}, begun, NOW)


class TestWhatAProviderPublishes:
    @pytest.mark.parametrize(
        ("metadata", "reason"),
        [
            ({"issuer": "http://127.0.0.1:1"}, Doubt.PUBLISHED_ISSUER),
            ({"token_endpoint": "http://evil.example/token"}, Doubt.PUBLISHED_ADDRESS),
            ({"jwks_uri": "file:///etc/passwd"}, Doubt.PUBLISHED_ADDRESS),
            ({"authorization_endpoint": None}, Doubt.PUBLISHED_ADDRESS),
        ],
    )
    def test_is_not_believed_if_it_is_another_or_not_safe(self, provider, begun, metadata, reason):
        provider.metadata = metadata
        assert doubted(provider, begun) is reason

    def test_must_hold_keys(self, provider, begun):
        provider.publishes = "none"
        assert doubted(provider, begun) is Doubt.KEYS


class TestAProviderThatIsAway:
    def test_is_told_apart_and_is_asked_again(self, provider, begun):
        client = ProviderClient(provider.settings(), BACK)
        provider.status = 503
        with pytest.raises(ProviderAway):
            client.way_out(begun, NOW)
        provider.status = 200
        answer = provider.log_in(client.way_out(begun, NOW))
        provider.status = 500
        with pytest.raises(ProviderAway):
            client.way_in(answer, begun, NOW)
        provider.status = 200
        assert client.way_in(answer, begun, NOW).subject == "abc"

    def test_has_no_door_at_all(self, begun):
        with open_provider() as gone:
            settings = gone.settings()
        with pytest.raises(ProviderAway):
            ProviderClient(settings, BACK).way_out(begun, NOW)


class TestTheHandshake:
    def test_fits_only_the_browser_the_provider_and_ten_minutes(self, begun):
        state = begun.state
        assert handshake.resume(KEYS, "gemeente", state, state, NOW + timedelta(minutes=9)) == begun
        for provider, kept, returned, now, reason in (
            ("gemeente", "", state, NOW, Doubt.STATE),
            ("gemeente", state, "", NOW, Doubt.STATE),
            ("gemeente", "", "", NOW, Doubt.STATE),
            ("gemeente", state, "é", NOW, Doubt.STATE),
            ("andere", state, state, NOW, Doubt.STATE),
            ("gemeente", state + "0", state + "0", NOW, Doubt.STATE),
            ("gemeente", "9" + state, "9" + state, NOW, Doubt.STATE),
            ("gemeente", state, state, NOW + timedelta(minutes=10), Doubt.TOO_LATE),
        ):
            with pytest.raises(NotTrusted) as refusal:
                handshake.resume(KEYS, provider, kept, returned, now)
            assert refusal.value.reason is reason

    def test_tells_a_stranger_nothing(self, begun):
        assert begun.nonce not in begun.state
        assert begun.verifier not in begun.state
        assert len(begun.verifier) >= 43
