# SPDX-License-Identifier: EUPL-1.2
"""A receipt as somebody sends it: how large it may be, and the bytes in it."""

import base64
import binascii

from wijkbudget.kit.errors import BadInput
from wijkbudget.kit.text import Text, _

RECEIPT_BYTES_MAX = 5 * 1024 * 1024
"""Choice: a photo of a telephone or a scanned bill fits in 5 MB."""


RECEIPT_BASE64_MAX = (RECEIPT_BYTES_MAX + 2) // 3 * 4
"""The same as text, four signs for three bytes."""


class ReceiptUnreadable(BadInput):
    """The file is no receipt that can be read."""

    def __init__(self, text: Text) -> None:
        """Say it at the field too."""
        super().__init__(text, fields={"receipt": text})


def read_base64(sent: str) -> bytes:
    """Return the bytes of a file that was sent. Raises ReceiptUnreadable."""
    if len(sent) > RECEIPT_BASE64_MAX:
        raise ReceiptUnreadable(_("This file is too large: at most 5 MB."))
    try:
        return base64.b64decode(sent, validate=True)
    except (binascii.Error, ValueError):
        raise ReceiptUnreadable(_("This file cannot be read. Send it once more.")) from None
