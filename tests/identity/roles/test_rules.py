# SPDX-License-Identifier: EUPL-1.2
"""Which roles can be given, and when they hold."""

from datetime import date

import pytest

from wijkbudget.identity.rules.logins import (
    held_roles,
)
from wijkbudget.identity.rules.roles import (
    AuditorsAuditOnly,
    NotForYourself,
    NotGrantable,
    RoleHeld,
    RoleOver,
    demand_endable,
    demand_grantable,
    demand_period,
)
from wijkbudget.kit.actor import Role

TODAY = date(2026, 3, 2)


class TestRoles:
    def test_can_be_given_to_somebody_without_one(self):
        demand_grantable(Role.GUIDE, set(), is_own=False, is_municipal=False)

    @pytest.mark.parametrize("role", [Role.GUEST, Role.RESIDENT, Role.SYSTEM])
    def test_of_the_house_itself_cannot_be_given(self, role):
        with pytest.raises(NotGrantable):
            demand_grantable(role, set(), is_own=False, is_municipal=False)

    @pytest.mark.parametrize("role", [Role.GUIDE, Role.COUNCIL, Role.CHAIR])
    def test_of_a_neighbourhood_cannot_hold_in_the_whole_municipality(self, role):
        with pytest.raises(NotGrantable):
            demand_grantable(role, set(), is_own=False, is_municipal=True)

    def test_cannot_be_given_to_yourself(self):
        with pytest.raises(NotForYourself):
            demand_grantable(Role.GUIDE, set(), is_own=True, is_municipal=False)

    def test_are_held_once(self):
        with pytest.raises(RoleHeld):
            demand_grantable(Role.GUIDE, {Role.GUIDE}, is_own=False, is_municipal=False)

    @pytest.mark.parametrize(("role", "held"), [(Role.AUDITOR, Role.CASHIER), (Role.CASHIER, Role.AUDITOR)])
    def test_of_an_auditor_go_with_no_other(self, role, held):
        with pytest.raises(AuditorsAuditOnly):
            demand_grantable(role, {held}, is_own=False, is_municipal=False)

    def test_end_later_than_they_begin(self):
        demand_period(TODAY, date(2026, 3, 3))
        with pytest.raises(NotGrantable):
            demand_period(TODAY, TODAY)

    def test_end_once_and_by_somebody_else(self):
        demand_endable(TODAY, None, is_own=False)
        demand_endable(TODAY, date(2026, 3, 3), is_own=False)
        with pytest.raises(RoleOver):
            demand_endable(TODAY, TODAY, is_own=False)
        with pytest.raises(NotForYourself):
            demand_endable(TODAY, None, is_own=True)


class TestHeldRoles:
    @pytest.mark.parametrize(
        ("from_on", "until_on", "holds"),
        [
            (TODAY, None, True),
            (date(2026, 3, 3), None, False),
            (date(2025, 1, 1), date(2026, 3, 3), True),
            (date(2025, 1, 1), TODAY, False),
        ],
    )
    def test_hold_from_the_first_day_until_before_the_last(self, from_on, until_on, holds):
        roles = held_roles([(Role.GUIDE, "oost", from_on, until_on)], TODAY, None, is_proved=True)
        assert roles == ({(Role.GUIDE, "oost")} if holds else set())

    def test_make_a_resident_only_of_who_proved_it(self):
        assert held_roles([], TODAY, "oost", is_proved=False) == set()
        assert held_roles([], TODAY, "oost", is_proved=True) == {(Role.RESIDENT, "oost")}
