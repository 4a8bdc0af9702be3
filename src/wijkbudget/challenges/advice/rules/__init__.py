# SPDX-License-Identifier: EUPL-1.2
"""When a bid is too large to be given without a tender, when it is too much aid, and what advice about it is."""
