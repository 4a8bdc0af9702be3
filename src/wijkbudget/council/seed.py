# SPDX-License-Identifier: EUPL-1.2
"""Demo contracts of a neighbourhood, made and kept through the verbs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from wijkbudget.council.contracts import queries, service
from wijkbudget.council.contracts.rules import Answer, PartyKind, Says
from wijkbudget.council.contracts.schemas import (
    AddParty,
    AddPromise,
    AgreeToContract,
    AnswerReport,
    ContractView,
    DraftContract,
    PartyView,
    ReportPromise,
)
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.trail.desk import Desk


@dataclass(frozen=True)
class Promised:
    """What the party of a name will do."""

    party: str
    what: str
    due_on: date
    minutes: int | None = None
    cents: int | None = None
    followed_at: str | None = None


@dataclass(frozen=True)
class Hands:
    """Who acts for whom."""

    staff: Mapping[Role, Actor]
    members: Mapping[str, Actor] = field(default_factory=dict)
    """Of each organisation, by its name, somebody who acts for it."""

    def of(self, party: PartyView) -> Actor:
        """Return who acts for a party."""
        if party.kind is PartyKind.ORGANISATION:
            return self.members[party.name]
        return self.staff[Role.CHAIR if party.kind is PartyKind.COUNCIL else Role.OFFICIAL]


def agree_contract(  # noqa: PLR0913 - a contract has all of these
    desk: Desk,
    place: str,
    year: int,
    hands: Hands,
    promises: Sequence[Promised],
    *,
    organisations: Sequence[UUID] = (),
    outside: Sequence[str] = (),
    review_on: date | None = None,
) -> ContractView:
    """Write a contract and let every party agree to it; the chair writes."""
    chair = desk.by(hands.staff[Role.CHAIR])
    made = chair.act(service.draft_contract, place, DraftContract(year=year, review_on=review_on))
    for command in (
        *(AddParty(organisation_id=organisation_id) for organisation_id in organisations),
        *(AddParty(name=name) for name in outside),
    ):
        made = chair.act(service.add_party, place, made.id, command)
    called = {party.name: party.id for party in made.parties}
    for one in promises:
        command_of = AddPromise(
            party_id=called[one.party],
            what=one.what,
            due_on=one.due_on,
            promised_minutes=one.minutes,
            promised_cents=one.cents,
            followed_at=one.followed_at,
        )
        made = chair.act(service.add_promise, place, made.id, command_of)
    return agree_all(desk, place, made, hands)


def agree_all(desk: Desk, place: str, contract: ContractView, hands: Hands) -> ContractView:
    """Let every party agree to the text that is open."""
    edition = AgreeToContract(edition=contract.versions[0].edition)
    for party in contract.parties:
        desk.by(hands.of(party)).act(service.agree, place, party.id, edition)
    return desk.ask(queries.contract, place, contract.id)


def tell(  # noqa: PLR0913 - whose word it is, and about what
    desk: Desk, place: str, promise_id: UUID, hands: Hands, *, says: Says, explanation: str
) -> None:
    """Let a party say what became of its promise, and the council or the municipality agree."""
    found = desk.ask(queries.promise, place, promise_id).promise
    parties = {party.id: party for party in desk.ask(queries.contract, place, found.contract_id).parties}
    own = parties[found.party_id]
    other = next(
        party
        for party in parties.values()
        if party.kind in {PartyKind.COUNCIL, PartyKind.MUNICIPALITY} and hands.of(party) != hands.of(own)
    )
    desk.by(hands.of(own)).act(
        service.report_promise, place, promise_id, ReportPromise(says=says, explanation=explanation)
    )
    answer = AnswerReport(party_id=other.id, answer=Answer.AGREES)
    desk.by(hands.of(other)).act(service.answer_report, place, promise_id, answer)
