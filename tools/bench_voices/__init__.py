# SPDX-License-Identifier: EUPL-1.2
"""Measures how long it takes to compute and freeze the voices of a city in which everybody gave time."""
