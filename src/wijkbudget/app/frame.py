# SPDX-License-Identifier: EUPL-1.2
"""The frame around every page: whose house it is, where you are, who you are and what you may do."""

from functools import cached_property
from typing import Any
from urllib.parse import quote, unquote
from uuid import uuid4

from litestar import Request
from litestar.types import Scope

from wijkbudget.app import templating
from wijkbudget.http.cookies import session_token
from wijkbudget.http.page import DONE_COOKIE
from wijkbudget.http.visitor import STRANGER, visitor
from wijkbudget.kit.actor import May
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import Text, _
from wijkbudget.neighbourhoods import queries as neighbourhoods

PRODUCT = "wijkbudget"

_FOR_EVERYBODY = "is_for_everybody"

_NAV: tuple[tuple[str, Text], ...] = (("/", _("Neighbourhoods")), ("/stemmen", _("Vote with a code")))

_PLACE_NAV: tuple[tuple[str, Text], ...] = (
    ("", _("Neighbourhood")),
    ("/initiatieven", _("Initiatives")),
    ("/klussen", _("Tasks")),
    ("/uitdagingen", _("Challenges")),
    ("/stemrondes", _("Votes")),
    ("/geld", _("Money")),
)
"""Choice: what residents come for, and where the money went: two lines on a small phone. The page of the neighbourhood
has the rest."""

_UNDER = {"/taken": "/uitdagingen", "/hulp": "/klussen"}
"""Pages that belong to an entry of the menu by another address."""


def render(request: Request[Any, Any, Any], name: str, context: dict[str, Any]) -> str:
    """Return a page in the reader's language, with the frame around it."""
    framed = _frame(request)
    said = str(request.app.state.environment.get_template(name).render({**framed, **context}))
    request.state[_FOR_EVERYBODY] = not framed["csrf_input"].is_drawn and _is_strange(request)
    return said


def is_for_everybody(scope: Scope) -> bool:
    """Return whether a page was made that says the same to every stranger, and holds nothing of its own."""
    return bool(scope["state"].get(_FOR_EVERYBODY))


def csrf_token(request: Request[Any, Any, Any]) -> str | None:
    """Return the token that pages of this session carry; nothing where there is no session."""
    token = session_token(request)
    keyed: str | None = request.app.state.desk.keys.keyed_hash("csrf", token) if token else None
    return keyed


def _frame(request: Request[Any, Any, Any]) -> dict[str, Any]:
    anonymous = _is_anonymous(request)
    who = STRANGER if anonymous else visitor(request)
    doors: dict[str, May] = request.app.state.doors
    place = request.path_params.get("place") if "path_params" in request.scope else None
    token = None if anonymous else csrf_token(request)

    def may(name: str, where: str | None = None) -> bool:
        """Tell a template whether the reader may do something, such as `vouchers.claim`."""
        return doors[name].allows(who.actor.roles_in(where))

    def is_me(person_id: object) -> bool:
        """Tell a template whether something is the reader's own."""
        return str(person_id) == who.actor.id

    return {
        "site_name": _site_name(request.app.state),
        "origin": request.app.state.origin,
        "lang": templating.tag(templating.language.get()),
        "dir": templating.direction(templating.language.get()),
        "languages": _others(templating.language.get().partition("@")[0]),
        "this_page": _this_page(request),
        "actor_name": who.name,
        "is_half_in": who.is_half_in,
        "place": place,
        "nav": _nav(place, request.scope["path"]),
        "may": may,
        "is_me": is_me,
        "done": None if anonymous else _done(request),
        "csrf_input": _HiddenInputs(token),
    }


def _is_anonymous(request: Request[Any, Any, Any]) -> bool:
    """Return whether the page is made without looking who asks; a voting code may."""
    return request.scope.get("route_handler") is not None and bool(request.route_handler.opt.get("anonymous"))


def _is_strange(request: Request[Any, Any, Any]) -> bool:
    """Return whether somebody looked who asks, and it was nobody we know."""
    return not _is_anonymous(request) and visitor(request) is STRANGER


def _others(now: str) -> tuple[tuple[str, str, str], ...]:
    """Return the languages the reader could go on in: name, tag and what it calls itself."""
    return tuple((name, templating.tag(name), own) for name, own in templating.languages().items() if name != now)


def _this_page(request: Request[Any, Any, Any]) -> str:
    """Return where the reader finds this page again; after a form was sent, the nearest page above its address."""
    path, query = request.scope["path"], request.scope["query_string"].decode()
    if request.method == "GET":
        return quote(path) + (f"?{query}" if query else "")
    template = request.scope.get("path_template", "")
    while template and template not in request.app.state.page_paths:
        path, template = path.rpartition("/")[0], template.rpartition("/")[0]
    return quote(path) if template else "/"


def _site_name(state: Any) -> str:
    """Return whose house it is: the municipality's name, read once; before it is founded, the product's."""
    if "site_name" not in state:
        try:
            state.site_name = f"{PRODUCT} {state.desk.ask(neighbourhoods.municipality).name}"
        except Refusal:
            return PRODUCT
    return str(state.site_name)


def _nav(place: str | None, path: str) -> tuple[tuple[str, str, bool], ...]:
    """Return the menu: where each entry leads, its sentence to translate, and whether the reader is there."""
    if place is None:
        return tuple((href, label.msgid, path == href) for href, label in _NAV)
    base = f"/wijken/{place}"
    first = "/".join(path.removeprefix(base).split("/")[:2])
    here = _UNDER.get(first, first)
    return tuple((base + tail, label.msgid, tail == here) for tail, label in _PLACE_NAV)


class _HiddenInputs:
    """What every form of a page carries: the token of the session, and a reference so that sending twice does it once.

    Drawn when the first form is written: most pages have none.
    """

    def __init__(self, token: str | None) -> None:
        """Keep the token of the session, if there is one."""
        self._token = token
        self.is_drawn = False

    def __html__(self) -> str:
        """Return the hidden fields."""
        self.is_drawn = True
        return self._fields

    @cached_property
    def _fields(self) -> str:
        reference = templating.hidden("reference", str(uuid4()))
        return reference + templating.hidden("csrf_token", self._token) if self._token else reference


def _done(request: Request[Any, Any, Any]) -> Text | None:
    """Return the sentence that the page before left, if it is one of ours."""
    msgid = unquote(request.cookies.get(DONE_COOKIE, ""))
    known = msgid and templating.catalogues()[templating.DEFAULT].gettext(msgid) != msgid
    return Text(msgid) if known else None
