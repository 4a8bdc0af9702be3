# SPDX-License-Identifier: EUPL-1.2
"""The neighbourhood contract (wijkcontract): what parties promise each other for a year, and what became of it."""
