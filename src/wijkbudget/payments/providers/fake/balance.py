# SPDX-License-Identifier: EUPL-1.2
"""The balance of the account at the stand-in: what moved it, what each payment cost, and what went to the bank."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from wijkbudget.payments.providers.fake.wrong import Json, Wrong, shown

ARRIVES_AFTER = timedelta(days=2)
"""Choice: how long a payout takes to a Dutch bank, about."""
FEES: Mapping[str, Callable[[int], int]] = {
    "ideal": lambda _amount: 29,
    "card": lambda amount: 25 + amount * 15 // 1_000,
}
"""Choice: what a payment costs here, near to what Stripe asks in the Netherlands."""
DISPUTE_FEE = 2_000


@dataclass
class Balance:
    """What moved the balance; each movement is of one payout in the end."""

    transactions: list[Json] = field(default_factory=list)
    payouts: dict[str, Json] = field(default_factory=dict)

    def move(self, movement: Json) -> None:
        """Let the balance move."""
        self.transactions.append(movement)

    def pay_out(self, payout_id: str, now: datetime) -> Json:
        """Return a payout of all there is. Raises Wrong."""
        parts = [each for each in self.transactions if each["_payout"] is None]
        if not parts:
            raise Wrong(400, "invalid_request_error", "There is nothing to pay out.", "balance_insufficient")
        for each in parts:
            each["_payout"] = payout_id
        self.payouts[payout_id] = {
            "id": payout_id,
            "object": "payout",
            "amount": sum(each["net"] for each in parts),
            "arrival_date": int((now + ARRIVES_AFTER).timestamp()),
            "automatic": True,
            "currency": "eur",
            "livemode": False,
            "reconciliation_status": "completed",
            "statement_descriptor": None,
            "status": "in_transit",
            "trace_id": {"status": "supported", "value": payout_id.upper()[-16:]},
        }
        return self.payouts[payout_id]

    def parts(self, asked: Mapping[str, str]) -> Json:
        """Return what a payout is made of, a page at a time. Raises Wrong."""
        payout = self.payouts.get(asked.get("payout", ""))
        if payout is None:
            raise Wrong(404, "invalid_request_error", "No such payout.", "resource_missing")
        itself = transaction(f"txn_{payout['id']}", "payout", payout["id"], -payout["amount"], 0)
        every = [itself, *(each for each in self.transactions if each["_payout"] == payout["id"])]
        begin = next((at for at, each in enumerate(every, 1) if each["id"] == asked.get("starting_after")), 0)
        limit = int(asked.get("limit", "10"))
        some = [shown(each) for each in every[begin : begin + limit]]
        url = "/v1/balance_transactions"
        return {"object": "list", "url": url, "has_more": len(every) > begin + limit, "data": some}


def transaction(name: str, category: str, source: str, amount: int, fee: int) -> Json:
    """Return one movement of the balance, which no payout took along yet."""
    return {
        "id": name,
        "object": "balance_transaction",
        "amount": amount,
        "currency": "eur",
        "fee": fee,
        "net": amount - fee,
        "reporting_category": category,
        "source": source,
        "type": category,
        "_payout": None,
    }
