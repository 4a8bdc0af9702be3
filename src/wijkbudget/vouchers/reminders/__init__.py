# SPDX-License-Identifier: EUPL-1.2
"""Asks a group that did not account for its money to do so, before the money is settled without it."""
