# SPDX-License-Identifier: EUPL-1.2
"""Resident vouchers (bewonerscheques): issued to a whole neighbourhood in one act, pledged to plans, and booked."""
