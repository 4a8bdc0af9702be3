# SPDX-License-Identifier: EUPL-1.2
"""The page on which a council plays a counted round again with another rule for voices, before it chooses one."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import EMPTY, Form, read_form
from wijkbudget.http.page import page
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.errors import Refusal
from wijkbudget.neighbourhoods.rules import RULES, words_of
from wijkbudget.voting import queries
from wijkbudget.voting.replays import queries as replays
from wijkbudget.voting.replays.schemas import ReplayView, TryRule
from wijkbudget.voting.schemas import RoundView


class ReplayPages(Controller):
    """A counted round, with the voices of another rule."""

    path = "/wijken/{place:str}/stemrondes/{round_id:uuid}/naspelen"
    include_in_schema = False

    @get("/", opt=does(queries.round_))
    async def choosing(
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        round_id: FromPath[UUID],
        *,
        regel: FromQuery[str] = "",
    ) -> Response[Any]:
        """Show the rules to choose from, and what can be set of the one that was chosen."""
        return _page(request, await desk.ask(queries.round_, place, round_id), rule=regel)

    @post("/", opt=does(replays.replay, queries.round_), status_code=200)
    async def replay(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], round_id: FromPath[UUID]
    ) -> Response[Any]:
        """Show what the vote would have come to; nothing is kept, so there is no redirect."""
        form = await read_form(request)
        shown, rule = await desk.ask(queries.round_, place, round_id), form.get("rule")
        try:
            replay = await desk.ask(replays.replay, place, round_id, form.command(TryRule))
        except Refusal as refusal:
            return _page(request, shown, rule=rule, form=form, refusal=refusal)
        return _page(request, shown, rule=rule, form=form, replay=replay)


def _page(  # noqa: PLR0913 - each is a part of the page that may not be there yet
    request: PageRequest,
    round_: RoundView,
    *,
    rule: str,
    form: Form = EMPTY,
    refusal: Refusal | None = None,
    replay: ReplayView | None = None,
) -> Response[Any]:
    safe = {key: {each.name: each.default for each in settings} for key, settings in RULES.items()}
    return page(
        request,
        "voting/replay.html",
        form=form,
        refusal=refusal,
        replay=replay,
        round=round_,
        rule=rule if rule in RULES else "",
        rules=[(key, words_of(key, safe[key])) for key in RULES],
        settings=RULES.get(rule, ()),
        imagined=(replays.GIVING_PERCENT, replays.HOURS_MEAN),
    )
