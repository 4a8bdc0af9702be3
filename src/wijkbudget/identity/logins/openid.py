# SPDX-License-Identifier: EUPL-1.2
"""An account elsewhere: identity providers that speak OpenID Connect, each with a button of its own."""

from collections.abc import Iterator, Sequence

from wijkbudget.identity.logins.offer import Offer, Provider
from wijkbudget.kit.text import _


class _OpenId:
    key = "openid"

    def offers(self, providers: Sequence[Provider]) -> Iterator[Offer]:
        """Yield the way to each provider."""
        for provider in providers:
            yield Offer(f"/inloggen/bij/{provider.key}", _("Log in with %(name)s", name=provider.name))


OPENID = _OpenId()
