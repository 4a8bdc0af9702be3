# SPDX-License-Identifier: EUPL-1.2
"""The API of identity: sessions, the register, roles and organisations."""

from uuid import UUID

from litestar import Controller, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK

from wijkbudget.http.cookies import session_token
from wijkbudget.http.desk import FrontDesk, does
from wijkbudget.http.patience import one_try, patience
from wijkbudget.http.visitor import PageRequest, peer
from wijkbudget.identity import queries, service
from wijkbudget.identity.rules.logins import WrongCode
from wijkbudget.identity.schemas import (
    AddPerson,
    AskCode,
    AskedView,
    AskMail,
    CountsView,
    FindResidents,
    GrantRole,
    GrantView,
    HandedCode,
    ImportRegister,
    ImportView,
    LogIn,
    MailAskedView,
    MeView,
    OrganisationCard,
    ResidentView,
    SessionView,
    ShowStep,
    StartOrganisation,
    StepSecret,
    StepView,
)
from wijkbudget.trail import tries


class LoginApi(Controller):
    """How somebody becomes known to the house, and is forgotten again."""

    path = "/api/v1"
    tags = ["identity"]  # noqa: RUF012 - litestar reads it from the class

    @post("/sessions", opt=does(service.log_in, tries.demand_patience, tries.count))
    async def log_in(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], data: JSONBody[LogIn]
    ) -> SessionView:
        """Begin a visit with a code; send the token as `Authorization: Bearer` from then on."""
        await desk.ask(tries.demand_patience, "login code", peer(request))
        try:
            return await desk.act(service.log_in, data)
        except WrongCode:
            await desk.act(tries.count, "login code", peer(request))
            raise

    @post(
        "/sessions/current/second-step",
        opt=does(service.take_step, tries.demand_patience, tries.count),
    )
    async def take_step(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], data: JSONBody[ShowStep]
    ) -> SessionView:
        """Take the second step, and go on under the token that comes back; every try counts, right or wrong."""
        await one_try(desk, "second step", desk.actor.id)
        return await desk.act(service.take_step, session_token(request) or "", data)

    @delete("/sessions/current", opt=does(service.log_out))
    async def log_out(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> None:
        """End the visit of this token."""
        await desk.act(service.log_out, session_token(request) or "")

    @post("/login-letters", opt=does(service.ask_code, tries.demand_patience, tries.count))
    async def ask_code(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], data: JSONBody[AskCode]
    ) -> AskedView:
        """Ask for a letter with a code; the answer is the same whether anybody lives there or not."""
        await desk.ask(tries.demand_patience, "login letter", peer(request))
        asked = await desk.act(service.ask_code, data)
        await desk.act(tries.count, "login letter", peer(request))
        return asked

    @post("/login-mails", opt=does(service.ask_mail, tries.demand_patience, tries.count))
    async def ask_mail(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], data: JSONBody[AskMail]
    ) -> MailAskedView:
        """Ask for an e-mail with a code; the answer is the same whether anybody is known by the address or not."""
        await desk.ask(tries.demand_patience, "login mail", peer(request))
        asked = await desk.act(service.ask_mail, data)
        await desk.act(tries.count, "login mail", peer(request))
        return asked

    @get("/me", opt=does(queries.me))
    async def me(self, desk: NamedDependency[FrontDesk]) -> MeView:
        """Return who asks, with roles and organisations."""
        return await desk.ask(queries.me)


class AccountApi(Controller):
    """What opens the account of whoever asks."""

    path = "/api/v1/me"
    tags = ["identity"]  # noqa: RUF012 - litestar reads it from the class

    @get("/second-step", opt=does(queries.step))
    async def step(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> StepView:
        """Return whether there is a second step, and which roles sleep without it."""
        return await desk.ask(queries.step, session_token(request) or "")

    @post("/second-step", opt=does(service.add_step))
    async def add_step(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> StepSecret:
        """Begin to add a second step; the secret comes back once."""
        return await desk.act(service.add_step, session_token(request) or "")

    @post("/e-mail-address/codes", opt=does(service.ask_link, tries.demand_patience, tries.count))
    async def ask_link(
        self, request: PageRequest, desk: NamedDependency[FrontDesk], data: JSONBody[AskMail]
    ) -> MailAskedView:
        """Send a code to an address that is to open this account."""
        await one_try(desk, "link mail", desk.actor.id)
        return await desk.act(service.ask_link, session_token(request) or "", data)

    @post("/e-mail-address", opt=does(service.link_address, tries.demand_patience, tries.count))
    async def link(self, request: PageRequest, desk: NamedDependency[FrontDesk], data: JSONBody[LogIn]) -> None:
        """Let the address that the code was sent to open this account."""
        async with patience(request, desk, "link code", WrongCode):
            await desk.act(service.link_address, session_token(request) or "", data)

    @delete("/e-mail-address", opt=does(service.unlink_address))
    async def unlink(self, request: PageRequest, desk: NamedDependency[FrontDesk]) -> None:
        """Let no address open this account any more."""
        await desk.act(service.unlink_address, session_token(request) or "")

    @post("/match", opt=does(service.match, tries.demand_patience, tries.count))
    async def match(self, request: PageRequest, desk: NamedDependency[FrontDesk], data: JSONBody[LogIn]) -> SessionView:
        """Prove as a guest who you are, with a code from a letter or the desk."""
        async with patience(request, desk, "login code", WrongCode):
            return await desk.act(service.match, session_token(request) or "", data)


class RegisterApi(Controller):
    """Residents at the desk, and the register they stand on."""

    path = "/api/v1"
    tags = ["identity"]  # noqa: RUF012 - litestar reads it from the class

    @post("/register-imports", opt=does(service.import_register))
    async def import_register(self, desk: NamedDependency[FrontDesk], data: JSONBody[ImportRegister]) -> ImportView:
        """Take over a register file, all of it or nothing."""
        return await desk.act(service.import_register, data)

    @get("/neighbourhoods/{place:str}/resident-counts", opt=does(queries.counts))
    async def counts(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> CountsView:
        """Return how many people live here."""
        return await desk.ask(queries.counts, place)

    @post("/neighbourhoods/{place:str}/resident-searches", opt=does(queries.residents_at), status_code=HTTP_200_OK)
    async def find(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[FindResidents]
    ) -> list[ResidentView]:
        """Return who lives at an address; asked in a body, so that no address stands in a log."""
        return await desk.ask(queries.residents_at, place, data)

    @post("/neighbourhoods/{place:str}/people/{person_id:uuid}/desk-codes", opt=does(service.prove_at_desk))
    async def prove(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], person_id: FromPath[UUID]
    ) -> HandedCode:
        """Note that somebody showed who they are, and return the code to hand over."""
        return await desk.act(service.prove_at_desk, place, person_id)

    @post("/neighbourhoods/{place:str}/people/{person_id:uuid}/login-letters", opt=does(service.send_code))
    async def send(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], person_id: FromPath[UUID]
    ) -> AskedView:
        """Send a letter with a code."""
        return await desk.act(service.send_code, place, person_id)

    @delete("/neighbourhoods/{place:str}/people/{person_id:uuid}/second-step", opt=does(service.reset_step))
    async def reset_step(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], person_id: FromPath[UUID]
    ) -> None:
        """Take away the second step of somebody who showed at the desk who they are."""
        await desk.act(service.reset_step, place, person_id)


class RoleApi(Controller):
    """Who has which role, in a neighbourhood or in the whole municipality."""

    path = "/api/v1"
    tags = ["identity"]  # noqa: RUF012 - litestar reads it from the class

    @get("/neighbourhoods/{place:str}/roles", opt=does(queries.grants))
    async def grants(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> list[GrantView]:
        """Return every role that holds or held in a neighbourhood."""
        return await desk.ask(queries.grants, place)

    @post("/neighbourhoods/{place:str}/roles", opt=does(service.grant_role))
    async def grant(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[GrantRole]
    ) -> GrantView:
        """Give somebody a role."""
        return await desk.act(service.grant_role, place, data)

    @post("/neighbourhoods/{place:str}/people", opt=does(service.add_person))
    async def add(self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[AddPerson]) -> GrantView:
        """Add somebody who does not live here, in a role."""
        return await desk.act(service.add_person, place, data)

    @post("/neighbourhoods/{place:str}/roles/{grant_id:uuid}/end", opt=does(service.end_role))
    async def end(self, desk: NamedDependency[FrontDesk], place: FromPath[str], grant_id: FromPath[UUID]) -> GrantView:
        """End a role today."""
        return await desk.act(service.end_role, place, grant_id)

    @get("/municipal-roles", opt=does(queries.municipal_grants))
    async def municipal_grants(self, desk: NamedDependency[FrontDesk]) -> list[GrantView]:
        """Return every role that holds or held in the whole municipality."""
        return await desk.ask(queries.municipal_grants)

    @post("/municipal-roles", opt=does(service.grant_municipal_role))
    async def grant_municipal(self, desk: NamedDependency[FrontDesk], data: JSONBody[GrantRole]) -> GrantView:
        """Give somebody a role in the whole municipality."""
        return await desk.act(service.grant_municipal_role, data)

    @post("/people", opt=does(service.appoint))
    async def appoint(self, desk: NamedDependency[FrontDesk], data: JSONBody[AddPerson]) -> GrantView:
        """Add somebody, with a role in the whole municipality."""
        return await desk.act(service.appoint, data)

    @post("/municipal-roles/{grant_id:uuid}/end", opt=does(service.end_municipal_role))
    async def end_municipal(self, desk: NamedDependency[FrontDesk], grant_id: FromPath[UUID]) -> GrantView:
        """End a role in the whole municipality today."""
        return await desk.act(service.end_municipal_role, grant_id)


class OrganisationApi(Controller):
    """The organisations of a neighbourhood."""

    path = "/api/v1/neighbourhoods/{place:str}/organisations"
    tags = ["identity"]  # noqa: RUF012 - litestar reads it from the class

    @get("/", opt=does(queries.organisations))
    async def organisations(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> list[OrganisationCard]:
        """Return the organisations, by name."""
        return await desk.ask(queries.organisations, place)

    @post("/", opt=does(service.start_organisation))
    async def start(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[StartOrganisation]
    ) -> OrganisationCard:
        """Start an organisation."""
        return await desk.act(service.start_organisation, place, data)

    @get("/{organisation_id:uuid}", opt=does(queries.organisation_card))
    async def organisation(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], organisation_id: FromPath[UUID]
    ) -> OrganisationCard:
        """Return one organisation."""
        return await desk.ask(queries.organisation_card, place, organisation_id)

    @post("/{organisation_id:uuid}/members", opt=does(service.join))
    async def join(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], organisation_id: FromPath[UUID]
    ) -> OrganisationCard:
        """Ask to join."""
        return await desk.act(service.join, place, organisation_id)

    @post("/{organisation_id:uuid}/members/{person_id:uuid}/admit", opt=does(service.admit))
    async def admit(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        organisation_id: FromPath[UUID],
        person_id: FromPath[UUID],
    ) -> OrganisationCard:
        """Let somebody in who asked."""
        return await desk.act(service.admit, place, organisation_id, person_id)

    @post("/{organisation_id:uuid}/members/leave", opt=does(service.leave))
    async def leave(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], organisation_id: FromPath[UUID]
    ) -> OrganisationCard:
        """Leave, or take back the question to join."""
        return await desk.act(service.leave, place, organisation_id)
