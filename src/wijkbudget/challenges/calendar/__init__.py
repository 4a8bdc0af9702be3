# SPDX-License-Identifier: EUPL-1.2
"""The days that matter in a case."""
