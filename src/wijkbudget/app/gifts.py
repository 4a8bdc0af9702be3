# SPDX-License-Identifier: EUPL-1.2
"""Runs the errands of gifts: opens a pay page at the provider, sends money back, asks what a deposit is made of."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wijkbudget.kit.actor import SYSTEM
from wijkbudget.payments.contributions import queries, service
from wijkbudget.payments.deposits import queries as deposits
from wijkbudget.payments.deposits import service as depositing
from wijkbudget.payments.providers.port import CheckoutOrder, Provider, ProviderAway, ProviderRefused, RefundOrder
from wijkbudget.trail.desk import Desk


@dataclass(frozen=True)
class GiftErrands:
    """Stands between the desk and the provider; the same errand twice is the same pay page, or one refund."""

    desk: Desk
    provider: Provider | None
    origin: str

    def open(self, payload: dict[str, Any]) -> None:
        """Open the pay page of a gift. Raises ProviderAway."""
        gift_id, desk = UUID(payload["contribution"]), self.desk.by(SYSTEM)
        gift, provider = desk.ask(queries.to_pay, gift_id), self._provider()
        if gift is None:
            return
        order = CheckoutOrder(
            contribution_id=gift_id,
            amount_cents=gift.amount_cents,
            title=gift.title,
            return_url=f"{self.origin}/giften/{gift.code}",
        )
        try:
            checkout = provider.open(order)
        except ProviderRefused:
            desk.act(service.note_checkout_refused, gift_id)
            return
        desk.act(service.note_checkout, gift_id, provider.key, checkout.url)

    def refund(self, payload: dict[str, Any]) -> None:
        """Send money back to a giver; what became of it, the provider tells. Raises ProviderAway."""
        refund_id, desk = UUID(payload["refund"]), self.desk.by(SYSTEM)
        asked, provider = desk.ask(queries.to_refund, refund_id), self._provider()
        if asked is None:
            return
        order = RefundOrder(
            refund_id=refund_id,
            contribution_id=asked.contribution_id,
            payment_id=asked.payment_id,
            amount_cents=asked.amount_cents,
        )
        try:
            provider.refund(order)
        except ProviderRefused:
            desk.act(service.note_refund_refused, refund_id)

    def ask_parts(self, payload: dict[str, Any]) -> None:
        """Ask what a deposit is made of. Raises ProviderAway; one that refuses is asked with its next news."""
        deposit_id, desk = payload["deposit"], self.desk.by(SYSTEM)
        provider = self._provider()
        if desk.ask(deposits.lacks_parts, deposit_id):
            with suppress(ProviderRefused):
                desk.act(depositing.note_parts, deposit_id, provider.lines(deposit_id))

    def _provider(self) -> Provider:
        """Return who takes money. Raises ProviderAway if the keeper of the house chose nobody."""
        if self.provider is None:
            message = "no payment provider is set"
            raise ProviderAway(message)
        return self.provider
