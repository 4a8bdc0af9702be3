# SPDX-License-Identifier: EUPL-1.2
"""Resident vouchers: an equal amount for everybody, pledged to plans until a day, and every cent accounted for."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from tests.vouchers.cheques.conftest import account, divided, issuing, proof
from tests.vouchers.conftest import HOUSE, read, refused, state
from tests.vouchers.conftest import issue as issue_voucher
from wijkbudget.identity import queries as identity
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.ledger.rules import NotEnough
from wijkbudget.neighbourhoods import service as neighbourhoods
from wijkbudget.neighbourhoods.schemas import AdoptPolicy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.trail.desk import Desk
from wijkbudget.trail.work import Work, verb
from wijkbudget.vouchers import service as vouchers
from wijkbudget.vouchers.cheques import queries, service
from wijkbudget.vouchers.cheques.events import ChequePledged
from wijkbudget.vouchers.cheques.rules import (
    ChequeDeactivated,
    ChequeNotFound,
    ChequeOver,
    DeactivatedBefore,
    IssuanceNotFound,
    IssuanceState,
    IssuedAlready,
    MoreThanItsValue,
    NamedTwice,
    NoCheques,
    PlanTakesNone,
    TooMuchEach,
    WrongCode,
    WrongLastDay,
)
from wijkbudget.vouchers.cheques.schemas import DeactivateCheque, OpenCheque, PledgeByCode
from wijkbudget.vouchers.rules import CodeMistyped
from wijkbudget.vouchers.schemas import AccountFor

GUEST = Actor(id="guest")


@verb(HOUSE, municipal=True, silent="a test plays a keeper who goes around the verbs")
def tamper(work: Work, statement: str) -> None:
    work.session.connection().execute(text(statement))


def eligible(desk: Desk, today: date = date(2026, 3, 2)) -> list[str]:
    return [each.person_id for each in desk.ask(identity.residents, "oost", today, 12)]


class TestIssue:
    def test_gives_everybody_who_is_old_enough_the_same_in_one_transfer(self, group):
        before = group.money()["pot"]
        made = group.as_(Role.OFFICIAL).act(service.issue_cheques, "oost", issuing(750))
        count = len(eligible(group.desk))
        assert (made.cheque_count, made.value_cents, made.total_cents) == (count, 750, 750 * count)
        assert made.state is IssuanceState.OPEN
        assert group.desk.ask(account, "oost", made.id) == {"pot": before - 750 * count, "held": 750 * count}
        assert group.desk.ask(proof) == []

    def test_names_the_article_that_does_not_allow_it(self, group):
        for command, kind in (
            (issuing(1_001), TooMuchEach),
            (issuing(last_on=date(2026, 3, 2)), WrongLastDay),
            (issuing(last_on=date(2026, 7, 1)), WrongLastDay),
        ):
            refusal = refused(group, kind, service.issue_cheques, command, by=Role.OFFICIAL)
            assert refusal.article == "Verordening wijkbudgetten Meerwijk 2024, art. 14"

    def test_is_refused_while_others_are_open(self, cheques):
        refused(cheques.group, IssuedAlready, service.issue_cheques, issuing(), by=Role.OFFICIAL)

    def test_takes_no_more_than_the_pot_holds(self, group):
        rest = group.money()["pot"] - 1_000
        group.desk.act(issue_voucher, "oost", "Alles", [group.anna.id], rest)
        refused(group, NotEnough, service.issue_cheques, issuing(), by=Role.OFFICIAL)

    def test_is_refused_where_the_rules_know_none(self, group):
        before = group.desk.ask(state)
        with pytest.raises(NoCheques):
            group.desk.by(Actor(id="o", roles=frozenset({(Role.OFFICIAL, None)}))).once("west").act(
                service.issue_cheques, "west", issuing()
            )
        assert group.desk.ask(state) == before

    def test_gives_one_to_each_household_where_the_rules_say_so(self, group):
        administrator = group.desk.by(Actor(id="a", roles=frozenset({(Role.ADMINISTRATOR, None)})))
        toml = demo_toml("oost").replace('per = "resident"', 'per = "household"')
        command = AdoptPolicy(valid_from=date(2026, 3, 3), decided_by="De gemeenteraad", toml=toml)
        administrator.act(neighbourhoods.adopt_policy, "oost", command)
        desk = replace(group.desk, clock=lambda: group.desk.clock().replace(day=3))
        official = desk.by(group.staff[Role.OFFICIAL])
        made = official.once("per household").act(service.issue_cheques, "oost", issuing())
        homes = {each.household_id for each in desk.ask(identity.residents, "oost", date(2026, 3, 3), 12)}
        assert made.cheque_count == len(homes) < len(eligible(desk, date(2026, 3, 3)))
        command = divided((group.voucher_id, 400))
        desk.by(group.anna).act(service.pledge_own, "oost", command)
        for mate in identity_mates(desk, group.anna):
            assert desk.by(mate).ask(queries.own_cheque, "oost").pledged_cents == 400


def identity_mates(desk: Desk, somebody: Actor) -> list[Actor]:
    """Return everybody at the address of somebody, as residents of oost."""
    rows = desk.ask(identity.residents, "oost", date(2026, 3, 3), 12)
    (home,) = {each.household_id for each in rows if each.person_id == somebody.id}
    role = frozenset({(Role.RESIDENT, "oost")})
    return [Actor(id=each.person_id, roles=role) for each in rows if each.household_id == home]


class TestPledge:
    def test_takes_the_code_however_it_is_typed_and_no_account(self, cheques):
        code = cheques.code(cheques.group.outsider)
        shown = cheques.pledge(f" {code.lower().replace('-', ' ')} ", (cheques.plan, 600))
        assert (shown.pledged_cents, shown.left_cents) == (600, 400)
        assert [(plan.title, plan.pledged_cents) for plan in shown.plans] == [("Pluktuin", 600)]
        assert cheques.own(cheques.group.outsider) == shown

    def test_can_be_changed_until_the_last_day_and_moves_no_money(self, cheques, clock):
        before = cheques.desk.ask(account, "oost", cheques.issuance.id)
        code = cheques.code(cheques.group.anna)
        cheques.pledge(code, (cheques.plan, 1_000))
        clock.forward(days=29)
        assert cheques.pledge(code, (cheques.plan, 250)).left_cents == 750
        assert cheques.pledge(code, (cheques.plan, 0)).left_cents == 1_000
        assert cheques.desk.ask(account, "oost", cheques.issuance.id) == before
        assert cheques.desk.ask(proof) == []

    def test_is_never_more_than_its_value_and_only_to_plans_of_here(self, cheques):
        plan = cheques.plan
        for command, kind in (
            (divided((plan, 1_001)), MoreThanItsValue),
            (divided((uuid4(), 1)), PlanTakesNone),
            (divided((plan, 1), (plan, 2)), NamedTwice),
        ):
            refused(cheques.group, kind, service.pledge_own, command, by=cheques.group.anna)

    def test_ends_after_the_last_day(self, cheques, clock):
        code = cheques.code(cheques.group.anna)
        clock.forward(days=30)
        command = PledgeByCode(code=code, pledges=divided((cheques.plan, 1)).pledges)
        refusal = refused(cheques.group, ChequeOver, service.pledge_by_code, command, by=GUEST)
        assert refusal.article == "Verordening wijkbudgetten Meerwijk 2024, art. 14"

    def test_says_of_whom_it_was_only_beside_the_public_record(self, cheques):
        assert ChequePledged.personal == {"cheque_id", "pledged"}


class TestCode:
    def test_with_a_typing_mistake_is_refused_before_anything_is_looked_up(self, cheques):
        code = cheques.code(cheques.group.anna)
        wrong = ("Z" if code[0] != "Z" else "Y") + code[1:]
        with pytest.raises(CodeMistyped):
            OpenCheque(code=wrong)

    def test_of_nobody_of_elsewhere_and_a_lost_one_are_answered_alike(self, cheques):
        lost = cheques.code(cheques.group.anna)
        cheques.hand(cheques.group.anna)
        said = set()
        for place, code in (
            ("oost", lost),
            ("oost", "0000-0000-0000-0000"),
            ("west", cheques.code(cheques.group.bart)),
        ):
            with pytest.raises(WrongCode) as refusal:
                cheques.desk.by(GUEST).ask(queries.cheque_by_code, place, OpenCheque(code=code))
            said.add(refusal.value.text.msgid)
        assert len(said) == 1

    def test_is_replaced_with_everything_that_was_pledged(self, cheques):
        anna = cheques.group.anna
        lost = cheques.code(anna)
        cheques.pledge(lost, (cheques.plan, 300))
        handed = cheques.hand(anna)
        assert (handed.value_cents, handed.last_on) == (1_000, cheques.issuance.last_on)
        assert handed.code == cheques.code(anna) != lost
        assert cheques.pledge(handed.code, (cheques.plan, 400)).pledged_cents == 400

    def test_does_not_stand_in_the_database(self, cheques):
        code = cheques.code(cheques.group.anna)
        tables = cheques.desk.database
        with tables.read() as session:
            raw = session.connection().exec_driver_sql("SELECT code_hash FROM cheque").scalars().all()
        assert len(raw) == cheques.issuance.cheque_count
        assert not any(code.replace("-", "") in kept for kept in raw)


class TestDeactivate:
    def test_stops_a_voucher_and_undoes_what_it_pledged(self, cheques, clock):
        anna = cheques.group.anna
        cheques.pledge(cheques.code(anna), (cheques.plan, 1_000))
        command = DeactivateCheque(person_id=UUID(anna.id), reason="Verhuisd.")
        cheques.group.as_(Role.OFFICIAL).act(service.deactivate_cheque, "oost", command)
        refused(cheques.group, ChequeDeactivated, service.pledge_own, divided((cheques.plan, 1)), by=anna)
        refused(cheques.group, DeactivatedBefore, service.deactivate_cheque, command, by=Role.OFFICIAL)
        assert cheques.after_the_last_day(clock) == 1
        assert read(cheques.group).value_cents == 100_000
        assert cheques.desk.ask(proof) == []


class TestClose:
    def test_waits_for_the_last_day_to_pass(self, cheques, clock):
        clock.forward(days=29)
        before = cheques.desk.ask(state)
        assert cheques.desk.act(service.close_cheques, "oost") == 0
        assert cheques.desk.ask(state) == before

    def test_brings_what_was_pledged_to_the_plans_and_the_rest_to_the_pot_once(self, cheques, clock):
        before = cheques.desk.ask(account, "oost", cheques.issuance.id)
        for holder, cents in zip(cheques.group.residents, (1_000, 400, 1), strict=True):
            cheques.group.as_(holder).act(service.pledge_own, "oost", divided((cheques.plan, cents)))
        assert cheques.after_the_last_day(clock) == 1
        rest = cheques.issuance.total_cents - 1_401
        after = {"pot": before["pot"] + rest, "held": 0}
        assert cheques.desk.ask(account, "oost", cheques.issuance.id) == after
        voucher = read(cheques.group)
        assert (voucher.value_cents, voucher.topped_up_cents, voucher.left_cents) == (101_401, 1_401, 101_401)
        closed = cheques.desk.ask(queries.cheques, "oost").closed[0]
        assert (closed.state, closed.returned_cents) == (IssuanceState.CLOSED, rest)
        assert [(plan.title, plan.amount_cents, plan.pledge_count) for plan in closed.plans] == [
            ("Pluktuin", 1_401, None)
        ]
        assert cheques.desk.ask(proof) == []
        again = cheques.desk.ask(state)
        assert cheques.desk.act(service.close_cheques, "oost") == 0
        assert cheques.desk.ask(state) == again

    def test_brings_what_was_pledged_to_a_plan_that_was_accounted_for_back_to_the_pot(self, cheques, clock):
        before = cheques.desk.ask(account, "oost", cheques.issuance.id)["pot"]
        cheques.pledge(cheques.code(cheques.group.bart), (cheques.plan, 1_000))
        told = AccountFor(done="Het is gelukt.", finished_on=date(2026, 3, 2))
        cheques.group.as_(cheques.group.anna).act(vouchers.account_for, "oost", cheques.plan, told)
        assert cheques.own(cheques.group.bart).plans == []
        assert cheques.after_the_last_day(clock) == 1
        after = {"pot": before + cheques.issuance.total_cents, "held": 0}
        assert cheques.desk.ask(account, "oost", cheques.issuance.id) == after
        assert read(cheques.group).value_cents == 100_000
        assert cheques.desk.ask(proof) == []

    def test_lets_the_next_ones_be_issued(self, cheques, clock):
        cheques.after_the_last_day(clock)
        refused(cheques.group, IssuanceNotFound, service.pledge_own, divided(), by=cheques.group.anna)
        made = cheques.group.as_(Role.OFFICIAL).act(service.issue_cheques, "oost", issuing(100, date(2026, 5, 1)))
        assert made.state is IssuanceState.OPEN


class TestCounts:
    def test_are_told_of_ten_people_or_more(self, cheques):
        holders = [
            Actor(id=person, roles=frozenset({(Role.RESIDENT, "oost")})) for person in eligible(cheques.desk)[:10]
        ]
        told = []
        for holder in holders:
            cheques.group.as_(holder).act(service.pledge_own, "oost", divided((cheques.plan, 5)))
            told.append(cheques.desk.ask(queries.cheques, "oost").open.used_count)
        assert told == [None] * 9 + [10]
        assert cheques.desk.ask(queries.cheques, "oost").open.plans == []

    def test_of_somebody_who_came_later_there_is_none(self, cheques):
        stranger = Actor(id=str(uuid4()), roles=frozenset({(Role.RESIDENT, "oost")}))
        refused(cheques.group, ChequeNotFound, service.pledge_own, divided(), by=stranger)


class TestCheck:
    @pytest.mark.parametrize(
        ("statement", "promise"),
        [
            ("UPDATE cheque SET value_cents = 2000", "everybody got the same"),
            ("UPDATE cheque SET pledged_cents = 1", "pledges add up"),
            ("UPDATE issuance SET value_cents = 999", "resident vouchers are in the books"),
            ("UPDATE issuance SET state = 'closed', returned_cents = 0", "no cent of resident vouchers is lost"),
        ],
    )
    def test_names_what_was_altered(self, cheques, statement, promise):
        cheques.desk.act(tamper, statement)
        assert promise in {fault.promise for fault in cheques.desk.ask(proof)}
