# SPDX-License-Identifier: EUPL-1.2
"""Forms about one bid, each on an address of its own, shown and done in one way."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.challenges.rules.bids import ChallengeNotFound
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import EMPTY, Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.fields import Command
from wijkbudget.kit.text import Text, _


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A form: which verb it is for, whether the reader can make it now, and what it says before and after."""

    verb: Callable[..., Any]
    command: type[Command]
    template: str
    title: Text
    says: Text
    done: Text
    can: Callable[[Mapping[str, Any]], bool]
    """From everything that its page shows."""


@dataclass(frozen=True, kw_only=True)
class Sheets:
    """The forms of one part of a bid."""

    by_name: Mapping[str, Sheet]
    found: Callable[[FrontDesk, str, UUID], Awaitable[dict[str, Any]]]
    """Returns what each page of them shows."""
    then: str
    """Where one goes when a form is done: the end of the address, after that of the bid."""

    @property
    def verbs(self) -> list[Callable[..., Any]]:
        """Return the verbs that these forms reach."""
        return [sheet.verb for sheet in self.by_name.values()]

    async def show(
        self,
        request: PageRequest,
        desk: FrontDesk,
        which: tuple[str, UUID],
        name: str,
        answered: tuple[Form, Refusal] | None = None,
    ) -> Response[Any]:
        """Show a form, with what was filled in and why that is not right. Raises ChallengeNotFound."""
        sheet, found = self._sheet(name), await self.found(desk, *which)
        form, refusal = answered or (EMPTY, None)
        return page(
            request,
            f"challenges/{sheet.template}.html",
            sheet=sheet,
            action=request.url.path,
            form=form,
            refusal=refusal,
            can=sheet.can(found),
            **found,
        )

    async def act(self, request: PageRequest, desk: FrontDesk, which: tuple[str, UUID], name: str) -> Response[Any]:
        """Do what a form says, or show it again with why not. Raises ChallengeNotFound."""
        sheet, form = self._sheet(name), await read_form(request)
        try:
            await desk.act(sheet.verb, *which, form.command(sheet.command))
        except Refusal as refusal:
            return await self.show(request, desk, which, name, (form, refusal))
        place, challenge_id = which
        return redirect(request, f"/wijken/{place}/uitdagingen/{challenge_id}{self.then}", done=sheet.done)

    def _sheet(self, name: str) -> Sheet:
        """Return the form that an address names. Raises ChallengeNotFound."""
        if name not in self.by_name:
            raise ChallengeNotFound(_("There is no such step."))
        return self.by_name[name]


def pages_of(path_end: str, sheets: Sheets, *asked: Callable[..., Any]) -> type[Controller]:
    """Return the pages of forms that the same people fill in: a route opens only for who may do all that it does."""

    class SheetPages(Controller):
        """Forms about one bid."""

        path = f"/wijken/{{place:str}}/uitdagingen/{{challenge_id:uuid}}{path_end}/{{sheet:str}}"
        include_in_schema = False

        @get("/", opt=does(*asked))
        async def filling_in(
            self,
            request: PageRequest,
            desk: NamedDependency[FrontDesk],
            place: FromPath[str],
            challenge_id: FromPath[UUID],
            sheet: FromPath[str],
        ) -> Response[Any]:
            """Show a form."""
            return await sheets.show(request, desk, (place, challenge_id), sheet)

        @post("/", opt=does(*asked, *sheets.verbs))
        async def fill_in(
            self,
            request: PageRequest,
            desk: NamedDependency[FrontDesk],
            place: FromPath[str],
            challenge_id: FromPath[UUID],
            sheet: FromPath[str],
        ) -> Response[Any]:
            """Do what a form says."""
            return await sheets.act(request, desk, (place, challenge_id), sheet)

    return SheetPages
