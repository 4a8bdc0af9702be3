# SPDX-License-Identifier: EUPL-1.2
"""The pages that show, give and end roles."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.status_codes import HTTP_200_OK

from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.forms import read_form
from wijkbudget.http.page import page, redirect
from wijkbudget.http.visitor import PageRequest
from wijkbudget.identity import queries, service
from wijkbudget.identity.rules.roles import GRANTABLE, MUNICIPAL, role_name
from wijkbudget.identity.schemas import (
    AddPerson,
    FindResidents,
    GrantRole,
)
from wijkbudget.kit.errors import Refusal
from wijkbudget.kit.text import _

ROLES = [(role.value, role_name(role)) for role in GRANTABLE]
MUNICIPAL_ROLES = [(role.value, role_name(role)) for role in GRANTABLE if role in MUNICIPAL]


class RolePages(Controller):
    """Who has which role in a neighbourhood."""

    path = "/wijken/{place:str}/rollen"
    include_in_schema = False

    @get("/", opt=does(queries.grants))
    async def read(self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> Response[Any]:
        """Show every role, and the forms to give one."""
        return await self._show(request, desk, place)

    @post("/", opt=does(service.add_person, queries.grants))
    async def add(self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> Response[Any]:
        """Add somebody who does not live here, in a role."""
        form = await read_form(request)
        try:
            await desk.act(service.add_person, place, form.command(AddPerson))
        except Refusal as refusal:
            return await self._show(request, desk, place, form=form, refusal=refusal)
        return redirect(request, f"/wijken/{place}/rollen", done=_("The role was given."))

    @post("/zoeken", opt=does(queries.residents_at, queries.grants), status_code=HTTP_200_OK)
    async def find(self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> Response[Any]:
        """Find residents to give a role to."""
        form = await read_form(request)
        try:
            found = await desk.ask(queries.residents_at, place, form.command(FindResidents))
        except Refusal as refusal:
            return await self._show(request, desk, place, form=form, refusal=refusal)
        return await self._show(request, desk, place, form=form, found=found)

    @post("/geven", opt=does(service.grant_role, queries.grants))
    async def grant(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str]
    ) -> Response[Any]:
        """Give somebody a role."""
        form = await read_form(request)
        try:
            await desk.act(service.grant_role, place, form.command(GrantRole))
        except Refusal as refusal:
            return await self._show(request, desk, place, form=form, refusal=refusal)
        return redirect(request, f"/wijken/{place}/rollen", done=_("The role was given."))

    @post("/{grant_id:uuid}/beeindigen", opt=does(service.end_role))
    async def end(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], place: FromPath[str], grant_id: FromPath[UUID]
    ) -> Response[Any]:
        """End a role today."""
        await desk.act(service.end_role, place, grant_id)
        return redirect(request, f"/wijken/{place}/rollen", done=_("The role has ended."))

    async def _show(self, request: PageRequest, desk: FrontDesk, place: str, **more: Any) -> Response[Any]:
        context = {"grants": await desk.ask(queries.grants, place), "found": None, "roles": ROLES, **more}
        return page(request, "identity/roles.html", role_name=role_name, **context)


class MunicipalRolePages(Controller):
    """Who has a role in the whole municipality."""

    path = "/rollen"
    include_in_schema = False

    @get("/", opt=does(queries.municipal_grants))
    async def read(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Show every role, and the forms to give one."""
        return await self._show(request, desk)

    @post("/", opt=does(service.appoint, queries.municipal_grants))
    async def appoint(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Add somebody, in a role."""
        form = await read_form(request)
        try:
            await desk.act(service.appoint, form.command(AddPerson))
        except Refusal as refusal:
            return await self._show(request, desk, form=form, refusal=refusal)
        return redirect(request, "/rollen", done=_("The role was given."))

    @post("/geven", opt=does(service.grant_municipal_role, queries.municipal_grants))
    async def grant(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> Response[Any]:
        """Give somebody another role."""
        form = await read_form(request)
        try:
            await desk.act(service.grant_municipal_role, form.command(GrantRole))
        except Refusal as refusal:
            return await self._show(request, desk, form=form, refusal=refusal)
        return redirect(request, "/rollen", done=_("The role was given."))

    @post("/{grant_id:uuid}/beeindigen", opt=does(service.end_municipal_role))
    async def end(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], grant_id: FromPath[UUID]
    ) -> Response[Any]:
        """End a role today."""
        await desk.act(service.end_municipal_role, grant_id)
        return redirect(request, "/rollen", done=_("The role has ended."))

    async def _show(self, request: PageRequest, desk: FrontDesk, **more: Any) -> Response[Any]:
        context = {"grants": await desk.ask(queries.municipal_grants), "roles": MUNICIPAL_ROLES, **more}
        return page(request, "identity/municipal_roles.html", role_name=role_name, **context)
