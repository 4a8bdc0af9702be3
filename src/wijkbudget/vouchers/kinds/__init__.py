# SPDX-License-Identifier: EUPL-1.2
"""The kinds of voucher there are, one file each; what differs between them stands there and nowhere else."""

from wijkbudget.kit.registry import Registry
from wijkbudget.vouchers.kinds.initiative import INITIATIVE
from wijkbudget.vouchers.kinds.kind import Kind
from wijkbudget.vouchers.kinds.resident import RESIDENT
from wijkbudget.vouchers.kinds.reward import REWARD

__all__ = ["INITIATIVE", "KINDS", "RESIDENT", "REWARD", "Kind"]

KINDS: Registry[Kind] = Registry(INITIATIVE, RESIDENT, REWARD)
