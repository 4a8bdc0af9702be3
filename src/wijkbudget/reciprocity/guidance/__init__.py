# SPDX-License-Identifier: EUPL-1.2
"""The contract of a young person with a guide: what they do, until when, and what the guide does."""
