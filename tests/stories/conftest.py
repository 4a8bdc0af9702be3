# SPDX-License-Identifier: EUPL-1.2
"""A real browser, and the town that a story is played in."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.stories.house import open_house
from tests.stories.look import Look
from tests.stories.town import Town
from tools.chromium import HOW_TO_GET_ONE, LAUNCH_OPTIONS, find_chromium
from wijkbudget.identity.logins.settings import ProviderSettings

SECONDS_MAX = 10


@pytest.fixture
def chromium() -> Iterator[Browser]:
    """Start a Chromium; where there is none the stories are skipped, and in CI they fail.

    One for each story: while it runs, its event loop keeps every other test of this process from having one.
    """
    path = find_chromium()
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(HOW_TO_GET_ONE)
    with sync_playwright() as playwright:
        expect.set_options(timeout=SECONDS_MAX * 1000)
        browser = playwright.chromium.launch(executable_path=path, args=list(LAUNCH_OPTIONS))
        yield browser
        browser.close()


@pytest.fixture
def providers() -> Sequence[ProviderSettings]:
    """Return the identity providers that people of the story can log in with: none, unless a story has its own."""
    return ()


@pytest.fixture
def town(
    request: pytest.FixtureRequest, chromium: Browser, tmp_path: Path, providers: Sequence[ProviderSettings]
) -> Iterator[Town]:
    """Return an empty town, with browsers that run no JavaScript, or do where a story asks for it.

    The house sends both the same pages, and one of them has a script: the ballot, which has stories of its own.
    """
    has_javascript = getattr(request, "param", False)
    look = Look(story=request.node.name, has_javascript=has_javascript)
    with open_house(tmp_path / "house", providers) as house:
        town = Town(house, chromium, look, has_javascript=has_javascript)
        yield town
        town.everybody_leaves()
