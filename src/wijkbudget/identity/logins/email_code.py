# SPDX-License-Identifier: EUPL-1.2
"""A code by e-mail: whoever reads the mailbox is a guest, until the address is linked to somebody who proved it."""

from collections.abc import Iterator, Sequence

from wijkbudget.identity.logins.offer import Offer, Provider
from wijkbudget.kit.text import _


class _EmailCode:
    key = "email_code"

    def offers(self, providers: Sequence[Provider]) -> Iterator[Offer]:  # noqa: ARG002 - the same for every login
        """Yield the page where an e-mail is asked for."""
        yield Offer("/inloggen/e-mail", _("Get a code by e-mail"))


EMAIL_CODE = _EmailCode()
