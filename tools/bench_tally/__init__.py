# SPDX-License-Identifier: EUPL-1.2
"""Measures how long counting takes, on real elections beside another library, and on large ones that are drawn."""
