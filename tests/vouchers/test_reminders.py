# SPDX-License-Identifier: EUPL-1.2
"""A group that never accounts for its money: asked by letter, given a term, and settled without an account."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.vouchers.conftest import faults, pay_first, read, refused
from wijkbudget.app.decisions import DecisionRoom
from wijkbudget.app.post import Post
from wijkbudget.kit.actor import SYSTEM, Role
from wijkbudget.trail import errands
from wijkbudget.trail.desk import DoorClosed
from wijkbudget.vouchers import service
from wijkbudget.vouchers.grants import queries as grants
from wijkbudget.vouchers.grants.rules import DecisionKind, Ground
from wijkbudget.vouchers.grants.schemas import LowerVoucher
from wijkbudget.vouchers.reminders import rules
from wijkbudget.vouchers.reminders import service as reminding
from wijkbudget.vouchers.reminders.schemas import RemindGroup
from wijkbudget.vouchers.rules import VoucherState
from wijkbudget.vouchers.schemas import AccountFor

OVER = date(2027, 3, 2)
"""The first day on which nothing can be claimed on the voucher any more."""
DUE = date(2027, 3, 29)
UNTIL = date(2027, 4, 20)
ASKED = RemindGroup(until=UNTIL)


@pytest.fixture
def silent(group, clock):
    """Return a group that spent EUR 125, whose voucher ended and that is late with its account."""
    group.approve(group.claim().id)
    pay_first(group)
    clock.forward(days=365)
    group.desk.act(service.expire, "oost")
    clock.forward(days=27)
    assert clock().date() == DUE
    return group


def remind(group, by=Role.OFFICIAL, command=ASKED):
    return group.as_(by).act(reminding.remind, "oost", group.voucher_id, command)


def settlement(group):
    found = group.desk.by(group.anna).ask(grants.grant_decisions, "oost", read(group).about)
    return next(each for each in found if each.kind is DecisionKind.SETTLEMENT)


class TestRemind:
    def test_comes_when_the_group_is_late_and_gives_two_weeks_and_then_more(self, silent, clock):
        seen = read(silent, silent.staff[Role.OFFICIAL])
        assert (seen.account_due_on, seen.may_remind, seen.may_settle) == (DUE, False, False)
        refusal = refused(silent, rules.NotLate, reminding.remind, silent.voucher_id, ASKED, by=Role.OFFICIAL)
        assert refusal.article == "Verordening wijkbudgetten Meerwijk 2024, art. 11"
        clock.forward(days=1)
        assert read(silent, silent.staff[Role.OFFICIAL]).may_remind
        for until in (DUE, DUE + timedelta(days=14)):
            late = RemindGroup(until=until)
            refused(silent, rules.TermTooShort, reminding.remind, silent.voucher_id, late, by=Role.OFFICIAL)
        assert remind(silent).until == UNTIL
        assert read(silent).account_until == UNTIL
        refused(silent, rules.TermTooShort, reminding.remind, silent.voucher_id, ASKED, by=Role.OFFICIAL)
        remind(silent, command=RemindGroup(until=UNTIL + timedelta(days=1)))
        assert read(silent).account_until == UNTIL + timedelta(days=1)

    def test_is_not_for_a_voucher_in_use_and_not_by_the_group(self, group):
        refused(group, rules.NothingToAccount, reminding.remind, group.voucher_id, ASKED, by=Role.OFFICIAL)
        for who in (group.anna, Role.CASHIER):
            refused(group, DoorClosed, reminding.remind, group.voucher_id, ASKED, by=who)

    def test_is_a_letter_to_each_of_the_group(self, silent, clock, tmp_path):
        clock.forward(days=1)
        remind(silent)
        letter = silent.desk.by(SYSTEM).ask(errands.waiting)[-1]
        assert letter.kind == rules.ERRAND
        post = tmp_path / "post"
        DecisionRoom(Post(post), "https://wijk.example").remind(letter.payload)
        [made] = post.iterdir()
        pages = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(made.read_bytes())).pages]
        assert (made.name, len(pages)) == (f"herinnering-{silent.voucher_id}-{UNTIL}.pdf", 2)
        for said in (
            "Vertel wat jullie met het geld deden",
            "€ 125,00 van de wijkvoucher betaald",
            "Uiterlijk op 29 maart 2027",
            "uiterlijk op 20 april 2027",
            "van de wijkraad van Meerwijk-Oost, namens het college",
        ):
            assert said in pages[0]


class TestSettlingWithoutAnAccount:
    @pytest.fixture
    def over(self, silent, clock):
        """Return the group on the day after the term of its letter."""
        refused(silent, rules.NotReminded, service.settle, silent.voucher_id, by=Role.COUNCIL)
        clock.forward(days=1)
        remind(silent)
        clock.forward(days=(UNTIL - DUE).days - 1)
        refused(silent, rules.TermRuns, service.settle, silent.voucher_id, by=Role.COUNCIL)
        clock.forward(days=1)
        return silent

    def test_can_be_for_what_was_paid(self, over):
        settled = over.as_(Role.COUNCIL).act(service.settle, "oost", over.voucher_id)
        assert (settled.state, settled.account, settled.paid_cents) == (VoucherState.SETTLED, None, 12_500)
        decided = settlement(over)
        assert (decided.article, decided.ground) == (
            "Algemene wet bestuursrecht, art. 4:46 lid 1 en 4:47 sub b",
            None,
        )
        assert over.desk.ask(faults) == []

    def test_can_be_for_less_once_the_group_was_heard(self, over):
        less = LowerVoucher(
            settled_cents=0,
            ground=Ground.DUTIES_NOT_MET,
            motivation="Niemand vertelde wat er is gedaan.",
            heard_on=UNTIL,
            heard_note="De groep zei niets.",
        )
        settled = over.as_(Role.COUNCIL).act(service.settle_lower, "oost", over.voucher_id, less)
        assert (settled.state, settled.owed_cents) == (VoucherState.SETTLED, 12_500)
        assert settlement(over).article == "Algemene wet bestuursrecht, art. 4:46 lid 2 sub b en 4:47 sub b"
        assert over.desk.ask(faults) == []

    def test_does_not_come_if_the_group_accounts_late(self, over):
        told = AccountFor(done="We planted forty berry bushes.", finished_on=OVER)
        over.as_(over.anna).act(service.account_for, "oost", over.voucher_id, told)
        over.as_(Role.COUNCIL).act(service.settle, "oost", over.voucher_id)
        assert settlement(over).article == "Algemene wet bestuursrecht, art. 4:46 lid 1"


class TestOnPages:
    def test_an_official_asks_and_the_group_reads_until_when(self, silent, client, clock):
        clock.forward(days=1)
        page = f"/wijken/oost/wijkvouchers/{silent.voucher_id}"
        client.log_in(silent.staff[Role.OFFICIAL])
        assert "Vraag de groep om het te verantwoorden" in client.get(page).text
        wrong = client.post(f"{page}/herinnering", {"until": DUE.isoformat()})
        assert (wrong.status_code, "Geef de groep tijd" in wrong.text) == (400, True)
        sent = client.post(f"{page}/herinnering", {"until": UNTIL.isoformat()})
        assert (sent.status_code, sent.headers["location"]) == (303, page)
        assert "Geef de groep meer tijd" in client.get(page).text
        client.log_in(silent.anna)
        assert "Vertel uiterlijk op 20 april 2027" in client.get(page).text
        client.log_in(silent.staff[Role.OFFICIAL])
        api = f"/api/v1/neighbourhoods/oost/vouchers/{silent.voucher_id}"
        longer = client.send(f"{api}/reminders", {"until": "2027-04-21"})
        assert (longer.status_code, longer.json()["dueOn"]) == (201, DUE.isoformat())
        assert client.get(api).json()["accountUntil"] == "2027-04-21"
