# SPDX-License-Identifier: EUPL-1.2
"""Renders templates in the reader's language; the only place where sentences become text."""

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, format_percent
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.runtime import Macro
from markupsafe import Markup

from wijkbudget.app.paths import WEB
from wijkbudget.kit.period import NETHERLANDS
from wijkbudget.kit.text import Text, _
from wijkbudget.kit.units import clock

LOCALE = WEB / "locale"
DEFAULT = "nl"
"""What we speak to who did not say what they read; the one language in which every sentence is."""
FORMAL = "@formal"
"""How the folder of the polite form of a language ends, such as `nl@formal`."""

_PARTS_MAX = 5_000
"""How many small parts of pages are kept, of about a kilobyte each."""

language: ContextVar[str] = ContextVar("language", default=DEFAULT)
"""The folder that the reader is spoken to from."""


@cache
def catalogues() -> Mapping[str, NullTranslations]:
    """Return the translations of every language there is a folder for."""
    return _Shelf(folder.name for folder in sorted(LOCALE.iterdir()) if folder.is_dir())


@cache
def languages() -> Mapping[str, str]:
    """Return the languages that a reader can choose, each with its own name for itself."""
    own = {name: Locale.parse(name).get_display_name() or name for name in catalogues() if "@" not in name}
    return {name: said[:1].upper() + said[1:] for name, said in own.items()}


def catalogue(folder: Path) -> Catalog:
    """Return all sentences of one language."""
    whole = Catalog(locale=folder.name)
    for path in sorted((folder / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=folder.name):
                if message.id:
                    whole[message.id] = message
    return whole


def say(text: Text | str) -> str:
    """Return a sentence in the reader's language."""
    if isinstance(text, str):
        return text
    translated = _current().gettext(text.msgid)
    values = {name: _shown(name, value) for name, value in text.values.items()}
    return translated % values if values else translated


@cache
def environment() -> Environment:
    """Return the one Jinja environment; each template is compiled once, when it is first shown."""
    made = Environment(
        loader=FileSystemLoader(WEB / "templates"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., str]] = {
        "say": say,
        "euro": euro,
        "hours": hours,
        "day": day,
        "month": month,
        "moment": moment,
        "percent": percent,
        "voice": voice,
        "number": number,
        "clock": clock,
    }
    made.filters.update(filters)
    made.globals.update(_=_translated, ngettext=_counted, static=static, **_keepers())
    made.finalize = lambda value: say(value) if isinstance(value, Text) else value
    return made


def _translated(message: str, **values: object) -> Markup:
    """Return a sentence of a template in the reader's language; values fill `%(name)s` in it, as HTML needs them."""
    said = Markup(_current().gettext(message))  # noqa: S704 - our own sentence
    return said % values if "%" in said else said


def _counted(one: str, many: str, count: int, **values: object) -> Markup:
    """Return the sentence of a template that fits a number, in the reader's language."""
    return Markup(_current().ngettext(one, many, count)) % {"count": count, **values}  # noqa: S704 - our own sentence


def _keepers() -> dict[str, Callable[..., Markup]]:
    """Return what keeps small parts of pages; each is made once in a language for as long as its values are the same.

    It is for what every reader sees alike: a macro sees nothing of the page but its values.
    """

    @lru_cache(maxsize=_PARTS_MAX, typed=True)
    def made(_language: str, macro: Macro, *values: object) -> Markup:
        return Markup(macro(*values))  # noqa: S704 - a template of ours, which escapes

    def kept(macro: Macro, *values: object) -> Markup:
        """Return what a macro makes of values that never change."""
        return made(language.get(), macro, *values)

    def kept_each(macro: Macro, views: Iterable[object], *values: object) -> Markup:
        """Return what a macro makes of each of some views, one below the other."""
        now = language.get()
        return Markup("\n".join([made(now, macro, view, *values) for view in views]))  # noqa: S704 - each part is one

    return {"kept": kept, "kept_each": kept_each}


@cache
def static(path: str) -> str:
    """Return the address of a static file, with a hash of what is in it, so that it may be kept for ever."""
    content = (WEB / "static" / path).read_bytes()
    return f"/static/{path}?v={hashlib.sha256(content).hexdigest()[:12]}"


def euro(amount_cents: int) -> str:
    """Return an amount of money as the reader writes it."""
    return format_currency(Decimal(amount_cents).scaleb(-2), "EUR", locale=_locale())


def hours(amount_minutes: int) -> str:
    """Return a length of time in hours and minutes."""
    ngettext = _current().ngettext
    whole, rest = divmod(amount_minutes, 60)
    in_hours = ngettext("%(hours)s hour", "%(hours)s hours", whole) % {"hours": whole}
    in_minutes = ngettext("%(minutes)s minute", "%(minutes)s minutes", rest) % {"minutes": rest}
    if not rest:
        return in_hours
    return say(_("%(hours)s and %(minutes)s", hours=in_hours, minutes=in_minutes)) if whole else in_minutes


def day(value: date) -> str:
    """Return a day, written out."""
    return format_date(value, "long", locale=_locale())


def month(value: date) -> str:
    """Return the month of a day, written out."""
    return format_date(value, "LLLL y", locale=_locale())


def moment(value: datetime) -> str:
    """Return a moment on the clock of the Netherlands."""
    return format_datetime(value.astimezone(NETHERLANDS), "d MMMM y HH:mm", locale=_locale())


def percent(part: int, whole: int) -> str:
    """Return a part of a whole in whole percents, rounded down; nothing of nothing is zero."""
    whole_percents = part * 100 // whole if whole else 0
    return format_percent(Decimal(whole_percents).scaleb(-2), locale=_locale())


def voice(weight_hundredths: int) -> str:
    """Return a voice, such as `1,25`."""
    return format_decimal(Decimal(weight_hundredths).scaleb(-2), locale=_locale())


def number(value: int) -> str:
    """Return a whole number, grouped as the reader does."""
    return format_decimal(value, locale=_locale())


def tag(name: str) -> str:
    """Return how HTML and HTTP name a language: `pt-BR` for the folder `pt_BR`; a tone has no name there."""
    return name.partition("@")[0].replace("_", "-")


@cache
def direction(name: str) -> str:
    """Return which way a language runs: `ltr` or `rtl`."""
    return "rtl" if Locale.parse(name).text_direction == "rtl" else "ltr"


def hidden(name: str, value: str) -> Markup:
    """Return a hidden field."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(name, value)


def _shown(name: str, value: object) -> object:
    """Return a value of a sentence as the reader writes it: its unit is the end of its name."""
    if isinstance(value, Text):
        return say(value)
    if isinstance(value, int):
        units: dict[str, Callable[[int], str]] = {"cents": euro, "minutes": hours, "hundredths": voice}
        unit = units.get(name.rpartition("_")[2]) if "_" in name else None
        return unit(value) if unit else value
    return day(value) if isinstance(value, date) and not isinstance(value, datetime) else value


def _current() -> NullTranslations:
    return catalogues()[language.get()]


def _locale() -> Locale:
    return _notation(language.get())


@cache
def _notation(name: str) -> Locale:
    """Return how a reader of a language writes days and amounts.

    Choice: as in the Netherlands where that is known of a language, because forms read amounts as they are shown.
    """
    locale = Locale.parse(name)
    try:
        return Locale(locale.language, locale.territory or "NL", locale.script)
    except UnknownLocaleError:
        return locale


class _Shelf(Mapping[str, NullTranslations]):
    """Every language by the name of its folder; read when somebody first asks for it."""

    def __init__(self, names: Iterable[str]) -> None:
        """Keep which there are."""
        self._read: dict[str, NullTranslations | None] = dict.fromkeys(names)

    def __iter__(self) -> Iterator[str]:
        """Yield the names, in their order."""
        return iter(self._read)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._read)

    def __contains__(self, name: object) -> bool:
        """Return whether there is such a language, and read nothing."""
        return name in self._read

    def __getitem__(self, name: str) -> NullTranslations:
        """Return what a folder says; then the wider one, as `nl` after `nl@formal`; at last the English of the code."""
        read = self._read[name]
        if read is None:
            compiled = io.BytesIO()
            write_mo(compiled, catalogue(LOCALE / name))
            compiled.seek(0)
            read = GNUTranslations(compiled)
            wider = name.rpartition("@")[0] or name.rpartition("_")[0]
            if wider in self._read:
                read.add_fallback(self[wider])
            self._read[name] = read
        return read
