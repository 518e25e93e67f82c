"""The buttons above an edition: what each does, and what it says afterwards."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.core.addresses import address_fault, normal_address
from accounts.forms.editions import RateForm
from accounts.letters import composing, editions
from accounts.models import Edition, User

TOO_LATE = "Nothing was changed: it stands elsewhere by now."


@dataclass(frozen=True, kw_only=True)
class Answer:
    words: str
    level: int = messages.SUCCESS
    goes_to: int | None = None


def _done(words: str, *, is_done: bool) -> Answer:
    return Answer(words=words) if is_done else Answer(words=TOO_LATE, level=messages.WARNING)


def test(request: HttpRequest, edition: Edition) -> Answer:
    """To any address that staff type: a letter looks different in each mail program."""
    typed = request.POST.get("to", "").strip() or _user(request).email or ""
    fault = address_fault(typed)
    if fault:
        return Answer(words=f"Nothing was sent. {typed[:80]}: {fault}", level=messages.ERROR)
    address = normal_address(typed)
    composing.send_test(edition, address, at=timezone.now())
    return Answer(words=f"A test letter is on its way to {address}.")


def copy(request: HttpRequest, edition: Edition) -> Answer:
    made = composing.copy(edition, by=_user(request))
    return Answer(words="This is a new draft with the same words.", goes_to=made.pk)


def unschedule(request: HttpRequest, edition: Edition) -> Answer:
    return _done("It is a draft again.", is_done=composing.take_back(edition))


def pause(request: HttpRequest, edition: Edition) -> Answer:
    reason = f"{editions.BY_STAFF}{_user(request).email}."
    return _done("Paused. Whoever has it keeps it; nobody else gets it now.", is_done=editions.pause(edition, reason))


def resume(request: HttpRequest, edition: Edition) -> Answer:
    return _done("It goes on where it stopped.", is_done=editions.resume(edition, at=timezone.now()))


def cancel(request: HttpRequest, edition: Edition) -> Answer:
    return _done("Cancelled for good.", is_done=editions.cancel(edition, at=timezone.now()))


def again(request: HttpRequest, edition: Edition) -> Answer:
    count = editions.send_again_to_failed(edition, at=timezone.now())
    words = ngettext("It goes again to %d person.", "It goes again to %d people.", count) % count
    return _done(words, is_done=count > 0)


def rate(request: HttpRequest, edition: Edition) -> Answer:
    form = RateForm(request.POST)
    if not form.is_valid():
        return Answer(words="The rate must be a whole number from 0 to 100000.", level=messages.ERROR)
    per_minute = form.cleaned_data["rate_per_minute"]
    words = (
        f"From now on {per_minute} a minute." if per_minute else "From now on as fast as the site's own limit allows."
    )
    return _done(words, is_done=editions.change_rate(edition, per_minute=per_minute))


def _user(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User)  # noqa: S101 (the admin's own wrapper lets in nobody else)
    return user


MOVES: dict[str, Callable[[HttpRequest, Edition], Answer]] = {
    "test": test,
    "copy": copy,
    "unschedule": unschedule,
    "pause": pause,
    "resume": resume,
    "cancel": cancel,
    "rate": rate,
    "again": again,
}
