# SPDX-License-Identifier: EUPL-1.2
"""Sets a signed agreement as PDF for the post room, which sends each side one: all it says, and who signed it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from wijkbudget.app.bids import formal
from wijkbudget.app.paths import WEB
from wijkbudget.app.post import Post
from wijkbudget.app.templating import day, euro, say
from wijkbudget.app.typesetting import typeset
from wijkbudget.challenges.agreements import queries
from wijkbudget.challenges.agreements.rules import CLAUSE_NAMES, FORM_NAMES, PARTY_NAMES, Clause
from wijkbudget.challenges.agreements.schemas import AgreedTerms, AgreementTextView
from wijkbudget.identity.rules.organisations import form_name
from wijkbudget.kit.actor import SYSTEM
from wijkbudget.kit.text import _
from wijkbudget.trail.desk import Desk
from wijkbudget.voting.letters.rules import settable

_TEMPLATE = WEB / "templates" / "letters" / "agreement.typ"


@dataclass(frozen=True)
class AgreementRoom:
    """Where signed agreements are set."""

    desk: Desk
    post: Post

    def make(self, asked: dict[str, Any]) -> None:
        """Set one agreement; made twice it is the same file. Raises OSError."""
        challenge_id = UUID(asked["challenge_id"])
        found = self.desk.by(SYSTEM).ask(queries.agreement, asked["place"], challenge_id)
        assert found.text, "both sides signed it"
        with formal():
            said = json.dumps(_said(found.title, found.text))
        signed_on = max(signature.signed_on for signature in found.text.signatures)
        made_at = datetime.combine(signed_on, time(12), UTC)
        self.post.lay_down(f"overeenkomst-{challenge_id}.pdf", typeset(_TEMPLATE, {"said": said}, made_at))


def _said(title: str, text: AgreementTextView) -> dict[str, Any]:
    """Return what the template sets, in letters that our fonts have."""
    parts = [(say(CLAUSE_NAMES[clause]), list(_lines(clause, text.terms))) for clause in Clause]
    return {
        "title": settable(title),
        "municipality": settable(text.terms.municipality),
        "parts": [
            {"heading": heading, "lines": [settable(line) for line in lines]} for heading, lines in parts if lines
        ],
        "signatures": [
            {"party": say(PARTY_NAMES[each.party]), "name": settable(each.name or ""), "day": day(each.signed_on)}
            for each in text.signatures
        ],
        "number": text.number,
        "hash": text.text_hash,
    }


def _lines(clause: Clause, terms: AgreedTerms) -> Iterator[str]:
    """Yield what an agreement says of one thing."""
    value = getattr(terms, clause)
    if clause is Clause.FORM:
        yield say(FORM_NAMES[terms.form])
    elif clause is Clause.LEGAL_FORM:
        yield from (say(form_name(value)) if value else "", terms.registration_number or "")
    elif clause is Clause.RESULTS:
        yield from (f"{each.what} ({each.indicator}: {each.target})" for each in terms.results)
    elif clause is Clause.INSTALMENTS:
        yield from (f"{day(part.due_on)}: {part.what}, {euro(part.amount_cents)}" for part in terms.instalments)
        if terms.theme:
            yield say(_("From the pot of the theme %(theme)s.", theme=terms.theme))
    elif clause is Clause.ENDS_ON:
        yield day(terms.ends_on)
        if terms.trial_until:
            yield f"{say(_('Trial until and including'))} {day(terms.trial_until)}"
    elif isinstance(value, list):
        yield from (day(each) for each in value)
    else:
        yield from (day(value) if isinstance(value, date) else str(value)).splitlines()
