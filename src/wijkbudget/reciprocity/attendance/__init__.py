# SPDX-License-Identifier: EUPL-1.2
"""Attendance: who was there on a day, by the list at the door."""
