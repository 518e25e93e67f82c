"""What a template says to everybody: drawn once in each language, and put down as finished words from then on.

Half of a page of ours is plain text, addresses, translations and names of static files, in hundreds of small nodes that
come out the same each time. Where such nodes stand side by side, one node takes their place. Which ones do is decided
when a template is read, by what they are made of: a name or a sentence that stands in the template itself, and nothing
that is asked of the page. Any other node, and any that is not known here, stays as it was.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.base import Node, NodeList, TextNode, TokenType
from django.template.context import Context
from django.template.defaulttags import CommentNode, LoadNode, URLNode
from django.template.loader_tags import IncludeNode
from django.templatetags.i18n import BlockTranslateNode, LanguageNode, TranslateNode
from django.templatetags.static import StaticNode
from django.templatetags.tz import TimezoneNode
from django.urls import get_script_prefix, get_urlconf
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone_name
from django.utils.translation.trans_real import catalog

from config.drawn.included import Read, inside, put_in, stands_there

MOST_KEPT = 8
"""Ways in which one part is kept drawn. A site has one for each language; more come from tests alone."""

STANDS = "as_it_stands"
"""Where a context keeps what was looked up for what is being drawn with it, until something in it speaks another
language."""


class Same(Node):
    """Nodes that come out the same each time."""

    child_nodelists = ()

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodes, self.kept = NodeList(nodes), dict[Any, SafeString]()

    def __repr__(self) -> str:
        return f"<Same: {list(self.nodes)!r}>"

    def render(self, context: Context) -> SafeString:
        key = as_it_stands(context)
        words = self.kept.get(key)
        if words is None:
            words = self.nodes.render(context)
            _keep(self.kept, key, words)
        return words

    # Whatever goes wrong goes wrong in one of the nodes, which says so itself.
    render_annotated = render


class NamedAddress(Node):
    """`{% url "a:page" as name %}`."""

    child_nodelists = ()

    def __init__(self, node: URLNode) -> None:
        self.node, self.kept, self.asvar = node, dict[Any, str](), node.asvar

    def render(self, context: Context) -> str:
        key, name = as_it_stands(context), self.asvar or ""
        address = self.kept.get(key)
        if address is None:
            self.node.render(context)
            address = context[name]
            _keep(self.kept, key, address)
        context[name] = address
        return ""


class Elsewhere(Node):
    """`{% language %}` or `{% timezone %}`: what was looked up around it does not hold inside, nor the other way."""

    child_nodelists = ("nodelist",)

    def __init__(self, node: Any) -> None:
        self.node, self.nodelist = node, node.nodelist

    def render(self, context: Context) -> SafeString:
        with looked_up_anew(context):
            return self.node.render(context)

    # Whatever goes wrong goes wrong in one of the nodes, which says so itself.
    render_annotated = render


def draw_once(nodes: NodeList, read: Read) -> None:
    """Put together what is the same each time, here and in all that stands inside."""
    for node in nodes:
        for inner in inside(node):
            draw_once(inner, read)
    nodes[:] = joined([one for node in nodes for one in put_in(node, read)], read)


def is_same(node: Node, read: Read) -> bool:
    match node:
        case TextNode() | CommentNode() | LoadNode() | Same():
            return True
        case TranslateNode():
            return not node.asvar and not node.message_context and stands_there(node.filter_expression)
        case BlockTranslateNode():
            return _is_plain(node)
        case URLNode():
            return node.asvar is None and _is_fixed(node)
        case StaticNode():
            return node.varname is None and stands_there(node.path)
        case IncludeNode():
            return _includes_the_same(node, read)
    return False


def joined(nodes: Iterable[Node], read: Read) -> Iterator[Node]:
    """The same nodes, those that come out the same each time as one where they stand side by side."""
    side_by_side: list[Node] = []
    for node in nodes:
        if is_same(node, read):
            side_by_side.append(node)
            continue
        yield from _one_of(side_by_side)
        side_by_side = []
        yield _in_place_of(node)
    yield from _one_of(side_by_side)


def _in_place_of(node: Node) -> Node:
    if isinstance(node, LanguageNode | TimezoneNode):
        return Elsewhere(node)
    return NamedAddress(node) if isinstance(node, URLNode) and node.asvar and _is_fixed(node) else node


def _one_of(side_by_side: list[Node]) -> list[Node]:
    """Text alone costs nothing as it is."""
    if len(side_by_side) == 1 and isinstance(side_by_side[0], TextNode | Same):
        return side_by_side
    return [Same(side_by_side)] if side_by_side else []


def _is_plain(node: BlockTranslateNode) -> bool:
    asks = node.extra_context or node.plural or node.message_context or node.asvar
    return not asks and all(token.token_type is TokenType.TEXT for token in node.singular)


def _is_fixed(node: URLNode) -> bool:
    """No app of ours is there twice (`tests/test_drawn_once.py`), so the page itself does not matter either."""
    return all(stands_there(told) for told in (node.view_name, *node.args, *node.kwargs.values()))


def _includes_the_same(node: IncludeNode, read: Read) -> bool:
    if node.extra_context or not stands_there(node.template):
        return False
    nodes = read(str(node.template.resolve(Context())))
    return nodes is not None and all(is_same(inner, read) for inner in nodes)


def as_it_stands(context: Context) -> tuple[Any, ...]:
    """All that decides what such nodes come out as: asked once for a template, and where it speaks another language."""
    stands: tuple[Any, ...] = _looked_up(context)[0]
    return stands


def as_it_stands_and_when(context: Context) -> tuple[Any, ...]:
    """The same, and the time zone in which times are told."""
    return _looked_up(context)


def _looked_up(context: Context) -> tuple[Any, ...]:
    told = vars(context).get(STANDS)
    if told is None or told[0][1] is not context.autoescape:
        stands = (catalog(), context.autoescape, get_script_prefix(), get_urlconf(), _static_files())
        told = vars(context)[STANDS] = (stands, get_current_timezone_name())
    return told


@contextmanager
def looked_up_anew(context: Context) -> Iterator[None]:
    before = vars(context).pop(STANDS, None)
    try:
        yield
    finally:
        vars(context)[STANDS] = before


def _static_files() -> Any:
    """What stands behind the lazy storage, which is nothing yet until something is asked of it."""
    getattr(staticfiles_storage, "base_url", None)
    return vars(staticfiles_storage)["_wrapped"]


def _keep(kept: dict[Any, Any], key: Any, words: Any) -> None:
    if len(kept) >= MOST_KEPT:
        kept.clear()
    kept[key] = words
