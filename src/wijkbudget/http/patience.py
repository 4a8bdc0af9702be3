# SPDX-License-Identifier: EUPL-1.2
"""Lets nobody try codes for ever: too many wrong ones from one machine, and it must wait."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from wijkbudget.http.desk import FrontDesk
from wijkbudget.http.visitor import PageRequest, peer
from wijkbudget.kit.errors import Refusal
from wijkbudget.trail import tries


@asynccontextmanager
async def patience(request: PageRequest, desk: FrontDesk, kind: str, wrong: type[Refusal]) -> AsyncIterator[None]:
    """Count a `wrong` refusal inside as a wrong try, in an act of its own. Raises TooMany before it begins.

    The route declares `tries.demand_patience` and `tries.count`.
    """
    await desk.ask(tries.demand_patience, kind, peer(request))
    async with counting(request, desk, kind, wrong):
        yield


@asynccontextmanager
async def counting(request: PageRequest, desk: FrontDesk, kind: str, wrong: type[Refusal]) -> AsyncIterator[None]:
    """Count a `wrong` refusal inside as a wrong try, where the verb itself looks whether this machine must wait.

    The route declares `tries.count`.
    """
    try:
        yield
    except wrong:
        await desk.act(tries.count, kind, peer(request))
        raise


async def one_try(desk: FrontDesk, kind: str, who: str) -> None:
    """Count a try before it is made, so that a thousand at once are no more than a few. Raises TooMany.

    For what is short enough to guess; the route declares `tries.demand_patience` and `tries.count`.
    """
    await desk.act(tries.count, kind, who)
    await desk.ask(tries.demand_patience, kind, who)
