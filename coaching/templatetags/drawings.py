"""Pictures of many small parts, each written as one text."""

from django import template
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from coaching.core.loop import Cut, LoopDrawing, Node
from coaching.practice.choices import Choices
from coaching.practice.figures import Figure
from coaching.said import said

register = template.Library()


@register.simple_tag
def loop_drawn(loop: LoopDrawing) -> SafeString:
    """A loop as SVG; whoever cannot see it hears its title, and `sentences` say the rest of it beside it."""
    parts = [
        f'<svg class="loop" viewBox="0 0 {loop.width} {loop.height}" role="img" '
        f'aria-label="{escape(_("The loop."))} {escape(said(loop.title))}">',
        *(_disc("ghost", node) for node in loop.ghost),
        *(f'<path class="ring {arc.kind}" stroke-width="{arc.width}" d="{arc.path}"/>' for arc in loop.arcs),
        *(_disc("node hot" if node.is_hot else "node", node) for node in loop.nodes),
        *(f'<path class="leader" d="{cut.leader}"/>{_disc("cut", cut)}' for cut in loop.cuts),
        *(
            f'<text class="{text.kind}" x="{text.x}" y="{text.y}" text-anchor="{text.anchor}">'
            f"{escape(said(text.words))}</text>"
            for text in loop.texts
        ),
        "</svg>",
    ]
    return mark_safe("".join(parts))  # noqa: S308 (figures and names of styles; words are escaped)


@register.simple_tag
def figure_drawn(figure: Figure | None, choices: Choices | None) -> SafeString:
    """The drawing of a guide, with the choices that a place in it keeps."""
    if not figure:
        return SafeString()
    return render_to_string("coaching/_figure.html", {"figure": figure, "choices": choices})


def _disc(kind: str, at: Node | Cut) -> str:
    return f'<circle class="{kind}" cx="{at.x}" cy="{at.y}" r="{at.radius}"/>'
