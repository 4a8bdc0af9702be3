# SPDX-License-Identifier: EUPL-1.2
"""Money that goes out through the bank: ordered by a domain above, paid by a cashier who had no hand in it."""
