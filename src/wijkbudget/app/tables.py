# SPDX-License-Identifier: EUPL-1.2
"""Imports every table module, so that `METADATA` is complete."""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

import wijkbudget
from wijkbudget.db.types import Table

for _domain in iter_modules(wijkbudget.__path__, "wijkbudget."):
    if find_spec(f"{_domain.name}.models"):
        import_module(f"{_domain.name}.models")

METADATA = Table.metadata
