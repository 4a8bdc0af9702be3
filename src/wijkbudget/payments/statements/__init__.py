# SPDX-License-Identifier: EUPL-1.2
"""What the bank says happened on the account: read, matched with what was sent, and the rest explained by a person."""
