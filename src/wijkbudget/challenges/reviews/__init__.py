# SPDX-License-Identifier: EUPL-1.2
"""How the work of a bid goes: reports, looking back together, lasting longer, stopping, and handing the task over."""
