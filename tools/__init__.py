# SPDX-License-Identifier: EUPL-1.2
"""Tools that check the house; none of them is installed with it."""
