"""`{% drawn with … %}`: a part of a page that a handful of small values decide, drawn once for each set of them.

    {% load drawn %}{% drawn with lesson=lesson is_kept=reader.has_bookmark %} … {% enddrawn %}

Most of a person's page is not about the person: it is the shell, the text of a lesson, a button that says one of two
things. Such a part names what it depends on, and is drawn with these names and nothing else: no request, no session, no
user, no token, no message is there to be read. So whatever is kept of it can only be told by the very values that it is
found by, and no byte of one person can reach another through it. A template whose part reads a name that it was not
given, or holds a tag that could look elsewhere, is refused as soon as it is read (`reads.py`).

A value may be a yes or a no, nothing, a choice out of a fixed list, a slug, or something of the library that says in
`drawn_by` which and as of when it is. Words, numbers, dates and rows of a person are none of these: a part that is
given one is drawn, correctly, each time anew, and never kept.

    {% drawn in coaching.drawn with card=card %} … {% enddrawn %}

What was worked out of one person's answers brings a shelf of its own, which is found by a digest of all that went in
and goes with it (`coaching/kept.py`). A part that lies there may say anything that follows from the same: a
value whose class says in `own_drawn_by` what else it is found by may lie there, and on no shelf that others share; and
there, words, whole numbers, days and times may be found by. A token of a form is filled in each time, and is never
among what is kept.
"""

import re
import secrets
from collections.abc import Hashable, Iterable
from datetime import date, time
from enum import Enum
from typing import Any

from django.template.base import FilterExpression, Node, NodeList
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from config.drawn.same import as_it_stands_and_when
from config.drawn.shelf import Shelf, shelf

SLUG = re.compile(r"[a-z0-9 :_+-]{0,60}")
NO_KEY = object()
"""Of a value that nothing may be found by."""

DRAWN_BY = "drawn_by"
"""What something of the library says itself to be found by: a tuple of slugs, choices and whole numbers."""

OWN_DRAWN_BY = "own_drawn_by"
"""The same of what was worked out of somebody's answers, on the shelf that goes with them alone."""

OWN_KINDS = frozenset({str, int, date, time})
"""What a part on such a shelf may be found by besides: nothing that anybody can change afterwards."""

told_anew: list[str] = []
"""Names of values that could not be kept by, for a test to look at; the last few."""

MOST_TOLD = 50


TOKEN = "csrf_token"  # noqa: S105 (the name under which a page has it)
HOLE = secrets.token_hex(32)
"""Stands where the token of a form goes; of this process, so that no words of anybody hold it."""


class Part(Node):
    child_nodelists = ("nodelist",)

    def __init__(
        self, told: dict[str, FilterExpression], nodelist: NodeList, own_shelf: FilterExpression | None = None
    ) -> None:
        self.told, self.nodelist, self.own_shelf = told, nodelist, own_shelf

    def __repr__(self) -> str:
        return f"<Part: {', '.join(self.told)}>"

    @property
    def given(self) -> set[str]:
        """The names that may be read in it."""
        return {*self.told, *([TOKEN] if self.own_shelf else [])}

    def render(self, context: Context) -> SafeString:
        if self.own_shelf is None:
            return self._found_or_drawn(context, shelf)
        own = self.own_shelf.resolve(context)
        # Without a shelf the part is drawn anew; it has its hole all the same.
        words = self._found_or_drawn(context, Shelf(most_bytes=0) if own in (None, "") else own)
        if HOLE not in words:
            return words
        token = str(context.get(TOKEN) or "")
        return mark_safe(words.replace(HOLE, token))  # noqa: S308 (a token has letters and figures alone)

    def _found_or_drawn(self, context: Context, kept: Any) -> SafeString:
        values = {name: expression.resolve(context) for name, expression in self.told.items()}
        key = self._key(context, values)
        if key is None:
            return self._draw(context, values)
        words: SafeString | None = kept.find(key)
        if words is None:
            words = self._draw(context, values)
            kept.keep(key, words)
        return words

    # Whatever goes wrong goes wrong in one of the nodes, which says so itself.
    render_annotated = render

    def _key(self, context: Context, values: dict[str, Any]) -> Hashable | None:
        keys = tuple(self._key_of(value) for value in values.values())
        if NO_KEY in keys:
            _tell(name for name, key in zip(values, keys, strict=True) if key is NO_KEY)
            return None
        return (self, as_it_stands_and_when(context), keys)

    def _key_of(self, value: Any) -> Hashable:
        return key_of(value) if self.own_shelf is None else own_key_of(value)

    def _draw(self, context: Context, values: dict[str, Any]) -> SafeString:
        """With these names alone: nothing of the page around it is there."""
        if self.own_shelf is not None:
            values = {**values, TOKEN: HOLE}
        alone = Context(values, autoescape=context.autoescape, use_l10n=context.use_l10n, use_tz=context.use_tz)
        alone.template = context.template
        return self.nodelist.render(alone)


def key_of(value: Any) -> Hashable:
    """What stands for a value among those a part is kept by; NO_KEY where it is not of a kind that may."""
    if value is None or value is True or value is False:
        return value
    if isinstance(value, Enum):
        return (type(value), value.name)
    if type(value) in (str, SafeString):
        return str(value) if SLUG.fullmatch(value) else NO_KEY
    # Only what its class says of itself, so that nothing lazy is woken up by the question.
    return _keys_of(value, value.drawn_by) if hasattr(type(value), DRAWN_BY) else NO_KEY


def own_key_of(value: Any) -> Hashable:
    """On a shelf of one's own also words, a whole number, a day, a time, and several values side by side."""
    kind = type(value)
    if kind in OWN_KINDS:
        return (kind, value)
    if kind is tuple or hasattr(kind, OWN_DRAWN_BY):
        keys = tuple(map(own_key_of, value if kind is tuple else value.own_drawn_by))
        return NO_KEY if NO_KEY in keys else (kind, keys)
    return key_of(value)


def _keys_of(value: Any, told: Iterable[Any]) -> Hashable:
    keys = tuple(one if type(one) is int else key_of(one) for one in told)
    return NO_KEY if NO_KEY in keys else (type(value), keys)


def _tell(names: Iterable[str]) -> None:
    told_anew.extend(names)
    del told_anew[:-MOST_TOLD]
