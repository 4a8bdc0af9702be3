# SPDX-License-Identifier: EUPL-1.2
"""In which language somebody is spoken to, by their choice or their browser, and in the tone of their neighbourhood."""

import asyncio
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from babel import negotiate_locale
from litestar import Controller, post
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.response import Redirect
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from sqlalchemy.exc import OperationalError

from wijkbudget.app.templating import DEFAULT, FORMAL, catalogues, language, languages, tag
from wijkbudget.http.cookies import is_https
from wijkbudget.http.desk import does
from wijkbudget.http.forms import read_form
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.neighbourhoods import queries, service
from wijkbudget.neighbourhoods.rules import Tone
from wijkbudget.trail.desk import Desk

COOKIE = "language"
REMEMBERED = timedelta(minutes=1)
"""Choice: rules that were adopted through another process, or that begin today, change the tone within a minute."""

_YEAR_SECONDS = 365 * 24 * 60 * 60
_WISHES_MAX = 20
_PLACE = re.compile(r"/(?:wijken|api/v1/neighbourhoods)/([^/]+)")
_OWN_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]*", re.ASCII)
"""An address on this site; what a browser would take for another one, or would cut in two, is none."""
_WEIGHT = re.compile(r"(?:q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?", re.ASCII)
_TEXTS = (b"text/html", b"application/json", b"application/problem+json")


class LanguagePages(Controller):
    """The choice of a language. It reads no session: the ballot pages offer it too."""

    include_in_schema = False

    @post("/taal", opt=does(anonymous=True))
    async def choose(self, request: PageRequest) -> Redirect:
        """Keep the chosen language in a cookie, and go back to where the reader was."""
        form = await read_form(request)
        name, back = form.get("language"), form.get("back")
        answer = Redirect(back if _OWN_PATH.fullmatch(back) else "/", status_code=303)
        if name in languages():
            answer.set_cookie(
                Cookie(
                    key=COOKIE,
                    value=name,
                    max_age=_YEAR_SECONDS,
                    secure=is_https(request),
                    httponly=True,
                    samesite="lax",
                )
            )
        return answer


@dataclass
class Tones:
    """Which tone each neighbourhood agreed on, remembered for a minute or until rules are adopted here."""

    desk: Desk
    _known: Mapping[str, Tone] = field(default_factory=dict)
    _until: datetime | None = None

    async def of(self, place: str | None) -> Tone:
        """Return the tone of a neighbourhood, or of the whole municipality.

        Choice: what is for the whole municipality says `u` only when all its neighbourhoods do.
        """
        now = self.desk.clock()
        if self._until is None or not now < self._until:
            try:
                self._known = await asyncio.to_thread(self.desk.ask, queries.tones)
                self._until = now + REMEMBERED
            except (Refusal, OperationalError):
                # The page that was asked for says what is wrong; in which tone is the least of it.
                self.forget()
        agreed = {self._known[place]} if place and place in self._known else set(self._known.values())
        return agreed.pop() if len(agreed) == 1 else Tone.JE

    async def spoken(self, name: str, place: str | None) -> str:
        """Return a language in the tone of a neighbourhood, where it has more than one tone."""
        is_polite = name + FORMAL in catalogues() and await self.of(place) is Tone.U
        return name + FORMAL if is_polite else name

    async def speak_as(self, place: str) -> None:
        """Go on in the tone of a neighbourhood, where the address of a page did not tell which it is."""
        language.set(await self.spoken(language.get().removesuffix(FORMAL), place))

    def forget(self) -> None:
        """Ask again the next time."""
        self._until = None


@dataclass(frozen=True)
class Languages:
    """An ASGI application around the application: settles the language before anything is said, and names it."""

    app: ASGIApp
    tones: Tones

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the answer be in the reader's language."""
        if str(scope["type"]) != "http" or scope["path"].startswith("/static/"):
            await self.app(scope, receive, send)
            return
        place = _PLACE.match(scope["path"])
        name = await self.tones.spoken(chosen(ASGIConnection(scope)), place and place[1])

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_headers(name, message["headers"])]
            await send(message)

        before = language.set(name)
        try:
            await self.app(scope, receive, named)
        finally:
            language.reset(before)
            if service.adopt_policy in _reached(scope):
                self.tones.forget()


def chosen(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """Return the language of a reader: their own choice, else what their browser asks and we speak, else Dutch."""
    kept = connection.cookies.get(COOKIE)
    if kept and kept in languages():
        return kept
    spoken = {tag(name).lower(): name for name in languages()}
    agreed = negotiate_locale(_wishes(connection.headers.get("accept-language", "")), list(spoken), sep="-")
    return spoken[agreed.lower()] if agreed else DEFAULT


def _wishes(header: str) -> list[str]:
    """Return the languages that a browser asks for, the dearest first. Source: RFC 9110, 12.5.4."""

    def weighed() -> Iterator[tuple[Decimal, str]]:
        for wish in header.split(",")[:_WISHES_MAX]:
            name, _semicolon, said = (part.strip() for part in wish.partition(";"))
            found = _WEIGHT.fullmatch(said)
            weight = Decimal((found[1] or 1) if found else 0)
            if name and weight:
                yield weight, name

    return [name for _weight, name in sorted(weighed(), key=lambda wish: -wish[0])]


def _headers(name: str, present: Any) -> Iterator[tuple[bytes, bytes]]:
    """Yield what an answer with sentences says of its language."""
    if any(key.lower() == b"content-type" and value.startswith(_TEXTS) for key, value in present):
        yield b"content-language", tag(name).encode()
        yield b"vary", b"Accept-Language, Cookie"


def _reached(scope: Scope) -> tuple[Any, ...]:
    """Return the verbs and questions of the route that answered, if one did."""
    handler = scope.get("route_handler")
    reached: tuple[Any, ...] = handler.opt.get("does", ()) if handler else ()
    return reached
