# SPDX-License-Identifier: EUPL-1.2
"""Somebody at a browser: opens, follows, fills in and presses, and says what they see."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.stories.look import Look


@dataclass
class Visitor:
    """A person with a browser of their own."""

    name: str
    page: Page
    origin: str
    look: Look
    language: str = "nl"

    def opens(self, path: str) -> None:
        """Type an address of the house."""
        self.page.goto(self.origin + path)
        self.look.at(self.page, self.name, self.language)

    def follows(self, *labels: str) -> None:
        """Follow links, one after the other."""
        for label in labels:
            self._goes(self.page.get_by_role("link", name=label, exact=True).first)

    def presses(self, label: str, *, of: str | None = None) -> None:
        """Press a button; where there are more, the one in the form with a name."""
        within = self.page.get_by_role("form", name=of, exact=True) if of else self.page
        self._goes(within.get_by_role("button", name=label, exact=True))

    def switches(self, language: str, *, to: str) -> None:
        """Choose a language by what it calls itself."""
        self.language = language
        self.presses(to)

    def saves(self, label: str, *, kind: Literal["link", "button"] = "link") -> str:
        """Follow a link to a file, or press a button for it, and return what it holds."""
        with self.page.expect_download() as saved:
            self.page.get_by_role(kind, name=label, exact=True).click()
        return saved.value.path().read_text()

    def unfolds(self, label: str) -> None:
        """Show what stands folded under a line."""
        self.page.locator("summary").filter(has_text=label).click()
        self.look.at(self.page, self.name, self.language)

    def fills(self, values: Mapping[str, Any]) -> None:
        """Fill in fields by their labels: a text, an amount, a day, a choice from a list, or a file."""
        for label, value in values.items():
            field = self.field(label)
            if isinstance(value, dict):
                field.set_input_files(FilePayload(**value))
            elif field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value.isoformat() if isinstance(value, date) else value)

    def chooses(self, question: str, *answers: str) -> None:
        """Tick answers to a question, on their words, as a thumb does."""
        for answer in answers:
            self._answer(question, answer).click()
            expect(self._box(question, answer)).to_be_checked()

    def unticks(self, question: str, answer: str) -> None:
        """Take an answer back."""
        self._answer(question, answer).click()
        expect(self._box(question, answer)).not_to_be_checked()

    def sees(self, *sentences: str) -> None:
        """Find each of these on the page."""
        for sentence in sentences:
            expect(self.page.locator("main")).to_contain_text(sentence, use_inner_text=True)

    def sees_nowhere(self, *sentences: str) -> None:
        """Find none of these on the page."""
        for sentence in sentences:
            expect(self.page.locator("body")).not_to_contain_text(sentence)

    def sees_filled_in(self, values: Mapping[str, str]) -> None:
        """Find in the fields what was typed."""
        for label, value in values.items():
            expect(self.field(label)).to_have_value(value)

    def sees_at(self, label: str, sentence: str) -> None:
        """Find a sentence tied to a field."""
        expect(self.field(label)).to_have_accessible_description(re.compile(re.escape(sentence)))

    def field(self, label: str) -> Locator:
        """Return a field by its label."""
        return self.page.locator("input, select, textarea").and_(self.page.get_by_label(_label(label)))

    def _answer(self, question: str, answer: str) -> Locator:
        return self.page.get_by_role("group", name=_label(question)).get_by_text(answer, exact=True)

    def _box(self, question: str, answer: str) -> Locator:
        return self.page.get_by_role("group", name=_label(question)).get_by_label(answer, exact=True)

    def _goes(self, clicked: Locator) -> None:
        with self.page.expect_navigation():
            clicked.click()
        self.look.at(self.page, self.name, self.language)


def _label(text: str) -> re.Pattern[str]:
    """Return how a label reads, with or without its note."""
    return re.compile(rf"^\s*{re.escape(text)}\s*(\(niet verplicht\))?\s*$")
