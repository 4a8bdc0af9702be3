# SPDX-License-Identifier: EUPL-1.2
"""Votes by mandate: who asked whom to vote for them, on the side of the register and never of the box."""
