# SPDX-License-Identifier: EUPL-1.2
"""The people of a story, each with a browser of their own."""

import base64
from dataclasses import dataclass, field
from datetime import date

from playwright.sync_api import Browser, BrowserContext, ViewportSize

from tests.stories.house import House
from tests.stories.look import DESK, PHONE, Look
from tests.stories.visitor import Visitor
from wijkbudget.http.cookies import cookie_name
from wijkbudget.identity.logins import totp

ACTION_MILLISECONDS_MAX = 10_000


@dataclass
class Town:
    """Who is there, and what happens outside the pages."""

    house: House
    chromium: Browser
    look: Look
    has_javascript: bool
    contexts: list[BrowserContext] = field(default_factory=list)
    people: dict[str, Visitor] = field(default_factory=dict)
    phones: dict[str, bytes] = field(default_factory=dict)
    """The secret that each phone shares with the house, for the codes of the second step."""

    def at_a_phone(self, name: str) -> Visitor:
        """Return somebody with a small phone."""
        return self._visitor(name, PHONE)

    def at_a_desk(self, name: str) -> Visitor:
        """Return somebody with the screen of an office."""
        return self._visitor(name, DESK)

    def __getitem__(self, name: str) -> Visitor:
        """Return somebody who is there."""
        return self.people[name]

    def lets_it_be(self, day: date) -> None:
        """Go on to a day; every visit of before has ended by then."""
        self.house.lets_it_be(day)

    def logs_in(self, name: str, code: str) -> Visitor:
        """Let somebody log in with a code."""
        visitor = self[name]
        visitor.opens("/inloggen")
        visitor.fills({"Inlogcode": code})
        visitor.presses("Inloggen")
        visitor.sees("bent ingelogd.")
        if visitor.page.url.endswith("/tweede-stap"):
            if visitor.name not in self.phones:
                visitor.presses("Voeg de tweede stap toe")
            self.takes_the_second_step(visitor)
        visitor.sees(name)
        return visitor

    def takes_the_second_step(self, visitor: Visitor) -> None:
        """Let somebody with a role about money type what their phone shows; the first time it reads the secret."""
        if visitor.name not in self.phones:
            self.phones[visitor.name] = base64.b32decode(visitor.page.locator("dd").first.inner_text())
        step = totp.step_at(self.house.clock.now)
        visitor.fills({"Code uit de app": totp.digits_at(self.phones[visitor.name], step)})
        visitor.presses("Verder")
        visitor.sees("hebt de tweede stap gezet.")

    def comes_back(self, name: str) -> Visitor:
        """Let somebody be logged in again on a later day; logging in itself is told in other chapters."""
        return self.lets_in(name, self.house.visit_of(name))

    def lets_in(self, name: str, visit: str) -> Visitor:
        """Let somebody be logged in by the token of a visit."""
        self[name].page.context.add_cookies(
            [{"name": cookie_name(secure=False), "value": visit, "url": self.house.origin}]
        )
        return self[name]

    def everybody_leaves(self) -> None:
        """Close every browser."""
        for context in self.contexts:
            context.close()

    def _visitor(self, name: str, size: ViewportSize) -> Visitor:
        context = self.chromium.new_context(
            viewport=size,
            java_script_enabled=self.has_javascript,
            locale="nl-NL",
        )
        context.set_default_timeout(ACTION_MILLISECONDS_MAX)
        self.contexts.append(context)
        page = context.new_page()
        page.on("response", self.look.at_answer)
        self.people[name] = Visitor(name, page, self.house.origin, self.look)
        return self.people[name]
