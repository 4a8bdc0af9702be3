# SPDX-License-Identifier: EUPL-1.2
"""What every payment provider promises, on the stand-in over HTTP, and on Stripe's test mode where there is a key."""

import json
import os
from datetime import timedelta
from uuid import UUID

import pytest
from pydantic import ValidationError

from tests.conftest import NOW, Clock
from tests.payments.contributions.till import SECRETS, choose, last, listening, session_of, settings_of
from wijkbudget.payments.providers import provider_of
from wijkbudget.payments.providers.fake.till import demand_test_key, signed
from wijkbudget.payments.providers.fake.wrong import Wrong
from wijkbudget.payments.providers.port import (
    CheckoutOrder,
    News,
    NotFromProvider,
    ProviderAway,
    ProviderRefused,
    RefundOrder,
)
from wijkbudget.payments.providers.settings import PaymentSettings, read_payment_provider

GIFT = UUID("6f1c0000-0000-4000-8000-000000000001")
REFUND = UUID("6f1c0000-0000-4000-8000-000000000002")
KEY = os.environ.get("WIJKBUDGET_STRIPE_TEST_KEY")
REAL = [pytest.param("stripe", marks=pytest.mark.allow_hosts(["api.stripe.com"]))] if KEY else []
"""Stripe itself, where somebody has a key of its test mode."""


def order(amount_cents=2_500, gift=GIFT):
    home = "https://wijk.example/giften/terug"
    return CheckoutOrder(contribution_id=gift, amount_cents=amount_cents, title="Speeltuin", return_url=home)


@pytest.fixture(scope="module")
def till():
    with listening(Clock()) as till:
        yield till


@pytest.fixture
def provider(till):
    return provider_of(settings_of(till))


@pytest.fixture(params=["stand-in", *REAL])
def any_provider(request, till):
    if request.param == "stand-in":
        return provider_of(settings_of(till))
    return provider_of(PaymentSettings(provider="stripe", key=KEY or "", webhook_secrets=["whsec_unused"]))


def hear(provider, event, *, secret=SECRETS[0], at=NOW, now=NOW):
    body = json.dumps(event).encode()
    return provider.read(body, signed(body, secret, at), now)


class TestPayPage:
    def test_is_the_same_when_it_is_asked_for_again(self, any_provider):
        gift = UUID(int=GIFT.int + 10)
        assert any_provider.open(order(gift=gift)) == any_provider.open(order(gift=gift))

    def test_is_refused_with_the_same_key_and_another_amount(self, any_provider):
        gift = UUID(int=GIFT.int + 11)
        any_provider.open(order(gift=gift))
        with pytest.raises(ProviderRefused, match="IdempotencyError"):
            any_provider.open(order(2_501, gift))

    def test_of_nobody_who_answers_is_asked_for_again(self, till):
        nobody = provider_of(settings_of(till, address="http://127.0.0.1:1"))
        with pytest.raises(ProviderAway):
            nobody.open(order())


class TestLife:
    def test_of_a_payment_is_told_to_the_cent(self, till, provider):
        url = provider.open(order()).url
        assert choose(url, "ideal")
        arrived, completed = (hear(provider, event) for event in till.events[-2:])
        assert (arrived.news, arrived.contribution_id, arrived.amount_cents) == (News.ARRIVED, GIFT, 2_500)
        assert (completed.news, completed.contribution_id, completed.amount_cents) == (News.COMPLETED, GIFT, 2_500)
        assert arrived.payment_id == completed.payment_id == till.sessions[session_of(url)]["payment_intent"]
        back = RefundOrder(
            refund_id=REFUND, contribution_id=GIFT, payment_id=arrived.payment_id or "", amount_cents=2_500
        )
        assert provider.refund(back) == provider.refund(back)
        refunded = hear(provider, last(till, "refund.created"))
        assert (refunded.news, refunded.refund_id, refunded.amount_cents) == (News.REFUNDED, REFUND, 2_500)
        with pytest.raises(ProviderRefused, match="charge_already_refunded"):
            provider.refund(RefundOrder(**{**vars(back), "refund_id": GIFT, "amount_cents": 1}))

    @pytest.mark.parametrize(("choice", "news"), [("fail", News.FAILED), ("expire", News.EXPIRED)])
    def test_without_a_payment_is_told_too(self, till, provider, choice, news):
        gift = UUID(int=GIFT.int + len(choice))
        choose(provider.open(order(gift=gift)).url, choice)
        heard = hear(provider, till.events[-1])
        assert (heard.news, heard.contribution_id, heard.payment_id) == (news, gift, None)

    def test_of_a_dispute_names_the_payment(self, till, provider):
        url = provider.open(order(gift=UUID(int=7))).url
        choose(url, "card")
        payment_id = till.sessions[session_of(url)]["payment_intent"]
        till.dispute(payment_id)
        heard = hear(provider, till.events[-1])
        assert (heard.news, heard.contribution_id, heard.payment_id) == (News.DISPUTED, None, payment_id)
        till.win(heard.object_id)
        assert hear(provider, till.events[-1]).news is News.DISPUTE_WON

    def test_knows_news_that_means_nothing_to_us(self, provider, till):
        choose(provider.open(order(gift=UUID(int=8))).url, "ideal")
        assert hear(provider, till.events[-1] | {"type": "customer.created"}) is None


class TestNews:
    @pytest.fixture
    def event(self, till, provider):
        choose(provider.open(order(gift=UUID(int=9))).url, "ideal") if not till.charges else None
        return till.events[-1]

    @pytest.mark.parametrize("secret", SECRETS)
    def test_is_believed_under_the_new_secret_and_the_one_before_it(self, provider, event, secret):
        assert hear(provider, event, secret=secret) is not None

    @pytest.mark.parametrize("seconds", [-300, 300])
    def test_is_believed_for_five_minutes(self, provider, event, seconds):
        assert hear(provider, event, at=NOW + timedelta(seconds=seconds)) is not None

    @pytest.mark.parametrize("seconds", [-301, 301])
    def test_is_refused_when_it_is_older_or_of_another_time(self, provider, event, seconds):
        with pytest.raises(NotFromProvider):
            hear(provider, event, at=NOW + timedelta(seconds=seconds))

    @pytest.mark.parametrize("header", ["", "t=1", "v1=00", "t=x,v1=00", "t=1772452800,v1=é", "t=1772452800,v1=00"])
    def test_is_refused_without_a_right_signature(self, provider, event, header):
        with pytest.raises(NotFromProvider):
            provider.read(json.dumps(event).encode(), header, NOW)

    def test_is_refused_after_one_letter_changed(self, provider, event):
        body = json.dumps(event).encode()
        with pytest.raises(NotFromProvider):
            provider.read(body.replace(b"evt_", b"evu_"), signed(body, SECRETS[0], NOW), NOW)

    def test_of_real_money_is_refused_in_a_trial(self, provider, event):
        with pytest.raises(NotFromProvider):
            hear(provider, event | {"livemode": True})

    def test_of_another_account_is_refused(self, till, event):
        ours = provider_of(settings_of(till, account="acct_ours"))
        with pytest.raises(NotFromProvider):
            hear(ours, event | {"account": "acct_other"})
        assert hear(ours, event | {"account": "acct_ours"}) is not None


class TestKeys:
    @pytest.mark.parametrize(
        "told",
        [
            {"key": "sk_live_1"},
            {"key": "sk_test_1", "is_live": True},
            {"key": "sk_live_1", "is_live": True, "address": "http://127.0.0.1:9"},
            {"key": "sk_test_1", "address": "https://elsewhere.example"},
        ],
    )
    def test_that_are_live_go_to_nobody_but_the_provider(self, told):
        with pytest.raises(ValidationError):
            PaymentSettings.model_validate({"provider": "stripe", "webhook_secrets": ["whsec"], **told})

    def test_that_are_live_are_refused_by_the_stand_in(self, till):
        with pytest.raises(Wrong, match="live key"):
            demand_test_key("Bearer sk_live_1")

    def test_stand_in_files_beside_the_settings_and_are_never_shown(self):
        text = 'provider = "stripe"\nkey_file = "key"\nwebhook_secret_files = ["one", "two"]\n'
        told = read_payment_provider(text, lambda name: f"sk_test_{name}")
        assert [secret.get_secret_value() for secret in told.webhook_secrets] == ["sk_test_one", "sk_test_two"]
        assert "sk_test" not in repr(told)
