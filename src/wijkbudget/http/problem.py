# SPDX-License-Identifier: EUPL-1.2
"""What a refusal is over HTTP: a status, and for machines a problem document."""

from typing import Any

from wijkbudget.kit.errors import (
    BadInput,
    Busy,
    Conflict,
    NotAllowed,
    NotFound,
    Refusal,
    RuleBroken,
    TooMany,
    Unreachable,
)
from wijkbudget.kit.text import Text, _

STATUS: dict[type[Refusal], int] = {
    BadInput: 400,
    NotAllowed: 403,
    NotFound: 404,
    Conflict: 409,
    RuleBroken: 422,
    TooMany: 429,
    Busy: 503,
    Unreachable: 503,
}

_TITLES: dict[int, Text] = {
    400: _("Bad Request"),
    403: _("Forbidden"),
    404: _("Not Found"),
    405: _("Method Not Allowed"),
    409: _("Conflict"),
    413: _("Content Too Large"),
    415: _("Unsupported Media Type"),
    422: _("Unprocessable Content"),
    429: _("Too Many Requests"),
    500: _("Internal Server Error"),
    503: _("Service Unavailable"),
}
"""What a status is called. Source: RFC 9110; RFC 9457, 4.2.1 lets it be said in the reader's language."""

MEDIA_TYPE = "application/problem+json"


def status_of(refusal: Refusal) -> int:
    """Return the status of a refusal."""
    return next(status for kind, status in STATUS.items() if isinstance(refusal, kind))


def headers_of(refusal: Refusal) -> dict[str, str]:
    """Return the headers a refusal needs: how long to wait, if it is about that."""
    if isinstance(refusal, TooMany):
        return {"Retry-After": str(refusal.wait_seconds)}
    return {"Retry-After": "1"} if isinstance(refusal, (Busy, Unreachable)) else {}


def title_of(status: int) -> Text:
    """Return what a status is called; one that is rare here goes by the name of its class."""
    return _TITLES.get(status, _TITLES[status // 100 * 100])


def problem(status: int, title: str, detail: str, **more: Any) -> dict[str, Any]:
    """Return a problem document. Source: RFC 9457."""
    return {"type": "about:blank", "status": status, "title": title, "detail": detail, **more}
