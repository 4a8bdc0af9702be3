# SPDX-License-Identifier: EUPL-1.2
"""The pages and the API make the same calls: write an agreement, offer it and sign it for each side."""

import re
from html import unescape
from io import BytesIO

from pypdf import PdfReader

from tests.challenges import histories_agreements as drivers
from tests.challenges.agreements.conftest import agreement, go
from tests.challenges.test_web import words
from wijkbudget.app.agreements import AgreementRoom
from wijkbudget.app.post import Post
from wijkbudget.challenges.agreements.rules import ERRAND
from wijkbudget.challenges.rules.states import Move
from wijkbudget.kit.actor import SYSTEM
from wijkbudget.kit.period import day_of
from wijkbudget.trail import errands


def form_in(answer):
    """Return what stands filled in in the form of an agreement on a page."""
    forms = re.findall(r"<form.*?</form>", answer.text, re.DOTALL)
    form = next(each for each in forms if re.match(r"<form[^>]*/overeenkomst/", each))
    found = {name: unescape(value) for name, value in re.findall(r'<input [^>]*name="([^"]+)" value="([^"]*)"', form)}
    chosen = re.findall(r'type="radio"[^>]*name="([^"]+)" value="([^"]*)" checked', form)
    written = re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL)
    days = re.findall(r'name="(\w+_on)" value="([^"]+)"', form)
    told = {**found, **dict(chosen), **{name: unescape(words) for name, words in written}}
    told |= {name: [value for each, value in days if each == name] for name, _value in days}
    return {name: value for name, value in told.items() if name not in {"csrf_token", "reference"}}


class TestThePages:
    def test_write_offer_and_sign_an_agreement_as_the_api_does(self, client, case, hood):
        here = f"/wijken/oost/uitdagingen/{case.id}"
        there, api = f"{here}/overeenkomst", f"/api/v1/neighbourhoods/oost/challenges/{case.id}/agreement"
        assert client.get(there).status_code == 404
        client.log_in(case.official)
        assert "Schrijf de overeenkomst" in words(client.get(here))
        assert "Dit staat er nog niet in:" in words(client.get(there))
        assert client.get(f"{there}/stappen/anders").status_code == 404
        wrong = client.post(
            f"{there}/stappen/geld", {"instalments.0.what": "Maaier", "instalments.0.amount_cents": "x"}
        )
        assert (wrong.status_code, "Schrijf een bedrag" in words(wrong)) == (400, True)
        for path, command in (
            ("parties", drivers.PARTIES),
            ("results", drivers.RESULTS),
            ("money", drivers.money(day_of(hood.clock()))),
            ("term", drivers.term(day_of(hood.clock()))),
            ("conditions", drivers.CONDITIONS),
        ):
            assert client.send(f"{api}/{path}", command.model_dump(mode="json", by_alias=True)).status_code == 201
        for step in ("partijen", "resultaten", "geld", "tijd", "voorwaarden"):
            saved = form_in(client.get(f"{there}/stappen/{step}"))
            assert client.post(f"{there}/stappen/{step}", saved).status_code == 303
        assert client.get(api).json()["missing"] == []
        assert "Er mist niets." in words(client.get(there))
        assert client.post(f"{there}/aanbieden").status_code == 303
        client.log_in(hood.anna)
        read = client.get(there)
        assert "Lindenploeg" in words(read)
        unread = client.post(f"{there}/tekenen", {"text_hash": form_in(read)["text_hash"]})
        assert (unread.status_code, "Zet een vinkje dat je het hebt gelezen." in words(unread)) == (400, True)
        assert client.post(f"{there}/tekenen", {**form_in(read), "has_read": "yes"}).status_code == 303
        client.log_in(hood.decider)
        seen = client.get(api).json()["text"]["textHash"]
        assert client.send(f"{api}/entry", {"textHash": seen, "hasRead": True}).status_code == 201
        client.log_out()
        assert "door beide kanten getekend" in words(client.get(there))
        assert "Het geld tot nu toe" in words(client.get(there))


class TestThePdf:
    def test_says_all_that_both_sides_signed(self, case, hood, tmp_path):
        go(case, Move.DRAFT, Move.SIGN, Move.ENTER_INTO)
        [asked] = [each for each in hood.desk.by(SYSTEM).ask(errands.waiting) if each.kind == ERRAND]
        AgreementRoom(hood.desk, Post(tmp_path / "post")).make(asked.payload)
        made = tmp_path / "post" / f"overeenkomst-{case.id}.pdf"
        said = " ".join(page.extract_text() for page in PdfReader(BytesIO(made.read_bytes())).pages)
        said = " ".join(said.split())
        text = agreement(case).text
        for words_ in ("Lindenploeg", "Keren gemaaid", "€ 400,00", *(each.name for each in text.signatures)):
            assert words_ in said
        assert text.text_hash[:32] in said
