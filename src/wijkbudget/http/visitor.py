# SPDX-License-Identifier: EUPL-1.2
"""Who sent a request: the actor that `app` found, and how to call them."""

from dataclasses import dataclass
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection

from wijkbudget.kit.actor import GUEST, Actor


@dataclass(frozen=True)
class Visitor:
    """The actor behind a request, with their name: None for who did not log in, empty for who is not known yet."""

    actor: Actor = GUEST
    name: str | None = None
    is_half_in: bool = False
    """Some of their roles sleep until they take the second step."""


STRANGER = Visitor()

PageRequest = Request[Visitor, None, Any]
"""What page handlers get."""


def visitor(connection: ASGIConnection[Any, Any, Any, Any]) -> Visitor:
    """Return who sent this; a stranger where nobody looked, such as on an unknown path."""
    found = connection.scope.get("user")
    return found if isinstance(found, Visitor) else STRANGER


def peer(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """Return the address of the machine that sent this, for counting wrong tries only."""
    return connection.client.host if connection.client else "unknown"
