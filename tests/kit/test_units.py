# SPDX-License-Identifier: EUPL-1.2
"""Whole units: money is read as the Dutch write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkbudget.kit.units import cents_from_euros, share_out


class TestCentsFromEuros:
    @pytest.mark.parametrize(
        ("written", "cents"),
        [
            ("0", 0),
            ("12", 12_00),
            ("12,50", 12_50),
            (" € 1.250,50 ", 1_250_50),
            ("EUR 1250", 1_250_00),
            ("1.250.000", 1_250_000_00),
            ("250,-", 250_00),
        ],
    )
    def test_reads_an_amount(self, written, cents):
        assert cents_from_euros(written) == cents

    @pytest.mark.parametrize(
        "written", ["", "-5", "12,5", "12.50", "1.25,00", "1e3", "12,505", "€", "1 250", "١٢", "9" * 14, "12,50 euro"]
    )
    def test_reads_nothing_else(self, written):
        assert cents_from_euros(written) is None


class TestShareOut:
    def test_gives_what_is_left_over_to_the_largest_remainders_the_first_first(self):
        assert [share_out(10, [1, 1, 1]), share_out(7, [50, 30, 20])] == [[4, 3, 3], [4, 2, 1]]

    @given(st.lists(st.integers(0, 10**15), min_size=1, max_size=9).filter(any), st.data())
    def test_loses_nothing_and_gives_nobody_more_than_their_weight(self, weights, data):
        total = data.draw(st.integers(0, sum(weights)))
        shares = share_out(total, weights)
        assert sum(shares) == total
        assert all(0 <= share <= weight for share, weight in zip(shares, weights, strict=True))
