# SPDX-License-Identifier: EUPL-1.2
"""Payouts gathered for the bank: one puts them together, another releases them, and the file goes out."""
