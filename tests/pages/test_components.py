# SPDX-License-Identifier: EUPL-1.2
"""What the components promise to who writes a page: names, ties, shares of a chart, no style or script inside."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from babel.messages.extract import extract_from_dir
from jinja2 import Environment

from wijkbudget.app import templating
from wijkbudget.app.paths import WEB
from wijkbudget.kit.text import Text

Render = Callable[[str], str]

REFUSAL = '{"text": "Te duur.", "article": "Verordening, art. 4"}'
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
VENDOR = WEB / "static" / "vendor"
FRAME = {
    "site_name": "Wijkbudget",
    "lang": "nl",
    "dir": "ltr",
    "languages": (("en", "en", "English"),),
    "this_page": "/geld?jaar=2026",
    "actor_name": None,
    "is_half_in": False,
    "nav": (("/geld", "Geld", True),),
    "done": None,
    "csrf_input": "",
}


@pytest.fixture(name="environment", scope="module")
def _environment() -> Environment:
    return templating.environment()


@pytest.fixture(name="render")
def _render(environment: Environment) -> Render:
    imports = "".join(
        f'{{% import "components/{name}.html" as {name} with context %}}'
        for name in ("text", "form", "list", "table", "chart", "money")
    )
    return lambda source: environment.from_string(imports + source).render(csrf_input="CSRF", errors={})


class TestField:
    def test_ties_its_hint_and_its_error_to_the_control(self, render: Render) -> None:
        shown = render('{{ form.field("title", "Naam", hint="Kort", error="Vul in") }}')
        assert '<label class="utrecht-form-label" for="title">Naam</label>' in shown
        assert 'aria-describedby="title-hint title-error" aria-invalid="true"' in shown
        assert 'id="title-hint">Kort<' in shown
        assert 'id="title-error"' in shown

    def test_is_not_invalid_without_an_error(self, render: Render) -> None:
        shown = render('{{ form.field("title", "Naam") }}')
        assert "aria-invalid" not in shown
        assert "aria-describedby" not in shown

    def test_says_that_it_is_optional(self, render: Render) -> None:
        assert "niet verplicht" in render('{{ form.textarea("why", "Waarom", required=false) }}')
        assert "niet verplicht" not in render('{{ form.textarea("why", "Waarom") }}')

    def test_shows_what_was_typed_as_text_and_not_as_markup(self, render: Render) -> None:
        shown = render("""{{ form.field("title", "Naam", value='"><b>') }}""")
        assert 'value="&#34;&gt;&lt;b&gt;"' in shown


class TestChoices:
    def test_keep_what_was_ticked_whether_text_or_number(self, render: Render) -> None:
        shown = render('{{ form.checkboxes("marks", "Plannen", [(1, "A", none), ("b", "B", "hint")], values=["1"]) }}')
        assert re.findall(r'value="(\w+)"( checked)?', shown) == [("1", " checked"), ("b", "")]

    def test_have_an_id_each_and_one_name(self, render: Render) -> None:
        shown = render('{{ form.radios("theme", "Thema", [("a", "A", none), ("b", "B", none)], "b") }}')
        assert re.findall(r'id="(theme-\d)" name="(\w+)"', shown) == [("theme-1", "theme"), ("theme-2", "theme")]


class TestForm:
    def test_carries_the_hidden_fields_only_when_it_is_posted(self, render: Render) -> None:
        assert "CSRF" in render('{% call form.form("/x", "Zoek") %}{% endcall %}')
        assert "CSRF" not in render('{% call form.form("/x", "Zoek", method="get") %}{% endcall %}')

    def test_names_each_wrong_field_by_its_label_and_links_to_it(self, render: Render) -> None:
        field = '{{ form.field("title", "Naam", error="Vul dit in.") }}'
        shown = render(f'{{% call form.form("/x", "Plan", refusal={REFUSAL}) %}}{field}{{% endcall %}}')
        assert '<a class="utrecht-link utrecht-link--html-a" href="#title">Naam \u2013 Vul dit in.</a>' in shown
        assert 'role="alert" tabindex="-1" autofocus' in shown
        assert shown.index("autofocus") < shown.index("<label")

    def test_shows_the_sentence_of_a_refusal_that_is_about_no_field_and_its_article(self, render: Render) -> None:
        shown = render(f'{{% call form.form("/x", "Plan", refusal={REFUSAL}) %}}{{% endcall %}}')
        assert "Te duur." in shown
        assert "Dit volgt uit Verordening, art. 4." in shown

    def test_shows_no_summary_where_nothing_was_refused(self, render: Render) -> None:
        shown = render('{% call form.form("/x", "Plan") %}{{ form.field("title", "Naam", error="Nee") }}{% endcall %}')
        assert "autofocus" not in shown


class TestTable:
    def test_scrolls_in_a_named_frame_only_when_it_may_be_too_wide(self, render: Render) -> None:
        assert 'role="region" tabindex="0" aria-label="Geld"' in render('{{ table.table("Geld", ["A", "B", "C"]) }}')
        assert "tabindex" not in render('{{ table.table("Geld", ["A", ("B", "number")]) }}')

    def test_lines_numbers_up_at_the_end(self, render: Render) -> None:
        shown = render('{{ table.table("Geld", ["A", ("B", "number")], [["x", "1"]]) }}')
        assert 'utrecht-table__header-cell--numeric-column" scope="col">B<' in shown
        assert 'utrecht-table__cell--numeric-data">1<' in shown
        assert 'scope="row">x<' in shown


class TestChart:
    def test_fills_the_whole_bar_without_a_gap(self, render: Render) -> None:
        parts = '[("a", 1, "1", "paid"), ("b", 1, "1", "free"), ("c", 0, "0", "reserved"), ("d", 1, "1", "committed")]'
        shown = render(f'{{{{ chart.stacked("Pot", {parts}, "Wat", "Bedrag") }}}}')
        assert re.findall(r'<rect x="([\d.]+%)" width="([\d.]+%)"', shown) == [
            ("0.00%", "33.33%"),
            ("33.33%", "33.33%"),
            ("66.66%", "33.34%"),
        ]

    def test_shows_every_number_in_its_own_table(self, render: Render) -> None:
        shown = render('{{ chart.stacked("Pot", [("Betaald", 5, "€ 0,05", "paid")], "Wat", "Bedrag") }}')
        assert 'utrecht-table__cell--numeric-data">€ 0,05<' in shown
        assert '<title id="chart-title">Pot</title>' in shown

    def test_measures_bars_against_the_longest(self, render: Render) -> None:
        shown = render('{{ chart.bars("Stemmen", [("a", 8, "8"), ("b", 3, "3"), ("c", 0, "0")], "Plan", "Stemmen") }}')
        assert re.findall(r'fill-bar" width="([\d.]+%)"', shown) == ["100.00%", "37.50%", "0.00%"]

    def test_can_be_drawn_of_nothing(self, render: Render) -> None:
        assert "<table" in render('{{ chart.bars("Stemmen", [], "Plan", "Stemmen") }}')


class TestPager:
    def test_is_silent_where_there_is_one_page(self, render: Render) -> None:
        assert render("{{ list.pager(1, 1) }}") == ""


class TestKept:
    def test_parts_are_made_once_for_the_same_values(self, environment: Environment) -> None:
        said: list[str] = []

        def note(value: str) -> str:
            said.append(value)
            return ""

        template = environment.from_string(
            "{% macro part(value) %}{{ note(value) }}{{ value }}{% endmacro %}",
            globals={"note": note},
        )
        macro = template.module.part  # type: ignore[attr-defined] # the macro of the template
        kept: Any = environment.globals["kept"]
        kept_each: Any = environment.globals["kept_each"]
        assert (kept(macro, "<a>"), kept(macro, "<a>"), kept_each(macro, ["<a>", "b"])) == (
            "&lt;a&gt;",
            "&lt;a&gt;",
            "&lt;a&gt;\nb",
        )
        assert said == ["<a>", "b"]

    def test_parts_are_made_anew_in_another_language_and_tone(self, environment: Environment) -> None:
        macro = environment.from_string('{% macro part() %}{{ _("Name of your plan") }}{% endmacro %}').module.part  # type: ignore[attr-defined] # the macro of the template
        kept: Any = environment.globals["kept"]
        told = []
        for name in ("nl", "en", "nl", "nl@formal"):
            spoken = templating.language.set(name)
            told.append(str(kept(macro)))
            templating.language.reset(spoken)
        assert told == ["Naam van je plan", "Name of your plan", "Naam van je plan", "Naam van uw plan"]


class TestErrorPages:
    @pytest.mark.parametrize("name", ["refused", "not_found", "broken"])
    def test_say_what_happened_and_lead_back(self, environment: Environment, name: str) -> None:
        told = Text("Go back")
        page = environment.get_template(f"errors/{name}.html").render(
            FRAME, refusal_text=told, article=None, back_href="/terug", here="/wijken/oost", status=409
        )
        assert "Ga terug" in page
        assert ('href="/terug"' in page) == (name == "refused")
        assert '<html lang="nl" dir="ltr"' in page

    def test_name_the_article(self, environment: Environment) -> None:
        page = environment.get_template("errors/refused.html").render(
            FRAME, refusal_text="Nee.", article="artikel 7", back_href="/", here="/wijken/oost", status=422
        )
        assert "Dit volgt uit artikel 7." in page

    @pytest.mark.parametrize(("name", "offers"), [(None, 1), ("Femke", 0)])
    def test_offer_a_guest_to_log_in_and_come_back(
        self, environment: Environment, name: str | None, offers: int
    ) -> None:
        page = environment.get_template("errors/refused.html").render(
            FRAME | {"actor_name": name},
            refusal_text="Nee.",
            article=None,
            back_href="/",
            here="/wijken/oost",
            status=403,
        )
        assert page.count('href="/inloggen?naar=/wijken/oost"') == offers


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB)))
class TestTemplate:
    def test_has_no_inline_style_or_script_or_other_host(self, path: Path) -> None:
        assert not re.search(r"<script(?! src=\"\{\{ static)|<style|\sstyle=|\son[a-z]+=|https?://", path.read_text())

    def test_leaves_looks_to_the_components(self, path: Path) -> None:
        if path.parent.name != "components" and path.name != "base.html":
            assert not re.search(r"\s(class|role|aria-[a-z]+)=", path.read_text())


def test_one_page_has_a_script_and_its_stories_are_told_with_and_without() -> None:
    assert [path.name for path in TEMPLATES if "<script" in path.read_text()] == ["ballot.html"]


class TestTexts:
    def test_of_the_shared_templates_are_all_in_the_catalogue(self) -> None:
        method = [("**.html", "jinja2.ext.babel_extract")]
        options = {"**.html": {"extensions": "jinja2.ext.i18n", "trimmed": "true", "encoding": "utf-8"}}
        found = {
            (file, message)
            for file, _line, message, _comments, _context in extract_from_dir(WEB / "templates", method, options)
            if file.startswith(("components", "errors", "base"))
        }
        known = templating.catalogue(WEB / "locale" / "nl")
        assert len(found) > 20
        assert {pair for pair in found if not (known.get(pair[1]) and known[pair[1]].string)} == set()


class TestVendor:
    def test_files_are_as_they_were_published(self) -> None:
        readme = (VENDOR / "README.md").read_text()
        packages = re.findall(r"\| `(@utrecht/[a-z0-9-]+)` \| ([\d.]+) \| `([0-9a-f]{64})` \|", readme)
        joined = (VENDOR / "utrecht" / "components.css").read_bytes()
        parts = re.split(rb"^/\* (@utrecht/\S+ [\d.]+) dist/index\.css \*/\n", joined, flags=re.MULTILINE)[1:]
        found = [
            (*title.decode().split(), hashlib.sha256(content.removesuffix(b"\n")).hexdigest())
            for title, content in zip(parts[::2], parts[1::2], strict=True)
        ]
        assert found == packages
        for name, digest in re.findall(r"\| `(utrecht/\S+)` \| `([0-9a-f]{64})` \|", readme):
            assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest
