# SPDX-License-Identifier: EUPL-1.2
"""Imports every table module, those in the rooms of a domain too, so that `METADATA` is complete."""

from importlib import import_module
from pathlib import Path

import wijkbudget
from wijkbudget.db.types import Table

_HOUSE = Path(wijkbudget.__path__[0])

for _models in sorted(_HOUSE.rglob("models.py")):
    import_module(".".join(("wijkbudget", *_models.relative_to(_HOUSE).with_suffix("").parts)))

METADATA = Table.metadata
