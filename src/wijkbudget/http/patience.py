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
    try:
        yield
    except wrong:
        await desk.act(tries.count, kind, peer(request))
        raise
