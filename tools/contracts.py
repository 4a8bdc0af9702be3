# SPDX-License-Identifier: EUPL-1.2
"""Import contracts that import-linter does not ship."""

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output
from importlinter.contracts.layers import LayersContract
from importlinter.domain.imports import ModuleExpression


class InsideContract(LayersContract):
    """Order the files inside every domain, a new one too, and know each of them by name."""

    type_name = "inside"

    root = fields.StringField()
    foundation = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: FBT001 - import-linter calls it so
        """Check the layers of every package that is not part of the foundation."""
        foundation = {f"{self.root}.{name}" for name in _strings(self.foundation)}
        # Setting the two options here, and not in the configuration, is what makes a new domain count by itself.
        settings: dict[str, Any] = vars(self)
        settings["containers"] = [ModuleExpression(name) for name in graph.find_children(str(self.root)) - foundation]
        settings["exhaustive"] = True
        return super().check(graph, verbose)


class SlicesContract(Contract):
    """Keep the private files of each domain, those in its rooms too, out of every other domain."""

    type_name = "slices"

    root = fields.StringField()
    private = fields.ListField(subfield=fields.StringField())
    may_see_all = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001 - import-linter calls it so
        """Find every import of a private file from another domain."""
        private, may_see_all = set(_strings(self.private)), set(_strings(self.may_see_all))
        leaks = [
            (importer, imported)
            for imported in sorted(graph.modules)
            if self._is_ours(imported) and private & set(imported.split(".")[2:])
            for importer in sorted(graph.find_modules_that_directly_import(imported))
            if _slice(importer) not in {_slice(imported), *may_see_all}
        ]
        return ContractCheck(kept=not leaks, metadata={"leaks": leaks})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say who looked where, and whom to ask instead."""
        for importer, imported in check.metadata["leaks"]:
            owner = _slice(imported)
            output.print_error(f"- {importer} imports {imported}: ask {owner}.service or {owner}.queries")
            output.new_line()

    def _is_ours(self, module: str) -> bool:
        return module.startswith(f"{self.root}.")


def _strings(field: object) -> list[str]:
    """Return the value of a list field; import-linter declares the field and holds its value under one name."""
    assert isinstance(field, list)
    return [str(value) for value in field]


def _slice(module: str) -> str:
    """Return the domain a module belongs to: `wijkbudget.voting.box.models` is of `voting`."""
    return module.split(".")[1] if "." in module else module
