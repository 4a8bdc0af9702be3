# SPDX-License-Identifier: EUPL-1.2
"""The kinds of file that a receipt can be: told by what is in them, and cleaned before they are kept.

To add one: write `vouchers/receipts/<key>.py` after the example of `pdf.py`, then name it below.
"""

import codecs
import hashlib
from dataclasses import dataclass
from typing import Protocol

from wijkbudget.kit.registry import Registry
from wijkbudget.kit.text import _
from wijkbudget.vouchers.receipts.jpeg import JPEG
from wijkbudget.vouchers.receipts.pdf import PDF
from wijkbudget.vouchers.receipts.png import PNG
from wijkbudget.vouchers.receipts.sent import ReceiptUnreadable
from wijkbudget.vouchers.receipts.ubl import UBL


class ReceiptKind(Protocol):
    """What every kind of receipt file promises."""

    key: str
    media_type: str
    begins: bytes
    """The first bytes of every file of this kind."""

    def clean(self, content: bytes) -> bytes | None:
        """Return the file with nothing in it but what can be seen, or None if it is broken."""


RECEIPTS: Registry[ReceiptKind] = Registry(PDF, JPEG, PNG, UBL)


@dataclass(frozen=True)
class ReceiptFile:
    """A receipt as it is kept."""

    kind: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Return the hash under which the file is kept."""
        return hashlib.sha256(self.content).hexdigest()


def read(content: bytes) -> ReceiptFile:
    """Return the receipt in a file. Raises ReceiptUnreadable.

    Source: OWASP ASVS 5.0, chapter 5 (files) and 14.2.8 (hidden data, such as where a photo was taken).
    """
    content = content.removeprefix(codecs.BOM_UTF8)
    for kind in RECEIPTS.values():
        if content.startswith(kind.begins):
            cleaned = kind.clean(content)
            if cleaned is None:
                raise ReceiptUnreadable(
                    _("This file is broken or has something in it that does not belong in a receipt.")
                )
            return ReceiptFile(kind.key, cleaned)
    raise ReceiptUnreadable(_("This file is not a PDF, JPEG or PNG. Send a photo or a PDF."))
