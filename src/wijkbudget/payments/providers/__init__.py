# SPDX-License-Identifier: EUPL-1.2
"""Payment providers: each takes money for the municipality, and is known to one file here."""

from collections.abc import Callable

from wijkbudget.payments.providers.port import Provider
from wijkbudget.payments.providers.settings import PaymentSettings


def _stripe(settings: PaymentSettings) -> Provider:
    # Here, for most commands take no money, and what talks to Stripe takes a second to load.
    from wijkbudget.payments.providers.stripe import Stripe  # noqa: PLC0415 - see above

    return Stripe(settings)


PROVIDERS: dict[str, Callable[[PaymentSettings], Provider]] = {"stripe": _stripe}
"""Each provider by its name in the settings."""


def provider_of(settings: PaymentSettings | None) -> Provider | None:
    """Return the provider that the keeper of the house chose, or None where nobody can give money."""
    return PROVIDERS[settings.provider](settings) if settings else None
