# SPDX-License-Identifier: EUPL-1.2
"""A file as somebody sends it: how large it may be, and the bytes in it."""

import base64
import binascii

from wijkbudget.kit.errors import BadInput
from wijkbudget.kit.text import Text, _

UPLOAD_BYTES_MAX = 5 * 1024 * 1024
"""Choice: a photo of a telephone or a scanned paper fits in 5 MB."""

UPLOAD_BASE64_MAX = (UPLOAD_BYTES_MAX + 2) // 3 * 4
"""The same as text, four signs for three bytes."""


class FileUnreadable(BadInput):
    """The file is none that can be read."""

    def __init__(self, text: Text, field: str) -> None:
        """Say it at the field too."""
        super().__init__(text, fields={field: text})


def read_base64(sent: str, field: str) -> bytes:
    """Return the bytes of a file that was sent in a field. Raises FileUnreadable."""
    if len(sent) > UPLOAD_BASE64_MAX:
        raise FileUnreadable(_("This file is too large: at most 5 MB."), field)
    try:
        return base64.b64decode(sent, validate=True)
    except (binascii.Error, ValueError):
        raise FileUnreadable(_("This file cannot be read. Send it once more."), field) from None
