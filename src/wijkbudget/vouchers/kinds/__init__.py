# SPDX-License-Identifier: EUPL-1.2
"""The kinds of voucher there are, one file each; what differs between them stands there and nowhere else."""

from wijkbudget.kit.registry import Registry
from wijkbudget.vouchers.kinds.initiative import INITIATIVE
from wijkbudget.vouchers.kinds.kind import Kind
from wijkbudget.vouchers.kinds.resident import RESIDENT

__all__ = ["INITIATIVE", "KINDS", "RESIDENT", "Kind"]

KINDS: Registry[Kind] = Registry(INITIATIVE, RESIDENT)
