# SPDX-License-Identifier: EUPL-1.2
"""Who is spoken to in which language and tone, and that a folder is all a language needs."""

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from tests.app.house import PLACES, House
from tests.app.test_catalogue import SAYS_JE, SAYS_U
from tests.stores import statements
from wijkbudget.app import templating
from wijkbudget.app.paths import WEB
from wijkbudget.identity import service as identity
from wijkbudget.identity.schemas import AskMail
from wijkbudget.kit.actor import Actor, Role
from wijkbudget.kit.period import day_of
from wijkbudget.neighbourhoods import service
from wijkbudget.neighbourhoods.schemas import AdoptPolicy
from wijkbudget.neighbourhoods.seed import demo_toml
from wijkbudget.voting import service as voting
from wijkbudget.voting.schemas import ReplaceCode

JE, U = PLACES
"""The demo's two neighbourhoods: the rules of one say `je`, those of the other `u`."""

ARABIC = """msgid ""
msgstr ""
"Language: ar\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);\\n"

msgid "Neighbourhoods"
msgstr "الأحياء"
"""


@pytest.fixture
def locale(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a copy of the folder of languages, to which one can be added."""
    folder = shutil.copytree(WEB / "locale", tmp_path / "locale")
    monkeypatch.setattr(templating, "LOCALE", folder)
    forget(house)
    yield folder
    forget(house)


def forget(house: House) -> None:
    """Let the house look again which languages there are, and make its pages anew: a real one begins anew for it."""
    templating.catalogues.cache_clear()
    templating.languages.cache_clear()
    house.knocker.app.app.app.state.kept.forget()


def add(folder: Path, name: str, sentences: str) -> None:
    """Add a language: a folder with one file."""
    (folder / name / "LC_MESSAGES").mkdir(parents=True)
    (folder / name / "LC_MESSAGES" / "all.po").write_text(sentences)


class TestTheLanguage:
    @pytest.mark.parametrize(
        ("asked", "spoken"),
        [
            ("", "nl"),
            ("en", "en"),
            ("en-GB", "en"),
            ("EN-us,nl;q=0.5", "en"),
            ("nl-BE", "nl"),
            ("fr, de;q=0.9", "nl"),
            ("fr, en;q=0.1", "en"),
            ("en;q=0.2, nl;q=0.8", "nl"),
            ("nl, en", "nl"),
            ("en;q=0", "nl"),
            ("en;q=1.5", "nl"),
            ("en;q=nan", "nl"),
            ("*", "nl"),
            ("*, en;q=0.5", "en"),
            ("nl@formal", "nl"),
            (",;q=,;;=\xe9\x7f", "nl"),
            ("xx-" + "y" * 5000 + ", en", "en"),
            ("fr," * 1000 + "en", "nl"),
        ],
    )
    def test_is_the_first_that_the_browser_asks_and_we_speak(self, house: House, asked: str, spoken: str):
        answer = house.knocker.get("/uitleg", accept_language=asked)
        assert (answer.status, answer.header("content-language")) == (200, spoken)
        assert f'<html lang="{spoken}" dir="ltr"' in answer.text

    @pytest.mark.parametrize(("chosen", "spoken"), [("en", "en"), ("nl", "nl")])
    def test_is_what_the_reader_chose_whatever_the_browser_asks(self, house: House, chosen: str, spoken: str):
        other = {"en": "nl", "nl": "en"}[chosen]
        answer = house.knocker.get("/", cookie=f"language={chosen}", accept_language=other)
        assert answer.header("content-language") == spoken

    @pytest.mark.parametrize("chosen", ["xx", "nl@formal", "", "../nl", '"en', "EN", "\xe9"])
    def test_that_nobody_speaks_is_no_choice(self, house: House, chosen: str):
        answer = house.knocker.get("/", cookie=f"language={chosen}", accept_language="en")
        assert (answer.status, answer.header("content-language")) == (200, "en")

    def test_is_named_to_caches(self, house: House):
        for path in ("/", "/nergens", "/api/v1/neighbourhoods", "/api/v1/nothing"):
            answer = house.knocker.get(path)
            assert ("vary", "Accept-Language, Cookie") in answer.headers

    def test_does_not_matter_to_a_style_sheet(self, house: House):
        assert house.knocker.get("/static/theme.css", accept_language="en").header("content-language") is None

    def test_is_that_of_the_sentences_of_the_api_too(self, house: House):
        told = [
            house.knocker.get("/api/v1/neighbourhoods/noord", accept_language=asked).document for asked in ("nl", "en")
        ]
        assert [(document["title"], document["detail"]) for document in told] == [
            ("Niet gevonden", "Er is geen wijk met deze naam."),
            ("Not Found", "There is no neighbourhood with this name."),
        ]

    def test_is_that_of_what_never_came_past_the_edge(self, house: House):
        answer = house.knocker.get("/", host="evil.example", accept_language="en")
        assert (answer.status, answer.header("content-language")) == (400, "en")
        assert "<html lang=en dir=ltr>" in answer.text
        assert "This address is not ours." in answer.text

    def test_of_a_page_with_days_and_amounts_is_that_of_its_words(self, house: House):
        path = f"/wijken/{JE}/reglement"
        dutch, english = (house.knocker.get(path, accept_language=asked).text for asked in ("nl", "en"))
        assert "4 januari 2025" in dutch
        assert "4 January 2025" in english
        # A form reads amounts as they are shown, so that both are as in the Netherlands.
        assert "€\xa025.000,00" in dutch
        assert "€\xa025.000,00" in english

    def test_of_a_sentence_after_a_form_is_the_one_read_now(self, house: House):
        told = "done=You%20are%20logged%20out."
        assert "Je bent uitgelogd." in house.knocker.get("/", cookie=told).text
        assert "You are logged out." in house.knocker.get("/", cookie=f"{told}; language=en").text


class TestTheChoice:
    def test_stands_on_every_page_and_leads_back_to_it(self, house: House):
        page = house.knocker.get(f"/wijken/{JE}/initiatieven?thema=groen").text
        assert f'<input type="hidden" name="back" value="/wijken/{JE}/initiatieven?thema=groen">' in page
        assert 'type="submit" name="language" value="en" lang="en">English</button>' in page
        assert 'value="nl"' not in page

    def test_after_a_form_leads_to_the_page_of_the_form(self, house: House):
        refused = house.knocker.post("/stemmen", {"code": "x"})
        assert refused.status == 400
        assert 'name="back" value="/stemmen"' in refused.text
        elsewhere = house.knocker.post("/nergens/iets", {})
        assert 'name="back" value="/"' in elsewhere.text

    def test_is_kept_for_a_year_and_says_nothing_of_who_chose(self, house: House):
        answer = house.knocker.post("/taal", {"language": "en", "back": "/uitleg?a=1"})
        assert (answer.status, answer.header("location")) == (303, "/uitleg?a=1")
        [cookie] = [value for name, value in answer.headers if name == "set-cookie"]
        value, *attributes = cookie.split("; ")
        assert value == "language=en"
        assert {each.lower() for each in attributes} == {"httponly", "path=/", "samesite=lax", "max-age=31536000"}

    @pytest.mark.parametrize("chosen", ["xx", "nl@formal", "", "en; path=/"])
    def test_of_a_language_that_nobody_speaks_is_not_kept(self, house: House, chosen: str):
        answer = house.knocker.post("/taal", {"language": chosen, "back": "/uitleg"})
        assert (answer.status, answer.header("location"), answer.header("set-cookie")) == (303, "/uitleg", None)

    @pytest.mark.parametrize(
        "back", ["", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nx: y", "/\t/evil", "evil"]
    )
    def test_never_leads_to_another_site(self, house: House, back: str):
        answer = house.knocker.post("/taal", {"language": "en", "back": back})
        assert (answer.status, answer.header("location")) == (303, "/")

    def test_reads_no_session_so_that_voters_have_it_too(self, house: House):
        token = house.token(house.actors[Role.RESIDENT, JE])
        answer = house.knocker.post("/taal", {"language": "en", "back": "/stemmen", "csrf_token": "stale"}, token=token)
        assert answer.status == 303
        ballot = house.knocker.post("/stemmen", {"code": house.codes[0]}, accept_language="en")
        assert (ballot.status, ballot.header("content-language")) == (200, "en")
        assert "Your ballot" in ballot.text
        assert "English" not in ballot.text
        assert ">Nederlands</button>" in ballot.text


class TestTheTone:
    def test_is_the_one_in_the_rules_of_the_neighbourhood(self, house: House):
        told = {place: house.knocker.get(f"/wijken/{place}").text for place in PLACES}
        assert "Hier beslist jouw wijk over eigen geld." in told[JE]
        assert "Hier beslist uw wijk over eigen geld." in told[U]

    def test_has_no_name_of_its_own_in_html(self, house: House):
        answer = house.knocker.get(f"/wijken/{U}")
        assert (answer.header("content-language"), 'lang="nl"' in answer.text) == ("nl", True)

    def test_is_that_of_refusals_in_the_api_too(self, house: House):
        told = [house.knocker.get(f"/api/v1/neighbourhoods/{place}/roles").document["detail"] for place in PLACES]
        assert told == ["Je mag dit hier niet doen.", "U mag dit hier niet doen."]

    def test_makes_no_difference_in_english(self, house: House):
        page = house.knocker.get(f"/wijken/{U}", accept_language="en").text
        assert "Here your neighbourhood decides about its own money." in page

    def test_of_the_whole_municipality_is_u_when_all_its_neighbourhoods_say_so(self, copy: House):
        assert "Kies je wijk" in copy.knocker.get("/").text
        self._adopt(copy, JE, "u")
        copy.desk.clock.forward(minutes=1)
        assert "Kies uw wijk" in copy.knocker.get("/").text

    def test_follows_rules_adopted_on_the_page_at_once(self, copy: House):
        assert "uw wijk" in copy.knocker.get(f"/wijken/{U}").text
        today = day_of(copy.desk.clock())
        form = {"valid_from": today.isoformat(), "decided_by": "Raadsbesluit 1", "toml": demo_toml(JE)}
        token = copy.token(copy.actors[Role.ADMINISTRATOR, U])
        assert copy.knocker.post(f"/wijken/{U}/reglement", form, token=token).status == 303
        assert "jouw wijk" in copy.knocker.get(f"/wijken/{U}").text

    def test_follows_rules_adopted_elsewhere_or_earlier_within_a_minute(self, copy: House):
        assert "jouw wijk" in copy.knocker.get(f"/wijken/{JE}").text
        self._adopt(copy, JE, "u", days=1)
        copy.desk.clock.forward(hours=1)
        assert "jouw wijk" in copy.knocker.get(f"/wijken/{JE}").text
        copy.desk.clock.forward(days=1)
        assert "uw wijk" in copy.knocker.get(f"/wijken/{JE}").text

    def test_costs_no_question_while_it_is_remembered(self, copy: House):
        with statements() as first:
            copy.knocker.get("/uitleg")
        with statements() as second:
            copy.knocker.get("/uitleg")
        asked = [sum("adopted_policy" in statement for statement in noted) for noted in (first, second)]
        assert asked == [1, 0]

    def _adopt(self, house: House, place: str, tone: str, days: int = 0) -> None:
        toml = demo_toml(place).replace('tone = "je"', f'tone = "{tone}"')
        day = day_of(house.desk.clock()) + timedelta(days=days)
        house.desk.act(service.adopt_policy, place, AdoptPolicy(valid_from=day, decided_by="Besluit 1", toml=toml))


class TestALetter:
    def test_says_neither_je_nor_u_so_that_it_is_right_for_every_neighbourhood(self, copy: House):
        [(round_id,)] = copy.rows("SELECT id FROM voting_round WHERE place = :place AND phase = 'open'", place=U)
        unvoted = "SELECT person FROM voting_register WHERE round_id = :round AND voted_on IS NULL LIMIT 1"
        resident = Actor(id=copy.rows(unvoted, round=round_id)[0][0], roles=frozenset({(Role.RESIDENT, U)}))
        copy.desk.by(copy.actors[Role.GUIDE, U]).act(identity.send_code, U, UUID(resident.id))
        copy.desk.act(identity.ask_mail, AskMail(email_address="iemand@wijk.example"))
        copy.desk.by(resident).act(voting.replace_code, U, UUID(round_id), ReplaceCode(person_id=resident.id))
        errands = [json.loads(payload) for (payload,) in copy.rows("SELECT payload FROM errand WHERE done_at IS NULL")]
        # A letter with a voting code knows its neighbourhood, and speaks in its tone.
        letters = [errand for errand in errands if "lines" in errand]
        lines = [line for letter in letters for line in [letter["title"], *letter["lines"]]]
        assert (len(letters), [line for line in lines if SAYS_JE.search(line) or SAYS_U.search(line)]) == (2, [])


class TestAFolder:
    def test_is_a_language(self, house: House, locale: Path):
        add(locale, "ar", ARABIC)
        assert 'value="ar" lang="ar">العربية</button>' in house.knocker.get("/").text
        page = house.knocker.get("/", accept_language="ar-MA")
        assert page.header("content-language") == "ar"
        assert '<html lang="ar" dir="rtl"' in page.text
        assert "الأحياء" in page.text

    def test_falls_back_to_the_english_of_the_code(self, house: House, locale: Path):
        add(locale, "ar", ARABIC)
        page = house.knocker.get(f"/wijken/{U}", cookie="language=ar").text
        assert "Here your neighbourhood decides about its own money." in page

    def test_falls_back_to_the_wider_language_first(self, house: House, locale: Path):
        add(locale, "nl_BE", ARABIC.replace("Language: ar", "Language: nl_BE").replace("الأحياء", "Buurten"))
        page = house.knocker.get("/", accept_language="nl-BE")
        assert (page.header("content-language"), '<html lang="nl-BE"' in page.text) == ("nl-BE", True)
        assert "Buurten" in page.text
        assert "Kies je wijk" in page.text

    @pytest.mark.parametrize(
        ("name", "shown"),
        [
            ("nl", ["1 uur", "2 uur", "1 minuut", "1 uur en 30 minuten", "€ 1.250,50", "45%"]),
            ("en", ["1 hour", "2 hours", "1 minute", "1 hour and 30 minutes", "€ 1.250,50", "45%"]),
        ],
    )
    def test_knows_how_its_readers_write(self, name: str, shown: list[str]):
        spoken = templating.language.set(name)
        try:
            told = [*(templating.hours(minutes) for minutes in (60, 120, 1, 90)), templating.euro(125050)]
            assert [each.replace("\xa0", " ") for each in [*told, templating.percent(455, 1000)]] == shown
        finally:
            templating.language.reset(spoken)
