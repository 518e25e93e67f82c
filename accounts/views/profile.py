from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.drafts import words_arrived
from accounts.forms.profile import ProfileForm
from accounts.mail.links import Standing, standing_link
from accounts.members import reminder_wishes
from accounts.members.own_data import subscribers_of
from accounts.members.requests import OwnRequest, posted
from accounts.models import Profile


@login_required
def profile(request: OwnRequest) -> HttpResponse:
    form = ProfileForm(posted(request), instance=Profile.objects.of(request.user))
    if request.method == "POST" and form.is_valid():
        form.save()
        reminder_wishes.follow_clock(request.user, timezone.now())
        words_arrived(request)
        messages.success(request, _("Saved."))
        return redirect("accounts:profile")
    subscriber = subscribers_of(request.user).first()
    letters_link = standing_link(subscriber, Standing.PREFERENCES) if subscriber else None
    return TemplateResponse(request, "accounts/profile.html", {"form": form, "letters_link": letters_link})
