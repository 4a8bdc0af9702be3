# SPDX-License-Identifier: EUPL-1.2
"""Codes that people type: every single typing mistake and every swap of neighbours is noticed."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkbudget.kit.codes import CODE_RANDOM_BYTES, new_code, read_code

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODES = [new_code(sha256(bytes([number])).digest()[:CODE_RANDOM_BYTES]) for number in range(20)]


class TestNewCode:
    def test_shows_groups_of_four(self):
        assert new_code(bytes(10)) == "0000-0000-0000-0000"
        assert new_code(b"\xff" * 10) == "ZZZZ-ZZZZ-ZZZZ-ZZZN"

    def test_uses_75_bits(self):
        assert new_code(bytes(9) + b"\x1f") == new_code(bytes(10))
        assert new_code(bytes(9) + b"\x20") != new_code(bytes(10))

    @given(st.binary(min_size=10, max_size=10))
    def test_is_read_back(self, random):
        assert read_code(new_code(random)) == new_code(random).replace("-", "")


@pytest.mark.parametrize("code", CODES)
class TestReadCode:
    def test_notices_every_single_mistake(self, code):
        plain = code.replace("-", "")
        wrong = {plain[:i] + symbol + plain[i + 1 :] for i in range(16) for symbol in SYMBOLS} - {plain}
        assert len(wrong) == 16 * 31
        assert not any(map(read_code, wrong))

    def test_notices_every_swap_of_neighbours(self, code):
        plain = code.replace("-", "")
        swapped = {plain[:i] + plain[i + 1] + plain[i] + plain[i + 2 :] for i in range(15)} - {plain}
        assert not any(map(read_code, swapped))

    def test_reads_what_people_make_of_it(self, code):
        plain = code.replace("-", "")
        typed = plain.replace("1", "l").replace("0", "o").lower()
        assert read_code(f"  {typed[:8]} - {typed[8:]} ") == plain


@pytest.mark.parametrize("typed", ["", "-", "0", "0" * 15, "0" * 17, "U" * 16, "é" * 16, "0" * 15 + "\x00", "٣" * 16])
def test_what_is_no_code_is_not_read(typed):
    assert read_code(typed) is None
