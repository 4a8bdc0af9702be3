# SPDX-License-Identifier: EUPL-1.2
"""Money of gifts that a payment provider sends to our bank: what it is made of, what it cost, and whether it came."""
