# SPDX-License-Identifier: EUPL-1.2
"""Proposes, supports, withdraws and assesses plans, puts them on a ballot, and adopts what was voted."""

from wijkbudget.initiatives.service.proposals import assess, propose, support, withdraw
from wijkbudget.initiatives.service.rounds import adopt, put_on_ballot

__all__ = ["adopt", "assess", "propose", "put_on_ballot", "support", "withdraw"]
