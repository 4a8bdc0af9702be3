# SPDX-License-Identifier: EUPL-1.2
"""How a way to log in is offered on the page: where it begins, and in which words."""

from dataclasses import dataclass

from wijkbudget.kit.text import Text


@dataclass(frozen=True)
class Provider:
    """An identity provider as the page knows it."""

    key: str
    name: str


@dataclass(frozen=True)
class Offer:
    """A way to log in that is set up here."""

    path: str
    label: Text
