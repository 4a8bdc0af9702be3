# SPDX-License-Identifier: EUPL-1.2
"""The right to challenge: residents offer to carry out a task of the municipality themselves."""
