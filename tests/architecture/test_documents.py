# SPDX-License-Identifier: EUPL-1.2
"""What the documents point at is there."""

import re
from pathlib import Path

import pytest

from tools import documents

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


@pytest.mark.parametrize("name", documents.PAGES)
class TestEveryGeneratedPage:
    def test_is_what_the_code_says(self, name):
        assert (ROOT / "docs" / name).read_text() == documents.PAGES[name]()

    def test_says_how_it_is_made(self, name):
        assert "`make docs`" in (ROOT / "docs" / name).read_text()


class TestTheMakefile:
    def test_has_every_command_that_a_document_names(self):
        rules = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
        named = {name for path in DOCUMENTS for name in re.findall(r"`make ([a-z-]+)", path.read_text())}
        assert named - rules == set()
        assert "docs" in named

    def test_lists_every_rule_as_a_command(self):
        text = (ROOT / "Makefile").read_text()
        rules = set(re.findall(r"^([a-z-]+):", text, re.MULTILINE))
        assert set(text.partition(".PHONY: ")[2].partition("\n")[0].split()) == rules
