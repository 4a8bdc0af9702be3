# SPDX-License-Identifier: EUPL-1.2
"""A round in Oost whose letters are made, and how a letter is read back."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from wijkbudget.app.jobs import Jobs
from wijkbudget.app.letters import LetterRoom
from wijkbudget.voting.letters import queries
from wijkbudget.voting.letters.rules import ERRAND

ORIGIN = "https://wijk.meerwijk.example"


@pytest.fixture
def room(desk) -> LetterRoom:
    return LetterRoom(desk, ORIGIN)


@pytest.fixture
def jobs(desk, room) -> Jobs:
    """Return the clock of the house, as far as it makes letters and throws them away."""
    return Jobs(desk, {ERRAND: room.make, "mail": lambda _mail: None}, [room.clear])


def pages(pdf: bytes) -> list[str]:
    """Return the text of each letter, as a reader of the file gets it."""
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def lying(desk) -> list[str]:
    """Return the files of letters that lie in the house."""
    return list(desk.files.drawer(queries.DRAWER).names())
