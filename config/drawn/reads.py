"""Which names a part of a page reads, whichever way it is drawn: asked when its template is read, of its nodes.

Every branch counts, and every template that it includes. A node of a kind that is not known here could look anywhere,
and so may not stand in a part at all; neither may one that is handed the whole page.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.template import TemplateSyntaxError
from django.template.base import FilterExpression, Node, NodeList, TextNode, TokenType, Variable, VariableNode
from django.template.context import Context
from django.template.defaulttags import (
    CommentNode,
    CsrfTokenNode,
    FirstOfNode,
    ForNode,
    IfNode,
    LoadNode,
    SpacelessNode,
    URLNode,
    WithNode,
)
from django.template.library import InclusionNode, SimpleNode
from django.template.loader_tags import IncludeNode
from django.template.smartif import TokenBase
from django.templatetags.i18n import BlockTranslateNode, GetCurrentLanguageNode, TranslateNode
from django.templatetags.l10n import LocalizeNode
from django.templatetags.static import StaticNode

from config.drawn.included import GIVES_A_NAME, Inset, Read, inside, stands_there
from config.drawn.part import TOKEN, Part
from config.drawn.same import NamedAddress, Same

ALWAYS_THERE = frozenset({"True", "False", "None", "forloop"})
"""`forloop` is nothing outside a loop."""


def check_parts(nodes: NodeList, read: Read) -> None:
    """Refuse a template one of whose parts could show what it was not given."""
    parts: list[Any] = nodes.get_nodes_by_type(Part)
    for part in parts:
        lacks = sorted(set(_read_in(part.nodelist, read)) - part.given - ALWAYS_THERE)
        if lacks:
            raise TemplateSyntaxError(f"{part!r} is drawn without {', '.join(lacks)}, which it reads.")


def _read_in(nodes: Iterable[Node], read: Read) -> Iterator[str]:
    """Names that are read of what is around these nodes; those that they bind for each other are none."""
    bound: set[str] = set()
    for node in nodes:
        yield from (name for name in _read_by(node, read) if name not in bound)
        bound |= _binds(node)


def _read_by(node: Node, read: Read) -> Iterator[str]:
    for told in _resolved_by(node):
        yield from names_in(told)
    if isinstance(node, IncludeNode):
        yield from _read_by_include(node, read)
        return
    within = _binds_within(node)
    for nodes in () if isinstance(node, Part) else inside(node):
        yield from (name for name in _read_in(nodes, read) if name not in within)


def _resolved_by(node: Node) -> list[Any]:
    """All that a node resolves itself."""
    if isinstance(node, SimpleNode | InclusionNode) and not node.takes_context:
        return [*node.args, *node.kwargs.values()]
    if type(node) not in RESOLVES:
        raise TemplateSyntaxError(f"{node!r} could look anywhere, so it may not stand in a part that is kept.")
    return RESOLVES[type(node)](node)


def _left_open(node: BlockTranslateNode) -> list[Variable]:
    """What stands between braces in the sentence itself, but for names that the tag says the value of."""
    tokens = [token for token in (*node.singular, *node.plural) if token.token_type is TokenType.VAR]
    said = {*node.extra_context, node.countervar}
    return [Variable(name) for name in (token.contents.partition("|")[0] for token in tokens) if name not in said]


def names_in(told: Any) -> Iterator[str]:
    """Names that are read: of a name, of a value with its filters, or of a condition with both its sides."""
    match told:
        case Variable():
            yield from told.lookups[:1] if told.lookups else ()
        case FilterExpression():
            yield from names_in(told.var)
            yield from (name for _, words in told.filters for _, word in words for name in names_in(word))
        case TokenBase():
            for one in (told.value, told.first, told.second):
                yield from names_in(one)


def _read_by_include(node: IncludeNode, read: Read) -> Iterator[str]:
    nodes = read(str(node.template.resolve(Context()))) if stands_there(node.template) else None
    if nodes is None:
        raise TemplateSyntaxError(f"{node!r} cannot be read beforehand, so it may not stand in a part that is kept.")
    yield from (name for name in _read_in(nodes, read) if name not in node.extra_context)


def _binds(node: Node) -> set[str]:
    """Names that are there for the nodes after it."""
    names = [getattr(node, name, None) for name in GIVES_A_NAME]
    return {name for name in names if isinstance(name, str)}


def _binds_within(node: Node) -> set[str]:
    """Names that are there for what stands inside it."""
    match node:
        case ForNode():
            return {*node.loopvars, "forloop"}
        case WithNode():
            return set(node.extra_context)
        case Inset():
            return set(node.told)
    return set()


SAY_NOTHING = (
    TextNode,
    CommentNode,
    LoadNode,
    Same,
    NamedAddress,
    SpacelessNode,
    LocalizeNode,
    GetCurrentLanguageNode,
)
"""They read no name themselves; what stands inside is looked at too."""

RESOLVES: dict[type[Node], Callable[[Any], list[Any]]] = {
    **{kind: lambda _node: [] for kind in SAY_NOTHING},
    **{kind: lambda node: [node.filter_expression] for kind in (VariableNode, TranslateNode)},
    IfNode: lambda node: [condition for condition, _ in node.conditions_nodelists],
    ForNode: lambda node: [node.sequence],
    WithNode: lambda node: list(node.extra_context.values()),
    Inset: lambda node: list(node.told.values()),
    IncludeNode: lambda node: [node.template, *node.extra_context.values()],
    FirstOfNode: lambda node: list(node.vars),
    URLNode: lambda node: [node.view_name, *node.args, *node.kwargs.values()],
    StaticNode: lambda node: [node.path],
    BlockTranslateNode: lambda node: [node.counter, *node.extra_context.values(), *_left_open(node)],
    Part: lambda node: [*node.told.values(), *([node.own_shelf] if node.own_shelf else [])],
    CsrfTokenNode: lambda _node: [Variable(TOKEN)],
}
"""What each kind of node that may stand in a part asks for. A tag of ours may too, unless it is handed the page."""
