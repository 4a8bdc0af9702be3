# SPDX-License-Identifier: EUPL-1.2
"""What page and API handlers share; knows Litestar, knows no domain."""
