# SPDX-License-Identifier: EUPL-1.2
"""The contract of a neighbourhood at the desk: agreeing, keeping, changing and closing it."""

from datetime import date

import pytest
from sqlalchemy import text

from tests.council.contracts.conftest import (
    BENCHES,
    COUNCIL,
    HELP,
    MUNICIPALITY,
    PATROL,
    PLACE,
    POLICE,
    TENANTS,
    WALKS,
    faults,
)
from tests.stores import beside, url_of
from tests.vouchers.conftest import state
from wijkbudget.council.contracts import queries, rules, service
from wijkbudget.council.contracts.rules import Answer, ContractState, PromiseState, Says, VersionState
from wijkbudget.council.contracts.schemas import (
    AddParty,
    AddPromise,
    AgreeToContract,
    DraftContract,
    DropPromise,
    OpenChange,
    ReviewContract,
)
from wijkbudget.identity.rules.organisations import OrganisationNotFound
from wijkbudget.kit.actor import Role
from wijkbudget.kit.states import WrongState
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import NotYours


class TestDrafting:
    def test_begins_with_the_council_and_the_municipality(self, contracts):
        made = contracts.as_(Role.OFFICIAL).act(service.draft_contract, PLACE, DraftContract(year=2027))
        assert [party.name for party in made.parties] == [MUNICIPALITY, COUNCIL]
        assert (made.state, made.promises, made.count.kept_percent) == (ContractState.DRAFTED, [], None)

    def test_is_refused_for_a_year_that_has_one_and_to_neighbours(self, contracts):
        with pytest.raises(rules.ContractThere):
            contracts.as_(Role.CHAIR).act(service.draft_contract, PLACE, DraftContract(year=2026))
        with pytest.raises(DoorClosed):
            contracts.as_(contracts.neighbour).act(service.draft_contract, PLACE, DraftContract(year=2027))

    def test_takes_each_party_once_and_only_what_there_is(self, contracts):
        chair = contracts.as_(Role.CHAIR)
        made = chair.act(service.draft_contract, PLACE, DraftContract(year=2027))
        chair.act(service.add_party, PLACE, made.id, AddParty(name=POLICE))
        with pytest.raises(rules.PartyThere):
            chair.act(service.add_party, PLACE, made.id, AddParty(name=POLICE.upper()))
        with pytest.raises(OrganisationNotFound):
            chair.act(service.add_party, PLACE, made.id, AddParty(organisation_id=made.id))
        promised = AddPromise(party_id=contracts.party(POLICE).id, what="Iets", due_on=date(2027, 5, 1))
        with pytest.raises(rules.PartyNotFound):
            chair.act(service.add_promise, PLACE, made.id, promised)


class TestAgreeing:
    @pytest.fixture
    def drafted(self, contracts):
        chair = contracts.as_(Role.CHAIR)
        made = chair.act(service.draft_contract, PLACE, DraftContract(year=2027))
        council = next(party for party in made.parties if party.name == COUNCIL)
        promised = AddPromise(party_id=council.id, what="Iets", due_on=date(2027, 5, 1))
        return chair.act(service.add_promise, PLACE, made.id, promised)

    def test_makes_it_hold_when_the_last_party_did(self, contracts):
        shown = contracts.read()
        assert (shown.state, shown.versions[0].state) == (ContractState.IN_FORCE, VersionState.AGREED)
        assert {promise.state for promise in shown.promises} == {PromiseState.PROMISED}
        assert contracts.desk.ask(faults) == []

    def test_is_to_the_text_as_it_was_read_and_once(self, contracts, drafted):
        municipality, council = drafted.parties
        official, edition = contracts.as_(Role.OFFICIAL), drafted.versions[0].edition
        official.act(service.agree, PLACE, municipality.id, AgreeToContract(edition=edition))
        with pytest.raises(rules.AgreedBefore):
            official.act(service.agree, PLACE, municipality.id, AgreeToContract(edition=edition))
        promised = AddPromise(party_id=council.id, what="Nog iets", due_on=date(2027, 5, 1))
        changed = contracts.as_(Role.CHAIR).act(service.add_promise, PLACE, drafted.id, promised)
        assert [party.has_agreed for party in changed.parties] == [False, False]
        with pytest.raises(rules.OtherEdition):
            official.act(service.agree, PLACE, municipality.id, AgreeToContract(edition=edition))

    def test_is_for_whoever_acts_for_a_party(self, contracts, drafted):
        edition = AgreeToContract(edition=drafted.versions[0].edition)
        for party, stranger in zip(drafted.parties, (Role.CHAIR, Role.OFFICIAL), strict=True):
            with pytest.raises(NotYours):
                contracts.as_(stranger).act(service.agree, PLACE, party.id, edition)
        with pytest.raises(NotYours):
            contracts.as_(contracts.neighbour).act(service.agree, PLACE, contracts.party(TENANTS).id, edition)


class TestKeeping:
    def test_takes_the_party_and_another_one(self, contracts, clock):
        told = contracts.report(Role.CHAIR, WALKS)
        assert (told.promise.state, told.reports[0].answer) == (PromiseState.PROMISED, None)
        with pytest.raises(rules.AnotherParty):
            contracts.answer(Role.CHAIR, COUNCIL, WALKS)
        answered = contracts.answer(contracts.tenant, TENANTS, WALKS)
        assert (answered.promise.state, answered.reports[0].answering_party) == (PromiseState.KEPT, TENANTS)
        assert contracts.read().count.due_count == 0
        clock.forward(days=31)
        count = contracts.read().count
        assert (count.kept_count, count.due_count, count.kept_percent) == (1, 1, 100)
        assert contracts.desk.ask(faults) == []

    def test_leaves_a_promise_as_it_was_where_the_parties_differ_and_can_be_told_again(self, contracts, clock):
        contracts.report(Role.OFFICIAL, BENCHES)
        with pytest.raises(WrongState):
            contracts.report(Role.OFFICIAL, BENCHES)
        answered = contracts.answer(Role.CHAIR, COUNCIL, BENCHES, Answer.DIFFERS)
        assert (answered.promise.state, answered.reports[0].answer_reason) == (
            PromiseState.PROMISED,
            "Er staan er vijf.",
        )
        clock.forward(days=61)
        contracts.settle(BENCHES, Says.PARTLY_KEPT)
        clock.forward(days=1)
        contracts.settle(BENCHES)
        page = contracts.desk.ask(queries.promise, PLACE, contracts.promise(BENCHES).id)
        assert [report.says for report in page.reports] == [Says.KEPT, Says.PARTLY_KEPT, Says.KEPT]
        assert page.promise.state is PromiseState.KEPT
        with pytest.raises(WrongState):
            contracts.report(Role.OFFICIAL, BENCHES)
        assert contracts.desk.ask(faults) == []

    def test_lets_an_official_write_down_what_a_party_on_paper_says_and_never_answer_for_it(self, contracts):
        contracts.report(Role.OFFICIAL, PATROL)
        for who, party in ((Role.OFFICIAL, MUNICIPALITY), (Role.OFFICIAL, POLICE)):
            with pytest.raises(rules.AnotherParty):
                contracts.answer(who, party, PATROL)
        assert contracts.answer(Role.CHAIR, COUNCIL, PATROL).promise.state is PromiseState.KEPT
        contracts.report(Role.CHAIR, WALKS)
        with pytest.raises(rules.AnotherParty):
            contracts.answer(Role.OFFICIAL, POLICE, WALKS)

    def test_is_not_for_strangers(self, contracts):
        before = contracts.desk.ask(state)
        for stranger in (contracts.neighbour, contracts.tenant, Role.OFFICIAL):
            with pytest.raises(NotYours):
                contracts.report(stranger, WALKS)
        with pytest.raises(WrongState):
            contracts.answer(Role.CHAIR, COUNCIL, BENCHES)
        assert contracts.desk.ask(state) == before

    def test_shows_what_waits_and_for_whom(self, contracts, clock):
        assert contracts.read().waiting == []
        contracts.report(contracts.tenant, HELP)
        clock.forward(days=31)
        waiting = {(each.party, each.kind, each.what) for each in contracts.read().waiting}
        assert waiting == {(COUNCIL, "report", WALKS), (None, "answer", HELP)}


class TestChanging:
    def test_drops_and_adds_only_when_every_party_agreed(self, contracts):
        chair, before = contracts.as_(Role.CHAIR), contracts.read()
        chair.act(service.open_change, PLACE, before.id, OpenChange(why="De markt verdwijnt."))
        chair.act(
            service.drop_promise, PLACE, contracts.promise(PATROL).id, DropPromise(reason="Er is geen markt meer.")
        )
        promised = AddPromise(party_id=contracts.party(POLICE).id, what="Op het plein", due_on=date(2026, 12, 31))
        open_ = chair.act(service.add_promise, PLACE, before.id, promised)
        assert (contracts.promise(PATROL).is_dropping, contracts.promise(PATROL).state) == (True, PromiseState.PROMISED)
        assert [party.has_agreed for party in open_.parties] == [False] * 4
        after = contracts.agree_all()
        assert [(each.what, each.drop_reason) for each in after.dropped] == [(PATROL, "Er is geen markt meer.")]
        assert contracts.promise("Op het plein").state is PromiseState.PROMISED
        assert [(each.number, each.state) for each in after.versions] == [
            (2, VersionState.AGREED),
            (1, VersionState.AGREED),
        ]
        assert contracts.desk.ask(faults) == []

    def test_leaves_all_as_it_was_when_it_is_withdrawn(self, contracts):
        chair = contracts.as_(Role.CHAIR)
        before = chair.ask(queries.contract, PLACE, contracts.contract_id)
        chair.act(service.open_change, PLACE, before.id, OpenChange(why="Toch anders."))
        with pytest.raises(WrongState):
            chair.act(service.open_change, PLACE, before.id, OpenChange(why="Nog anders."))
        chair.act(service.add_party, PLACE, before.id, AddParty(name="School"))
        chair.act(service.drop_promise, PLACE, contracts.promise(WALKS).id, DropPromise(reason="Geen tijd."))
        after = chair.act(service.withdraw_change, PLACE, before.id)
        assert (after.promises, after.parties, after.state) == (before.promises, before.parties, before.state)
        assert [each.state for each in after.versions] == [VersionState.WITHDRAWN, VersionState.AGREED]
        with pytest.raises(rules.NothingOpen):
            chair.act(service.withdraw_change, PLACE, before.id)
        chair.act(service.open_change, PLACE, before.id, OpenChange(why="De school doet mee."))
        chair.act(service.add_party, PLACE, before.id, AddParty(name="School"))
        assert contracts.agree_all().versions[0].number == 3
        assert contracts.desk.ask(faults) == []

    def test_never_drops_what_had_to_be_kept(self, contracts, clock):
        chair = contracts.as_(Role.CHAIR)
        with pytest.raises(rules.NothingOpen):
            chair.act(service.drop_promise, PLACE, contracts.promise(WALKS).id, DropPromise(reason="Geen tijd."))
        chair.act(service.open_change, PLACE, contracts.contract_id, OpenChange(why="Mooier."))
        clock.forward(days=31)
        with pytest.raises(rules.TooLateToDrop):
            chair.act(service.drop_promise, PLACE, contracts.promise(WALKS).id, DropPromise(reason="Geen tijd."))

    def test_goes_on_with_what_was_told_before_every_party_agreed(self, contracts):
        chair = contracts.as_(Role.CHAIR)
        chair.act(service.open_change, PLACE, contracts.contract_id, OpenChange(why="Anders."))
        chair.act(service.drop_promise, PLACE, contracts.promise(WALKS).id, DropPromise(reason="Geen tijd."))
        contracts.settle(WALKS)
        contracts.agree_all()
        assert (contracts.promise(WALKS).state, contracts.promise(WALKS).is_dropping) == (PromiseState.KEPT, False)


class TestReviewingAndClosing:
    def test_needs_a_meeting_and_the_end_of_the_year_and_freezes_the_numbers(self, contracts, clock):
        chair, contract_id = contracts.as_(Role.CHAIR), contracts.contract_id
        with pytest.raises(rules.YearNotOver):
            chair.act(service.close_contract, PLACE, contract_id)
        contracts.settle(WALKS)
        clock.forward(days=305)
        with pytest.raises(rules.NotReviewed):
            chair.act(service.close_contract, PLACE, contract_id)
        found = ReviewContract(held_on=date(2026, 12, 15), report="Eén van de vier.", next_on=None)
        reviewed = chair.act(service.review_contract, PLACE, contract_id, found)
        assert ([each.report for each in reviewed.reviews], reviewed.review_on) == (["Eén van de vier."], None)
        closed = chair.act(service.close_contract, PLACE, contract_id)
        count = closed.count
        assert (closed.state, count.kept_count, count.due_count, count.kept_percent) == (ContractState.CLOSED, 1, 4, 25)
        assert {party.name: (party.count.kept_count, party.count.due_count) for party in closed.parties} == {
            MUNICIPALITY: (0, 1), TENANTS: (0, 1), POLICE: (0, 1), COUNCIL: (1, 1),
        }  # fmt: skip
        before = contracts.desk.ask(state)
        for act in (
            lambda: contracts.report(Role.OFFICIAL, BENCHES),
            lambda: chair.act(service.open_change, PLACE, contract_id, OpenChange(why="Nog iets.")),
            lambda: chair.act(service.review_contract, PLACE, contract_id, found),
            lambda: chair.act(service.close_contract, PLACE, contract_id),
        ):
            with pytest.raises(WrongState):
                act()
        assert contracts.desk.ask(state) == before


_BY_ITSELF = """UPDATE promise_report SET answering_party_id =
(SELECT party_id FROM contract_promise WHERE contract_promise.id = promise_report.promise_id)"""


class TestTheProof:
    @pytest.mark.parametrize(
        ("statement", "shows"),
        [
            ("DELETE FROM contract_consent", "not just every party of its time agreed"),
            ("UPDATE contract SET state = 'drafted'", "is drafted"),
            ("UPDATE contract_promise SET state = 'kept' WHERE promised_cents > 0", "the parties say None"),
            (_BY_ITSELF, "was answered by no other party"),
        ],
    )
    def test_finds_what_was_altered(self, contracts, statement, shows):
        contracts.settle(WALKS)
        assert contracts.desk.ask(faults) == []
        with beside(url_of(contracts.desk), is_tampering=True) as connection:
            connection.execute(text(statement))
        assert any(shows in fault for fault in contracts.desk.ask(faults))
