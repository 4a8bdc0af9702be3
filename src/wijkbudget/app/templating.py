"""Renders templates in the reader's language; the only place where sentences become text."""

import hashlib
import io
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from wijkbudget.app.paths import WEB
from wijkbudget.kit.period import NETHERLANDS
from wijkbudget.kit.text import Text, _

DEFAULT = "nl"

language: ContextVar[str] = ContextVar("language", default=DEFAULT)


@cache
def catalogues() -> Mapping[str, NullTranslations]:
    """Return the translations of every language there is a folder for."""
    return {folder.name: _translations(folder) for folder in sorted((WEB / "locale").iterdir()) if folder.is_dir()}


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


def environment() -> Environment:
    """Return the one Jinja environment."""
    made = Environment(
        loader=FileSystemLoader(WEB / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_callables(  # type: ignore[attr-defined] # the i18n extension adds it
        lambda message: _current().gettext(message),
        lambda one, many, count: _current().ngettext(one, many, count),
        newstyle=True,
    )
    filters: dict[str, Callable[..., str]] = {
        "say": say,
        "euro": euro,
        "hours": hours,
        "day": day,
        "moment": moment,
        "percent": percent,
        "voice": voice,
        "number": number,
    }
    made.filters.update(filters)
    made.globals["static"] = static
    made.finalize = lambda value: say(value) if isinstance(value, Text) else value
    return made


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
    whole, rest = divmod(amount_minutes, 60)
    if not rest:
        return say(_("%(hours)s hours", hours=whole))
    return say(
        _("%(hours)s hours and %(minutes)s minutes", hours=whole, minutes=rest)
        if whole
        else _("%(minutes)s minutes", minutes=rest)
    )


def day(value: date) -> str:
    """Return a day, written out."""
    return format_date(value, "long", locale=_locale())


def moment(value: datetime) -> str:
    """Return a moment on the clock of the Netherlands."""
    return format_datetime(value.astimezone(NETHERLANDS), "d MMMM y HH:mm", locale=_locale())


def percent(part: int, whole: int) -> str:
    """Return a part of a whole in whole percents, rounded down; nothing of nothing is zero."""
    return f"{part * 100 // whole if whole else 0}%"


def voice(weight_hundredths: int) -> str:
    """Return a voice, such as `1,25`."""
    return format_decimal(Decimal(weight_hundredths).scaleb(-2), locale=_locale())


def number(value: int) -> str:
    """Return a whole number, grouped as the reader does."""
    return format_decimal(value, locale=_locale())


def direction() -> str:
    """Return which way the reader's language runs: `ltr` or `rtl`."""
    return "rtl" if _locale().text_direction == "rtl" else "ltr"


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
    return Locale.parse(language.get())


def _translations(folder: Path) -> NullTranslations:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(folder))
    compiled.seek(0)
    return GNUTranslations(compiled)
