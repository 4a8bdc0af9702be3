# SPDX-License-Identifier: EUPL-1.2
"""Codes that people type: 75 random bits and a check symbol, shown in groups of four.

Source: Crockford, Base 32 (letters I, L and O are read as 1, 1 and 0; U is not used).
Choice: the check symbol makes the code a polynomial over GF(32) with a known root, so that every single typo and
every swap of neighbours is noticed.
"""

CODE_RANDOM_BYTES = 10
"""How many random bytes a new code takes; 75 of the 80 bits are used."""

_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})
_LENGTH = 16
_VALUES = {symbol: value for value, symbol in enumerate(_SYMBOLS)}
_GF32 = 0b100101
"""x^5 + x^2 + 1, which is primitive."""
_TIMES_GENERATOR = [element << 1 ^ (_GF32 if element & 16 else 0) for element in range(32)]
"""Each element of the field times its generator; every code that is typed asks for sixteen."""


def new_code(random: bytes) -> str:
    """Return a code made of ten random bytes, as `XXXX-XXXX-XXXX-XXXX`."""
    assert len(random) == CODE_RANDOM_BYTES
    number = int.from_bytes(random) >> 5
    body = "".join(_SYMBOLS[(number >> shift) & 31] for shift in range(70, -1, -5))
    code = body + _SYMBOLS[_TIMES_GENERATOR[_remainder(body)]]
    return "-".join(code[i : i + 4] for i in range(0, _LENGTH, 4))


def read_code(typed: str) -> str | None:
    """Return the sixteen symbols of a typed code, or None if it has a typing mistake."""
    code = "".join(typed.split()).replace("-", "").upper().translate(_READ_AS)
    if len(code) != _LENGTH or not _VALUES.keys() >= set(code):
        return None
    return code if _remainder(code) == 0 else None


def _remainder(symbols: str) -> int:
    """Return the symbols, as coefficients of a polynomial over GF(32), evaluated at the generator."""
    value = 0
    for symbol in symbols:
        value = _TIMES_GENERATOR[value] ^ _VALUES[symbol]
    return value
