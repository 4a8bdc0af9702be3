"""Where the real elections and the winners computed elsewhere are found."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def data() -> Path:
    """Return the folder with real elections; without it these tests are skipped, but in CI they fail."""
    folder = Path(os.environ.get("WIJKBUDGET_DATA", Path(__file__).parents[3] / "shared" / "data"))
    if not (folder / "pabulib").is_dir():
        missing = "no real elections here; name their folder in WIJKBUDGET_DATA"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return folder
