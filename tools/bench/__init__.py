# SPDX-License-Identifier: EUPL-1.2
"""Measures whether the house is as quick as it says: every figure beside another of the same minute and machine."""
