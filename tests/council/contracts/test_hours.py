# SPDX-License-Identifier: EUPL-1.2
"""Hours of an organisation count to its promise, when another party says that they were given."""

from datetime import date

import pytest

from tests.council.contracts.conftest import COUNCIL, HELP, PLACE, TENANTS, WALKS, faults
from tests.vouchers.conftest import state
from wijkbudget.council.contracts import rules, service
from wijkbudget.council.contracts.rules import Answer
from wijkbudget.council.contracts.schemas import AnswerHours, LogHours
from wijkbudget.kit.actor import Role
from wijkbudget.kit.states import WrongState
from wijkbudget.trail.work import NotYours


class TestHours:
    def test_of_an_organisation_count_to_its_promise_when_another_party_says_so(self, contracts):
        promise = contracts.promise(HELP).id
        at = contracts.as_(contracts.tenant)
        for minutes in (120, 45):
            page = at.act(service.log_hours, PLACE, promise, LogHours(given_on=date(2026, 3, 2), given_minutes=minutes))
        assert (page.promise.given_minutes, {each.kind for each in contracts.read().waiting}) == (0, {"hours"})
        right, wrong = sorted(page.hours, key=lambda each: -each.given_minutes)
        council = contracts.party(COUNCIL).id
        yes, no = (AnswerHours(party_id=council, answer=answer) for answer in Answer)
        chair = contracts.as_(Role.CHAIR)
        chair.act(service.answer_hours, PLACE, right.id, yes)
        shown = chair.act(service.answer_hours, PLACE, wrong.id, no)
        assert (shown.promise.given_minutes, shown.promise.promised_minutes) == (120, 6_000)
        with pytest.raises(WrongState):
            chair.act(service.answer_hours, PLACE, right.id, no)
        assert contracts.desk.ask(faults) == []

    def test_are_refused(self, contracts):
        today, before = date(2026, 3, 2), contracts.desk.ask(state)
        for who, what, day, minutes, refusal in (
            (contracts.tenant, HELP, date(2026, 3, 3), 60, rules.WrongDay),
            (contracts.tenant, HELP, date(2025, 12, 31), 60, rules.WrongDay),
            (contracts.tenant, HELP, today, 50, rules.HoursOrMoney),
            (contracts.neighbour, HELP, today, 60, NotYours),
            (Role.CHAIR, WALKS, today, 60, WrongState),
        ):
            hours = LogHours(given_on=day, given_minutes=minutes)
            with pytest.raises(refusal):
                contracts.as_(who).act(service.log_hours, PLACE, contracts.promise(what).id, hours)
        assert contracts.desk.ask(state) == before

    def test_are_answered_by_no_one_of_the_party_itself(self, contracts):
        promise, tenants = contracts.promise(HELP).id, contracts.party(TENANTS).id
        at = contracts.as_(contracts.tenant)
        page = at.act(service.log_hours, PLACE, promise, LogHours(given_on=date(2026, 3, 2), given_minutes=60))
        with pytest.raises(rules.AnotherParty):
            at.act(service.answer_hours, PLACE, page.hours[0].id, AnswerHours(party_id=tenants, answer=Answer.AGREES))
