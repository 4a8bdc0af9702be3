# SPDX-License-Identifier: EUPL-1.2
"""Every language says what it should: Dutch all sentences, its polite form what differs, any other what it has."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from wijkbudget.app.paths import WEB

ROOT = Path(__file__).parents[2]
LANGUAGES = sorted(folder.name for folder in (WEB / "locale").iterdir())
CATALOGUES = sorted((WEB / "locale").glob("*/LC_MESSAGES/*.po"))
_JINJA = {"extensions": "jinja2.ext.i18n", "trim_blocks": "true", "lstrip_blocks": "true"}
_VALUE = re.compile(r"%(?:\((\w+)\))?([sd%])")
_MARKUP = re.compile(r"<[^>]*>|&\w+;")
_QUOTED = re.compile(r"[‘“].*?[’”]")
SAYS_JE = re.compile(r"\b(je|jij|jou|jouw|jouwe|jezelf|jullie)\b", re.IGNORECASE)
SAYS_U = re.compile(r"\b(u|uw|uwe|uzelf)\b", re.IGNORECASE)


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
        return read_po(file, locale=path.parts[-3], abort_invalid=True)


MESSAGES = [(path, message) for path in CATALOGUES for message in _read(path) if message.id]


def _messages(language: str) -> Iterator[tuple[Path, Message]]:
    """Yield every message of every file of a language, without the header."""
    return ((path, message) for path, message in MESSAGES if path.parts[-3] == language)


def _translations(language: str) -> dict[object, list[str]]:
    return {message.id: _forms(message.string) for _path, message in _messages(language)}


def _forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def _values(text: str) -> Counter[tuple[str, str]]:
    return Counter(match.groups(default="") for match in _VALUE.finditer(text))


def _ends(text: str) -> tuple[str, str]:
    """Return the white space around a text."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


@pytest.mark.parametrize("language", LANGUAGES)
class TestALanguage:
    def test_has_no_sentence_that_nobody_says(self, language: str):
        assert [(path.name, message.id) for path, message in _messages(language) if message.id not in SAID] == []

    def test_has_every_sentence_once(self, language: str):
        written = Counter(message.id for _path, message in _messages(language))
        assert [sentence for sentence, count in written.items() if count > 1] == []

    def test_leaves_no_sentence_empty_or_guessed(self, language: str):
        empty = [message.id for _path, message in _messages(language) if not all(_forms(message.string))]
        guessed = [message.id for _path, message in _messages(language) if message.fuzzy]
        assert (empty, guessed) == ([], [])

    def test_fills_in_the_same_values(self, language: str):
        wrong = []
        for _path, message in _messages(language):
            asked = _values(_forms(message.id)[-1])
            wrong += [message.id for form in _forms(message.string) if _values(form) != asked]
        assert wrong == []

    def test_keeps_the_markup_and_the_space_around_a_sentence(self, language: str):
        wrong = []
        for _path, message in _messages(language):
            one = _forms(message.id)[0]
            wrong += [
                (one, form)
                for form in _forms(message.string)
                if _ends(form) != _ends(one) or Counter(_MARKUP.findall(form)) != Counter(_MARKUP.findall(one))
            ]
        assert wrong == []

    def test_ends_a_sentence_where_the_sentence_ends(self, language: str):
        wrong = []
        for _path, message in _messages(language):
            one, other = _forms(message.id)[0], _forms(message.string)[0]
            if one[-1:] in ".?!:" and other[-1:] not in ".?!:؟。":
                wrong.append((one, other))
        assert wrong == []

    def test_has_as_many_plural_forms_as_its_grammar(self, language: str):
        forms = get_plural(language.partition("@")[0]).num_plurals
        assert {_read(path).num_plurals for path in CATALOGUES if path.parts[-3] == language} == {forms}
        plurals = [message for _path, message in _messages(language) if not isinstance(message.id, str)]
        assert [message.id for message in plurals if len(_forms(message.string)) != forms] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
class TestAFile:
    def test_has_no_leftovers(self, path: Path):
        assert not _read(path).obsolete

    def test_writes_no_sentence_twice(self, path: Path):
        # Babel keeps the last of two, so that reading the file does not show it.
        written = Counter(re.findall(r'^msgid ((?:".*"\n)+)', path.read_text(), re.MULTILINE))
        assert [sentence for sentence, count in written.items() if count > 1] == []


class TestDutch:
    def test_misses_no_sentence(self):
        known = _translations("nl")
        assert {message: str(path.relative_to(ROOT)) for message, path in SAID.items() if message not in known} == {}

    def test_says_je_and_never_u(self):
        wrong = [
            form for forms in _translations("nl").values() for form in forms if SAYS_U.search(_QUOTED.sub("", form))
        ]
        assert wrong == []


class TestPoliteDutch:
    def test_says_u_wherever_dutch_says_je(self):
        polite = _translations("nl@formal")
        missing = [
            (sentence, forms)
            for sentence, forms in _translations("nl").items()
            if sentence not in polite and any(SAYS_JE.search(_QUOTED.sub("", form)) for form in forms)
        ]
        assert missing == []

    def test_never_says_je(self):
        wrong = [form for forms in _translations("nl@formal").values() for form in forms if SAYS_JE.search(form)]
        assert wrong == []

    def test_holds_only_what_differs(self):
        dutch = _translations("nl")
        assert [forms for sentence, forms in _translations("nl@formal").items() if forms == dutch[sentence]] == []


class TestEnglish:
    def test_holds_only_what_differs_from_the_code(self):
        assert [forms for sentence, forms in _translations("en").items() if forms == _forms(sentence)] == []
