# SPDX-License-Identifier: EUPL-1.2
"""Reads from a form what each member of the council did."""

from wijkbudget.council.rules import Stance
from wijkbudget.http.forms import Form


def stances(form: Form) -> dict[str, list[str]]:
    """Return the members by what they did; the form has one choice a member, named `stance.<id>`."""
    fields = {Stance.FOR: "for_", Stance.AGAINST: "against", Stance.RECUSED: "recused"}
    found: dict[str, list[str]] = {field: [] for field in fields.values()}
    for name in form.values:
        if name.startswith("stance.") and form.get(name) in set(Stance):
            found[fields[Stance(form.get(name))]].append(name.removeprefix("stance."))
    return found
