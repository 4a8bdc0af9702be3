# SPDX-License-Identifier: EUPL-1.2
"""What somebody receives for their time, in money or in kind, kept within the limits of the law."""
