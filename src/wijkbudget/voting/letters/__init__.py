# SPDX-License-Identifier: EUPL-1.2
"""Voting codes on their way to people: letters in batches, single codes, and codes that were stolen."""
