"""The week of an editor on one page: what leaves when and to how many, what happened since they last looked, and a
letter made of chosen tips in one step. Each number leads to its rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from accounts.admin.edition_reach import Number, left_out_of, said_of
from accounts.core.letters.shapes import slug_list_fault
from accounts.guard import audit
from accounts.letters import composing
from accounts.members.requests import posted
from accounts.models import Edition, StaffAct, User
from accounts.sending import calendar
from content.models import Tip

A_LOOK = "Looked at what leaves when"
A_VISIT = timedelta(hours=1)
WITHOUT_A_VISIT = timedelta(days=7)
SERIES_DAYS = timedelta(days=7)
TIPS_OFFERED = 40


@dataclass(frozen=True, kw_only=True)
class Line:
    when: str
    edition: Edition
    link: str
    numbers: list[Number]
    said: str
    left_out: list[Number]


class FromTipsForm(forms.Form):
    tips = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, label="Tips")

    def __init__(self, *args: object, at: datetime) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        newest = Tip.objects.published(at).order_by("-publish_at", "title")
        tips = list(newest.values_list("slug", "title")[:TIPS_OFFERED])
        used = calendar.last_used(slug for slug, _ in tips)
        # What readers had longest ago, or never, stands first.
        tips.sort(key=lambda tip: used.get(tip[0], datetime.min.replace(tzinfo=ZoneInfo("UTC"))))
        offered = [(slug, f"{title} ({_last(used.get(slug))})") for slug, title in tips]
        self.fields["tips"].choices = offered  # type: ignore[attr-defined]
        self.titles = dict(tips)

    def clean_tips(self) -> list[str]:
        slugs: list[str] = self.cleaned_data["tips"]
        if fault := slug_list_fault(slugs):
            raise forms.ValidationError(fault)
        return slugs


def _last(moment: datetime | None) -> str:
    return f"last sent {moment:%d %B %Y}" if moment else "not sent yet"


def addresses(site: admin.AdminSite) -> list[URLPattern]:
    return [path("calendar/", site.admin_view(show), name="accounts_edition_calendar")]


def show(request: HttpRequest) -> HttpResponse:
    """A POST makes a draft of the tips that were chosen, and leads to it."""
    if not request.user.has_perm("accounts.view_edition"):
        raise PermissionDenied
    at = timezone.now()
    form = FromTipsForm(posted(request), at=at) if request.user.has_perm("accounts.add_edition") else None
    if request.method == "POST" and form and form.is_valid():
        return _made(request, form)
    since = _last_visit(request, at)
    context = {
        **admin.site.each_context(request),
        "title": "What leaves when",
        "since": since,
        "news": list(_news(since)),
        "lines": [_line(entry) for entry in calendar.entries(at=at)],
        "series": list(_series(at - SERIES_DAYS)),
        "form": form,
        "opts": Edition._meta,
    }
    return TemplateResponse(request, "admin/accounts/edition/calendar.html", context)


def _made(request: HttpRequest, form: FromTipsForm) -> HttpResponse:
    slugs = form.cleaned_data["tips"]
    user = request.user
    assert isinstance(user, User)  # noqa: S101 (the admin's own wrapper lets in nobody else)
    made = composing.from_tips(slugs, subject=form.titles[slugs[0]], by=user)
    messages.success(request, "This is a draft with those tips. Look at its subject, then schedule it.")
    return redirect("admin:accounts_edition_change", made.pk)


def _last_visit(request: HttpRequest, at: datetime) -> datetime:
    """When they looked the time before, on whichever device: staff are logged out after an hour, so that no session
    would know. Looking again within the hour is the same visit."""
    looks = StaffAct.objects.filter(by=request.user.pk, what=A_LOOK).order_by("-at").values_list("at", flat=True)
    latest, before, *_ = [*looks[:2], None, None]
    if latest is None or at - latest > A_VISIT:
        audit.note(request, A_LOOK)
        before = latest
    return before or at - WITHOUT_A_VISIT


def _news(since: datetime) -> Iterator[Number]:
    told, after = calendar.news(since=since), since.isoformat()
    ended = {"sent": (told.sent, "sent"), "bounced": (told.bounced, "bounced"), "failed": (told.failed, "given up")}
    for state, (count, of) in ended.items():
        yield Number(count=count, of=of, link=_rows("delivery", state__exact=state, closed_at__gte=after))
    yield Number(count=told.joined, of="came", link=_rows("subscriber", confirmed_at__gte=after))
    yield Number(count=told.left, of="left", link=_rows("subscriber", unsubscribed_at__gte=after))


def _line(entry: calendar.Entry) -> Line:
    edition = entry.edition
    there = timezone.localtime(entry.at, ZoneInfo(edition.time_zone))
    return Line(
        when=f"{there:%a %d %B, %H:%M} ({edition.time_zone})",
        edition=edition,
        link=reverse("admin:accounts_edition_change", args=[edition.pk]),
        numbers=numbers_of(edition, entry.progress),
        said=said_of(entry.reach) if entry.reach else "",
        left_out=left_out_of(edition, entry.reach, entry.counted_for) if entry.reach else [],
    )


def numbers_of(edition: Edition, progress: object) -> list[Number]:
    """What became of its letters, as far as there is anything to tell."""
    states = {
        "sent": "sent",
        "queued": "waiting",
        "claimed": "being sent",
        "failed": "given up",
        "unsure": "may have arrived",
        "bounced": "bounced",
        "skipped": "not sent any more",
    }
    return [
        Number(count=count, of=of, link=_rows("delivery", edition__id__exact=edition.pk, state__exact=state))
        for state, of in states.items()
        if (count := getattr(progress, state))
    ]


def stopped_rows(edition: Edition) -> str:
    return _rows("delivery", edition__id__exact=edition.pk, stopped="1")


def _series(since: datetime) -> Iterator[tuple[Edition, Number]]:
    for edition, count in calendar.series_sent(since=since):
        link = _rows("delivery", edition__id__exact=edition.pk, state__exact="sent", closed_at__gte=since.isoformat())
        yield edition, Number(count=count, of="in the last seven days", link=link)


def _rows(model: str, **such: object) -> str:
    return f"{reverse(f'admin:accounts_{model}_changelist')}?{urlencode(such)}"
