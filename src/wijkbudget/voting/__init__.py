# SPDX-License-Identifier: EUPL-1.2
"""Rounds, ballots and outcomes: what a neighbourhood chooses, and a proof that it did."""
