# SPDX-License-Identifier: EUPL-1.2
"""Measures the server through HTTP, with sixteen clients: casting votes, and the list of plans."""

import json
from itertools import islice
from statistics import median

from tools.bench import clients, town
from tools.bench.results import Result, at_most, compare, in_turn
from tools.bench.server import NOTHING, PORT, serving
from wijkbudget.app.settings import Settings

ROUNDS = 5
VOTES = 1_000
NOTHINGS = 1_500
PAGES = 250
STARTS = 3

_PLANS = f"/wijken/{town.PLACE}/initiatieven"


def first_page(settings: Settings) -> Result:
    """Start the product a few times, and measure until its first page is there."""
    seconds = []
    for _start in range(STARTS):
        with serving(settings, "wijkbudget.app.cli", "serve", "--port", str(PORT)) as taken:
            seconds.append(taken)
    return at_most("first page after the start of the process", median(seconds), 3, "s")


def casting(settings: Settings, codes: list[str], *, times: float, on: str) -> Result:
    """Let people vote, each with a code of their own, beside a POST that does nothing."""
    unused = iter(codes)

    def cast() -> float:
        return clients.rate(
            PORT, [clients.post(PORT, "/api/v1/ballots", _ballot(code)) for code in islice(unused, VOTES)]
        )

    with serving(settings, "tools.bench.server"):
        rounds = in_turn(ROUNDS, {"cast": cast, "nothing": _post_nothing})
    return compare(f"cast a vote, {on}", rounds, ("cast", "nothing"), times=times, against="POSTs that do nothing")


def plans(settings: Settings) -> Result:
    """Read the list of thirty plans, beside a GET that does nothing."""
    with serving(settings, "tools.bench.server"):
        rounds = in_turn(ROUNDS, {"list": _list, "nothing": _get_nothing})
    return compare(
        f"list of {town.PLANS} plans, SQLite", rounds, ("list", "nothing"), times=0.15, against="GETs that do nothing"
    )


def _ballot(code: str) -> bytes:
    marks = {str(number): 1 for number in (1, 4, 7)}
    return json.dumps({"code": code, "marks": marks}).encode()


def _post_nothing() -> float:
    body = json.dumps({"text": "as long as a ballot, with its code and its marks"}).encode()
    return clients.rate(PORT, [clients.post(PORT, NOTHING, body)] * NOTHINGS)


def _get_nothing() -> float:
    return clients.rate(PORT, [clients.get(PORT, NOTHING)] * NOTHINGS)


def _list() -> float:
    return clients.rate(PORT, [clients.get(PORT, _PLANS)] * PAGES)
