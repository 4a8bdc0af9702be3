# SPDX-License-Identifier: EUPL-1.2
"""The document that describes the API to machines."""

import asyncio
from typing import Any

from litestar import Controller, Response, get

from wijkbudget.app.openapi import describe
from wijkbudget.http.desk import does
from wijkbudget.http.visitor import PageRequest


class DocumentApi(Controller):
    """Source: NL API Design Rules 2.1, /core/publish-openapi: at this address, for a script of any site to read."""

    path = "/api/v1"
    tags = ["openapi"]  # noqa: RUF012 - litestar reads it from the class

    @get("/openapi.json", opt=does(files={"application/json": dict[str, object]}))
    async def document(self, request: PageRequest) -> Response[dict[str, Any]]:
        """Return this document."""
        state = request.app.state
        if "document" not in state:
            state.document = await asyncio.to_thread(describe, request.app.routes, state.origin)
        return Response(state.document, headers={"Access-Control-Allow-Origin": "*"})
