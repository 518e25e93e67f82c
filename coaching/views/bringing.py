"""Bringing in what was taken along: from an account that is gone, or from another site that runs Unloop."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.members.consents import agree_to_health
from accounts.members.requests import OwnRequest
from accounts.models import User
from coaching.belongings.forms import BringForm
from coaching.belongings.reading import Refused
from coaching.belongings.taking_in import TakenIn, is_empty, take_in
from coaching.people.session import person_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def bring(request: OwnRequest) -> HttpResponse:
    form = BringForm(request.POST, request.FILES) if request.method == "POST" else BringForm()
    if form.is_bound and form.is_valid():
        try:
            taken = _take_in_with_a_yes(request.user, form.cleaned_data["file"].read())
        except Refused as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _words_of(taken))
            return redirect("accounts:data")
    person = person_of(request)
    context = {"form": form, "is_full": person is not None and not is_empty(person)}
    return render(request, "coaching/bring.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _take_in_with_a_yes(user: User, raw: bytes) -> TakenIn:
    """No answers are kept without the agreement that they stand on, and none is noted for what was refused."""
    at = timezone.now()
    taken = take_in(user, raw, at=at)
    agree_to_health(user, at=at)
    return taken


def _words_of(taken: TakenIn) -> str:
    words = ngettext("It is in: %(count)d row.", "It is in: %(count)d rows.", taken.rows) % {"count": taken.rows}
    if not taken.left_out:
        return words
    left = ngettext(
        "%(count)d row was left out. It is about something that this site does not have.",
        "%(count)d rows were left out. They are about something that this site does not have.",
        taken.left_out,
    )
    return f"{words} {left % {'count': taken.left_out}}"
