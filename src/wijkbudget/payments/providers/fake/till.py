# SPDX-License-Identifier: EUPL-1.2
"""What the stand-in remembers: pay pages, payments, refunds and disputes, and the events that tell of each change."""

import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import RLock
from typing import Any

from wijkbudget.payments.providers.fake.balance import DISPUTE_FEE, FEES, Balance, transaction
from wijkbudget.payments.providers.fake.wrong import Json, Wrong, shown
from wijkbudget.payments.providers.settings import LIVE_KEYS

OPEN_FOR = timedelta(hours=24)
"""How long a pay page stays open. Source: docs.stripe.com/api/checkout/sessions, expires_at."""


@dataclass
class Till:
    """One account at the stand-in; nothing of it outlives the process."""

    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]
    address: str
    """Where its pay pages are."""
    sessions: dict[str, Json] = field(default_factory=dict)
    charges: dict[str, Json] = field(default_factory=dict)
    """By the payment they are of."""
    refunds: dict[str, Json] = field(default_factory=dict)
    disputes: dict[str, Json] = field(default_factory=dict)
    balance: Balance = field(default_factory=Balance)
    events: list[Json] = field(default_factory=list)
    _answered: dict[str, tuple[str, Json]] = field(default_factory=dict)
    _lock: RLock = field(default_factory=RLock)

    def once(self, authorization: str, key: str | None, asked: Mapping[str, str], make: Callable[[], Json]) -> Json:
        """Return the answer to a command; the same key and body get the same answer. Raises Wrong."""
        demand_test_key(authorization)
        body = json.dumps(asked, sort_keys=True)
        with self._lock:
            if key and key in self._answered:
                before, kept = self._answered[key]
                if before != body:
                    message = "Keys for idempotent requests can only be used with the same parameters."
                    raise Wrong(400, "idempotency_error", message)
                return kept
            answer: Json = json.loads(json.dumps(make()))
            if key:
                self._answered[key] = (body, answer)
            return answer

    def open(self, asked: Mapping[str, str]) -> Json:
        """Open a pay page. Raises Wrong."""
        if asked.get("line_items[0][price_data][currency]") != "eur" or asked.get("mode") != "payment":
            raise Wrong(400, "invalid_request_error", "Only payments in euros.", "parameter_invalid")
        amount = _amount(asked, "line_items[0][price_data][unit_amount]")
        session_id, now = self._new("cs_test"), self.clock()
        session: Json = {
            "id": session_id,
            "object": "checkout.session",
            "amount_total": amount,
            "currency": "eur",
            "client_reference_id": asked.get("client_reference_id"),
            "created": int(now.timestamp()),
            "expires_at": int((now + OPEN_FOR).timestamp()),
            "livemode": False,
            "metadata": _metadata(asked, "metadata"),
            "mode": "payment",
            "payment_intent": None,
            "payment_status": "unpaid",
            "status": "open",
            "success_url": asked["success_url"],
            "cancel_url": asked["cancel_url"],
            "url": f"{self.address}/pay/{session_id}",
        }
        self.sessions[session_id] = session | {
            "_title": asked.get("line_items[0][price_data][product_data][name]", ""),
            "_payment_metadata": _metadata(asked, "payment_intent_data[metadata]"),
        }
        return session

    def pay(self, session_id: str, method: str) -> None:
        """Let a giver pay. Raises Wrong."""
        with self._lock:
            session = self._open_session(session_id)
            payment_id = self._new("pi")
            session |= {"status": "complete", "payment_status": "paid", "payment_intent": payment_id}
            charge = {
                "id": self._new("ch"),
                "object": "charge",
                "amount": session["amount_total"],
                "amount_refunded": 0,
                "currency": "eur",
                "livemode": False,
                "metadata": session["_payment_metadata"],
                "payment_intent": payment_id,
                "payment_method_details": {"type": method},
                "status": "succeeded",
            }
            self.charges[payment_id] = charge
            self._move("charge", charge["id"], charge["amount"], fee=FEES[method](charge["amount"]))
            self._tell("charge.succeeded", charge)
            self._tell("checkout.session.completed", session)

    def fail(self, session_id: str) -> None:
        """Let the bank of a giver say no; the page closes. Raises Wrong."""
        with self._lock:
            session = self._open_session(session_id)
            session |= {"status": "complete"}
            self._tell("checkout.session.async_payment_failed", session)

    def expire(self, session_id: str) -> None:
        """Let a pay page close without a payment. Raises Wrong."""
        with self._lock:
            session = self._open_session(session_id)
            session |= {"status": "expired"}
            self._tell("checkout.session.expired", session)

    def refund(self, asked: Mapping[str, str]) -> Json:
        """Send money back. Raises Wrong."""
        charge = self.charges.get(asked.get("payment_intent", ""))
        if charge is None:
            raise Wrong(404, "invalid_request_error", "No such payment_intent.", "resource_missing")
        amount = _amount(asked, "amount")
        if charge["amount_refunded"] + amount > charge["amount"]:
            message = "Refund amount is greater than unrefunded amount on charge."
            raise Wrong(400, "invalid_request_error", message, "charge_already_refunded")
        charge["amount_refunded"] += amount
        refund: Json = {
            "id": self._new("re"),
            "object": "refund",
            "amount": amount,
            "charge": charge["id"],
            "currency": "eur",
            "metadata": _metadata(asked, "metadata"),
            "payment_intent": charge["payment_intent"],
            "status": "succeeded",
        }
        self.refunds[refund["id"]] = refund
        self._move("refund", refund["id"], -amount)
        self._tell("refund.created", refund)
        return refund

    def fail_refund(self, refund_id: str) -> None:
        """Let the bank of a giver send a refund back."""
        with self._lock:
            refund = self.refunds[refund_id]
            refund["status"] = "failed"
            self._move("refund_failure", refund_id, refund["amount"])
            self._tell("refund.failed", refund)

    def dispute(self, payment_id: str) -> None:
        """Let the bank of a giver take a payment by card back; iDEAL knows no disputes. Raises Wrong."""
        with self._lock:
            charge = self.charges[payment_id]
            if charge["payment_method_details"]["type"] != "card":
                raise Wrong(400, "invalid_request_error", "Only a payment by card can be disputed.")
            dispute = {
                "id": self._new("du"),
                "object": "dispute",
                "amount": charge["amount"],
                "charge": charge["id"],
                "currency": "eur",
                "metadata": {},
                "payment_intent": payment_id,
                "status": "needs_response",
            }
            self.disputes[dispute["id"]] = dispute
            self._move("dispute", dispute["id"], -dispute["amount"], fee=DISPUTE_FEE)
            self._tell("charge.dispute.funds_withdrawn", dispute)

    def win(self, dispute_id: str) -> None:
        """Let the bank of a giver give up a dispute."""
        with self._lock:
            dispute = self.disputes[dispute_id]
            dispute["status"] = "won"
            self._move("dispute_reversal", dispute_id, dispute["amount"])
            self._tell("charge.dispute.funds_reinstated", dispute)

    def pay_out(self) -> str:
        """Send all there is to the bank of whoever has the account. Raises Wrong."""
        with self._lock:
            payout = self.balance.pay_out(self._new("po"), self.clock())
            self._tell("payout.created", payout | {"reconciliation_status": "in_progress", "trace_id": None})
            self._tell("payout.reconciliation_completed", payout)
            return str(payout["id"])

    def fail_payout(self, payout_id: str) -> None:
        """Let the bank of whoever has the account refuse a payout; its money is here again."""
        with self._lock:
            payout = self.balance.payouts[payout_id]
            payout["status"] = "failed"
            self._move("payout_reversal", payout_id, payout["amount"])
            self._tell("payout.failed", payout)

    def _move(self, category: str, source: str, amount: int, fee: int = 0) -> None:
        """Let the balance of the account move."""
        self.balance.move(transaction(self._new("txn"), category, source, amount, fee))

    def _open_session(self, session_id: str) -> Json:
        session = self.sessions.get(session_id)
        if session is None:
            raise Wrong(404, "invalid_request_error", "No such checkout.session.", "resource_missing")
        if session["status"] != "open":
            raise Wrong(400, "invalid_request_error", "This page is closed.")
        return session

    def _tell(self, kind: str, about: Mapping[str, Any]) -> None:
        """Make the event of a change, to be sent."""
        event = {
            "id": self._new("evt"),
            "object": "event",
            "created": int(self.clock().timestamp()),
            "livemode": False,
            "type": kind,
            "data": {"object": shown(about)},
        }
        self.events.append(json.loads(json.dumps(event)))

    def _new(self, kind: str) -> str:
        return f"{kind}_{self.entropy(12).hex()}"


def demand_test_key(authorization: str) -> None:
    """Do nothing if a command carries a key that moves no real money. Raises Wrong."""
    key = authorization.removeprefix("Bearer ")
    if key.startswith(LIVE_KEYS):
        raise Wrong(401, "invalid_request_error", "This is a stand-in: a live key must never come here.")
    if not key.startswith("sk_test_"):
        raise Wrong(401, "invalid_request_error", "Invalid API Key provided.")


def signed(body: bytes, secret: str, at: datetime) -> str:
    """Return the header that signs a message. Source: docs.stripe.com/webhooks, verify manually."""
    moment = int(at.timestamp())
    signature = hmac.digest(secret.encode(), f"{moment}.".encode() + body, "sha256").hex()
    return f"t={moment},v1={signature}"


def _amount(asked: Mapping[str, str], name: str) -> int:
    said = asked.get(name, "")
    if not (said.isascii() and said.isdigit() and int(said) > 0):
        raise Wrong(400, "invalid_request_error", f"Invalid integer: {name}", "parameter_invalid_integer")
    return int(said)


def _metadata(asked: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {
        name[len(prefix) + 1 : -1]: value
        for name, value in asked.items()
        if name.startswith(f"{prefix}[") and name.endswith("]")
    }
