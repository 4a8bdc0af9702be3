# SPDX-License-Identifier: EUPL-1.2
"""Sentences for people, kept as data until the reader's language is known."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Text:
    """A message id with its values; pages translate it, rules only name it.

    A value is shown in the reader's notation: `…_cents` as euros, `…_minutes` as hours, `…_hundredths` as a voice.
    """

    msgid: str
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the English sentence, for operators and tests."""
        if not self.values:
            return self.msgid
        return self.msgid % {name: _shown(name, value) for name, value in self.values.items()}


def _(msgid: str, **values: object) -> Text:
    """Mark a sentence for translation; values fill `%(name)s` in it."""
    return Text(msgid, values)


def _shown(name: str, value: object) -> object:
    """Return an amount in English, by the unit its name ends in, and anything else as it is."""
    if not isinstance(value, int):
        return value
    whole, rest = divmod(abs(value), 60 if name.endswith("_minutes") else 100)
    sign = "-" if value < 0 else ""
    if name.endswith("_cents"):
        return f"{sign}€{whole:,}.{rest:02}"
    if name.endswith("_minutes"):
        return f"{sign}{whole}:{rest:02} hours"
    return f"{sign}{whole}.{rest:02}" if name.endswith("_hundredths") else value
