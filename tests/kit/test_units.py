# SPDX-License-Identifier: EUPL-1.2
"""Whole units: money is read as the Dutch write it."""

import pytest

from wijkbudget.kit.units import cents_from_euros


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
