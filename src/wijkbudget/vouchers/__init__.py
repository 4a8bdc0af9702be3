# SPDX-License-Identifier: EUPL-1.2
"""Neighbourhood money in the hands of the group of one plan: issued, claimed with receipts, accounted for, settled."""
