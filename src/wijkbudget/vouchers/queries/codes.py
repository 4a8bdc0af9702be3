# SPDX-License-Identifier: EUPL-1.2
"""The code of a voucher, which finds it and pays nothing."""

from uuid import UUID

from wijkbudget.kit.codes import CODE_RANDOM_BYTES, new_code, read_code
from wijkbudget.trail.work import Look
from wijkbudget.vouchers.kinds.kind import Kind


def code_of(look: Look, kind: Kind, voucher_id: UUID, *turn: int) -> str:
    """Return the code of a voucher; it is made again from the keys of the house each time, and kept nowhere.

    Where a lost code is replaced, a turn says which of its codes it is.
    """
    made = look.keys.keyed_hash(kind.code_purpose, str(voucher_id), *map(str, turn))
    return new_code(bytes.fromhex(made)[:CODE_RANDOM_BYTES])


def later(turn: int) -> tuple[int, ...]:
    """Return what a code of an initiative voucher is made of besides its id: nothing, until it is replaced.

    The cards of vouchers from before codes could be replaced stay as they are.
    """
    return (turn,) if turn > 1 else ()


def code_hash(look: Look, kind: Kind, code: str) -> str:
    """Return the keyed hash under which a voucher is found by the sixteen symbols of its code."""
    return look.keys.keyed_hash(f"{kind.code_purpose}, kept", code)


def kept_hash(look: Look, kind: Kind, voucher_id: UUID, *turn: int) -> str:
    """Return the keyed hash under which a voucher is kept, made of its code."""
    return code_hash(look, kind, read_code(code_of(look, kind, voucher_id, *turn)) or "")
