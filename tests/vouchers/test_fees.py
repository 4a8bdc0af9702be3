# SPDX-License-Identifier: EUPL-1.2
"""A fee for a volunteer of the group: asked for, approved within the limits of the law, counted and taken off again."""

from datetime import date

from tests.races.racing import together
from tests.vouchers.conftest import IBAN, faults, filed, pay_first, refused
from tests.vouchers.test_kinds import ask, seen
from wijkbudget.kit.actor import Role
from wijkbudget.payments import queries as payments
from wijkbudget.reciprocity.fees import queries as fees
from wijkbudget.reciprocity.fees.rules import FeeTooHigh
from wijkbudget.vouchers import service
from wijkbudget.vouchers.claims import queries, rules, volunteers
from wijkbudget.vouchers.claims import service as claiming
from wijkbudget.vouchers.claims.rules import ClaimState, CostKind
from wijkbudget.vouchers.claims.schemas import ApproveClaim, ChangeAccount, FileClaim
from wijkbudget.vouchers.rules import VoucherState
from wijkbudget.vouchers.schemas import AccountFor

OTHER_IBAN = "NL20INGB0001234567"


def fields(group, **changed):
    asked = {"kind": "volunteer_fee", "amount_cents": 15_000, "purpose": "Zes avonden koken", "iban": IBAN}
    return {**asked, "volunteer": group.bart.id, **changed}


def received(group, who=None):
    who = who or group.bart
    return group.desk.by(who).ask(fees.fees_of, "oost", who.id).standing


class TestAFee:
    def test_is_paid_to_the_volunteer_in_their_own_name_and_counts(self, group):
        claim = ask(group, **fields(group))
        name = claim.details.payee
        assert name
        assert (claim.category, claim.to_pay_cents, claim.details.volunteer) == (CostKind.VOLUNTEER_FEE, 15_000, name)
        assert received(group).month_cents == 0
        assert group.approve(claim.id).state is ClaimState.APPROVED
        assert received(group).month_cents == 15_000
        pay_first(group)
        assert group.as_(Role.CASHIER).ask(payments.payouts, "oost")[0].payee == name
        told = AccountFor(done="Er is gekookt.", finished_on=date(2026, 3, 1))
        group.as_(group.anna).act(service.account_for, "oost", group.voucher_id, told)
        assert group.as_(Role.OFFICIAL).act(service.settle, "oost", group.voucher_id).state is VoucherState.SETTLED
        assert group.desk.ask(faults) == []

    def test_warns_near_the_limit_and_is_refused_above_it(self, group):
        far, near = ask(group, **fields(group, amount_cents=16_799)), ask(group, **fields(group, amount_cents=16_800))
        assert (seen(group, near).details.is_fee_near, seen(group, far).details.is_fee_near) == (True, False)
        told = group.desk.by(group.anna).ask(queries.claim_view, "oost", near.id)
        assert not told.details.is_fee_near
        group.approve(far.id)
        command = FileClaim.model_validate(fields(group, amount_cents=4_202))
        refusal = refused(group, FeeTooHigh, claiming.claim, group.voucher_id, command, by=group.anna)
        assert refusal.article == "Wet op de loonbelasting 1964, art. 2 lid 6"
        ask(group, **fields(group, amount_cents=4_201))

    def test_is_refused_above_the_limit_when_two_are_approved_at_once(self, group):
        claims = [ask(group, **fields(group)).id for _each in range(2)]
        for claim_id in claims:
            group.as_(Role.COUNCIL).act(claiming.approve, "oost", claim_id)
        approvers = (Role.OFFICIAL, Role.CHAIR)
        made = together(
            *(
                lambda role=role, claim_id=claim_id: group.as_(role).act(claiming.approve, "oost", claim_id).state
                for role, claim_id in zip(approvers, claims, strict=True)
            )
        )
        assert sorted(made) == ["FeeTooHigh", ClaimState.APPROVED]
        assert received(group).month_cents == 15_000
        assert group.desk.ask(faults) == []

    def test_counts_no_longer_when_its_account_changes_and_again_when_it_is_approved_again(self, group):
        claim = ask(group, **fields(group))
        group.approve(claim.id)
        changed = ChangeAccount(payee="Iemand anders", iban=OTHER_IBAN)
        after = group.as_(group.anna).act(claiming.change_account, "oost", claim.id, changed)
        assert (after.details.payee, after.details.iban) == (claim.details.payee, OTHER_IBAN)
        assert received(group).month_cents == 0
        for role in (Role.COUNCIL, Role.OFFICIAL):
            group.as_(role).act(claiming.approve, "oost", claim.id, ApproveClaim(turn=2))
        assert received(group).month_cents == 15_000
        assert group.desk.ask(faults) == []

    def test_is_for_a_member_of_the_group_and_asked_in_its_own_way(self, group):
        wrong = [
            (volunteers.NotOfTheGroup, fields(group, volunteer=group.outsider.id)),
            (rules.Incomplete, fields(group, payee="Iemand")),
            (rules.Incomplete, fields(group, supplier="De Linde")),
            (rules.Incomplete, fields(group, volunteer=None)),
            (
                volunteers.AskedOtherwise,
                filed(lines=[{"category": CostKind.VOLUNTEER_FEE}]).model_dump(exclude_none=True),
            ),
        ]
        for refusal, asked in wrong:
            refused(group, refusal, claiming.claim, group.voucher_id, FileClaim.model_validate(asked), by=group.anna)
        offered = group.desk.by(group.anna).ask(queries.conditions, "oost", group.voucher_id)
        assert "volunteer_fee" in offered.kinds
        assert CostKind.VOLUNTEER_FEE not in offered.payable
        assert {each.id for each in offered.volunteers} == {group.anna.id, group.bart.id}
        assert group.desk.by(group.outsider).ask(queries.conditions, "oost", group.voucher_id).volunteers == []


class TestThePages:
    def test_ask_for_a_fee_and_tell_whoever_pays(self, group, client):
        mine = f"/wijken/oost/wijkvouchers/{group.voucher_id}/declaraties/nieuw"
        client.log_in(group.anna)
        assert "Wie krijgt de vergoeding?" in client.get(f"{mine}?kind=volunteer_fee").text
        asked = {"kind": "volunteer_fee", "line_count": "1", "volunteer": group.bart.id, "purpose": "Koken"}
        sent = client.post(mine, {**asked, "amount_cents": "168", "iban": IBAN}, files={})
        assert sent.status_code == 303
        claim = group.desk.by(group.anna).ask(queries.claims, "oost", group.voucher_id)[0]
        client.log_in(group.staff[Role.OFFICIAL])
        page = client.get(f"/wijken/oost/declaraties/{claim.id}").text
        assert f"/wijken/oost/bewoners/{group.bart.id}/vergoedingen" in page
        assert "Het maximum voor deze vrijwilliger is dichtbij" in page
