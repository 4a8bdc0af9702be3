# SPDX-License-Identifier: EUPL-1.2
"""What goes with the software when it is published: its licence, its description, its parts and its container."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

ROOT = Path(__file__).parents[2]


class TestPubliccode:
    @pytest.fixture
    def described(self):
        return yaml.safe_load((ROOT / "publiccode.yml").read_text())

    def test_is_as_the_schema_says(self, described, data):
        schema = json.loads((data / "publiccode" / "publiccode_schema.json").read_text())
        assert [error.message for error in Draft7Validator(schema).iter_errors(described)] == []

    def test_names_the_languages_there_are(self, described):
        folders = {path.name.partition("@")[0] for path in (ROOT / "web" / "locale").iterdir() if path.is_dir()}
        assert {language[:2] for language in described["localisation"]["availableLanguages"]} == folders

    def test_names_the_licence_there_is(self, described):
        assert described["legal"]["license"] == "EUPL-1.2"
        assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in (ROOT / "LICENSE").read_text()


class TestTheListOfParts:
    def test_holds_what_the_lock_holds(self, tmp_path):
        written = tmp_path / "sbom.json"
        program = Path(sys.executable).with_name("cyclonedx-py")
        lock = ROOT / "requirements.txt"
        asked = [program, "requirements", "--no-validate", "--output-file", written, lock]
        subprocess.run(asked, check=True, capture_output=True)
        listed = {(part["name"], part["version"]) for part in json.loads(written.read_text())["components"]}
        locked = set(re.findall(r"^([A-Za-z0-9._-]+)==([^ ;]+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE))
        assert listed == locked


class TestTheContainer:
    """It cannot be built where there is no network of images; what can go wrong in it is looked at apart."""

    @pytest.fixture
    def lines(self):
        return (ROOT / "Containerfile").read_text().splitlines()

    def test_runs_as_nobody_special_and_says_how_it_is(self, lines):
        last_stage = lines[max(i for i, line in enumerate(lines) if line.startswith("FROM")) :]
        assert "USER 10001:10001" in last_stage
        assert "VOLUME /srv/var" in last_stage
        checked = last_stage[last_stage.index("HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \\") + 1]
        assert "http://127.0.0.1:8000/health" in checked

    def test_copies_only_what_is_let_in(self, lines):
        copied = {
            name
            for line in lines
            if re.match(r"COPY (?!--from)", line)
            for name in line.removeprefix("COPY ").split()[:-1]
        }
        let_in = {line[1:] for line in (ROOT / ".containerignore").read_text().splitlines() if line.startswith("!")}
        assert copied == let_in
        assert all((ROOT / name).exists() for name in copied)
