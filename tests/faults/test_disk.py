# SPDX-License-Identifier: EUPL-1.2
"""A disk that is full, or a database that cannot be opened, is told in a sentence, and nothing is lost."""

import os
import resource
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.faults.conftest import OUT_OF_REACH, assert_out_of_reach, told
from tests.stores import make_tables
from tests.vouchers.conftest import faults
from wijkbudget.app.cli import main


class Disk:
    """A small disk of its own, which can be filled up."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        with self._ballast.open("ab", buffering=0) as file:
            for size in (65_536, 4_096, 1):
                try:
                    while file.write(b"x" * size) == size:
                        pass
                except OSError:
                    continue

    def make_room(self) -> None:
        self._ballast.unlink()


class Allowance:
    """Stands in for a small disk where we may not make one: no file may grow any more."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, self._before[1]))

    def make_room(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, self._before)


@pytest.fixture
def disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = (
        os.geteuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", folder], check=False, capture_output=True
        ).returncode
    )
    made = Disk(folder) if mounted else Allowance(folder)
    yield made
    if mounted:
        subprocess.run(["umount", "--lazy", folder], check=True)
    else:
        made.make_room()


@pytest.fixture
def house(disk, troubled):
    url = f"sqlite:///{disk.folder / 'wijkbudget.db'}"
    make_tables(url)
    return troubled(url, disk.folder)


class TestAFullDisk:
    def test_is_told_and_costs_nothing_and_all_works_again_when_there_is_room(self, disk, house):
        assert house.claim(1).status == 201
        disk.fill()
        for language, sentence in OUT_OF_REACH.items():
            assert_out_of_reach(house.claim(2, language), sentence, language)
        assert house.page().status == 200
        assert house.claims() == [("2026-1", 12_500)]
        disk.make_room()
        assert house.claim(2).status == 201
        assert house.claims() == [("2026-1", 12_500), ("2026-2", 12_500)]
        assert house.group.desk.ask(faults) == []

    def test_stops_an_act_without_a_file_too(self, disk, house):
        disk.fill()
        answer = house.knocker.post(
            "/api/v1/login-letters",
            {"postcode": "9901AA", "houseNumber": 1, "birthYear": 1980},
            accept_language="en",
        )
        assert_out_of_reach(answer, OUT_OF_REACH["en"], "en")
        disk.make_room()

    def test_leaves_no_half_receipt(self, disk, house):
        before = sorted(path.name for path in disk.folder.rglob("*") if path.is_file())
        disk.fill()
        assert "Er is niets veranderd" in told(house.claim(1))
        disk.make_room()
        assert sorted(path.name for path in disk.folder.rglob("*") if path.is_file()) == before


class TestADatabaseThatCannotBeOpened:
    @pytest.mark.parametrize("command", [["serve"], ["verify"], ["demo", "--only-build"]])
    @pytest.mark.parametrize(
        ("url", "sentence"),
        [
            ("sqlite:////nowhere/at/all.db", "We kunnen nu niet bij onze gegevens."),
            ("sqlite:///{file}", "The house cannot be opened: file is not a database"),
            ("postgresql://wijk:geheim@127.0.0.1:1/wijk", "We kunnen nu niet bij onze gegevens."),
            ("mysql://wijk:geheim@127.0.0.1/wijk", "There is no such kind of database: mysql"),
        ],
    )
    def test_is_told_by_the_command_line(self, tmp_path, monkeypatch, command, url, sentence):
        file = tmp_path / "letter.txt"
        file.write_text("Beste Anna, hier is je code.\n" * 100)
        monkeypatch.setenv("WIJKBUDGET_FOLDER", str(tmp_path))
        monkeypatch.setenv("WIJKBUDGET_DATABASE_URL", url.format(file=file))
        result = CliRunner().invoke(main, command)
        assert (result.exit_code, "Traceback" in result.output) == (1, False)
        assert f"Error: {sentence}" in result.output
        assert not [word for word in ("geheim", "Anna") if word in result.output]
        assert file.read_text().startswith("Beste Anna")
