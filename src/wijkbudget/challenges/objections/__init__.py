# SPDX-License-Identifier: EUPL-1.2
"""Objections to decisions about bids."""
