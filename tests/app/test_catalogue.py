"""The Dutch catalogue is complete: every sentence of the house is in it once, translated, with the same values."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from wijkbudget.app.paths import WEB

ROOT = Path(__file__).parents[2]
CATALOGUES = sorted((WEB / "locale" / "nl" / "LC_MESSAGES").glob("*.po"))
_JINJA = {"extensions": "jinja2.ext.i18n", "trim_blocks": "true", "lstrip_blocks": "true"}
_VALUE = re.compile(r"%(?:\((\w+)\))?([sd%])")


def _said() -> dict[str | tuple[str, ...], Path]:
    """Return every sentence that the code and the pages say, with where."""
    found: dict[str | tuple[str, ...], Path] = {}
    for path in sorted((ROOT / "src").rglob("*.py")):
        for _line, message, _comments, _context in extract_from_file("python", path):
            found.setdefault(message, path)
    for path in sorted((WEB / "templates").rglob("*")):
        if path.is_file():
            for _line, message, _comments, _context in extract_from_file(
                "jinja2.ext:babel_extract", path, options=_JINJA
            ):
                found.setdefault(message, path)
    return found


SAID = _said()


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="nl", abort_invalid=True)


def _messages() -> Iterator[tuple[Path, Message]]:
    """Yield every message of every file, without the header."""
    for path in CATALOGUES:
        for message in _read(path):
            if message.id:
                yield path, message


def _forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def _values(text: str) -> Counter[tuple[str, str]]:
    return Counter(match.groups(default="") for match in _VALUE.finditer(text))


class TestTheDutchCatalogue:
    def test_misses_no_sentence(self):
        known = {message.id for _path, message in _messages()}
        assert {message: str(path.relative_to(ROOT)) for message, path in SAID.items() if message not in known} == {}

    def test_has_no_sentence_that_nobody_says(self):
        assert [(path.name, message.id) for path, message in _messages() if message.id not in SAID] == []

    def test_has_every_sentence_once(self):
        written = Counter(message.id for _path, message in _messages())
        assert [sentence for sentence, count in written.items() if count > 1] == []

    def test_writes_no_sentence_twice_in_one_file(self):
        # Babel keeps the last of two, so that reading the file does not show it.
        for path in CATALOGUES:
            written = Counter(re.findall(r'^msgid ((?:".*"\n)+)', path.read_text(), re.MULTILINE))
            assert [sentence for sentence, count in written.items() if count > 1] == []

    def test_translates_every_sentence(self):
        empty = [message.id for _path, message in _messages() if not all(_forms(message.string))]
        guessed = [message.id for _path, message in _messages() if message.fuzzy]
        assert (empty, guessed) == ([], [])

    @pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
    def test_has_no_leftovers(self, path: Path):
        assert not _read(path).obsolete

    def test_fills_in_the_same_values(self):
        wrong = []
        for _path, message in _messages():
            asked = _values(_forms(message.id)[-1])
            wrong += [message.id for form in _forms(message.string) if _values(form) != asked]
        assert wrong == []

    def test_ends_a_sentence_where_the_sentence_ends(self):
        wrong = []
        for _path, message in _messages():
            one, other = _forms(message.id)[0], _forms(message.string)[0]
            if one[-1:] in ".?!:" and other[-1:] not in ".?!:":
                wrong.append((one, other))
        assert wrong == []
