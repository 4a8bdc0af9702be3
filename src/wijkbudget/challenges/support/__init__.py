# SPDX-License-Identifier: EUPL-1.2
"""Who is for a bid and who is against it, online and on paper, and the papers that its group shows."""
