# SPDX-License-Identifier: EUPL-1.2
"""What an organisation must have."""

import pytest

from wijkbudget.identity.rules.organisations import (
    LastMember,
    LegalForm,
    NotMember,
    NumberMissing,
    demand_number,
    demand_others,
)


class TestOrganisations:
    @pytest.mark.parametrize(
        ("form", "number", "fits"),
        [
            (LegalForm.GROUP, None, True),
            (LegalForm.GROUP, "12345678", False),
            (LegalForm.FOUNDATION, "12345678", True),
            (LegalForm.FOUNDATION, None, False),
        ],
    )
    def test_have_a_number_if_they_are_a_legal_person(self, form, number, fits):
        if fits:
            demand_number(form, number)
        else:
            with pytest.raises(NumberMissing):
                demand_number(form, number)

    def test_keep_a_member(self):
        demand_others("a", ["a", "b"])
        with pytest.raises(LastMember):
            demand_others("a", ["a"])
        with pytest.raises(NotMember):
            demand_others("c", ["a", "b"])
