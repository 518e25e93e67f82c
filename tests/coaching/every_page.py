"""Every page of the site, by the names of its addresses, and with what to fill in where an address asks for it.

A name is walked unless it stands here with the reason why not, so that a new page is walked from its first day.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from accounts.mail.links import Standing, confirm_link, standing_token
from coaching.core.person.unwanted import Kind
from coaching.core.tools.kinds.catalogue import TOOL
from coaching.models import Booster, Ending, Person, ReminderSlot, Rhythm, Week, WeekStep
from coaching.plan.plans import coaching_of
from coaching.progress.unwanted import report
from coaching.reminders.links import Purpose, token_of
from config.machine.languages import TRANSLATED
from content.models import Guide, Lesson, Tip
from tests.accounts.people import make_subscriber, make_user
from tests.accounts.rounds import make_edition
from tests.coaching.reminder_makers import a_wish
from tests.coaching.shell_makers import NOON, POSTS
from tests.coaching.tool_makers import an_entry

VISITOR, MEMBER = "visitor", "member"
Given = list[tuple[str, ...]]
FEW = 3
"""Of guides, lessons and their like a visitor opens all; for a member each kind of page is the same page again."""

TAKES_WHAT_IS_SENT = {
    *(f"coaching:lesson_{name}" for name in ("done", "bookmark", "place", "notes", "task")),
    *(
        f"coaching:{name}"
        for name in ("course", "change_plan", "correct_picture", "keep_plan", "look_at_plan", "check_in")
    ),
    *(f"coaching:{name}" for name in ("pin_technique", "refuse_technique", "swap_technique", "undo_wish")),
    *(f"coaching:{name}" for name in ("set_minutes", "take_turns")),
    *(f"coaching:{name}" for name in ("sure", "keep_breath", "forget_breath", "flare", "pooling", "browser")),
    *("coaching:other_account", "accounts:send_code"),
    *(f"coaching:{name}" for name in ("make_week", "commit_week", "ease_week", "review_day", "week_step_done")),
    *(f"coaching:{name}" for name in ("week_decide", "enough", "log_forget", "log_stop", "come_back")),
    *(f"coaching:{name}" for name in ("stop_reminders", "end_reminder_break", "calendar_link")),
    *(f"coaching:{name}" for name in ("add_device", "forget_device")),
    *("coaching:check_in_signs", "coaching:check_in_unwanted"),
    *("coaching:take_back_check_in", "coaching:rate_comparison", "coaching:stop_comparison"),
    *("coaching:practice_taps", "accounts:mailgun_tracking_webhook"),
    *(f"accounts:end_{name}" for name in ("log_in", "other_log_ins", "all_log_ins")),
    *(f"coaching:{name}" for name in ("summary_paper", "summary_link", "end_link", "share_item")),
}
FOR_A_MACHINE = {
    *("coaching:breath_style", "coaching:manifest", "coaching:record_location"),
    *("coaching:tool_export", "coaching:tool_export_all", "coaching:practice_sync"),
    *(
        "coaching:clinics_paper",
        "coaching:reminder_calendar",
        "accounts:data_download",
        "coaching:my_data_download",
        "content:picture",
        "content:tip_feed",
        "mfa_download_recovery_codes",
    ),
    *(
        "healthz",
        "readyz",
        "robots",
        "sitemap",
        "manifest",
        "worker",
        "parcels",
        "voices",
        "voice_lines",
        "voice_file",
        "parcel",
        "favicon",
        "security_txt",
        "metrics",
    ),
}
OF_STAFF = {
    *("coaching:guide_preview", "content:preview", "content:preview_phone", "outbox"),
    *("voice_desk", "voice_desk_page", "voice_desk_line", "voice_desk_remove"),
    *("simulator", "step_trial", "service", "service_csv", "research_export", "library_pack", "library_pack_download"),
}
OF_A_SECOND_KEY = {
    *(f"mfa_{name}" for name in ("deactivate_totp", "view_recovery_codes", "edit_webauthn", "remove_webauthn")),
}
"""Only there for somebody who has such a key; they share the frame of the pages that are walked."""

OF_ONE_PRESS = {
    *(f"accounts:newsletter_{name}" for name in ("move", "resume", "stop", "stop_cut")),
    "coaching:reminder_stop_cut",
}
"""Their links act, and lead to a page that is walked."""

OF_A_READER = {"coaching:shared"}
"""What one person handed to another, who is a stranger here and is coached by nobody (`test_shared_page.py`)."""

LEFT_OUT = OF_A_READER | TAKES_WHAT_IS_SENT | FOR_A_MACHINE | OF_STAFF | OF_A_SECOND_KEY | OF_ONE_PRESS
COPIES = {f"coaching:{name}" for name in ("offline", "practice_copy", "tool_copy", "help_now_copy", "flare_buttons")}
"""Made without the request, for a device without a network: they know nobody, and are safe for anyone."""

IN_PASSING = {
    *("account_complete_password_reset", "account_confirm_login_code", "account_confirm_password_reset_code"),
    *("account_email_verification_sent", "accounts:email_code", "accounts:password_reset_code"),
    *(f"mfa_{name}" for name in ("activate_totp", "add_webauthn", "authenticate", "generate_recovery_codes")),
    *(f"mfa_{name}" for name in ("login_webauthn", "reauthenticate", "reauthenticate_webauthn")),
}
"""One step of logging in; out of its turn it leads away."""

LEADS_ON = {
    VISITOR: IN_PASSING
    | {
        *("coaching:today", "accounts:profile", "accounts:data", "accounts:data_erase", "coaching:bring"),
        *("accounts:log_ins", "coaching:research"),
        *("account_change_password", "account_set_password", "account_email", "account_reauthenticate"),
        *("account_logout", "mfa_index", "mfa_list_webauthn", "coaching:leaving"),
        *("coaching:reminders", "coaching:reminder_effect"),
    },
    MEMBER: IN_PASSING
    | {"coaching:home", "account_login", "account_signup", "account_set_password", "coaching:leaving"},
}
"""Pages that lead whoever they are not for to another one that is walked."""


@dataclass(frozen=True)
class Page:
    """`name` is that of its address; `slug` is the first thing that the address is filled in with."""

    name: str
    path: str
    slug: str = ""
    is_spanish: bool = False


def names_of(patterns: Iterable[Any], room: str = "") -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLPattern):
            yield f"{room}{one.name}"
        elif one.namespace != "admin":
            yield from names_of(one.url_patterns, f"{room}{one.namespace}:" if one.namespace else room)


def all_names() -> set[str]:
    return set(names_of(get_resolver().url_patterns))


def pages(person: Person, whose: str) -> Iterator[Page]:
    """Every page that is there for whoever it is, in each language in which it is written."""
    filled = filled_in(person)
    for name in sorted(all_names() - LEFT_OUT - COPIES - LEADS_ON[whose]):
        several = filled.get(name, [()])
        yield from _in_languages(name, several[:FEW] if whose == MEMBER else several)


def copies(person: Person) -> Iterator[Page]:
    filled = filled_in(person)
    for name in sorted(COPIES):
        yield from _in_languages(name, filled.get(name, [()]))


def _in_languages(name: str, several: Iterable[tuple[str, ...]]) -> Iterator[Page]:
    for given in several:
        path, slug = reverse(name, args=given), given[0] if given else ""
        yield Page(name, path, slug)
        if name in TRANSLATED:
            yield Page(name, f"/es{path}", slug, is_spanish=True)


def filled_in(person: Person) -> Mapping[str, Given]:
    """All guides, tools and steps; a lesson and a tip for each technique that one of them asks to try."""
    guides: Given = [(slug,) for slug in Guide.objects.values_list("slug", flat=True)]
    tools: Given = [(slug,) for slug in TOOL]
    lessons: Given = [(slug,) for slug in dict(Lesson.objects.values_list("task__technique", "slug")).values()]
    tips: Given = [(slug,) for slug in dict(Tip.objects.values_list("practice", "slug")).values()]
    return {
        "accounts:keep": [("of-nobody",)],
        **{f"coaching:{name}": guides for name in ("practice", "practice_copy")},
        **{f"coaching:{name}": tools for name in ("tool", "tool_new", "tool_copy")},
        "coaching:lesson": lessons,
        **{f"coaching:{name}": lessons[:1] for name in ("lesson_print", "mistake")},
        "coaching:intake_step": [(step,) for step in POSTS],
        "content:tip": tips,
        **_of_their_own(person),
        **_of_letters(),
        **_of_reminders(person),
    }


def _of_their_own(person: Person) -> Mapping[str, Given]:
    entries = [
        an_entry(person, "ladder", steps=[{"key": 1, "words": "Hands to my knees", "fear": 2}]),
        an_entry(person, "writing", about="The move"),
    ]
    done = person.practices.create(technique_id="breathing", client_id="a-practice-of-then", started_at=NOON)
    noticed = report(person, Kind.DIZZY, technique="breathing", token="a-page-of-then", at=NOON)
    pages_of_an_entry = ("tool_entry", "tool_edit", "tool_delete", "tool_print")
    return {
        **{f"coaching:{name}": [(one.tool, one.client_id) for one in entries] for name in pages_of_an_entry},
        "coaching:practice_done": [(done.client_id,)],
        "coaching:unwanted_said": [(noticed.client_id,)],
        "coaching:week_step": [(str(a_step_of_their_week(person).pk),)],
    }


def a_step_of_their_week(person: Person) -> WeekStep:
    """In a week that runs, of somebody who has left before and whose look back is due."""
    at, found = timezone.now(), coaching_of(person)
    picks = found.recommendation.techniques if found else ()
    today = at.date()
    days = {"began_on": today - timedelta(days=9), "ends_on": today + timedelta(days=47)}
    Rhythm.objects.create(person=person, left_at=at, **days)
    ending = Ending.objects.create(person=person, at=at, kept=["walking", "breathing", "heat"])
    Booster.objects.create(ending=ending, month=1, due_on=today)
    week = Week.objects.create(person=person, begins_on=today, ends_on=today + timedelta(days=6), made_at=at)
    return WeekStep.objects.create(week=week, technique_id=(picks or ("breathing",))[0], day=today, minutes=2)


def _of_letters() -> Mapping[str, Given]:
    reader = make_subscriber()
    edition = make_edition(practice="heat", page_html="<p>Warmth.</p>")
    wish = confirm_link(reader, reader.consent_version, at=timezone.now()).rstrip("/").rpartition("/")[2]
    return {
        "accounts:letter": [(edition.slug,)],
        "accounts:newsletter_confirm": [(wish,)],
        "accounts:newsletter_address": [(standing_token(reader, Standing.PREFERENCES),)],
        **{f"accounts:{purpose}": [(standing_token(reader, purpose),)] for purpose in Standing},
    }


def _of_reminders(person: Person) -> Mapping[str, Given]:
    """Their own, or somebody's whose link a visitor opens."""
    wish = a_wish(person.user or make_user("walter@example.net"))
    told = {"due_at": NOON, "closes_at": NOON + timedelta(hours=1), "state": ReminderSlot.State.SENT}
    slot, _ = ReminderSlot.objects.get_or_create(user=wish.user, day=NOON.date(), defaults=told)
    return {
        "coaching:reminder_stop": [(token_of(Purpose.STOP, wish.public_id),)],
        "coaching:reminder_later": [(token_of(Purpose.LATER, f"{wish.public_id}.{slot.pk}"),)],
    }
