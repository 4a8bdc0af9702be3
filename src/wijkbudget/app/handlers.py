# SPDX-License-Identifier: EUPL-1.2
"""Every page and API controller of every domain, and, imported with them, every event that the record can show."""

import inspect
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from litestar import Controller

import wijkbudget
from wijkbudget.app.languages import LanguagePages


def _controllers() -> list[type[Controller]]:
    found = []
    for domain in iter_modules(wijkbudget.__path__, "wijkbudget."):
        # No page grants a share, so nothing else would know the events of shares where only pages are read.
        if find_spec(f"{domain.name}.events"):
            import_module(f"{domain.name}.events")
        for name in ("pages", "api"):
            if find_spec(f"{domain.name}.{name}"):
                module = import_module(f"{domain.name}.{name}")
                found += [
                    kind
                    for _name, kind in inspect.getmembers(module, inspect.isclass)
                    if issubclass(kind, Controller)
                    and kind is not Controller
                    and kind.__module__.startswith(module.__name__)
                ]
    return found


HANDLERS = [*_controllers(), LanguagePages]
