# SPDX-License-Identifier: EUPL-1.2
"""The pages on which a group writes its bid, one short page at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.challenges import queries, service
from wijkbudget.challenges.rules.bids import ChallengeNotFound, Chapter
from wijkbudget.challenges.schemas import (
    BidView,
    WriteCosts,
    WriteIdea,
    WriteNeighbourhood,
    WritePlanning,
    WriteQuality,
)
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import Form, read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.fields import Command
from wijkbudget.kit.text import _
from wijkbudget.kit.units import euros_from_cents


@dataclass(frozen=True)
class _Chapter:
    """A page of the form: which it is, what it writes, with which command, and what comes after it."""

    chapter: Chapter
    write: Callable[..., Any]
    command: type[Command]
    then: str
    """The end of the address one goes on to, after that of the bid."""


_CHAPTERS: Mapping[str, _Chapter] = {
    "idee": _Chapter(Chapter.IDEA, service.write_idea, WriteIdea, "/stappen/buurt"),
    "buurt": _Chapter(Chapter.NEIGHBOURHOOD, service.write_neighbourhood, WriteNeighbourhood, "/stappen/kosten"),
    "kosten": _Chapter(Chapter.COSTS, service.write_costs, WriteCosts, "/stappen/kwaliteit"),
    "kwaliteit": _Chapter(Chapter.QUALITY, service.write_quality, WriteQuality, "/stappen/planning"),
    "planning": _Chapter(Chapter.PLANNING, service.write_planning, WritePlanning, ""),
}


class BidPages(Controller):
    """The form of a bid."""

    path = "/wijken/{place:str}/uitdagingen/{challenge_id:uuid}/stappen/{step:str}"
    include_in_schema = False

    @get("/", opt=does(queries.challenge))
    async def writing(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        step: FromPath[str],
    ) -> Response[Any]:
        """Show a page of the form, filled in as far as it was saved."""
        chapter = _chapter(step)
        bid = await desk.ask(queries.challenge, place, challenge_id)
        return page(
            request, f"challenges/write_{chapter.chapter}.html", form=_filled(bid.bid), bid=bid, chapter=chapter.chapter
        )

    @post(
        "/",
        opt=does(
            queries.challenge,
            service.write_idea,
            service.write_neighbourhood,
            service.write_costs,
            service.write_quality,
            service.write_planning,
        ),
    )
    async def write(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        challenge_id: FromPath[UUID],
        step: FromPath[str],
    ) -> Response[Any]:
        """Save a page of the form, and go on to the next."""
        chapter, form = _chapter(step), await read_form(request)
        try:
            await desk.act(chapter.write, place, challenge_id, form.command(chapter.command))
        except Refusal as refusal:
            bid = await desk.ask(queries.challenge, place, challenge_id)
            name = f"challenges/write_{chapter.chapter}.html"
            return page(request, name, form=form, refusal=refusal, bid=bid, chapter=chapter.chapter)
        path = f"/wijken/{place}/uitdagingen/{challenge_id}{chapter.then}"
        return redirect(request, path, done=_("Saved."))


def _chapter(step: str) -> _Chapter:
    """Return the page of the form that an address names. Raises ChallengeNotFound."""
    if step not in _CHAPTERS:
        raise ChallengeNotFound(_("There is no such page of this form."))
    return _CHAPTERS[step]


def _filled(bid: BidView) -> Form:
    """Return the form as it was saved, in the way somebody would type it."""
    values: dict[str, list[str]] = {
        name: [_typed(name, value)] for name, value in bid.model_dump(by_alias=False).items() if _is_plain(value)
    }
    values["gains"] = list(bid.gains)
    for index, indicator in enumerate(bid.indicators):
        values[f"indicators.{index}.what"], values[f"indicators.{index}.target"] = [indicator.what], [indicator.target]
    for index, line in enumerate(bid.cost_lines):
        values[f"cost_lines.{index}.what"] = [line.what]
        values[f"cost_lines.{index}.amount_cents"] = [_typed("amount_cents", line.amount_cents)]
    return Form(values)


def _is_plain(value: object) -> bool:
    return value is not None and not isinstance(value, list | dict)


def _typed(name: str, value: Any) -> str:
    """Return a value as somebody types it; an amount of nothing is left empty."""
    return euros_from_cents(value) if name.endswith("_cents") else str(value)
