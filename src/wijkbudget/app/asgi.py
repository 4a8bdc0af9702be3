# SPDX-License-Identifier: EUPL-1.2
"""The application: handlers, who asks, errors, templates and the edge around it all."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from litestar import Litestar
from litestar.config.compression import CompressionConfig
from litestar.datastructures import CacheControlHeader, State
from litestar.di import Provide
from litestar.plugins.prometheus import PrometheusConfig
from litestar.plugins.pydantic import PydanticPlugin
from litestar.routes import HTTPRoute
from litestar.static_files import create_static_files_router
from litestar.types import ASGIApp, ControllerRouterHandler

from wijkbudget.app import errors, frame, templating
from wijkbudget.app.encoding import plain, refuse_row
from wijkbudget.app.handlers import HANDLERS
from wijkbudget.app.jobs import Jobs
from wijkbudget.app.kept import KeptPages
from wijkbudget.app.languages import Languages, Tones
from wijkbudget.app.paths import WEB
from wijkbudget.app.visitors import Visitors, at_the_door
from wijkbudget.db.types import Table
from wijkbudget.http.cookies import cookie_name
from wijkbudget.http.desk import front_desk
from wijkbudget.http.edge import BODY_BYTES_MAX, Edge
from wijkbudget.identity.logins.providers import Providers
from wijkbudget.identity.logins.settings import ProviderSettings
from wijkbudget.kit.actor import GUEST, May
from wijkbudget.kit.fields import View
from wijkbudget.payments.providers.port import Provider
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.work import door_of, name_of

# A count of visits to the ballot pages would tell before the close how many voted.
_METRICS = PrometheusConfig(
    app_name="wijkbudget",
    prefix="wijkbudget",
    group_path=True,
    exclude_unhandled_paths=True,
    exclude_opt_key="anonymous",
    excluded_http_methods="OPTIONS",
)


def make_app(  # noqa: PLR0913 - each is a part of the house
    desk: Desk,
    *,
    origin: str,
    jobs: Jobs | None = None,
    handlers: Sequence[ControllerRouterHandler] = HANDLERS,
    providers: Sequence[ProviderSettings] = (),
    payments: Provider | None = None,
) -> ASGIApp:
    """Return the application around a desk, with the edge; `jobs` run beside it while it serves."""
    app = _make_inside(desk, origin, jobs, handlers)
    app.state.providers = Providers(providers, origin, desk)
    app.state.payments = payments
    app.state.tones = Tones(desk.by(GUEST))
    edge = Edge(app, origin, frozenset({cookie_name(origin.startswith("https:"))}), errors.turned_away)
    return Languages(edge, app.state.tones)


def doors_of(app: Litestar) -> dict[str, May]:
    """Return who may do what, by the name of every verb and question that a route reaches."""
    return {
        name_of(function): door_of(function).may
        for route in app.routes
        for handler in getattr(route, "route_handlers", [])
        for function in handler.opt.get("does", ())
    }


def _make_inside(desk: Desk, origin: str, jobs: Jobs | None, handlers: Sequence[ControllerRouterHandler]) -> Litestar:
    @asynccontextmanager
    async def lifespan(_app: Litestar) -> AsyncIterator[None]:
        if jobs:
            jobs.start()
        yield
        if jobs:
            await jobs.stop()

    files = create_static_files_router(
        path="/static",
        directories=[WEB / "static"],
        cache_control=CacheControlHeader(public=True, max_age=31_536_000, immutable=True),
        include_in_schema=False,
    )
    kept = KeptPages(desk)
    app = Litestar(
        route_handlers=[*handlers, files],
        dependencies={"desk": Provide(front_desk, sync_to_thread=False)},
        middleware=[_METRICS.middleware, kept.before, Visitors],
        before_request=at_the_door,
        exception_handlers=errors.HANDLERS,
        plugins=[PydanticPlugin(prefer_alias=True, validate_strict=True)],
        type_encoders={View: plain, Table: refuse_row},
        state=State(
            {
                "desk": desk.by(GUEST),
                "origin": origin,
                "environment": templating.environment(),
                "render": frame.render,
                "say": templating.say,
            }
        ),
        # Pages are not compressed: they hold a token beside what a stranger may choose.
        compression_config=CompressionConfig(backend="gzip", exclude=r"(?<=^/)(?!static/)"),
        request_max_body_size=BODY_BYTES_MAX,
        openapi_config=None,
        lifespan=[lifespan],
        logging_config=None,
    )
    app.state.kept = kept
    app.state.doors = doors_of(app)
    app.state.page_paths = {
        route.path_format for route in app.routes if isinstance(route, HTTPRoute) and "GET" in route.methods
    }
    return app
