# SPDX-License-Identifier: EUPL-1.2
"""The kinds of file that a receipt can be: every paper, and an electronic invoice.

To add one: write `vouchers/receipts/<key>.py` after the example of `ubl.py`, then name it below.
"""

from wijkbudget.kit.registry import Registry
from wijkbudget.kit.uploads import PAPERS, Upload, UploadKind, read_upload
from wijkbudget.vouchers.receipts.ubl import UBL

FIELD = "receipt"
"""The field in which it is sent."""

RECEIPTS: Registry[UploadKind] = Registry(*PAPERS.values(), UBL)


def read(content: bytes) -> Upload:
    """Return the receipt in a file. Raises FileUnreadable."""
    return read_upload(content, FIELD, RECEIPTS)
