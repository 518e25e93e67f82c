"""A page and the templates that it extends, put into one piece when it is read.

Django asks for each page anew which block of which template stands in which place. Where the names of the templates
stand in them the answer is always the same, so it is found once, and what is the same for everybody comes to stand side
by side (`same.py`). A block that asks for the one whose place it takes is left to Django, with all of its page.
"""

from collections.abc import Iterable, Iterator
from copy import copy
from typing import Any

from django.template.base import Node, NodeList, TextNode
from django.template.defaulttags import AutoEscapeControlNode, ForNode, IfNode, SpacelessNode, WithNode
from django.template.loader_tags import BlockNode, ExtendsNode

from config.drawn.included import Read, inset, inside, name_in, stands_anywhere
from config.drawn.reads import names_in
from config.drawn.same import joined

HOLDS_BLOCKS = (IfNode, ForNode, WithNode, AutoEscapeControlNode, SpacelessNode)
"""What a block may stand in: nothing but their lists of nodes becomes another."""

ITS_BLOCK = "block"
"""The name by which a block asks for the one whose place it takes."""


class LeftToDjango(Exception):
    """Raised where a page cannot be put into one piece."""


def whole_page(nodes: NodeList, read: Read) -> NodeList | None:
    """All that a template draws which extends another one; None where that is left to Django.

    A template may stand in the place of another one and extend that: its name then leads to itself, and Django alone
    knows the one behind it.
    """
    before: list[Node] = []
    blocks: dict[str, BlockNode] = {}
    names: set[str] = set()
    while extends := next((node for node in nodes if isinstance(node, ExtendsNode)), None):
        name = name_in(extends.parent_name)
        parent = read(name) if name and name not in names else None
        if parent is None:
            return None
        names.add(name)
        before += [node for node in nodes if isinstance(node, TextNode)]
        blocks, nodes = {**extends.blocks, **blocks}, parent
    own: Any = nodes.get_nodes_by_type(BlockNode)
    page = _Page({**{block.name: block for block in own}, **blocks}, read)
    try:
        return page.filled([*before, *nodes])
    except LeftToDjango:
        return None


class _Page:
    def __init__(self, blocks: dict[str, BlockNode], read: Read) -> None:
        self.blocks, self.read = blocks, read

    def filled(self, nodes: Iterable[Node]) -> NodeList:
        return NodeList(joined([one for node in nodes for one in self._in_place_of(node)], self.read))

    def _in_place_of(self, node: Node) -> Iterable[Node]:
        if isinstance(node, BlockNode):
            return inset(self.filled(self.blocks[node.name].nodelist), {})
        if any(inner.get_nodes_by_type(BlockNode) for inner in inside(node)):
            return [self._with_blocks(node)]
        if not stands_anywhere(node) or any(map(_asks_for_its_block, _all_in(node))):
            raise LeftToDjango
        return [node]

    def _with_blocks(self, node: Node) -> Node:
        if not isinstance(node, HOLDS_BLOCKS) or _asks_for_its_block(node):
            raise LeftToDjango
        filled: Any = copy(node)
        for name, value in vars(node).items():
            if isinstance(value, NodeList):
                setattr(filled, name, self.filled(value))
            elif name == "conditions_nodelists":
                filled.conditions_nodelists = [(told, self.filled(inner)) for told, inner in value]
        return filled


def _all_in(node: Node) -> Iterator[Node]:
    yield node
    for nodes in inside(node):
        for one in nodes:
            yield from _all_in(one)


def _asks_for_its_block(node: Node) -> bool:
    return any(ITS_BLOCK in names_in(told) for told in _told_to(vars(node).values()))


def _told_to(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, dict):
            yield from _told_to(value.values())
        elif isinstance(value, list | tuple) and not isinstance(value, NodeList):
            yield from _told_to(value)
        else:
            yield value
