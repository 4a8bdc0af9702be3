# SPDX-License-Identifier: EUPL-1.2
"""Money that residents, firms, housing corporations and funds give to a plan or a pot, and what became of it."""
