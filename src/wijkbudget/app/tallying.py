# SPDX-License-Identifier: EUPL-1.2
"""Counts an election in a file from the command line, in one way or in several side by side; needs no database."""

import json
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from wijkbudget.app.compiled import keep_compiled
from wijkbudget.app.paths import house_folder
from wijkbudget.voting.pabulib import BYTES_MAX, read, report, report_side_by_side, text_of
from wijkbudget.voting.rules import Outcome, ties_by_id, ties_by_lot
from wijkbudget.voting.tallies import TALLIES
from wijkbudget.voting.tallies.comparing import compare
from wijkbudget.voting.tallies.poll import Poll
from wijkbudget.voting.tallies.why import enough

_RULE = click.Choice(list(TALLIES))


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("others", nargs=-1, type=_RULE)
@click.option("--rule", type=_RULE, help="How to count; what can be set for it stands below.")
@click.option(
    "--compare", is_flag=True, help="Count in several ways side by side: name them after this, or none for all."
)
@click.option("--utility", type=click.Choice(["cost", "cardinality", "score"]))
@click.option("--start", type=click.Choice(["exact", "whole"]))
@click.option("--completion", type=click.Choice(["add1", "none", "greedy", "add1_greedy"]))
@click.option("--stop", type=click.Choice(["infeasible", "exhaustive"]))
@click.option("--unit-cents", type=int)
@click.option("--order", type=click.Choice(["votes", "votes_per_euro"]))
@click.option("--too-dear", type=click.Choice(["skip", "stop", "part"]))
@click.option("--votes-min", type=int)
@click.option("--support-percent-min", type=int)
@click.option("--ties", type=click.Choice(["id"]), help="Ties go to the smaller id; without this they are drawn.")
@click.option("--why", is_flag=True, help="Say of every plan that lost what would have been enough.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def tally(file: Path, others: Sequence[str], *, rule: str | None, as_json: bool, **asked: Any) -> None:
    """Count an election in Pabulib's format; needs no database."""
    beside, ties, why = (asked.pop(name) for name in ("compare", "ties", "why"))
    if beside is bool(rule) or (others and not beside):
        message = "Say either --rule and one way to count, or --compare and the ways to put side by side."
        raise click.UsageError(message)
    poll = _poll(file, by_id=ties is not None)
    given = {name: value for name, value in asked.items() if value is not None}
    printed = _counted(poll, rule, given, why=why) if rule else _side_by_side(poll, others)
    if as_json:
        click.echo(json.dumps(printed, ensure_ascii=False))
        return
    for name, value in printed.items():
        click.echo(f"{name}: {value}")


def election_in(file: Path) -> str:
    """Return the text of a Pabulib file; no more of it is read than can be counted. Raises BadPabulib."""
    with file.open("rb") as stream:
        return text_of(stream.read(BYTES_MAX + 1))


def _poll(file: Path, *, by_id: bool) -> Poll:
    keep_compiled(house_folder())
    election = read(election_in(file))
    ids = [option.id for option in election.options]
    return Poll.of(election.election(ties_by_id(ids) if by_id else ties_by_lot(ids, secrets.token_hex(16))))


def _counted(poll: Poll, rule: str, given: Mapping[str, str | int], *, why: bool) -> dict[str, object]:
    outcome = TALLIES[rule].tally(poll, TALLIES[rule].parameters(given))
    return report(outcome) | ({"enough": _enough(poll, outcome)} if why else {})


def _enough(poll: Poll, outcome: Outcome) -> dict[str, list[str]]:
    """Return for each option that lost what would have been enough, in two sentences."""
    lost = [option.id for option in outcome.options if not option.won]
    found = enough(TALLIES[outcome.tally], outcome.parameters, poll, lost)
    return {id_: [str(text) for text in each.texts] for id_, each in zip(lost, found, strict=True)}


def _side_by_side(poll: Poll, keys: Sequence[str]) -> dict[str, object]:
    return report_side_by_side(compare(poll, [(key, TALLIES[key].parameters({})) for key in keys or TALLIES]))
