# SPDX-License-Identifier: EUPL-1.2
"""What machines ask of the house: whether it is well, how busy it is, and where to report a hole."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from litestar import Controller, MediaType, Response, get
from litestar.di import NamedDependency
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Gauge, generate_latest
from sqlalchemy import func
from sqlmodel import col, select

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.visitor import PageRequest
from wijkbudget.kit.actor import Role, may
from wijkbudget.kit.fields import View
from wijkbudget.trail.models import Errand, TrailUnsealed
from wijkbudget.trail.work import Look, question

_ERRANDS = Gauge("wijkbudget_errands_waiting", "Errands, such as letters, that were not run yet.")
_UNSEALED = Gauge("wijkbudget_entries_unsealed", "Entries of the trail that are not sealed yet.")


class Waiting(View):
    """What waits for the jobs; when it only grows, they do not run."""

    errands: int
    unsealed: int


@question(may(Role.GUEST), municipal=True)
def waiting(look: Look) -> Waiting:
    """Return how much waits for the jobs."""
    errands = select(func.count()).select_from(Errand).where(col(Errand.done_at).is_(None))
    unsealed = select(func.count()).select_from(TrailUnsealed)
    return Waiting(errands=look.session.exec(errands).one(), unsealed=look.session.exec(unsealed).one())


@question(may(Role.GUEST), municipal=True)
def told_until(look: Look) -> datetime:
    """Return until when what we say of ourselves may be believed without asking again. Choice: half a year."""
    return look.now + timedelta(days=180)


class UpkeepPages(Controller):
    """For who keeps the house, not for residents."""

    include_in_schema = False

    @get("/health", opt=does(waiting))
    async def health(self, desk: NamedDependency[FrontDesk]) -> dict[str, str]:
        """Say that the database answers; otherwise this answers 503, as everything does then."""
        await desk.ask(waiting)
        return {"status": "ok"}

    @get("/metrics", opt=does(waiting))
    async def metrics(self, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Show how busy the house is. Nothing about voting is counted: no count leaves before the close."""
        now = await desk.ask(waiting)
        _ERRANDS.set(now.errands)
        _UNSEALED.set(now.unsealed)
        return Response(generate_latest(REGISTRY), headers={"Content-Type": CONTENT_TYPE_LATEST})

    @get("/.well-known/security.txt", opt=does(told_until), media_type=MediaType.TEXT)
    async def security_contact(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> str:
        """Say where to report a hole. Source: RFC 9116, and RFC 2142 for the mailbox."""
        origin: str = request.app.state.origin
        expires = await desk.ask(told_until)
        return "\n".join(
            (
                f"Contact: mailto:security@{urlsplit(origin).hostname}",
                f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
                "Preferred-Languages: nl, en",
                f"Canonical: {origin}/.well-known/security.txt",
                "",
            )
        )
