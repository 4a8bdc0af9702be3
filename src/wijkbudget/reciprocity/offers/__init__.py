# SPDX-License-Identifier: EUPL-1.2
"""Residents offer time and talents; tasks and people are brought together when both sides say yes."""
