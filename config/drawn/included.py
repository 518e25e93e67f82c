"""What a template includes is put into it when it is read, where the name of what is included stands in the template.

Django looks for it each time anew, and draws it as a template of its own. What comes out is the same to the byte;
whatever could tell the difference is left to Django: a node that counts how often it was drawn, a block, and any of a
kind that is not known here.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.template.base import FilterExpression, Node, NodeList, Variable
from django.template.context import Context
from django.template.defaulttags import CycleNode, DebugNode, IfChangedNode, ResetCycleNode
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode
from django.utils.safestring import SafeString

Read = Callable[[str], NodeList | None]
"""The nodes of a template by its name; None where it cannot be read now."""

KNOWN = ("django.template.", "django.templatetags.", "config.drawn.", "crispy_forms.")
"""Modules whose nodes ask nothing of the template that they stand in, but for those that follow."""

TIED = (BlockNode, ExtendsNode, CycleNode, ResetCycleNode, IfChangedNode, DebugNode)
GIVES_A_NAME = ("asvar", "varname", "target_var", "variable", "var_name")
"""Where a node says the name that it gives to something from there on."""


class Inset(Node):
    """Nodes of another template or of a block. Names that are told to them, or that they give, end with them."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodes: Iterable[Node], told: dict[str, FilterExpression]) -> None:
        self.nodelist, self.told = NodeList(nodes), told

    def render(self, context: Context) -> SafeString:
        with context.push(**{name: expression.resolve(context) for name, expression in self.told.items()}):
            return self.nodelist.render(context)

    # Whatever goes wrong goes wrong in one of the nodes, which says so itself.
    render_annotated = render


def put_in(node: Any, read: Read) -> Iterable[Node]:
    """What takes the place of a node: the nodes that it includes, or itself."""
    name = name_in(node.template) if isinstance(node, IncludeNode) and not node.isolated_context else ""
    nodes = read(name) if name else None
    if nodes is None or not all(map(stands_anywhere, nodes)):
        return [node]
    return inset(nodes, node.extra_context)


def inset(nodes: Iterable[Node], told: dict[str, FilterExpression]) -> Iterable[Node]:
    return [Inset(nodes, told)] if told or any(map(_gives_a_name, nodes)) else nodes


def stands_anywhere(node: Node) -> bool:
    """Whether it draws the same in whichever template it stands."""
    is_free = type(node).__module__.startswith(KNOWN) and not isinstance(node, TIED)
    return is_free and all(stands_anywhere(one) for nodes in inside(node) for one in nodes)


def _gives_a_name(node: Node) -> bool:
    gives = any(isinstance(getattr(node, name, None), str) for name in GIVES_A_NAME)
    return gives or any(_gives_a_name(one) for nodes in inside(node) for one in nodes)


def inside(node: Node) -> Iterator[NodeList]:
    for name, value in vars(node).items():
        if isinstance(value, NodeList):
            yield value
        elif name == "conditions_nodelists":
            yield from (nodes for _, nodes in value)


def name_in(told: Any) -> str:
    """The name of a template, where it stands in the template itself; otherwise none."""
    return str(told.resolve(Context())) if stands_there(told) else ""


def stands_there(told: Any) -> bool:
    """Whether it is a text of the template itself, without a filter."""
    if not isinstance(told, FilterExpression) or told.filters:
        return False
    if isinstance(told.var, Variable):
        return isinstance(told.var.literal, str) and told.var.lookups is None
    return isinstance(told.var, str)
