# SPDX-License-Identifier: EUPL-1.2
"""The API of the neighbourhood contract: reading it, writing it, and agreeing to it."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from wijkbudget.council.contracts import queries, service
from wijkbudget.council.contracts.schemas import (
    AddParty,
    AddPromise,
    AgreeToContract,
    ContractsView,
    ContractView,
    DraftContract,
    OpenChange,
    ReviewContract,
)
from wijkbudget.http.desk import FrontDesk, does


class ContractApi(Controller):
    """What parties promise a neighbourhood for a year."""

    path = "/api/v1/neighbourhoods/{place:str}/contracts"
    tags = ("council",)

    @get("/", opt=does(queries.contracts))
    async def contracts(self, desk: NamedDependency[FrontDesk], place: FromPath[str]) -> ContractsView:
        """Return the contracts of a neighbourhood, the newest first, and what part of each was kept."""
        return await desk.ask(queries.contracts, place)

    @post("/", opt=does(service.draft_contract))
    async def draft(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], data: JSONBody[DraftContract]
    ) -> ContractView:
        """Begin the contract of a year."""
        return await desk.act(service.draft_contract, place, data)

    @get("/{contract_id:uuid}", opt=does(queries.contract))
    async def contract(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], contract_id: FromPath[UUID]
    ) -> ContractView:
        """Return a contract with its parties, promises and versions, and what waits."""
        return await desk.ask(queries.contract, place, contract_id)

    @post("/{contract_id:uuid}/parties", opt=does(service.add_party))
    async def add_party(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        contract_id: FromPath[UUID],
        data: JSONBody[AddParty],
    ) -> ContractView:
        """Let a party take part in the text that is open."""
        return await desk.act(service.add_party, place, contract_id, data)

    @post("/{contract_id:uuid}/promises", opt=does(service.add_promise))
    async def add_promise(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        contract_id: FromPath[UUID],
        data: JSONBody[AddPromise],
    ) -> ContractView:
        """Write down in the text that is open what a party promises."""
        return await desk.act(service.add_promise, place, contract_id, data)

    @post("/{contract_id:uuid}/changes", opt=does(service.open_change))
    async def open_change(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        contract_id: FromPath[UUID],
        data: JSONBody[OpenChange],
    ) -> ContractView:
        """Begin a change of a contract that holds."""
        return await desk.act(service.open_change, place, contract_id, data)

    @post("/{contract_id:uuid}/changes/withdrawal", opt=does(service.withdraw_change), status_code=200)
    async def withdraw_change(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], contract_id: FromPath[UUID]
    ) -> ContractView:
        """Leave the contract as it was."""
        return await desk.act(service.withdraw_change, place, contract_id)

    @post("/{contract_id:uuid}/reviews", opt=does(service.review_contract))
    async def review(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        contract_id: FromPath[UUID],
        data: JSONBody[ReviewContract],
    ) -> ContractView:
        """Write down what the parties found together."""
        return await desk.act(service.review_contract, place, contract_id, data)

    @post("/{contract_id:uuid}/closing", opt=does(service.close_contract), status_code=200)
    async def close(
        self, desk: NamedDependency[FrontDesk], place: FromPath[str], contract_id: FromPath[UUID]
    ) -> ContractView:
        """Close a contract whose year is over."""
        return await desk.act(service.close_contract, place, contract_id)

    @post("/parties/{party_id:uuid}/agreement", opt=does(service.agree), status_code=200)
    async def agree(
        self,
        desk: NamedDependency[FrontDesk],
        place: FromPath[str],
        party_id: FromPath[UUID],
        data: JSONBody[AgreeToContract],
    ) -> ContractView:
        """Agree for a party to the text as it was read."""
        return await desk.act(service.agree, place, party_id, data)
