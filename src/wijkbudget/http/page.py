# SPDX-License-Identifier: EUPL-1.2
"""Answers a page: from views, by a template, with the frame that `app` puts around it."""

from typing import Any
from urllib.parse import quote

from litestar import MediaType, Response
from litestar.datastructures import Cookie
from litestar.response import Redirect

from wijkbudget.http.cookies import is_https
from wijkbudget.http.forms import EMPTY, Form
from wijkbudget.http.problem import headers_of, status_of
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import BadInput, Refusal
from wijkbudget.kit.text import Text

DONE_COOKIE = "done"


def page(
    request: PageRequest, name: str, *, form: Form = EMPTY, refusal: Refusal | None = None, **context: Any
) -> Response[Any]:
    """Return the page `web/templates/<name>`, or, after a refusal, the same page with what was wrong and its status.

    Templates get `form` (`form.get(name)`, `form.all(name)`), `refusal` and `errors` (a sentence a field).
    """
    errors = refusal.fields if isinstance(refusal, BadInput) else {}
    status = status_of(refusal) if refusal else 200
    content = request.app.state.render(request, name, {**context, "form": form, "refusal": refusal, "errors": errors})
    headers = headers_of(refusal) if refusal else {}
    # Said once: without this it would stand on every page of the next minute, beside a mistake too.
    said = [_done(request, "", max_age=0)] if DONE_COOKIE in request.cookies else []
    return Response(content, media_type=MediaType.HTML, status_code=status, headers=headers, cookies=said)


async def speak_as(request: PageRequest, place: str) -> None:
    """Speak to the reader in the tone of a neighbourhood from here on, where the address does not name it."""
    await request.app.state.tones.speak_as(place)


def redirect(request: PageRequest, path: str, *, done: Text | None = None) -> Redirect:
    """Send the reader on after a change, with one sentence that says it was done (without values)."""
    told = [_done(request, quote(done.msgid), max_age=60)] if done else []
    return Redirect(path, status_code=303, cookies=told)


def _done(request: PageRequest, value: str, *, max_age: int) -> Cookie:
    return Cookie(
        key=DONE_COOKIE, value=value, max_age=max_age, secure=is_https(request), httponly=True, samesite="lax"
    )
