# SPDX-License-Identifier: EUPL-1.2
"""The API of a bid as a case, for the case system of a municipality."""

from uuid import UUID

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from wijkbudget.challenges.records import queries
from wijkbudget.challenges.records.schemas import CaseFile
from wijkbudget.http.desk import FrontDesk, does


class CaseFileApi(Controller):
    """A bid in the names of the Dutch standard for cases (ZGW)."""

    path = "/api/v1/neighbourhoods/{place:str}/challenges/{challenge_id:uuid}/case-file"
    tags = ["challenges"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(queries.case_file))
    async def read(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], challenge_id: FromPath[UUID]
    ) -> CaseFile:
        """Return a bid as a case; names of people only for officials and auditors."""
        return await desk.ask(queries.case_file, place, challenge_id)
