# SPDX-License-Identifier: EUPL-1.2
"""Which payment provider takes money, and with which keys: what the keeper of the house writes down."""

import tomllib
from collections.abc import Callable
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import SecretStr, StringConstraints, model_validator

from wijkbudget.kit.fields import Command, Field, Slug

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_Text = Annotated[str, StringConstraints(min_length=1, max_length=500)]

LIVE_KEYS = ("sk_live_", "rk_live_")
"""How keys begin that move real money. Source: docs.stripe.com/keys."""


class PaymentSettings(Command):
    """One payment provider, as `docs/recipes/payment-provider.md` explains it."""

    provider: Slug
    key: SecretStr
    webhook_secrets: Annotated[list[SecretStr], Field(min_length=1, max_length=2)]
    """The secret that signs news, and for a day or so the one before it."""
    is_live: bool = False
    """Whether this is real money."""
    account: _Text | None = None
    """The account at the provider that news must be about, where that is told apart."""
    address: _Text | None = None
    """Where a stand-in for the provider listens; without it, the real one is asked."""

    @model_validator(mode="after")
    def _demand_safe(self) -> "PaymentSettings":
        """Do nothing if a live key is said to be live, and goes to nobody but the provider. Raises ValueError."""
        has_live_key = self.key.get_secret_value().startswith(LIVE_KEYS)
        if has_live_key is not self.is_live:
            raise ValueError("a live key and is_live = true go together")  # noqa: EM101, TRY003 - read at the start
        if self.address and (self.is_live or urlsplit(self.address).hostname not in _LOOPBACK):
            message = "a stand-in for the provider listens on this very machine, and gets no live key"
            raise ValueError(message)
        return self


def read_payment_provider(text: str, secret_in: Callable[[str], str]) -> PaymentSettings:
    """Return the provider of a TOML file; the secrets stand in files that it names. Raises ValueError."""
    written = tomllib.loads(text)
    key, secrets = written.pop("key_file", ""), written.pop("webhook_secret_files", [])
    named = {"key": secret_in(key), "webhook_secrets": [secret_in(name) for name in secrets]}
    return PaymentSettings.model_validate({**written, **named})
