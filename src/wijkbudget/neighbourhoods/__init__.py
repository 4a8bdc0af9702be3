# SPDX-License-Identifier: EUPL-1.2
"""The municipality, its neighbourhoods and quarters, their policy as dated data, and the budget they are granted."""
