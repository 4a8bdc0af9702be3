# SPDX-License-Identifier: EUPL-1.2
"""Payments that were booked by mistake: undone once, with a reason, by somebody else than who paid."""
