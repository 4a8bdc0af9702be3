# SPDX-License-Identifier: EUPL-1.2
"""Looks at every page and state that a story visits: for everybody, in the right words, on a small phone."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import CDPSession, Page, Response, ViewportSize

from tests.app.test_catalogue import SAYS_JE, SAYS_U

PHONE = ViewportSize(width=360, height=740)
DESK = ViewportSize(width=1280, height=900)

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

_AXE = """async rules => {
  const found = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
  return found.violations.flatMap(one => one.nodes.map(node => `${one.id}: ${one.help} – ${node.html.slice(0, 160)}`));
}"""
_TOO_WIDE = """() => {
  const wide = document.documentElement;
  return wide.scrollWidth <= wide.clientWidth ? null : `${wide.scrollWidth} in ${wide.clientWidth}`;
}"""
_SEEN = """() => ({
  language: document.documentElement.lang,
  title: document.title,
  text: document.querySelector("main").innerText,
  asksCode: document.querySelector('input[name="code"]:not([type="hidden"])') !== null,
  kinds: [...new Set([...document.body.querySelectorAll("*")].map(one =>
    [one.tagName, one.className, ...["type", "role", "aria-invalid", "open"].map(name => one.getAttribute(name))].join()
  ))].sort().join(" "),
})"""
_STRANGE = {
    "nl": re.compile(r"\b(the|and|you|your|this|with|were)\b|%\(\w+\)s", re.IGNORECASE),
    "en": re.compile(r"\b(de|het|een|je|jouw|dit|naar)\b|%\(\w+\)s", re.IGNORECASE),
}
"""Words that a page in this language never says."""
_QUOTED = re.compile("“[^”]*”")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@dataclass
class Look:
    """Collects what is wrong, so that one run names everything."""

    story: str
    has_javascript: bool
    found: dict[str, None] = field(default_factory=dict)
    """What is wrong, each once, in the order found."""
    polite: str | None = None
    """Where pages say `u` from now on; all others say `je`."""
    looked_at: set[tuple[str, str, str]] = field(default_factory=set)
    """Each page with its language and the kinds of parts it was made of, so that the same state is looked at once."""
    seen: int = 0
    tools: dict[Page, CDPSession] = field(default_factory=dict)
    """What lets scripts run on each page for a moment."""

    def at(self, page: Page, who: str, language: str) -> None:
        """Look at the page as it stands before somebody, who reads a language."""
        self.seen += 1
        path = _ID.sub("…", urlsplit(page.url).path)
        seen: dict[str, Any] = page.evaluate(_SEEN)
        wrong = [] if seen["language"] == language else [f"is in the language {seen['language']}"]
        wrong += [f"says a word of another language: {line}" for line in _lines(_STRANGE[language], seen["text"])]
        if language == "nl":
            # A ballot speaks as its neighbourhood does; before a code was typed nobody knows which that is.
            is_ballot = path.startswith("/stemmen") and not seen["asksCode"]
            is_polite = self.polite is not None and (is_ballot or path.startswith(self.polite))
            wrong += [f"has the wrong tone: {line}" for line in _lines(SAYS_JE if is_polite else SAYS_U, seen["text"])]
        if (path, language, seen["kinds"]) not in self.looked_at:
            self.looked_at.add((path, language, seen["kinds"]))
            wrong += [*_width(page), *self._axe(page)]
        self.found.update(dict.fromkeys(f"{path} ({who}: {seen['title']}) {line}" for line in wrong))
        self._keep(page, seen["title"])

    def at_answer(self, answer: Response) -> None:
        """Look whether the house broke."""
        if answer.status >= 500:
            self.found[f"{answer.request.method} {answer.url} was answered {answer.status}"] = None

    def _axe(self, page: Page) -> list[str]:
        """Return what hinders people with a disability; on a page without scripts, ours runs and no other."""
        with nullcontext() if self.has_javascript else self._scripts_run(page):
            page.evaluate(AXE_SCRIPT)
            found: list[str] = page.evaluate(_AXE, list(RULES))
        return found

    @contextmanager
    def _scripts_run(self, page: Page) -> Iterator[None]:
        """Let scripts run on a page that came without; those of the page itself had their turn."""
        # One for each page, and kept: when it ends, what it said of scripts ends too.
        if page not in self.tools:
            self.tools[page] = page.context.new_cdp_session(page)
        # Only a change is heard, so first say what is already so.
        for is_off in (True, False):
            self.tools[page].send("Emulation.setScriptExecutionDisabled", {"value": is_off})
        try:
            yield
        finally:
            self.tools[page].send("Emulation.setScriptExecutionDisabled", {"value": True})

    def _keep(self, page: Page, title: str) -> None:
        """Keep a picture, for whoever wants to see the pages."""
        if folder := os.environ.get("WIJKBUDGET_SHOTS"):
            name = re.sub(r"\W+", "-", f"{self.seen:03} {title}").lower()
            page.screenshot(path=Path(folder) / self.story / f"{name}.png", full_page=True)


def _lines(words: re.Pattern[str], text: str) -> list[str]:
    """Return the lines that say one of these words, other than in a quotation."""
    return [line for line in text.splitlines() if words.search(_QUOTED.sub("", line))]


def _width(page: Page) -> list[str]:
    """Return whether one must scroll sideways, here and on a small phone."""
    here = page.viewport_size
    assert here is not None
    wrong = []
    for size in [here] if here == PHONE else [here, PHONE]:
        page.set_viewport_size(size)
        if wide := page.evaluate(_TOO_WIDE):
            wrong.append(f"scrolls sideways: {wide} pixels")
    if here != PHONE:
        page.set_viewport_size(here)
    return wrong
