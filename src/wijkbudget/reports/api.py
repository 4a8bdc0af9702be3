# SPDX-License-Identifier: EUPL-1.2
"""The API of the money, the public record and its proof."""

from functools import partial, reduce
from operator import or_
from types import GenericAlias
from typing import Any
from uuid import UUID

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Stream

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.download import download_flow
from wijkbudget.http.visitor import PageRequest
from wijkbudget.reports import exports, formats, queries
from wijkbudget.reports.cases import queries as cases
from wijkbudget.reports.cases.schemas import RecordedCasePage, RecordedCaseView
from wijkbudget.reports.exports import EXPORTS
from wijkbudget.reports.formats import FORMATS
from wijkbudget.reports.formats.json import JSON
from wijkbudget.reports.schemas import LineProofView, MoneyView, MovesView, PotView, RecordView
from wijkbudget.trail import queries as trail
from wijkbudget.trail.queries import CheckpointView, ConsistencyView

_ROWS: Any = reduce(or_, (GenericAlias(list, export.row) for export in EXPORTS.values()))
_FILES = {each.media_type: _ROWS if each is JSON else bytes for each in FORMATS.values()}


class MoneyApi(Controller):
    """Where every euro of a neighbourhood is."""

    path = "/api/v1/neighbourhoods/{place:str}/money"
    tags = ["money"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(queries.pots))
    async def pots(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> list[PotView]:
        """Return each year's money, newest first."""
        return await desk.ask(queries.pots, place)

    @get("/{year:int}", opt=does(queries.money))
    async def money(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        year: FromPath[int],
        theme: FromQuery[str | None] = None,
    ) -> MoneyView:
        """Return the money of one year, or of the pot of a theme in it, and of each initiative."""
        return await desk.ask(queries.money, place, year, theme)

    @get("/{year:int}/transfers", opt=does(queries.transfers))
    async def transfers(  # noqa: PLR0913, PLR0917 - litestar passes each part of the address by name
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        year: FromPath[int],
        account: FromQuery[str] = "",
        before: FromQuery[str | None] = None,
        theme: FromQuery[str | None] = None,
    ) -> MovesView:
        """Return a page of the transfers behind an amount, newest first, before the one with a reference."""
        return await desk.ask(queries.transfers, place, year, account, before, theme)


class RecordApi(Controller):
    """What happened in a neighbourhood, and the proof of it."""

    path = "/api/v1/neighbourhoods/{place:str}/trail"
    tags = ["trail"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(queries.record))
    async def record(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], before: FromQuery[int | None] = None
    ) -> RecordView:
        """Return what happened, newest first, below a position."""
        return await desk.ask(queries.record, place, before)

    @get("/{entry_id:uuid}/proof", opt=does(queries.line))
    async def line(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], entry_id: FromPath[UUID]
    ) -> LineProofView:
        """Return one entry with the proof that it stands in the signed log."""
        return await desk.ask(queries.line, place, entry_id)


class RecordedCaseApi(Controller):
    """What happened to bids on tasks of the municipality."""

    path = "/api/v1/neighbourhoods/{place:str}/trail/challenges"
    tags = ["trail"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(cases.recorded_cases))
    async def list_all(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], after: FromQuery[str] = ""
    ) -> RecordedCasePage:
        """Return a page of the bids, with how much of each stands in the record."""
        return await desk.ask(cases.recorded_cases, place, after)

    @get("/{challenge_id:uuid}", opt=does(cases.recorded_case))
    async def read(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]
    ) -> RecordedCaseView:
        """Return everything that happened to one bid."""
        return await desk.ask(cases.recorded_case, place, challenge_id)


class ExportApi(Controller):
    """Everything about one thing, whole, as a file."""

    path = "/api/v1/neighbourhoods/{place:str}/exports"
    tags = ["exports"]  # noqa: RUF012 - litestar reads it from the class

    @get("/{export:str}", opt=does(queries.export, files=_FILES))
    async def export(  # noqa: PLR0913 - an address with five parts
        self,
        request: PageRequest,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        export: FromPath[str],
        *,
        year: FromQuery[int | None] = None,
        format: FromQuery[str | None] = None,  # noqa: A002 - as the address names it
    ) -> Stream:
        """Return everything of one kind, as a file that is sent while it is read.

        `challenges` is every bid on a task of the municipality; `spending` is every transfer of a year; `time` is how
        much time was given in it, for what and where, and who was not reached; `trail` is the sealed record of all
        years. The `format` is `json` or `csv`; without one, the Accept header chooses.
        """
        chosen = formats.choose(format, request.accept.best_match)
        written = partial(chosen.write, exports.find(export).row)
        pieces = await desk.flow(written, queries.export, place, export, year)
        named = [place, export, *([str(year)] if year is not None else [])]
        return download_flow(pieces, name=f"{'-'.join(named)}.{chosen.key}", media_type=chosen.media_type)


class CheckpointApi(Controller):
    """How far the record is sealed."""

    path = "/api/v1/checkpoint"
    tags = ["trail"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(trail.checkpoint))
    async def read(self, desk: NamedDependency[FrontDesk]) -> CheckpointView | None:
        """Return the newest checkpoint, or nothing before the first."""
        return await desk.ask(trail.checkpoint)


class ConsistencyApi(Controller):
    """That the record only grew."""

    path = "/api/v1/consistency-proofs"
    tags = ["trail"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(trail.consistency))
    async def read(
        self, desk: NamedDependency[FrontDesk], earlier: FromQuery[int], later: FromQuery[int]
    ) -> ConsistencyView:
        """Return the proof that the log of one checkpoint begins with the log of another."""
        return await desk.ask(trail.consistency, earlier, later)
