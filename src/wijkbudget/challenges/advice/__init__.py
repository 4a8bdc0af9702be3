# SPDX-License-Identifier: EUPL-1.2
"""What must be known before a bid is decided: procurement and state aid, and what council and residents advise."""
