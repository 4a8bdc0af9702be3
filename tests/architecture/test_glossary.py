"""The words in the paths of pages and API stand side by side in the glossary."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = re.findall(
    r"^\| (`.+?) \| (`.+?|-) \| .+ \|$", (ROOT / "docs/glossary.md").read_text().split("## Paths")[1], re.MULTILINE
)
KNOWN = {"pages.py": 0, "api.py": 1}
CONTROLLERS = sorted(path for path in (ROOT / "src").rglob("*.py") if path.name in KNOWN)


def _words(file):
    """Return the words in the paths of every controller and route in a file."""
    for node in ast.walk(ast.parse(file.read_text())):
        for path in _paths(node):
            yield from (word for word in path.removeprefix("/api/v1").split("/") if word and word[0] != "{")


def _paths(node):
    """Return the paths that `path = "…"` or `@get("…")` writes down."""
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "path":
        written = [node.value]
    elif isinstance(node, ast.Call) and ast.unparse(node.func) in {"get", "post", "put", "patch", "delete"}:
        written = node.args
    else:
        written = []
    return [text.value for text in written if isinstance(text, ast.Constant)]


@pytest.mark.parametrize("file", CONTROLLERS, ids=lambda file: f"{file.parent.name}/{file.name}")
class TestPaths:
    def test_are_made_of_the_words_of_the_glossary(self, file):
        known = {word for row in ROWS for word in re.findall(r"`(.+?)`", row[KNOWN[file.name]])}
        assert set(_words(file)) - known == set()


class TestTheTable:
    def test_names_nothing_twice(self):
        for column in (0, 1):
            words = [word for row in ROWS for word in re.findall(r"`(.+?)`", row[column])]
            assert len(words) == len(set(words)) > 0
