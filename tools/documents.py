# SPDX-License-Identifier: EUPL-1.2
"""Writes the parts of docs/ that say what the code says: access, events, the chart of money, states."""

import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from litestar.handlers import HTTPRouteHandler
from litestar.router import Router

from wijkbudget.app.handlers import HANDLERS
from wijkbudget.challenges.rules import table
from wijkbudget.kit.actor import May, Role
from wijkbudget.ledger import chart
from wijkbudget.ledger.flows import Flow
from wijkbudget.ledger.rules import Account
from wijkbudget.neighbourhoods.rules import RULES
from wijkbudget.trail import events
from wijkbudget.trail.work import door_of, name_of

DOCS = Path(__file__).parent.parent / "docs"

_BEGIN = "<!-- made by `make docs` from ledger/chart.py -->\n"
_BEGIN_FLOWS = "<!-- made by `make docs` from each domain's flows: the table -->\n"
_BEGIN_T_ACCOUNTS = "<!-- made by `make docs` from each domain's flows: the accounts -->\n"
_BEGIN_SETTINGS = "<!-- made by `make docs` from neighbourhoods/rules/settings.py -->\n"
_BEGIN_STATES = "<!-- made by `make docs` from challenges/rules/table.py -->\n"
_END = "<!-- end -->\n"

_ROLES = tuple(role for role in Role if role is not Role.SYSTEM)


def main() -> None:
    """Write every generated page, or with `--check` say which is old."""
    old = (
        [name for name, write in PAGES.items() if (DOCS / name).read_text() != write()] if "--check" in sys.argv else []
    )
    for name, write in PAGES.items() if "--check" not in sys.argv else ():
        (DOCS / name).write_text(write())
    if old:
        sys.exit(f"These pages are not what the code says, run `make docs`: {', '.join(old)}")


def routes() -> Iterator[tuple[str, str, HTTPRouteHandler]]:
    """Yield every route: method, path and handler."""
    for route in Router(path="/", route_handlers=list(HANDLERS)).routes:
        for handler in getattr(route, "route_handlers", []):
            if isinstance(handler, HTTPRouteHandler):
                for method in sorted(handler.http_methods - {"HEAD", "OPTIONS"}):
                    yield method, route.path_format, handler


def access_page() -> str:
    """Return docs/access.md: who may reach which route."""
    lines = [
        "# Who may do what",
        "",
        "Made from the route table and each domain's `access.py` by `make docs`; a test sends every request below.",
        "A verb or question has one door; a route opens only if all its doors do, before anything sent is read.",
        "`yes`: for everything in the neighbourhood where the role is held. `own`: only for what is theirs.",
        "Empty: refused (403).",
        "A role held in one neighbourhood opens nothing in another. A name with `*` is about the whole municipality:",
        "there a role counts only if it is held in the whole municipality.",
        "",
        "| route | reaches | " + " | ".join(_ROLES) + " |",
        "|---|---|" + "---|" * len(_ROLES),
    ]
    for method, path, handler in sorted(routes(), key=lambda found: (found[1], found[0])):
        reached = handler.opt.get("does", ())
        doors = [door_of(function).may for function in reached]
        names = ", ".join(f"`{_reached(function)}`" for function in reached) or "nothing"
        cells = " | ".join(_cell(role, doors) for role in _ROLES)
        lines.append(f"| {method} `{path}` | {names} | {cells} |")
    return "\n".join(lines) + "\n"


def _reached(function: Callable[..., Any]) -> str:
    """Return a function's name, with a star if its door asks for a role in the whole municipality."""
    door = door_of(function)
    return name_of(function) + ("*" if door.municipal and Role.GUEST not in door.may.any else "")


def _cell(role: Role, doors: list[May]) -> str:
    roles = frozenset({role, Role.GUEST})
    if not all(door.allows(roles) for door in doors):
        return ""
    return "own" if any(door.only_own(roles) for door in doors) else "yes"


def events_page() -> str:
    """Return docs/events.md: everything that can stand in the trail."""
    lines = [
        "# Events",
        "",
        "Everything that can stand in the public record, made from each domain's `events.py` by `make docs`.",
        "An event holds ids and amounts, never a name, an address or a vote;",
        "*personal* fields point at a person and are hidden from the public.",
    ]
    kinds = {kind: event for kind, event in events.kinds().items() if event.__module__.startswith("wijkbudget.")}
    for domain in sorted({kind.split(".")[0] for kind in kinds}):
        lines += ["", f"## {domain}", "", "| event | sentence | fields | personal |", "|---|---|---|---|"]
        for kind in sorted(name for name in kinds if name.startswith(f"{domain}.")):
            event = kinds[kind]
            told = ", ".join(f"`{field.name}`" for field in fields(event))
            personal = ", ".join(f"`{name}`" for name in sorted(event.personal))
            lines.append(f"| {kind.split('.')[1]} | {event.sentence.msgid} | {told} | {personal} |")
    return "\n".join(lines) + "\n"


def challenge_page() -> str:
    """Return the page about challenges with the table of states as the code has it; the rest is written by hand."""
    lines = [
        "```mermaid",
        *table.diagram(),
        "```",
        "",
        "| from | move | to | by | only if | ground |",
        "|---|---|---|---|---|---|",
    ]
    for step in table.TABLE:
        by = step.by.replace("_", " ")
        ground = step.base or "the article of the policy"
        lines.append(f"| {step.now or ''} | {step.move} | {step.then} | {by} | {step.guard} | {ground} |")
    return _between((DOCS / "rules/right-to-challenge.md").read_text(), _BEGIN_STATES, lines)


def reciprocity_page() -> str:
    """Return the page about time and voice with what a council sets of each rule; the rest is written by hand."""
    lines = ["| setting | of | what | from | to | begins at |", "|---|---|---|---|---|---|"]
    for each in {setting.name: setting for settings in RULES.values() for setting in settings}.values():
        known = ", ".join(f"`{rule}`" for rule, settings in RULES.items() if each in settings)
        lines.append(f"| `{each.name}` | {known} | {each.sentence} | {each.least} | {each.most} | {each.default} |")
    return _between((DOCS / "rules/reciprocity.md").read_text(), _BEGIN_SETTINGS, lines)


def money_page() -> str:
    """Return docs/money.md with the chart of accounts and every transfer as the code has them."""
    lines = ["| account | unit | floor | what it holds |", "|---|---|---|---|"]
    for name, made in inspect.getmembers(chart):
        account = _account(made)
        if account is not None:
            floor = "zero" if account.has_floor else "none"
            lines.append(f"| `{account.address}` | {account.unit} | {floor} | {_told(name, made)} |")
    page = _between((DOCS / "money.md").read_text(), _BEGIN, lines)
    return _between(_between(page, _BEGIN_FLOWS, _flow_table()), _BEGIN_T_ACCOUNTS, _t_accounts())


def _flow_table() -> list[str]:
    """Return every kind of transfer that a domain declares."""
    lines = ["| what happens | verb | from | to | reference |", "|---|---|---|---|---|"]
    for flow in _flows():
        verbs = ", ".join(f"`{verb}`" if "." in verb else verb for verb in flow.by)
        lines.append(f"| {flow.happens} | {verbs} | `{flow.source}` | `{flow.target}` | `{flow.reference}` |")
    return lines


def _t_accounts() -> list[str]:
    """Return every kind of transfer as the two accounts that it stands in: out of the one, into the other."""
    lines = ["```"]
    for flow in _flows():
        widths = [max(len(kind), 17) for kind in (flow.source, flow.target)]
        left, right = (width // 2 for width in widths)
        lines += [
            flow.reference,
            f"  {flow.source:<{widths[0]}}    {flow.target}",
            f"  {'out':>{left}} | {'in':<{widths[0] - left - 3}}    {'out':>{right}} | in",
            f"  {'amount':>{left}} | {'':<{widths[0] - left - 3}}    {'':>{right}} | amount",
            "",
        ]
    return [*lines[:-1], "```"]


def _flows() -> list[Flow]:
    """Return every kind of transfer, those of one domain together, in an order that no import changes."""
    return sorted(Flow.all, key=lambda flow: (flow.by[0].partition(".")[0], flow.reference, flow.source, flow.target))


def _between(page: str, begin: str, lines: list[str]) -> str:
    """Return a page with other lines between its two marks."""
    before, _begin, rest = page.partition(begin)
    _old, _end, after = rest.partition(_END)
    return before + begin + "\n".join(lines) + "\n" + _END + after


def _account(made: Any) -> Any:
    """Return an account as the chart names it, with the words of its parameters in the address."""
    if isinstance(made, Account):
        return made
    if (
        not inspect.isfunction(made)
        or inspect.signature(made).return_annotation is not Account
        or made.__name__[0] == "_"
    ):
        return None
    given = inspect.signature(made).parameters.items()
    words: list[Any] = [f"<{name}>" if word.default is word.empty else f"[{name}]" for name, word in given]
    return made(*words)


def _told(name: str, made: Any) -> str:
    """Return the sentence that the chart says about an account."""
    if inspect.isfunction(made):
        return (inspect.getdoc(made) or "").partition("\n")[0].removeprefix("Return ")
    text = inspect.getsource(chart)
    return text.partition(f"{name} = ")[2].partition('"""')[2].partition('"""')[0]


PAGES: dict[str, Callable[[], str]] = {
    "access.md": access_page,
    "events.md": events_page,
    "money.md": money_page,
    "rules/reciprocity.md": reciprocity_page,
    "rules/right-to-challenge.md": challenge_page,
}

if __name__ == "__main__":
    main()
