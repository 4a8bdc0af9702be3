# SPDX-License-Identifier: EUPL-1.2
"""One bid as the case system of a municipality knows it."""
