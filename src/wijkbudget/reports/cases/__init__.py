# SPDX-License-Identifier: EUPL-1.2
"""Bids on tasks of the municipality as the public record tells them, entry by entry."""
