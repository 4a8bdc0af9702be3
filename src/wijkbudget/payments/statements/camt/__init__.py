# SPDX-License-Identifier: EUPL-1.2
"""Bank statements in camt.053.001.02 and .08: `reading` takes them apart, `writing` makes them as a bank would."""
