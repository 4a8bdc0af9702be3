# SPDX-License-Identifier: EUPL-1.2
"""Who did what and when: the desk where everybody stands, and the trail it always leaves."""
