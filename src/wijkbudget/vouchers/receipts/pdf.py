# SPDX-License-Identifier: EUPL-1.2
"""Receipts as PDF.

Source: ISO 32000-1, 7.5 (structure of a file) and 12.6.4 (actions).
"""

import re

_END = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF\s*\Z")
_TABLE = re.compile(rb"\s*(xref\b|\d{1,10}\s+\d{1,5}\s+obj\b)")
_ACTIVE = re.compile(rb"/(JavaScript|Launch|RichMedia)\b")
_END_BYTES = 1024


class _Pdf:
    key = "pdf"
    media_type = "application/pdf"
    begins = b"%PDF-"

    def clean(self, content: bytes) -> bytes | None:
        """Return the file as it is if it points at its own table, ends there and can start nothing."""
        end = _END.search(content, max(0, len(content) - _END_BYTES))
        if end is None or _ACTIVE.search(content):
            return None
        # A reader begins at the end, which says where the table of objects begins.
        return content if _TABLE.match(content, int(end[1])) else None


PDF = _Pdf()
