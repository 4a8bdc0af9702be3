# SPDX-License-Identifier: EUPL-1.2
"""Reads XML as a tree of plain nodes, without anything that a file can attack with: no DTD, no entities, few nodes."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

NODES_MAX = 300_000
DEPTH_MAX = 30
"""Choice: a bank statement of some thousand entries has some forty nodes each, and nothing is thirty deep."""


class Unreadable(Exception):
    """The bytes are no XML that this reads."""


@dataclass
class Node:
    """An element: its name without its namespace, its attributes, its text and what is in it."""

    name: str
    attributes: dict[str, str]
    text: str = ""
    inside: list["Node"] = field(default_factory=list)

    def all(self, path: str) -> Iterator["Node"]:
        """Yield every node at a path, such as `Acct/Id/IBAN`."""
        name, _slash, rest = path.partition("/")
        for node in self.inside:
            if node.name == name:
                yield from node.all(rest) if rest else (node,)

    def first(self, path: str) -> "Node | None":
        """Return the first node at a path, or None."""
        return next(self.all(path), None)

    def says(self, *paths: str) -> str | None:
        """Return the text at the first of these paths that has some, or None."""
        return next((node.text for path in paths for node in self.all(path) if node.text), None)


def read(content: bytes, spaces: Collection[str] = ()) -> tuple[str, Node]:
    """Return the namespace of a document and its outermost node. Raises Unreadable.

    What stands in one of `spaces` is of the document too.
    """
    builder = _Builder(frozenset(spaces))
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.says
    parser.StartDoctypeDeclHandler = builder.refuse
    parser.EntityDeclHandler = builder.refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003 - expat takes no names
    except (expat.ExpatError, ValueError) as wrong:
        raise Unreadable from wrong
    return builder.namespace, builder.root.inside[0]


class _Builder:
    """Makes the tree while the parser goes by."""

    def __init__(self, spaces: frozenset[str]) -> None:
        self._spaces = spaces
        self.root = Node("", {})
        self.namespace = ""
        self._open = [self.root]
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open a node. Raises Unreadable if there are too many, or too deep."""
        self._count += 1
        if self._count > NODES_MAX or len(self._open) > DEPTH_MAX:
            raise Unreadable
        namespace, _space, local = name.rpartition(" ")
        if len(self._open) == 1:
            self.namespace = namespace
        # What stands in another namespace than the document is not of the document.
        is_ours = namespace == self.namespace or namespace in self._spaces
        node = Node(local if is_ours else name, attributes)
        self._open[-1].inside.append(node)
        self._open.append(node)

    def end(self, _name: str) -> None:
        """Close a node."""
        node = self._open.pop()
        node.text = node.text.strip()

    def says(self, text: str) -> None:
        """Keep the text of a node that has nothing in it."""
        if not self._open[-1].inside:
            self._open[-1].text += text

    def refuse(self, *_declared: object) -> None:
        """Raise Unreadable: what is declared in a document is expanded in it, a thousand times a thousand."""
        raise Unreadable
