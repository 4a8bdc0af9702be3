# SPDX-License-Identifier: EUPL-1.2
"""The words in the paths of pages and API stand side by side in the glossary, and no others do."""

import re
from pathlib import Path

import pytest

from tools.documents import routes

ROOT = Path(__file__).parents[2]
ROWS = re.findall(
    r"^\| (`.+?|-) \| (`.+?|-) \| .+ \|$", (ROOT / "docs/glossary.md").read_text().split("## Paths")[1], re.MULTILINE
)
API = "/api/v1"


def _words(*, is_api):
    """Return the words in the paths of every route."""
    paths = [path for _method, path, _handler in routes() if path.startswith(API) is is_api]
    return {word for path in paths for word in path.removeprefix(API).split("/") if word and word[0] != "{"}


@pytest.mark.parametrize(("column", "is_api"), [(0, False), (1, True)], ids=["pages", "api"])
class TestPaths:
    def test_are_made_of_the_words_of_the_glossary_and_use_them_all(self, column, is_api):
        listed = [word for row in ROWS for word in re.findall(r"`(.+?)`", row[column])]
        assert sorted(listed) == sorted(_words(is_api=is_api))
