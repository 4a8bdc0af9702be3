# SPDX-License-Identifier: EUPL-1.2
"""The reward voucher (beloning): finished tasks earn one choice from what sponsors offer.

Source: Hambaken, Den Bosch: two finished jobs for older or less able residents earn one choice, paid by a sponsor.
Choice: it stands in the name of who earned it, and whoever gives it books it once; no money comes into a hand.
"""

from wijkbudget.ledger import chart
from wijkbudget.vouchers.kinds.kind import Holder, Kind, Use

REWARD = Kind(
    key="reward",
    holder=Holder.RESIDENT,
    use=Use.REDEEM,
    code_purpose="reward voucher code",
    account=chart.reward,
    rest=chart.pot,
)
