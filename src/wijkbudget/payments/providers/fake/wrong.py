# SPDX-License-Identifier: EUPL-1.2
"""How the stand-in answers: with an object as Stripe shows it, or with what was wrong."""

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]


class Wrong(Exception):
    """What Stripe answers with a status of 400 and more."""

    def __init__(self, status: int, kind: str, message: str, code: str | None = None) -> None:
        """Keep what is answered."""
        super().__init__(message)
        self.status = status
        self.body: Json = {"error": {"type": kind, "message": message, "code": code}}


def shown(about: Mapping[str, Any]) -> Json:
    """Return what Stripe shows of something; what begins with a line is ours."""
    return {name: value for name, value in about.items() if not name.startswith("_")}
