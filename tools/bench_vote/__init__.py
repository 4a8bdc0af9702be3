# SPDX-License-Identifier: EUPL-1.2
"""Measures whether the house stands an evening of voting: people come when they come, and nobody waits for a turn."""
