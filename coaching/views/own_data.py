"""My data, read in plain words, and all of it in one zip: for a member, and for a visitor without an account."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.members import personal_data
from accounts.members.extent import ON_A_PAGE, WHOLE, Extent
from accounts.models import User
from coaching.belongings import my_data
from coaching.belongings.in_words import in_words
from coaching.belongings.taking_along import NAME, zip_of
from coaching.people.preferences import preferences_of
from coaching.people.session import person_of


@require_safe
@never_cache
def see(request: HttpRequest) -> HttpResponse:
    hides_pain = preferences_of(request).hides_pain
    return render(request, "coaching/my_data.html", {"parts": in_words(_shown(request), hides_pain=hides_pain)})


@require_safe
@never_cache
@reauthentication_required(enabled=lambda request: request.user.is_authenticated)
def download(request: HttpRequest) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{NAME}.zip"'}
    return HttpResponse(zip_of(_taken(request)), content_type="application/zip", headers=headers)


def _shown(request: HttpRequest) -> dict[str, Any]:
    if isinstance(request.user, User):
        return personal_data.shown(request.user, ON_A_PAGE, without=("rows",))
    return _of_visitor(request, ON_A_PAGE)


def _taken(request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    if isinstance(request.user, User):
        return personal_data.export(request.user, at=now)
    return {"exported_at": now.isoformat(), **_of_visitor(request, WHOLE)}


def _of_visitor(request: HttpRequest, extent: Extent) -> dict[str, Any]:
    person = person_of(request)
    return {"coaching": my_data.export_person(person, extent) if person else {}}
