# SPDX-License-Identifier: EUPL-1.2
"""Turns a refusal, a wrong request or a bug into an answer: a page, or a problem document for machines."""

import errno
import logging
import sqlite3
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import ASGIApp, HTTPScope
from pydantic import ValidationError
from pydantic.alias_generators import to_camel
from sqlalchemy.exc import IntegrityError, OperationalError

from wijkbudget.app.frame import render
from wijkbudget.app.templating import direction, language, say, tag
from wijkbudget.http.edge import Turned
from wijkbudget.http.forms import sentences
from wijkbudget.http.problem import MEDIA_TYPE, headers_of, problem, status_of, title_of
from wijkbudget.kit.errors import BadInput, Busy, Refusal, Unreachable
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


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_HELD_UP = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def refused(request: AnyRequest, refusal: Refusal) -> Response[Any]:
    """Answer a refusal with its status, its sentence and the article it rests on."""
    more: dict[str, Any] = {"refusal": type(refusal).__name__}
    if refusal.article:
        more["article"] = refusal.article
    if isinstance(refusal, BadInput) and refusal.fields:
        more["errors"] = [_refused_at(request, name, text) for name, text in refusal.fields.items()]
    return _answer(request, status_of(refusal), refusal.text, headers_of(refusal), more)


def failed(request: AnyRequest, failure: HTTPException) -> Response[Any]:
    """Answer what the framework refuses: no such path, a field that is wrong."""
    status = failure.status_code
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return broken(request, failure)
    more: dict[str, Any] = {}
    if isinstance(failure, ValidationException) and isinstance(failure.extra, list):
        more["errors"] = _unread(failure, failure.extra)
    return _answer(request, status, _SENTENCES.get(status, _SENTENCES[400]), dict(failure.headers or {}), more)


def clashed(request: AnyRequest, _clash: IntegrityError) -> Response[Any]:
    """Answer a change that the database itself refused, such as a second row where one may be."""
    return _answer(request, 409, _("Somebody else was just first. Load the page again."), {}, {})


def away(request: AnyRequest, trouble: OperationalError) -> Response[Any]:
    """Answer when the database cannot be reached, is full or is held up: nothing was changed, try again."""
    code = getattr(trouble.orig, "sqlite_errorcode", None)
    _log.error("the database does not answer: %s", code or type(trouble.orig).__name__)
    # What SQLite says in more detail stands in the higher bits.
    is_held_up = code is not None and code & 0xFF in _HELD_UP
    return refused(request, Busy() if is_held_up else Unreachable())


def full(request: AnyRequest, trouble: OSError) -> Response[Any]:
    """Answer when a file cannot be kept because the disk is full; anything else that a file may do is a bug."""
    if trouble.errno not in _FULL:
        return broken(request, trouble)
    _log.error("the disk is full: %s", errno.errorcode[trouble.errno])
    return refused(request, Unreachable())


def broken(request: AnyRequest, bug: Exception) -> Response[Any]:
    """Answer a bug: log where it is, tell nothing of what was sent."""
    _log.error("unexpected error at %s %s", request.method, request.scope.get("path_template"), exc_info=bug)
    return _answer(request, 500, _SENTENCES[500], {}, {})


def turned_away(scope: HTTPScope, turned: Turned) -> ASGIApp:
    """Answer a request that did not come past the edge; the application never saw it."""
    request: AnyRequest = Request(scope)
    answer: Response[Any]
    content = _problem(turned.status, turned.text)
    if _wants_page(request):
        spoken = language.get()
        body = (
            f"<!doctype html><html lang={tag(spoken)} dir={direction(spoken)}><meta charset=utf-8>"
            f"<title>{content['title']}</title><p>{content['detail']}"
        )
        answer = Response(body, media_type=MediaType.HTML, status_code=turned.status, headers=turned.headers)
        return answer.to_asgi_response(None, request)
    answer = Response(content, media_type=MEDIA_TYPE, status_code=turned.status, headers=turned.headers)
    return answer.to_asgi_response(None, request)


HANDLERS: dict[Any, Any] = {
    Refusal: refused,
    HTTPException: failed,
    IntegrityError: clashed,
    OperationalError: away,
    OSError: full,
    Exception: broken,
}


def _answer(
    request: AnyRequest, status: int, text: Text, headers: dict[str, str], more: dict[str, Any]
) -> Response[Any]:
    if not _wants_page(request):
        document = _problem(status, text, **more)
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


def _problem(status: int, text: Text, **more: Any) -> dict[str, Any]:
    """Return a problem document in the reader's language."""
    return problem(status, say(title_of(status)), say(text), **more)


def _unread(failure: ValidationException, found: list[Any]) -> list[dict[str, str]]:
    """Return what could not be read and where, in our own words; the framework's are for programmers."""
    cause: BaseException | None = failure
    while cause is not None:
        if isinstance(cause, ValidationError):
            return [{"pointer": _pointer(name), "detail": say(text)} for name, text in sentences(cause).items()]
        cause = cause.__cause__
    told = say(_("This is not filled in right."))
    return [{"parameter": str(wrong["key"]), "detail": told} if "key" in wrong else {"detail": told} for wrong in found]


def _refused_at(request: AnyRequest, name: str, text: Text) -> dict[str, str]:
    """Return where a refusal found something wrong, and what; the line of a file is no place in the body."""
    if not name.isidentifier():
        return {"detail": f"{name}: {say(text)}"}
    if name in request.route_handler.parsed_fn_signature.parameters.keys() - {"data"}:
        return {"parameter": name, "detail": say(text)}
    return {"pointer": _pointer(to_camel(name)), "detail": say(text)}


def _pointer(name: str) -> str:
    """Return the place of a field in the body. Source: RFC 9457, 3 (the example with `errors`); RFC 6901, 6."""
    steps = [] if name == "form" else name.replace("~", "~0").replace("/", "~1").split(".")
    return "/".join(["#", *(quote(step, safe="") for step in steps)])


def _wants_page(request: AnyRequest) -> bool:
    # The address as such is not read here: what is wrong may be just that.
    return not request.scope["path"].startswith("/api/")


def _back(request: AnyRequest) -> str:
    """Return where to go back to: the page itself for a form that was sent, else the front page."""
    return request.scope["path"].rpartition("/")[0] or "/"
