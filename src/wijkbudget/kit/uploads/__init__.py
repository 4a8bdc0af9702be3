# SPDX-License-Identifier: EUPL-1.2
"""The kinds of file that somebody can send: told by what is in them, and cleaned before they are kept.

To add one: write `kit/uploads/<key>.py` after the example of `pdf.py`, then name it below.
"""

import codecs
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from wijkbudget.kit.registry import Registry
from wijkbudget.kit.text import _
from wijkbudget.kit.uploads.jpeg import JPEG
from wijkbudget.kit.uploads.pdf import PDF
from wijkbudget.kit.uploads.png import PNG
from wijkbudget.kit.uploads.sent import FileUnreadable


class UploadKind(Protocol):
    """What every kind of file promises."""

    key: str
    media_type: str
    begins: bytes
    """The first bytes of every file of this kind."""

    def clean(self, content: bytes) -> bytes | None:
        """Return the file with nothing in it but what can be seen, or None if it is broken."""


PAPERS: Registry[UploadKind] = Registry(PDF, JPEG, PNG)
"""What a scan or a photo of a paper can be."""


@dataclass(frozen=True)
class Upload:
    """A file as it is kept."""

    kind: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Return the hash under which the file is kept."""
        return hashlib.sha256(self.content).hexdigest()


def read_upload(content: bytes, field: str, kinds: Mapping[str, UploadKind] = PAPERS) -> Upload:
    """Return the file that was sent in a field, without what cannot be seen in it. Raises FileUnreadable.

    Source: OWASP ASVS 5.0, chapter 5 (files) and 14.2.8 (hidden data, such as where a photo was taken).
    """
    content = content.removeprefix(codecs.BOM_UTF8)
    for kind in kinds.values():
        if content.startswith(kind.begins):
            cleaned = kind.clean(content)
            if cleaned is None:
                raise FileUnreadable(_("This file is broken or has something in it that does not belong there."), field)
            return Upload(kind.key, cleaned)
    raise FileUnreadable(_("This file is not a PDF, JPEG or PNG. Send a photo or a PDF."), field)
