# SPDX-License-Identifier: EUPL-1.2
"""An account number is frozen with the approvals: changing it asks for all of them again."""

from uuid import UUID

import pytest

from tests.vouchers.conftest import HOUSE, IBAN, faults, pay_first, refused
from wijkbudget.kit.actor import Role
from wijkbudget.kit.errors import NotAllowed
from wijkbudget.payments import queries as payments
from wijkbudget.payments.rules import AlreadyPaid, IbanUnreadable, PayoutState
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.trail.work import Look, NotYours, question
from wijkbudget.vouchers import rules
from wijkbudget.vouchers.claims import queries as claims_queries
from wijkbudget.vouchers.claims import rules as claim_rules
from wijkbudget.vouchers.claims import service as claiming
from wijkbudget.vouchers.claims.rules import ClaimState
from wijkbudget.vouchers.claims.schemas import ApproveClaim, ChangeAccount, RefuseClaim

OTHER = "DE89370400440532013000"
TO_BART = ChangeAccount(payee="B. Bewoner", iban="de89 3704 0044 0532 0130 00")


@question(HOUSE)
def _parties(look: Look, place: str, payout_id: UUID) -> frozenset[str]:
    """Return who may not pay a payout."""
    return payments.parties_of(look, [payout_id])[payout_id]


def change(group, claim, command=TO_BART):
    """Have a claim paid to another account, as Bart."""
    return group.as_(group.bart).act(claiming.change_account, "oost", claim.id, command)


def waiting(group):
    """Return what waits for the cashier: to which account, and how far."""
    seen = group.desk.by(group.staff[Role.CASHIER]).ask(payments.payouts, "oost")
    return [(payout.iban, payout.state) for payout in seen]


class TestChangeAccount:
    def test_withdraws_the_payment_and_asks_for_every_approval_again(self, group):
        claim = group.claim()
        group.approve(claim.id)
        assert waiting(group) == [(IBAN, PayoutState.ORDERED)]
        changed = change(group, claim)
        assert (changed.state, changed.turn, changed.approval_count) == (ClaimState.FILED, 2, 0)
        assert (changed.details.payee, changed.details.iban, waiting(group)) == ("B. Bewoner", OTHER, [])
        for role in (Role.COUNCIL, Role.OFFICIAL):
            group.as_(role).act(claiming.approve, "oost", claim.id, ApproveClaim(turn=2))
        assert waiting(group) == [(OTHER, PayoutState.ORDERED)]
        assert pay_first(group).iban == OTHER
        assert group.desk.ask(faults) == []

    def test_is_not_approved_by_who_saw_the_account_before(self, group):
        claim = group.claim()
        change(group, claim)
        refused(group, claim_rules.AccountChanged, claiming.approve, claim.id, by=Role.COUNCIL)
        seen = group.desk.by(group.staff[Role.COUNCIL]).ask(claims_queries.claim_view, "oost", claim.id)
        assert (seen.turn, seen.may_decide) == (2, True)

    def test_is_for_the_group_while_nothing_is_paid(self, group):
        claim = group.claim()
        for who in (group.outsider, Role.CASHIER, Role.COUNCIL):
            with pytest.raises(NotAllowed) as refusal:
                group.as_(who).act(claiming.change_account, "oost", claim.id, TO_BART)
            assert refusal.type in {NotYours, DoorClosed}
        group.approve(claim.id)
        pay_first(group)
        refused(group, AlreadyPaid, claiming.change_account, claim.id, TO_BART, by=group.anna)

    @pytest.mark.parametrize(
        ("command", "kind"),
        [
            (ChangeAccount(payee="A. Bewoner", iban="NL92ABNA0417164300"), IbanUnreadable),
            (ChangeAccount(payee="A. Bewoner", iban=IBAN), claim_rules.SameAccount),
        ],
    )
    def test_refuses_what_is_no_other_account(self, group, command, kind):
        claim = group.claim()
        refusal = refused(group, kind, claiming.change_account, claim.id, command, by=group.anna)
        assert set(refusal.fields) == {"iban"}

    def test_keeps_who_approved_before_away_from_the_payment(self, group):
        claim = group.claim()
        group.as_(Role.CHAIR).act(claiming.approve, "oost", claim.id)
        change(group, claim)
        for role in (Role.COUNCIL, Role.OFFICIAL):
            group.as_(role).act(claiming.approve, "oost", claim.id, ApproveClaim(turn=2))
        payout = group.desk.by(group.staff[Role.CASHIER]).ask(payments.payouts, "oost")[0]
        assert group.desk.ask(_parties, "oost", payout.id) >= {group.staff[Role.CHAIR].id, group.anna.id}

    def test_can_be_refused_too_and_frees_the_money(self, group):
        claim = group.claim()
        group.approve(claim.id)
        change(group, claim)
        group.as_(Role.COUNCIL).act(claiming.refuse_claim, "oost", claim.id, RefuseClaim(reason="Van wie is dit?"))
        assert (group.money()["voucher"], waiting(group)) == (100_000, [])
        refused(group, rules.WrongState, claiming.change_account, claim.id, TO_BART, by=group.anna)
        assert group.desk.ask(faults) == []


class TestThePage:
    def test_lets_the_group_change_the_account_and_the_approver_see_it(self, client, group):
        page = f"/wijken/oost/declaraties/{group.claim().id}"
        client.log_in(group.anna)
        assert "Is het rekeningnummer fout?" in client.get(page).text
        wrong = client.post(f"{page}/rekening", {"payee": "B", "iban": "NL00"})
        assert (wrong.status_code, "Dit rekeningnummer (IBAN) klopt niet" in wrong.text) == (400, True)
        assert client.post(f"{page}/rekening", {"payee": "B", "iban": OTHER}).status_code == 303
        client.log_in(group.staff[Role.COUNCIL])
        seen = client.get(page).text
        assert ("Het rekeningnummer is veranderd." in seen, 'name="turn" value="2"' in seen) == (True, True)
        assert client.post(f"{page}/goedkeuring").status_code == 409
        assert client.post(f"{page}/goedkeuring", {"turn": "2"}).status_code == 303
