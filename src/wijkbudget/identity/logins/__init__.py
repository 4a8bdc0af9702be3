# SPDX-License-Identifier: EUPL-1.2
"""How people log in, as interchangeable ways; each is offered on the page where it is set up.

To add one: write `identity/logins/<key>.py` after the example of `email_code`, then name it below. A way ends in a
verb of `identity/service/logins.py` that opens a session.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

from wijkbudget.identity.logins.email_code import EMAIL_CODE
from wijkbudget.identity.logins.letter_code import LETTER_CODE
from wijkbudget.identity.logins.offer import Offer, Provider
from wijkbudget.identity.logins.openid import OPENID
from wijkbudget.kit.registry import Registry


class Login(Protocol):
    """A way to log in."""

    key: str

    def offers(self, providers: Sequence[Provider]) -> Iterator[Offer]:
        """Yield what the page offers, given the identity providers of this house."""


LOGINS: Registry[Login] = Registry(OPENID, EMAIL_CODE, LETTER_CODE)
"""By key, in the order of the page."""
