# SPDX-License-Identifier: EUPL-1.2
"""Keeps a copy of the whole house in one file, while it is in use, and puts it back."""

import hashlib
import json
import re
import shutil
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

from wijkbudget.app.copying import Carried, copy, demand_empty
from wijkbudget.app.house import open_database_at
from wijkbudget.db.database import Database
from wijkbudget.db.files import Files
from wijkbudget.kit.errors import BadInput
from wijkbudget.kit.text import _

DATABASE = "wijkbudget.db"
MANIFEST = "manifest.json"
FILES = "files"
_MEMBER = re.compile(rf"{re.escape(DATABASE)}|{re.escape(MANIFEST)}|{FILES}/[0-9a-f]{{64}}")
"""What a file in a backup is called; nothing else is unpacked."""


class BadBackup(BadInput):
    """The file is no backup, or something in it is not what its manifest says."""


def backup(database: Database, files: Files, path: Path) -> Carried:
    """Write the database of one moment and every file it names to a tar file, which appears only when it is whole.

    The database comes first: a file is kept before the row that names it, so none that is named can be missing.
    The secret is not in it: who finds a backup must not hold the key to its codes.
    """
    half = path.with_name(f"{path.name}.half")
    with TemporaryDirectory(dir=path.parent) as folder:
        kept = Path(folder) / DATABASE
        with open_database_at(f"sqlite:///{kept}") as into:
            carried = copy(database, into)
        with tarfile.open(half, "w") as tar:
            tar.add(kept, DATABASE)
            sums = {DATABASE: _sum(kept)}
            for name in files.names():
                tar.add(files.path(name), f"{FILES}/{name}")
                sums[f"{FILES}/{name}"] = name
            manifest = Path(folder) / MANIFEST
            manifest.write_text(json.dumps({"trail_size": carried.trail_size, "sha256": sums}, indent=1))
            tar.add(manifest, MANIFEST)
    half.replace(path)
    return carried


def restore(path: Path, database: Database, files: Files) -> Carried:
    """Put a backup into an empty database. Raises BadBackup or NotEmpty, with nothing changed."""
    with TemporaryDirectory(dir=path.parent) as folder:
        unpacked = _unpacked(path, Path(folder))
        with database.read() as session:
            demand_empty(session)
        # Files first, as always: no row may name a file that is not there.
        for kept in unpacked.glob(f"{FILES}/*"):
            files.put(kept.read_bytes())
        with open_database_at(f"sqlite:///{unpacked / DATABASE}") as source:
            return copy(source, database)


def _unpacked(path: Path, folder: Path) -> Path:
    """Return the folder with what was in a backup, all of it checked. Raises BadBackup."""
    try:
        with tarfile.open(path, "r:") as tar:
            for member in tar:
                _unpack(tar, member, folder)
        sums = json.loads((folder / MANIFEST).read_text())["sha256"]
        same = {name: _sum(folder / name) for name in sums} == sums
    except (OSError, ValueError, LookupError, TypeError, tarfile.TarError):
        raise BadBackup(_("This is not a backup, or it is damaged.")) from None
    if not same or DATABASE not in sums:
        raise BadBackup(_("This is not a backup, or it is damaged."))
    return folder


def _unpack(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Write one file of a backup; not by `extractall`, which before Python 3.11.4 writes wherever a tar file says."""
    content = tar.extractfile(member) if _MEMBER.fullmatch(member.name) else None
    if content is None or not member.isreg():
        raise ValueError(member.name)
    to = folder / member.name
    to.parent.mkdir(exist_ok=True)
    with content, to.open("wb") as file:
        shutil.copyfileobj(content, file)


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
