# SPDX-License-Identifier: EUPL-1.2
"""Writes the letters of the municipality about a bid: one text each for the page, the mail and the sheet of paper."""
