"""The words of a reminder, in the language in which it was asked for: as a mail, and as a notice of a device.

They say the step of the day, by its name only where the person chose that: whoever sees a mailbox or a screen may read
it. They never say how somebody is, and never count what was missed.
"""

import json
from email.utils import format_datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.core.letters.mould import fill, make
from accounts.core.letters.slots import without_slots
from accounts.core.typed import name_apart
from accounts.mail.emails import unsubscribe_headers
from accounts.mail.sender import Parcel
from accounts.mail.sender_names import (
    REMINDER,
    MailName,
    bare,
    handed_back,
    reminder_id,
    reply_to,
    return_path,
    signed,
    written,
)
from accounts.models import ReminderWish
from accounts.models.reminder_wish import profile_of
from coaching.core.tools.crisis_words import never_as_a_wish
from coaching.models import ReminderSlot
from coaching.reminders.links import later_link, page_link, stop_link
from coaching.reminders.steps import Told


def step_words(told: Told, *, is_named: bool) -> str:
    """Such as "Slow breath, 5 minutes, at 18:30"; empty where no step is known."""
    if not told.is_known:
        return ""
    name = told.name if is_named else _("one small step")
    parts = [name[:1].upper() + name[1:]]
    if told.minutes:
        parts.append(ngettext("%(count)s minute", "%(count)s minutes", told.minutes) % {"count": told.minutes})
    if told.at:
        parts.append(_("planned for %(time)s") % {"time": time_format(told.at, "H:i")})
    return ", ".join(parts)


def subject_words() -> str:
    return _("A small reminder from Unloop")


def parcel_of(wish: ReminderWish, slot: ReminderSlot, told: Told) -> Parcel:
    """A repeat has the Message-ID of the first, so that a receiver can fold them."""
    to = wish.user.email or ""
    with translation.override(wish.language):
        subject = subject_words()
        text = render_to_string("coaching/emails/reminder.txt", _context(wish, slot, told))
        told_html = {"subject": subject, "text": text, "language": pgettext("the language of this letter", "en")}
        html = render_to_string("accounts/emails/plain.html", told_html)
    name = MailName(REMINDER, wish.pk, slot.pk)
    headers = {
        "From": written(settings.DEFAULT_FROM_EMAIL),
        "To": to,
        "Subject": subject,
        "Date": format_datetime(slot.due_at),
        "Message-ID": reminder_id(slot.pk, wish.public_id),
        "Auto-Submitted": "auto-generated",
        **reply_to(),
        **unsubscribe_headers(stop_link(wish)),
        **handed_back(signed(name, to=to)),
    }
    content = fill(make(headers, text=without_slots(text), html=without_slots(html)), {})
    sender = return_path(name, to=to, otherwise=bare(settings.DEFAULT_FROM_EMAIL))
    return Parcel(sender=sender, to=to, content=content)


def _context(wish: ReminderWish, slot: ReminderSlot, told: Told) -> dict[str, object]:
    profile = profile_of(wish.user)
    return {
        "name": name_apart(never_as_a_wish(profile.name)) if profile else "",
        "step": step_words(told, is_named=wish.names_step),
        "today": page_link("today", wish.language),
        "later": later_link(wish, slot),
        "stop": stop_link(wish),
        "settings": page_link("reminders", wish.language),
    }


def notice_of(wish: ReminderWish, slot: ReminderSlot, told: Told) -> str:
    """For the worker of the site on a device (`static/js/worker-push.js`)."""
    with translation.override(wish.language):
        step = step_words(told, is_named=wish.names_step)
        notice = {
            "title": "Unloop",
            "body": f"{step}." if step else _("One small thing is waiting for you, if you like."),
            "open": page_link("today", wish.language),
            "later": {"words": _("Later"), "link": later_link(wish, slot)},
            "stop": {"words": _("Stop these"), "link": stop_link(wish)},
            "day": slot.day.isoformat(),
        }
    return json.dumps(notice)
