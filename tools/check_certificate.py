# SPDX-License-Identifier: EUPL-1.2
"""Checks the payments of equal shares: `python check_certificate.py FILE`; shares no code with what made them."""

import json
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any


def faults(certificate: Any) -> Iterator[str]:
    """Yield in a sentence everything that is wrong; with nothing wrong nobody can say they were passed over."""
    bought = {option["id"]: option for option in certificate["bought"]}
    received = dict.fromkeys(bought, Fraction(0))
    kept = dict.fromkeys((option["id"] for option in certificate["lost"]), Fraction(0))
    for number, group in enumerate(certificate["groups"]):
        yield from (f"group {number} {fault}" for fault in _paid(group, certificate["purse"], bought, received, kept))
    for id_, option in bought.items():
        if received[id_] != option["cost_cents"]:
            yield f"what is paid for {id_} is not what it costs"
    for option in certificate["lost"]:
        if kept[option["id"]] >= option["cost_cents"]:
            yield f"the supporters of {option['id']} could have paid for it"
    worth = {id_: option["cost_cents"] if certificate["utility"] == "cost" else 1 for id_, option in bought.items()}
    prices = [Fraction(option["price"]) / worth[id_] for id_, option in bought.items()]
    if prices != sorted(prices):
        yield "something was bought before something that cost its supporters less"
    if sum(option["cost_cents"] for option in bought.values()) > certificate["budget_cents"]:
        yield "what was bought costs more than the budget"


def _paid(group: Any, purse: str, bought: Any, received: dict[str, Fraction], kept: dict[str, Fraction]) -> list[str]:
    """Add what a group paid to what was received, and the rest to what supporters kept; return what is wrong."""
    left, told = Fraction(purse), []
    for id_ in filter(None, dict.fromkeys([*group["paid"], group["rest"]])):
        if id_ not in group["marks"] or id_ not in bought:
            told.append(f"pays for {id_}, which it did not choose or which was not bought")
            continue
        price = Fraction(bought[id_]["price"]) * group["marks"][id_]
        payment = left if id_ == group["rest"] else price
        if payment > price:
            told.append(f"pays more than the price for {id_}")
        left -= payment
        received[id_] += payment * Fraction(group["voice"])
    for id_ in kept.keys() & group["marks"].keys():
        kept[id_] += left * Fraction(group["voice"])
    return [*told, "pays more than it has"] if left < 0 else told


if __name__ == "__main__":
    found = list(faults(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
    print("\n".join(found) or "The payments are right.")
    sys.exit(bool(found))
