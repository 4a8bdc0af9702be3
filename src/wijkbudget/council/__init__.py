# SPDX-License-Identifier: EUPL-1.2
"""The neighbourhood council: its members and what they decided, with names for and against."""
