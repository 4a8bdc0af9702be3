# SPDX-License-Identifier: EUPL-1.2
"""Which identity providers there are: what the keeper of the house writes down about each."""

import tomllib
from collections.abc import Callable, Sequence
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr, StringConstraints

from wijkbudget.identity.rules.openid import Level
from wijkbudget.kit.fields import Command, Line, Slug, symbol

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_Text = Annotated[str, StringConstraints(min_length=1, max_length=500)]


def is_safe(address: str) -> bool:
    """Return whether nobody on the way can read or change what is sent there: https, or this very machine."""
    parts = urlsplit(address)
    return (parts.scheme == "https" and bool(parts.hostname)) or (
        parts.scheme == "http" and parts.hostname in _LOOPBACK
    )


def _safe(address: str) -> str:
    if not is_safe(address) or urlsplit(address).query or urlsplit(address).fragment:
        raise ValueError("must be an address with https")  # noqa: EM101, TRY003 - the keeper reads it at the start
    return address


class ProviderSettings(Command):
    """One identity provider, as `docs/recipes/identity-provider.md` explains it."""

    key: Slug
    """Part of our address that the provider sends people back to."""
    name: Line
    """What the button says after “Log in with”."""
    issuer: Annotated[_Text, AfterValidator(_safe)]
    client_id: _Text
    secret: SecretStr
    pseudonym_claim: _Text | None = None
    """The claim that holds somebody's pseudonym in the register of residents, if the provider knows it."""
    asked_level: Annotated[Level, symbol(Level)] | None = None
    """How sure the provider must be at least."""


def read_providers(text: str, secret_in: Callable[[str], str]) -> Sequence[ProviderSettings]:
    """Return the providers of a TOML file; `secret_file` of each is read with `secret_in`. Raises ValueError."""
    found = []
    for written in tomllib.loads(text).get("provider", []):
        secret = secret_in(written.pop("secret_file", ""))
        found.append(ProviderSettings.model_validate({**written, "secret": secret}))
    if len({provider.key for provider in found}) < len(found):
        raise ValueError("two identity providers have one key")  # noqa: EM101, TRY003 - the keeper reads it at the start
    return found
