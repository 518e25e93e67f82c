"""Tool entries that a person asked their device to keep until there is a network."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from coaching.core.tools.crisis_words import asks_for_care
from coaching.core.tools.kinds.catalogue import TOOL
from coaching.core.tools.shapes import Tool
from coaching.models import Person
from coaching.offline.unsent import Outcome, refused
from coaching.tools.entries import save_new
from coaching.tools.forms import ToolForm
from coaching.tools.states import extras_of

MOST_FIELDS = 400
"""As many as a post may have."""


def is_entry(told: Any) -> bool:
    return isinstance(told, dict) and "tool" in told


def read_entry(request: HttpRequest, told: dict[str, Any]) -> ToolForm | Outcome:
    """The form as the page would have sent it.

    Whether the tool is open to this person just now is not asked: the words are written, and are theirs.
    """
    tool, data = _tool(told["tool"]), _as_posted(told.get("fields"))
    if tool is None or data is None:
        return refused(_("What was written could not be read."))
    form = ToolForm(tool, extras_of(request, tool), data=data)
    return form if form.is_valid() else refused(_("What was written could not be read."))


def _tool(slug: Any) -> Tool | None:
    return TOOL.get(slug) if isinstance(slug, str) else None


def _as_posted(fields: Any) -> QueryDict | None:
    """The pairs of name and words as a form would have sent them."""
    if not (isinstance(fields, list) and len(fields) <= MOST_FIELDS and all(map(_is_pair, fields))):
        return None
    data = QueryDict(mutable=True)
    for name, words in fields:
        data.appendlist(name, words)
    return data


def _is_pair(pair: Any) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(isinstance(each, str) for each in pair)


def keep_entry(person: Person, form: ToolForm, at: datetime) -> Outcome:
    """Keep an entry, once. Where its id holds other words already, both are kept."""
    client_id, answers = form.cleaned_data["client_id"], form.answers()
    saved = save_new(person, form.tool, client_id, answers, at)
    if saved.is_clash:
        save_new(person, form.tool, f"{client_id[:34]}-later", answers, at)
    return Outcome(verdict="kept", why=_care(form))


def _care(form: ToolForm) -> str:
    if not asks_for_care(form.written()):
        return ""
    return _("What you wrote sounds heavy. No one reads it here. Help now shows who is there for you.")
