# SPDX-License-Identifier: EUPL-1.2
"""Nothing on a page escapes translation: in a language that marks its sentences, what is not marked is data."""

import re
import shutil
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from tests.app.house import EVERYWHERE, PLACES, House
from tests.app.samples import ROUTE_TABLE, UNKNOWN
from tests.app.test_catalogue import SAID
from wijkbudget.app import templating
from wijkbudget.app.paths import WEB
from wijkbudget.app.tables import METADATA
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.reciprocity.offers.rules import first_name

HERE = PLACES[0]
MARKS = "eo"
"""A language that nobody translated: each of its sentences is its own id, between brackets."""

_VALUE = re.compile(r"%\(\w+\)s")
_MARKED = re.compile("⟦[^⟦⟧]*⟧")
_KEY = re.compile(r"[a-z_.]*")
"""What the code calls something, such as a state or a role; it stands in a table, but people read a word for it."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_CODE = re.compile(r"\b[A-Z]{2}\d\d(?: [A-Z\d]{1,4})+\b|\S*\d\S*|\b[A-Z]{4}(?:-[A-Z]{4})+\b")
"""A day, an amount, a hash or a code: no word has a digit in it."""
_LAW = re.compile(r"\bAlgemene wet bestuursrecht, art\.(?: \d+:\d+[a-z]?,?)+(?: lid \d)?")
"""A law has the same name in every language."""
_SHOWN = frozenset({"alt", "aria-label", "data-label", "placeholder", "title"})
"""The attributes that people read or hear."""
_NOT_OURS = frozenset({"code", "script", "style", "textarea"})


def mark(sentence: str) -> str:
    """Return a sentence with its words between brackets; what is filled in stays outside, to be looked at too."""
    return _VALUE.sub(lambda value: f"⟧{value[0]}⟦", f"⟦{sentence}⟧").replace("⟦⟧", "")


class Shown(HTMLParser):
    """Collects every text of a page that somebody reads or hears."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._last = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._last = tag
        given = dict(attrs)
        shown = _SHOWN | ({"value"} if given.get("type") in ("submit", "button") and tag == "input" else set())
        self.texts += [value for name, value in attrs if name in shown and value]

    def handle_data(self, data: str) -> None:
        if self._last == "wbr":
            self.texts[-1] += data
        elif self._last not in _NOT_OURS:
            self.texts.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._last = ""


@pytest.fixture(scope="module")
def data(house: House) -> dict[str, None]:
    """Return every text that people or the demo wrote, longest first: titles, names, reasons, policies, ids."""
    found: set[str] = {"wijkbudget", "CSV", "JSON", "IBAN", "TOML"}
    for table in METADATA.sorted_tables:
        for row in house.rows(f"SELECT * FROM {table.name}"):
            found.update(value for value in row if isinstance(value, str) and not _KEY.fullmatch(value))
    found.update(first_name(name) for (name,) in house.rows("SELECT name FROM person"))
    for (page,) in house.rows("SELECT says FROM agreement_page UNION SELECT says FROM agreement_text"):
        found.update(value for value in re.findall(r'"([^"]+)"', page) if not _KEY.fullmatch(value))
    for (toml,) in house.rows("SELECT toml FROM adopted_policy"):
        found.update(value for value in re.findall(r'"([^"]+)"', toml) if not _KEY.fullmatch(value))
        found.update(tomllib.loads(toml)["initiatives"]["themes"])
    return dict.fromkeys(sorted(found, key=len, reverse=True))


@pytest.fixture(scope="module", autouse=True)
def marked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Add the language of marks to a copy of the folder of languages."""
    folder = shutil.copytree(WEB / "locale", tmp_path_factory.mktemp("marked") / "locale")
    sentences = Catalog(locale=MARKS)
    for sentence in SAID:
        forms = mark(sentence) if isinstance(sentence, str) else tuple(mark(form) for form in sentence)
        sentences.add(sentence, forms)
    (folder / MARKS / "LC_MESSAGES").mkdir(parents=True)
    with (folder / MARKS / "LC_MESSAGES" / "all.po").open("wb") as file:
        write_po(file, sentences)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(templating, "LOCALE", folder)
        templating.catalogues.cache_clear()
        templating.languages.cache_clear()
        yield
    templating.catalogues.cache_clear()
    templating.languages.cache_clear()


def words(text: str, data: dict[str, None]) -> list[str]:
    """Return the words of a text that are neither in a sentence of ours nor data."""
    locale = Locale.parse(MARKS)
    months = {name for width in ("wide", "abbreviated") for name in locale.months["format"][width].values()}
    found = []
    for piece in _MARKED.split(text):
        left = "" if piece.strip() in data else _LAW.sub(" ", piece)
        if _WORD.search(_CODE.sub(" ", left)):
            for said in data:
                if said in left:
                    left = re.sub(rf"(?<!\w){re.escape(said)}(?!\w)", " ", left)
        found += _WORD.findall(_CODE.sub(" ", left))
    return [word for word in found if word not in {*months, *templating.languages().values(), "la", "de"}]


def texts(house: House, actor: Actor | None) -> Iterator[tuple[str, str]]:
    """Yield every text on every page of the house that somebody may see, with the path of the page."""
    cookie = "; ".join([f"language={MARKS}", *([f"session={house.token(actor)}"] if actor else [])])
    values = {"place": HERE, "year": "2025", **house.ids(HERE)}
    for method, path, _handler in ROUTE_TABLE:
        if method == "GET" and not path.startswith("/api/"):
            address = re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], UNKNOWN), path)
            answer = house.knocker.get(address, cookie=cookie)
            if answer.header("content-type") == "text/html; charset=utf-8":
                yield from ((text, path) for text in Shown(answer.text).texts)


READERS = [
    (Role.GUEST, HERE),
    (Role.RESIDENT, HERE),
    (Role.CHAIR, HERE),
    (Role.OFFICIAL, HERE),
    (Role.CASHIER, HERE),
    (Role.ADMINISTRATOR, EVERYWHERE),
]


def test_every_word_on_every_page_is_translated_or_data(house: House, data: dict[str, None]):
    said = {text: path for role, where in READERS for text, path in texts(house, house.holder(role, where))}
    assert len(set(said.values())) > 50
    wrong = {text: (path, found) for text, path in said.items() if (found := words(text, data))}
    assert wrong == {}


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<p>⟦Hello ⟧Anna⟦.⟧</p>", []),
        ("<p>⟦Hello ⟧Anna⟦.⟧ Welkom</p>", ["Welkom"]),
        ('<input type="submit" value="Stuur">', ["Stuur"]),
        ('<input type="hidden" value="Stuur">', []),
        ('<nav aria-label="Menu"></nav>', ["Menu"]),
        ("<b>12 maart</b>", ["maart"]),
        ("<code>0f3a</code> ABCD-EFGH-JKLM <i>€ 12,50</i>", []),
        ("<textarea>Tekst</textarea>na", ["na"]),
    ],
)
def test_a_word_that_is_neither_is_seen(page: str, found: list[str]):
    assert [word for text in Shown(page).texts for word in words(text, {"Anna": None})] == found
