# SPDX-License-Identifier: EUPL-1.2
"""What a provider sends to our bank: booked part by part, once, and whatever does not match is listed with why."""

import pytest

from tests.payments.conftest import CASHIER, RELEASER
from wijkbudget.identity import service as register
from wijkbudget.identity.schemas import AddPerson
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.kit.states import WrongState
from wijkbudget.payments.deposits.rules import DepositState, PartState, is_named
from wijkbudget.payments.providers.port import DepositLine, News
from wijkbudget.payments.statements import queries as statements
from wijkbudget.payments.statements import rules, service
from wijkbudget.payments.statements.schemas import ProposeDeposit, SettleDifference

SEEN = ProposeDeposit(deposit_id="po_1", reason="Op de pagina van de betaaldienst staat deze dag en dit bedrag.")


def part(gift, cents=2_500, fee_cents=29, news=News.ARRIVED, **more):
    told = {"id": f"txn_{news}_{gift.id.hex}", "news": news, "object_id": f"{news}_{gift.id.hex}"}
    return DepositLine(**{**told, "amount_cents": cents, "fee_cents": fee_cents, **more})


def stands(giving, name="po_1"):
    [found] = [each for each in giving.deposits().deposits if each.id == name]
    return found


class TestDeposit:
    def test_is_on_its_way_until_a_statement_names_it(self, giving):
        giving.deposit(part(giving.paid()))
        book = giving.deposits()
        assert (book.held_cents, book.sent_cents, book.fee_cents) == (2_471, 2_471, 29)
        assert (stands(giving).state, stands(giving).differences) == (DepositState.SENT, [])
        seen = giving.read_statement(2_471, "STRIPE ref p o_1 Meerwijk")
        assert (seen.matched_count, seen.open_count) == (1, 0)
        assert (stands(giving).state, giving.deposits().held_cents, giving.faults()) == (DepositState.ARRIVED, 0, [])

    def test_told_again_and_out_of_order_is_one(self, giving):
        gift = giving.paid()
        giving.deposit(part(gift), is_complete=False, reference=None)
        giving.deposit(part(gift))
        before = giving.books()
        giving.deposit(part(gift))
        assert (giving.books(), stands(giving).reference, giving.faults()) == (before, "REF po_1", [])

    def test_that_takes_more_than_it_brings_is_a_line_by_which_money_leaves(self, giving):
        gift = giving.paid()
        giving.hear(giving.dispute(gift))
        giving.deposit(part(gift), name="po_1")
        giving.read_statement(2_471, "REF po_1")
        taken = part(gift, -2_500, 2_000, News.DISPUTED, object_id=f"du_{gift.id.hex}")
        giving.deposit(taken, name="po_2")
        assert giving.read_statement(-4_500, "REF po_2").open_count == 0
        assert (giving.deposits().held_cents, giving.faults()) == (0, [])

    @pytest.mark.parametrize(("cents", "said"), [(2_470, "REF po_1"), (2_471, "REF po_2"), (2_471, "")])
    def test_is_not_found_in_a_line_of_another_amount_or_name(self, giving, cents, said):
        giving.deposit(part(giving.paid()))
        assert giving.read_statement(cents, said or "Zomaar").open_count == 1
        assert stands(giving).state is DepositState.SENT

    def test_is_late_when_the_bank_does_not_show_it(self, giving, clock):
        giving.deposit(part(giving.paid()))
        assert not stands(giving).is_late
        clock.forward(days=8)
        assert stands(giving).is_late


class TestJoining:
    """A deposit that its line does not name is joined with it by two people."""

    @pytest.fixture
    def line(self, giving):
        """Return a line of the same amount that says nothing of the deposit."""
        giving.deposit(part(giving.paid()))
        giving.read_statement(2_471, "Diverse ontvangsten")
        [line] = giving.as_(CASHIER).ask(statements.differences)
        return line

    def test_takes_two_people_and_then_the_deposit_arrived(self, giving, line):
        assert ([one.id for one in line.deposits], line.proposal) == (["po_1"], None)
        giving.refused(rules.NoProposal, service.join_deposit, line.id, by=RELEASER)
        proposed = giving.as_(CASHIER).act(service.propose_deposit, line.id, SEEN)
        assert (proposed.proposal.reason, proposed.proposal.may_join) == (SEEN.reason, False)
        giving.refused(rules.SamePerson, service.join_deposit, line.id, by=CASHIER)
        joined = giving.as_(RELEASER).act(service.join_deposit, line.id)
        assert (joined.match, joined.difference, joined.remittance, joined.may_settle) == ("deposit", None, None, False)
        assert (stands(giving).state, giving.deposits().held_cents, giving.faults()) == (DepositState.ARRIVED, 0, [])
        giving.refused(WrongState, service.join_deposit, line.id, by=RELEASER)

    def test_is_done_on_the_page_of_the_line(self, giving, line, client):
        cashier, other = (
            Actor(id=str(giving.desk.act(register.appoint, AddPerson(name=f"Met {role}", role=role)).person.id))
            for role in (Role.CASHIER, Role.OFFICIAL)
        )
        page = f"/betalingen/afschriften/regels/{line.id}"
        client.log_in(cashier)
        assert "Is het een storting van de betaaldienst?" in client.get(page).text
        missing = client.post(f"{page}/storting", {"deposit_id": "po_1", "reason": ""})
        assert (missing.status_code, "Hoe weet je dat?" in missing.text) == (400, True)
        sent = client.post(f"{page}/storting", {"deposit_id": "po_1", "reason": SEEN.reason})
        assert (sent.status_code, sent.headers["location"]) == (303, page)
        assert "Iemand anders moet kijken" in client.get(page).text
        client.log_in(other)
        assert "Voeg ze samen" in client.get(page).text
        joined = client.post(f"{page}/samengevoegd")
        assert joined.headers["location"] == f"/betalingen/afschriften/{line.statement_id}"
        assert "Twee mensen zagen dat dit storting po_1" in client.get(page).text

    def test_is_for_a_deposit_of_that_amount_that_is_on_its_way(self, giving, line):
        giving.deposit(part(giving.paid()), name="po_2", amount_cents=2_470)
        other = ProposeDeposit(deposit_id="po_2", reason="Zomaar.")
        giving.refused(rules.NotThisDeposit, service.propose_deposit, line.id, other, by=CASHIER)
        giving.as_(CASHIER).act(service.propose_deposit, line.id, SEEN)
        giving.read_statement(2_471, "REF po_1")
        giving.refused(rules.NotThisDeposit, service.join_deposit, line.id, by=RELEASER)

    def test_ends_when_the_line_is_explained_otherwise(self, giving, line):
        giving.as_(CASHIER).act(service.propose_deposit, line.id, SEEN)
        giving.as_(CASHIER).act(service.settle_difference, line.id, SettleDifference(reason="Huur van de zaal."))
        giving.refused(WrongState, service.join_deposit, line.id, by=RELEASER)
        assert giving.as_(RELEASER).ask(statements.line, line.id).proposal is None


class TestPart:
    def test_that_was_not_told_of_counts_as_soon_as_it_is(self, giving):
        gift = giving.give()
        giving.deposit(part(gift))
        assert [each.state for each in stands(giving).differences] == [PartState.UNHEARD]
        giving.read_statement(2_471, "REF po_1")
        assert giving.deposits().held_cents == 0
        giving.pay(gift)
        giving.deposit(part(giving.paid()), name="po_2")
        assert (stands(giving).differences, giving.deposits().held_cents, giving.faults()) == ([], 2_471, [])

    def test_of_another_amount_or_of_nothing_we_know_is_listed(self, giving):
        lines = [part(giving.paid(), 2_600), part(giving.paid(), news=None), part(giving.paid(), 0, 500, None, id="f")]
        giving.deposit(*lines)
        found = {each.state for each in stands(giving).differences}
        assert (found, stands(giving).fee_cents) == ({PartState.OTHER_AMOUNT, PartState.UNKNOWN}, 29 + 29 + 500)
        assert giving.faults() == []


def test_a_name_is_found_whatever_spaces_the_bank_puts_in_it():
    assert is_named("REF 12", ["stripe re f1 2 x"])
    assert not is_named("REF 12", ["REF 13", None])
    assert not is_named(None, ["REF 12"])
