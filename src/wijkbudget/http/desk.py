# SPDX-License-Identifier: EUPL-1.2
"""The desk as handlers meet it: awaited, and open only for what the route declares."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from typing import Any, Concatenate, ParamSpec, TypeVar

from wijkbudget.http.flow import Flow, begun
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.actor import Actor
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.work import Look, Work, door_of

P = ParamSpec("P")
R = TypeVar("R")

Reached = tuple[Callable[..., Any], ...]


def does(
    *functions: Callable[..., Any], anonymous: bool = False, files: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the `opt` of a route: every verb and question it reaches, and whether it never looks who asks.

    `files` are what a route answers with that makes its answer itself: media types, each with what it holds.
    """
    for function in functions:
        door_of(function)
    return {"does": functions, "anonymous": anonymous, "files": files}


class FrontDesk:
    """Stands between one request and the desk; waiting acts share a commit while handlers await."""

    def __init__(self, desk: Desk, declared: Reached, key: Callable[[], str | None]) -> None:
        """Keep the desk with the visitor at it, what the route declared and where its idempotency key is."""
        self._desk = desk
        self._declared = declared
        self._key = key

    @property
    def actor(self) -> Actor:
        """Return who stands at the desk."""
        return self._desk.actor

    async def ask(self, query: Callable[Concatenate[Look, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Answer a question, in a thread of its own. Raises DoorClosed and the question's refusals."""
        assert query in self._declared, f"the route does not declare {query.__qualname__}"
        return await asyncio.to_thread(lambda: self._desk.ask(query, *args, **kwargs))

    async def flow(
        self,
        written: Callable[[Iterable[R]], Iterator[str]],
        query: Callable[Concatenate[Look, P], Iterable[R]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> AsyncIterator[bytes]:
        """Answer a question row by row, as it is written; the first rows are read before this returns.

        Raises DoorClosed, Busy and the question's refusals.
        """
        assert query in self._declared, f"the route does not declare {query.__qualname__}"
        rows = self._desk.rows(query, *args, **kwargs)
        return await begun(Flow(rows, written(rows)))

    async def act(self, verb: Callable[Concatenate[Work, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a verb and wait for its commit. Raises DoorClosed, KeyMissing, Busy and the verb's refusals."""
        assert verb in self._declared, f"the route does not declare {verb.__qualname__}"
        desk = self._desk.once(self._key() or "") if door_of(verb).once else self._desk
        promise: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        if door_of(verb).prepare is None:
            desk.queue(promise, verb, *args, **kwargs)
        else:
            # What is prepared takes its time, so it is not done in the loop that serves everybody.
            await asyncio.to_thread(lambda: desk.queue(promise, verb, *args, **kwargs))
        return await promise


def front_desk(request: PageRequest) -> FrontDesk:
    """Return the desk for one request; the key is the header's, or the reference of the form that was read."""

    def key() -> str | None:
        reference: str | None = request.state.get("reference")
        return request.headers.get("Idempotency-Key") or reference

    desk: Desk = request.app.state.desk
    return FrontDesk(desk.by(request.user.actor), request.route_handler.opt["does"], key)
