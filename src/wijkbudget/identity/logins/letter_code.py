# SPDX-License-Identifier: EUPL-1.2
"""A code on paper: in a letter to the registered address, or handed over at the desk."""

from collections.abc import Iterator, Sequence

from wijkbudget.identity.logins.offer import Offer, Provider
from wijkbudget.kit.text import _


class _LetterCode:
    key = "letter_code"

    def offers(self, providers: Sequence[Provider]) -> Iterator[Offer]:  # noqa: ARG002 - the same for every login
        """Yield the page where a letter is asked for."""
        yield Offer("/inloggen/brief", _("Ask for a letter"))


LETTER_CODE = _LetterCode()
