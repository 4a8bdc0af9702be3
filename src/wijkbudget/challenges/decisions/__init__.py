# SPDX-License-Identifier: EUPL-1.2
"""Decides about bids: yes, partly or no, by whom, why, what that is in law, and when it was made known."""
