# SPDX-License-Identifier: EUPL-1.2
"""Stripe: opens its Checkout pages, sends money back, and reads its news; the one file that knows its SDK.

Source: docs.stripe.com, API version 2026-10-28 (Checkout Sessions, Refunds, Payouts, Webhooks, Idempotent requests).
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import stripe

from wijkbudget.kit.text import _
from wijkbudget.payments.providers.port import (
    Checkout,
    CheckoutOrder,
    DepositLine,
    DepositNotice,
    News,
    NotFromProvider,
    Notice,
    ProviderAway,
    ProviderRefused,
    RefundOrder,
)
from wijkbudget.payments.providers.settings import PaymentSettings

ANSWER_SECONDS_MAX = 10
TOLERANCE = timedelta(seconds=300)
"""How old, or how far ahead, signed news may be. Source: docs.stripe.com/webhooks, prevent replay attacks."""

_METHODS = ("ideal", "card")
_AWAY = (
    stripe.APIConnectionError,
    stripe.APIError,
    stripe.RateLimitError,
    stripe.AuthenticationError,
    stripe.PermissionError,
)
"""No answer, one of 500 and more, too much asked, or a key that is not right: the same is asked again later."""

_SESSION = {
    "checkout.session.completed": News.COMPLETED,
    "checkout.session.async_payment_succeeded": News.COMPLETED,
    "checkout.session.async_payment_failed": News.FAILED,
    "checkout.session.expired": News.EXPIRED,
}
_DISPUTE = {
    "charge.dispute.funds_withdrawn": News.DISPUTED,
    "charge.dispute.funds_reinstated": News.DISPUTE_WON,
}
_PAYOUT = frozenset(
    {"payout.created", "payout.paid", "payout.failed", "payout.canceled", "payout.reconciliation_completed"}
)
_OF_DEPOSIT = {
    "charge": News.ARRIVED,
    "refund": News.REFUNDED,
    "refund_failure": News.REFUND_FAILED,
    "dispute": News.DISPUTED,
    "dispute_reversal": News.DISPUTE_WON,
}
"""What a part of a payout is, by its reporting category. Source: docs.stripe.com/reports/reporting-categories."""
_REFUND = frozenset({"refund.created", "refund.updated", "refund.failed"})
_REFUND_STATES = {"succeeded": News.REFUNDED, "failed": News.REFUND_FAILED, "canceled": News.REFUND_FAILED}

R = TypeVar("R")


class Stripe:
    """Takes money with iDEAL | Wero and cards, in euros, on one account."""

    key = "stripe"

    def __init__(self, settings: PaymentSettings) -> None:
        """Keep a client with the key; it asks once, for errands are what asks again."""
        self._settings = settings
        # It would keep a connection open for each thread; we call now and then, from any thread.
        self._http = stripe.RequestsClient(timeout=ANSWER_SECONDS_MAX)
        self._client = stripe.StripeClient(
            settings.key.get_secret_value(),
            base_addresses={"api": settings.address} if settings.address else None,
            max_network_retries=0,
            http_client=self._http,
        )

    def open(self, order: CheckoutOrder) -> Checkout:
        """Open a pay page. Raises ProviderAway or ProviderRefused."""
        ours = {"contribution": str(order.contribution_id)}
        asked: Any = {
            "mode": "payment",
            "client_reference_id": str(order.contribution_id),
            "payment_method_types": list(_METHODS),
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": "eur",
                        "unit_amount": order.amount_cents,
                        "product_data": {"name": order.title},
                    },
                }
            ],
            "metadata": ours,
            # A charge takes over what its payment says, so that news of either says whose it is.
            "payment_intent_data": {"metadata": ours},
            "success_url": order.return_url,
            "cancel_url": order.return_url,
        }
        key: Any = {"idempotency_key": f"checkout-{order.contribution_id}"}
        session = self._asked(lambda: self._client.v1.checkout.sessions.create(asked, key))
        return Checkout(id=session.id, url=str(session.url))

    def refund(self, order: RefundOrder) -> str:
        """Send money back, and return Stripe's id of it. Raises ProviderAway or ProviderRefused."""
        asked: Any = {
            "payment_intent": order.payment_id,
            "amount": order.amount_cents,
            "metadata": {"contribution": str(order.contribution_id), "refund": str(order.refund_id)},
        }
        key: Any = {"idempotency_key": f"refund-{order.refund_id}"}
        return str(self._asked(lambda: self._client.v1.refunds.create(asked, key)).id)

    def lines(self, deposit_id: str) -> list[DepositLine]:
        """Return what a payout of Stripe to our bank is made of. Raises ProviderAway or ProviderRefused.

        Source: docs.stripe.com/api/balance_transactions/list (of automatic payouts only).
        """
        asked: Any = {"payout": deposit_id, "limit": 100}
        parts = self._asked(lambda: list(self._client.v1.balance_transactions.list(asked).auto_paging_iter()))
        # The payout itself stands among its parts, as what left the account.
        return [_line(part) for part in parts if part.type != "payout"]

    def read(self, body: bytes, signature: str, now: datetime) -> Notice | DepositNotice | None:
        """Return the news in a message, or None if it is of no use to us. Raises NotFromProvider."""
        self._demand_signed(body, signature, now)
        event = json.loads(body)
        if bool(event.get("livemode")) is not self._settings.is_live:
            raise NotFromProvider(_("This news is not of our account."))
        if self._settings.account and event.get("account", self._settings.account) != self._settings.account:
            raise NotFromProvider(_("This news is not of our account."))
        return _notice(str(event["id"]), str(event["type"]), event["data"]["object"])

    def _asked(self, ask: Callable[[], R]) -> R:
        """Return an answer of Stripe. Raises ProviderAway or ProviderRefused."""
        try:
            return ask()
        except _AWAY as away:
            raise ProviderAway(type(away).__name__) from None
        except stripe.StripeError as refused:
            # What it says can hold an amount or a key, so only the kind is told.
            message = f"{type(refused).__name__} {refused.code or ''}"
            raise ProviderRefused(message) from None
        finally:
            self._http.close()

    def _demand_signed(self, body: bytes, signature: str, now: datetime) -> None:
        """Do nothing if a message is signed with a secret of ours, about now. Raises NotFromProvider."""
        # The SDK compares letters of ASCII only, and breaks on any other.
        for secret in self._settings.webhook_secrets if signature.isascii() else []:
            try:
                # Without its tolerance: that reads another clock than ours, and looks one way only.
                stripe.WebhookSignature.verify_header(body, signature, secret.get_secret_value(), tolerance=None)
            except (stripe.SignatureVerificationError, UnicodeDecodeError):
                continue
            said = next(part[2:] for part in signature.split(",") if part.startswith("t="))
            if abs(now.timestamp() - int(said)) <= TOLERANCE.total_seconds():
                return
        raise NotFromProvider(_("This news is not signed as it must be, or is too old."))


def _notice(event_id: str, kind: str, told: Mapping[str, Any]) -> Notice | DepositNotice | None:
    """Return what an event means to us; most events mean nothing."""
    if kind in _PAYOUT:
        return _deposit(told)
    if kind == "charge.succeeded":
        return _of(event_id, News.ARRIVED, told, told["amount"])
    if kind in _SESSION:
        news = _SESSION[kind]
        # Completed but not paid: a bank that takes its time says later what came of it.
        waits = news is News.COMPLETED and told["payment_status"] != "paid"
        return None if waits else _of(event_id, news, told, told["amount_total"])
    if kind in _DISPUTE:
        return _of(event_id, _DISPUTE[kind], told, told["amount"])
    if kind in _REFUND and told["status"] in _REFUND_STATES:
        return _of(event_id, _REFUND_STATES[told["status"]], told, told["amount"])
    return None


def _deposit(told: Mapping[str, Any]) -> DepositNotice:
    """Return news of a payout of Stripe to our bank."""
    trace = told.get("trace_id") or {}
    return DepositNotice(
        deposit_id=str(told["id"]),
        amount_cents=told["amount"],
        arrives_on=datetime.fromtimestamp(told["arrival_date"], UTC).date(),
        reference=trace.get("value") or told.get("statement_descriptor"),
        has_failed=told["status"] in {"failed", "canceled"},
        is_complete=told.get("reconciliation_status") == "completed",
    )


def _line(part: stripe.BalanceTransaction) -> DepositLine:
    """Return a part of a payout; what Stripe asks for its work apart from any payment is all costs."""
    is_fee = part.reporting_category == "fee"
    return DepositLine(
        id=part.id,
        news=_OF_DEPOSIT.get(part.reporting_category),
        object_id=str(part.source) if part.source else None,
        amount_cents=0 if is_fee else part.amount,
        fee_cents=part.fee - part.amount if is_fee else part.fee,
    )


def _of(event_id: str, news: News, told: Mapping[str, Any], amount_cents: int) -> Notice:
    ours = told.get("metadata") or {}
    return Notice(
        event_id=event_id,
        news=news,
        contribution_id=_id(ours.get("contribution")),
        payment_id=told.get("payment_intent"),
        object_id=str(told["id"]),
        refund_id=_id(ours.get("refund")),
        amount_cents=amount_cents,
    )


def _id(said: object) -> UUID | None:
    """Return an id of ours, or None: somebody can have written something else there by hand."""
    try:
        return UUID(str(said)) if said else None
    except ValueError:
        return None
