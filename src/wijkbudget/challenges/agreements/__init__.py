# SPDX-License-Identifier: EUPL-1.2
"""The agreement by which a group takes a task over: its text, who signed it, and the money that comes with it."""
