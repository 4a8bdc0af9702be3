"""Turns a refusal, a wrong request or a bug into an answer: a page, or a problem document for machines."""

import logging
from http import HTTPStatus
from typing import Any

from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import ASGIApp, HTTPScope
from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError, OperationalError

from wijkbudget.app.frame import render
from wijkbudget.app.templating import say
from wijkbudget.http.edge import Turned
from wijkbudget.http.forms import sentences
from wijkbudget.http.problem import MEDIA_TYPE, headers_of, problem, status_of
from wijkbudget.kit.errors import BadInput, Busy, Refusal
from wijkbudget.kit.text import Text, _

_log = logging.getLogger("wijkbudget")

AnyRequest = Request[Any, Any, Any]

_SENTENCES: dict[int, Text] = {
    400: _("This cannot be read."),
    403: _("You may not do this here."),
    404: _("There is no page here."),
    405: _("This cannot be done at this address."),
    413: _("This is too large: at most 8 MB."),
    415: _("This kind of content cannot be read here."),
    500: _("Something broke on our side. Nothing was changed."),
}


def refused(request: AnyRequest, refusal: Refusal) -> Response[Any]:
    """Answer a refusal with its status, its sentence and the article it rests on."""
    more: dict[str, Any] = {"refusal": type(refusal).__name__}
    if refusal.article:
        more["article"] = refusal.article
    if isinstance(refusal, BadInput) and refusal.fields:
        more["errors"] = {name: say(text) for name, text in refusal.fields.items()}
    return _answer(request, status_of(refusal), refusal.text, headers_of(refusal), more)


def failed(request: AnyRequest, failure: HTTPException) -> Response[Any]:
    """Answer what the framework refuses: no such path, a field that is wrong."""
    status = failure.status_code
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return broken(request, failure)
    more: dict[str, Any] = {}
    if isinstance(failure, ValidationException) and isinstance(failure.extra, list):
        more["errors"] = {name: say(text) for name, text in _field_sentences(failure, failure.extra).items()}
    return _answer(request, status, _SENTENCES.get(status, _SENTENCES[400]), dict(failure.headers or {}), more)


def clashed(request: AnyRequest, _clash: IntegrityError) -> Response[Any]:
    """Answer a change that the database itself refused, such as a second row where one may be."""
    return _answer(request, 409, _("Somebody else was just first. Load the page again."), {}, {})


def away(request: AnyRequest, trouble: OperationalError) -> Response[Any]:
    """Answer when the database cannot be reached or is full: nothing was changed, try again."""
    _log.error("the database does not answer: %s", type(trouble.orig).__name__)
    return refused(request, Busy())


def broken(request: AnyRequest, bug: Exception) -> Response[Any]:
    """Answer a bug: log where it is, tell nothing of what was sent."""
    _log.error("unexpected error at %s %s", request.method, request.scope["path"], exc_info=bug)
    return _answer(request, 500, _SENTENCES[500], {}, {})


def turned_away(scope: HTTPScope, turned: Turned) -> ASGIApp:
    """Answer a request that did not come past the edge; the application never saw it."""
    request: AnyRequest = Request(scope)
    content = problem(turned.status, say(turned.text))
    if _wants_page(request):
        body = (
            f"<!doctype html><html lang=nl><meta charset=utf-8><title>{content['status']}</title><p>{content['detail']}"
        )
        answer = Response(body, media_type=MediaType.HTML, status_code=turned.status)
        return answer.to_asgi_response(None, request)
    return Response(content, media_type=MEDIA_TYPE, status_code=turned.status).to_asgi_response(None, request)


HANDLERS: dict[Any, Any] = {
    Refusal: refused,
    HTTPException: failed,
    IntegrityError: clashed,
    OperationalError: away,
    Exception: broken,
}


def _answer(
    request: AnyRequest, status: int, text: Text, headers: dict[str, str], more: dict[str, Any]
) -> Response[Any]:
    if not _wants_page(request):
        document = problem(status, say(text), **more)
        return Response(document, media_type=MEDIA_TYPE, status_code=status, headers=headers)
    name = {404: "errors/not_found.html", 500: "errors/broken.html"}.get(status, "errors/refused.html")
    context = {
        "refusal_text": text,
        "article": more.get("article"),
        "back_href": _back(request),
        "here": request.scope["path"],
        "status": status,
    }
    content = render(request, name, context)
    return Response(content, media_type=MediaType.HTML, status_code=status, headers=headers)


def _field_sentences(failure: ValidationException, found: list[Any]) -> dict[str, Text]:
    """Return what is wrong with which field, in our own words; the framework's are for programmers."""
    cause: BaseException | None = failure
    while cause is not None:
        if isinstance(cause, ValidationError):
            return sentences(cause)
        cause = cause.__cause__
    return {str(wrong.get("key", "form")): _("This is not filled in right.") for wrong in found}


def _wants_page(request: AnyRequest) -> bool:
    # The address as such is not read here: what is wrong may be just that.
    return not request.scope["path"].startswith("/api/")


def _back(request: AnyRequest) -> str:
    """Return where to go back to: the page itself for a form that was sent, else the front page."""
    return request.scope["path"].rpartition("/")[0] or "/"
