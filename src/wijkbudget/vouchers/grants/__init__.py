# SPDX-License-Identifier: EUPL-1.2
"""Decisions about money for a plan: who decided, why, what can be done about it, and since when it is known."""
