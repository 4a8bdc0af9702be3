# SPDX-License-Identifier: EUPL-1.2
"""Requests for money of a voucher: asked with receipts, approved by others, refused or paid."""
