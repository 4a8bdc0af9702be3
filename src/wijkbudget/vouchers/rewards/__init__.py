# SPDX-License-Identifier: EUPL-1.2
"""Reward vouchers (beloningen): finished tasks earn one choice from what sponsors offer."""
