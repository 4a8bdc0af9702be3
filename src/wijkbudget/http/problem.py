"""What a refusal is over HTTP: a status, and for machines a problem document."""

from http import HTTPStatus
from typing import Any

from wijkbudget.kit.errors import BadInput, Busy, Conflict, NotAllowed, NotFound, Refusal, RuleBroken, TooMany

STATUS: dict[type[Refusal], int] = {
    BadInput: 400,
    NotAllowed: 403,
    NotFound: 404,
    Conflict: 409,
    RuleBroken: 422,
    TooMany: 429,
    Busy: 503,
}

MEDIA_TYPE = "application/problem+json"


def status_of(refusal: Refusal) -> int:
    """Return the status of a refusal."""
    return next(status for kind, status in STATUS.items() if isinstance(refusal, kind))


def headers_of(refusal: Refusal) -> dict[str, str]:
    """Return the headers a refusal needs: how long to wait, if it is about that."""
    if isinstance(refusal, TooMany):
        return {"Retry-After": str(refusal.wait_seconds)}
    return {"Retry-After": "1"} if isinstance(refusal, Busy) else {}


def problem(status: int, detail: str, **more: Any) -> dict[str, Any]:
    """Return a problem document. Source: RFC 9457."""
    return {"type": "about:blank", "status": status, "title": HTTPStatus(status).phrase, "detail": detail, **more}
