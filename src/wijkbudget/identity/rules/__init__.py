# SPDX-License-Identifier: EUPL-1.2
"""What identity decides: which register is accepted, which roles may be given, when a code or visit ends."""
