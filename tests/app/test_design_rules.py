# SPDX-License-Identifier: EUPL-1.2
"""The served document keeps the NL API Design Rules, as their own linter reads them.

The rules come from Logius; the linter is Spectral, which `make lint-api` installs with node for this check only.
"""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.app.house import House

ROOT = Path(__file__).parents[2]
SPECTRAL = ROOT / "tools/spectral/node_modules/.bin/spectral"
ERROR = 0


@pytest.fixture
def spectral() -> list[str]:
    """Return how to start the linter; without it, as where no package of node can be fetched, this is skipped."""
    node = shutil.which("node")
    if node and SPECTRAL.exists():
        return [node, str(SPECTRAL.resolve())]
    pytest.skip("no Spectral here: install node, then `make lint-api`")


class TestTheDesignRules:
    def test_are_kept_without_an_error(self, house: House, data: Path, spectral: list[str], tmp_path: Path):
        file = tmp_path / "openapi.json"
        file.write_bytes(house.knocker.get("/api/v1/openapi.json").body)
        assert [finding for finding in _findings(spectral, data, file) if finding["severity"] == ERROR] == []

    def test_are_really_read(self, house: House, data: Path, spectral: list[str], tmp_path: Path):
        document = house.knocker.get("/api/v1/openapi.json").document
        del document["info"]["contact"]
        document["servers"] = [{"url": "https://wijk.example/api"}]
        file = tmp_path / "openapi.json"
        file.write_text(json.dumps(document))
        broken = {finding["code"] for finding in _findings(spectral, data, file) if finding["severity"] == ERROR}
        assert broken == {"info-contact", "nlgov:include-major-version-in-uri"}


class TestTheLock:
    def test_holds_hashes_and_no_address(self):
        lock = json.loads((ROOT / "tools/spectral/package-lock.json").read_text())
        packages = [each for name, each in lock["packages"].items() if name]
        assert len(packages) > 100
        assert [each for each in packages if "integrity" not in each or "resolved" in each] == []


def _findings(spectral: list[str], data: Path, file: Path) -> list[dict[str, object]]:
    """Return what the linter has to say."""
    rules = data / "adr" / "linter.yaml"
    command = [*spectral, "lint", "--ruleset", str(rules), "--format", "json", "--quiet", str(file)]
    found = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert found.returncode in (0, 1), found.stderr
    return json.loads(found.stdout or "[]")
