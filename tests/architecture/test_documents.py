"""What the documents point at is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
class TestEveryDocument:
    def test_links_to_what_is_there(self, document):
        links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text())
        assert [link for link in links if not (document.parent / link).exists()] == []


class TestTheDecisions:
    def test_are_numbered_without_a_gap(self):
        numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs/adr").glob("[0-9]*.md"))]
        assert numbers == list(range(1, len(numbers) + 1))

    def test_are_all_listed(self):
        listed = re.findall(r"\]\((\d{4}-[a-z0-9-]+\.md)\)", (ROOT / "docs/adr/README.md").read_text())
        assert listed == sorted(path.name for path in (ROOT / "docs/adr").glob("[0-9]*.md"))
