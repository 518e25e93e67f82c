"""Templates, read once a process, with what is the same on every page put together (`same.py`)."""

from threading import local
from typing import Any

from django.template import Origin, Template, TemplateDoesNotExist
from django.template.base import NodeList
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY, ExtendsNode
from django.template.loaders import base, cached
from django.utils.safestring import SafeString

from config.drawn.reads import check_parts
from config.drawn.same import draw_once, looked_up_anew
from config.drawn.whole import whole_page


class Finished(NodeList):
    """All of a template that nobody changes any more: each page that extends it asks anew for its blocks, by a walk
    through every node."""

    def __init__(self, nodes: NodeList) -> None:
        super().__init__(nodes)
        self.contains_nontext, self._by_type = nodes.contains_nontext, dict[type, list[Any]]()
        self.whole: NodeList | None = None
        """The page in one piece, where this is a template that extends another."""

    def render(self, context: Context) -> SafeString:
        """The language may be another one than the last time that something was drawn with the same context."""
        whole = None if BLOCK_CONTEXT_KEY in context.render_context else self.whole
        with looked_up_anew(context):
            return super().render(context) if whole is None else whole.render(context)

    def get_nodes_by_type(self, nodetype: type) -> list[Any]:
        if nodetype not in self._by_type:
            self._by_type[nodetype] = super().get_nodes_by_type(nodetype)
        return self._by_type[nodetype]


class Reader(base.Loader):
    """Between Django's loader, which finds a template, and the one that keeps it: no other thread has seen it yet."""

    def __init__(self, *told: Any) -> None:
        self._of_thread = local()
        super().__init__(*told)

    @property
    def being_read(self) -> set[str]:
        """By this thread: another one may be reading the same for itself, and neither includes the other."""
        names: set[str] = vars(self._of_thread).setdefault("names", set())
        return names

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        self.being_read.add(template_name)
        try:
            template = super().get_template(template_name, skip)
            draw_once(template.nodelist, self.nodes_of)
            check_parts(template.nodelist, self.nodes_of)
            template.nodelist = Finished(template.nodelist)
            if template.nodelist.get_nodes_by_type(ExtendsNode):
                template.nodelist.whole = whole_page(template.nodelist, self.nodes_of)
        finally:
            self.being_read.discard(template_name)
        return template

    def nodes_of(self, name: str) -> NodeList | None:
        """None for a template that includes itself, on whatever way, and for one that is not there."""
        if name in self.being_read:
            return None
        try:
            return self.engine.get_template(name).nodelist
        except TemplateDoesNotExist:
            return None


class Loader(cached.Loader, Reader):
    pass
