# SPDX-License-Identifier: EUPL-1.2
"""Says where the loops are kept that are compiled when something is counted; needs nothing else of the house."""

import os
from hashlib import sha256
from pathlib import Path

from wijkbudget.voting import tallies

_LOOPS = Path(tallies.__file__).parent / "loops"


def keep_compiled(folder: Path) -> None:
    """Let the loops that are compiled when something is counted be kept in a folder, by the text they were made of.

    Where it cannot be written they are compiled in each process that counts.
    """
    texts = b"".join(path.read_bytes() for path in sorted(_LOOPS.glob("*.py")))
    kept = folder / "compiled" / sha256(texts).hexdigest()[:16]
    os.environ.setdefault("NUMBA_CACHE_DIR", str(kept.resolve()))
