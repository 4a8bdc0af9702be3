# SPDX-License-Identifier: EUPL-1.2
"""Where the time to decide about bids stands."""
