# SPDX-License-Identifier: EUPL-1.2
"""An agreement is written, offered and signed by both sides, and its money comes with the last signature."""

from datetime import date, timedelta

import pytest

from tests.challenges import histories_agreements as drivers
from tests.challenges.agreements.conftest import agreement, faults, go, money, refused_once
from tests.challenges.conftest import refused, run
from tests.vouchers.conftest import filed
from wijkbudget.challenges.agreements import rules, service
from wijkbudget.challenges.agreements.rules import Clause, Party
from wijkbudget.challenges.agreements.schemas import SignAgreement, WriteMoney, WriteParties, WriteTerm
from wijkbudget.challenges.rules.officials import CaseWorkerDecides, NotYourCase
from wijkbudget.challenges.rules.states import Move, State
from wijkbudget.kit.actor import SYSTEM
from wijkbudget.kit.period import day_of
from wijkbudget.kit.states import WrongState
from wijkbudget.ledger.rules import NotEnough
from wijkbudget.trail.work import NotYours
from wijkbudget.vouchers import queries as vouchers
from wijkbudget.vouchers.claims import service as claims
from wijkbudget.vouchers.claims.rules import InstalmentToCome
from wijkbudget.vouchers.grants import service as grants


class TestAnAgreement:
    def test_begins_as_the_bid_says_it_and_is_for_both_sides_only(self, case, hood):
        found = agreement(case, case.official)
        assert (found.draft.group_name, found.draft.starts_on) == ("Wij maaien zelf", date(2026, 6, 1))
        assert found.draft.ends_on == date(2027, 5, 31)
        assert {Clause.FORM, Clause.INSTALMENTS, Clause.ENDING} <= set(found.missing)
        assert (found.text, found.may_write, agreement(case).may_write) == (None, True, False)
        with pytest.raises(rules.AgreementNotFound):
            agreement(case, hood.carla)
        refused(hood, rules.AgreementIncomplete, case.official, service.offer_agreement, case.id)
        refused(hood, NotYourCase, hood.other_official, service.write_parties, case.id, drivers.PARTIES)

    def test_is_offered_signed_by_the_group_and_then_by_the_municipality(self, case, hood):
        before = hood.desk.by(SYSTEM).ask(money, "oost")
        drivers.draft(case)
        text = agreement(case).text
        seen = SignAgreement(text_hash=text.text_hash, has_read=True)
        refused_once(case, rules.GroupSignsFirst, hood.decider, service.enter_into, case.id, seen)
        refused(hood, NotYours, hood.carla, service.sign_agreement, case.id, seen)
        refused(
            hood, rules.NotRead, hood.anna, service.sign_agreement, case.id, SignAgreement(text_hash=text.text_hash)
        )
        refused(
            hood,
            rules.OtherText,
            hood.anna,
            service.sign_agreement,
            case.id,
            SignAgreement(text_hash="0", has_read=True),
        )
        drivers.sign(case)
        refused(hood, rules.SignedBefore, hood.bart, service.sign_agreement, case.id, seen)
        refused_once(case, CaseWorkerDecides, case.official, service.enter_into, case.id, seen)
        assert hood.desk.by(SYSTEM).ask(money, "oost") == before
        drivers.enter_into(case)
        found = agreement(case, hood.carla)
        assert (found.state, found.holds, found.draft) == (State.IN_PROGRESS, True, None)
        assert [signature.party for signature in found.text.signatures] == [Party.GROUP, Party.MUNICIPALITY]
        assert hood.desk.by(SYSTEM).ask(money, "oost") == {**before, "pot": before["pot"] - 600_00}
        refused(hood, WrongState, hood.anna, service.sign_agreement, case.id, seen)
        assert hood.desk.by(SYSTEM).ask(faults) == []

    def test_is_signed_anew_when_another_text_is_offered(self, case, hood):
        go(case, Move.DRAFT, Move.SIGN)
        old = drivers.read(case)
        case.act(Move.DRAFT, service.write_parties, WriteParties(**{**drivers.PARTIES.model_dump(), "task": "Minder."}))
        assert agreement(case).is_changed
        case.act(Move.DRAFT, service.offer_agreement)
        found = agreement(case)
        assert (found.text.number, found.text.signatures, found.is_changed) == (2, [], False)
        refused_once(case, rules.OtherText, hood.decider, service.enter_into, case.id, old)
        refused_once(case, rules.GroupSignsFirst, hood.decider, service.enter_into, case.id, drivers.read(case))
        assert hood.desk.by(SYSTEM).ask(faults) == []

    def test_names_days_within_its_term(self, case, hood):
        late = WriteTerm(starts_on="2026-04-01", ends_on="2026-09-30", report_on=["2026-10-01"])
        refusal = refused(hood, rules.DaysWrong, case.official, service.write_term, case.id, late)
        assert list(refusal.fields) == ["report_on"]
        drivers.write(case)
        after = WriteMoney(instalments=[{"what": "Te laat", "amount_cents": 1, "due_on": "2028-01-01"}])
        case.act(Move.DRAFT, service.write_money, after)
        refused(hood, rules.DaysWrong, case.official, service.offer_agreement, case.id)


class TestTheMoney:
    def test_is_not_committed_when_the_pot_does_not_hold_it(self, case, hood):
        go(case, Move.DRAFT, Move.SIGN)
        hood.desk.by(SYSTEM).act(
            run, "oost", "UPDATE ledger_balance SET amount = 59999 WHERE account = 'pot:oost:2026'"
        )
        refused_once(case, NotEnough, hood.decider, service.enter_into, case.id, drivers.read(case))

    def test_is_asked_for_in_parts_by_the_group_and_leads_back_to_the_bid(self, case, hood):
        go(case, Move.DRAFT, Move.SIGN, Move.ENTER_INTO)
        voucher_id = agreement(case).voucher_id
        at, today = hood.by(hood.anna), day_of(hood.clock())
        voucher = at.ask(vouchers.voucher, "oost", voucher_id)
        assert (voucher.plan_kind, voucher.about, voucher.decision_id) == ("challenge", str(case.id), None)
        assert voucher.valid_until == agreement(case).text.terms.ends_on + timedelta(days=29)
        at.act(grants.collect, "oost", voucher.grant_id)
        refused_once(
            case, InstalmentToCome, hood.anna, claims.claim, voucher_id, filed(5, amount_cents=500_00, bought_on=today)
        )
        at.once("claim").act(claims.claim, "oost", voucher_id, filed(6, amount_cents=400_00, bought_on=today))
        assert [(part.asked_cents, part.is_due) for part in agreement(case).instalments] == [(400_00, True), (0, False)]
        hood.clock.forward(days=100)
        at.once("more").act(claims.claim, "oost", voucher_id, filed(7, amount_cents=200_00, bought_on=today))
        assert [part.asked_cents for part in agreement(case).instalments] == [400_00, 200_00]
        assert hood.desk.by(SYSTEM).ask(faults) == []

    def test_of_a_public_contract_does_not_come_from_the_pot(self, case, hood):
        before = hood.desk.by(SYSTEM).ask(money, "oost")
        drivers.write(case)
        contract = WriteParties(**{**drivers.PARTIES.model_dump(), "form": "public_contract"})
        case.act(Move.DRAFT, service.write_parties, contract)
        case.act(Move.DRAFT, service.offer_agreement)
        drivers.enter_into(case)
        found = agreement(case)
        assert (found.holds, found.voucher_id, found.text.budget_cents) == (True, None, 600_00)
        assert hood.desk.by(SYSTEM).ask(money, "oost") == before
        assert hood.desk.by(SYSTEM).ask(faults) == []


class TestTheProof:
    def test_notices_a_text_a_signature_or_a_part_of_the_money_that_came_otherwise(self, case, hood):
        at = hood.desk.by(SYSTEM)
        go(case, Move.DRAFT, Move.SIGN, Move.ENTER_INTO)
        for statement, shows in (
            (
                (
                    "INSERT INTO voucher_instalment SELECT voucher_id, 3, what, 1, due_on FROM voucher_instalment"
                    " WHERE position = 1"
                ),
                "its money can be asked on other days than it says",
            ),
            (
                (
                    "INSERT INTO agreement_text SELECT challenge_id, 2, place, says, salt, text_hash, offered_at"
                    " FROM agreement_text"
                ),
                "was offered 1 times, and has 2 texts",
            ),
        ):
            at.act(run, "oost", statement)
            assert [fault.rpartition(": ")[2] for fault in at.ask(faults)] == [shows]

    def test_notices_somebody_who_signed_without_a_move(self, case, hood):
        go(case, Move.DRAFT)
        signed = "SELECT challenge_id, number, 'group', place, 'somebody', offered_at FROM agreement_text"
        hood.desk.by(SYSTEM).act(run, "oost", f"INSERT INTO agreement_signature {signed}")
        found = hood.desk.by(SYSTEM).ask(faults)
        assert [fault.rpartition(": ")[2] for fault in found] == ["was signed otherwise than its moves say"]
