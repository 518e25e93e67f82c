"""What an entry of the log says, in a line."""

from django import template
from django.utils.translation import gettext as _

from coaching.core.person.told import Trigger
from coaching.core.tools.crisis_words import never_as_a_wish
from coaching.models import LogEntry
from coaching.said import said
from coaching.week.forms import ACTIVITY, MOODS

register = template.Library()
Kind = LogEntry.Kind


@register.simple_tag
def log_words(entry: LogEntry) -> str:
    words = entry.words
    match entry.kind:
        case Kind.MOOD:
            return _("Mood: %(words)s") % {"words": dict(MOODS)[entry.value or 0]}
        case Kind.ACTIVITY:
            return _("Activity: %(words)s") % {"words": dict(ACTIVITY)[entry.value or 0]}
        case Kind.TRIGGER:
            return _("It was turned up by: %(words)s") % {"words": said(Trigger(words["trigger"]).label)}
        case Kind.FLARE_BEGAN:
            return _("A flare began")
        case Kind.FLARE_ENDED:
            return _("The flare was over")
    named = ("category", "amount") if entry.kind == Kind.TREATMENT else ("what",)
    return ", ".join(filter(None, (never_as_a_wish(words.get(name, "")) for name in named))) or _("In your own words")
