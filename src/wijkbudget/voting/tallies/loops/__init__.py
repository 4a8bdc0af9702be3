# SPDX-License-Identifier: EUPL-1.2
"""The inner loops of equal shares, compiled when something is counted; nothing else brings in the compiler."""
