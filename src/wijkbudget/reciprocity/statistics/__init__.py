# SPDX-License-Identifier: EUPL-1.2
"""How much time a neighbourhood gives, for what and where, and who is not reached; never about few people."""
