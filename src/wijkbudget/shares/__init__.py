# SPDX-License-Identifier: EUPL-1.2
"""Neighbourhood shares: a resident's stake, given free, that nobody can sell, buy or hand on."""
