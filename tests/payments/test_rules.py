# SPDX-License-Identifier: EUPL-1.2
"""Which account numbers can be paid, and who may pay."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkbudget.payments import rules


class TestReadIban:
    @pytest.mark.parametrize("typed", ["NL91ABNA0417164300", "nl91 abna 0417 1643 00", " NL91-ABNA-0417-1643-00 "])
    def test_gives_capitals_without_spaces(self, typed):
        assert rules.read_iban(typed) == "NL91ABNA0417164300"

    @pytest.mark.parametrize("typed", ["", "NL92ABNA0417164300", "NL91ABNA041716430", "0417164300", "XX82WEST123456"])
    def test_is_refused_at_its_field(self, typed):
        with pytest.raises(rules.IbanUnreadable) as refused:
            rules.read_iban(typed)
        assert set(refused.value.fields) == {"iban"}

    @given(st.text(max_size=40))
    def test_gives_an_answer_or_a_refusal_whatever_is_typed(self, typed):
        with suppress(rules.IbanUnreadable):
            assert rules.read_iban(rules.read_iban(typed)) == rules.read_iban(typed)

    @given(st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    def test_notices_every_wrong_letter(self, position, letter):
        right = "NL91ABNA0417164300"
        wrong = right[:position] + letter + right[position + 1 :]
        if wrong != right:
            with pytest.raises(rules.IbanUnreadable):
                rules.read_iban(wrong)


class TestMayPay:
    def test_is_refused_to_who_asked_or_approved(self):
        rules.demand_may_pay("cashier", {"anna", "carla"})
        with pytest.raises(rules.HadAHandInIt):
            rules.demand_may_pay("carla", {"anna", "carla"})
