"""For staff: who says which line, which lines nobody has recorded, and recordings that people made of them."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.guard.audit import note
from coaching.voices.desk import MADE_BY_A_MACHINE, LineFace, line_of, page_of, pages_of
from content.core.voices.rules import HIGHEST_PEAK, LOUDNESS, LOUDNESS_WITHIN
from content.voices.human import keep
from content.voices.judging import BYTES_AT_MOST, SoundError, sound_of

LOOK = "content.view_humanrecording"
BRING, TAKE_OUT = "content.add_humanrecording", "content.change_humanrecording"
HELP = (
    f"MP3 with one or two channels, {BYTES_AT_MOST // (1024 * 1024)} MB at most, {LOUDNESS:.0f} LUFS within "
    f"{LOUDNESS_WITHIN:.0f}, true peak {HIGHEST_PEAK:.0f} dB at most. What the file says of its maker is taken out."
)


class RecordingForm(forms.Form):
    sound = forms.FileField(label="A recording of this line by a person", help_text=HELP)

    def __init__(self, *args: Any, room: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.room = room

    def clean_sound(self) -> Any:
        upload = self.cleaned_data["sound"]
        try:
            # One byte more than may be, so that a larger file is known as such, and no more of it is read.
            return sound_of(upload.read(BYTES_AT_MOST + 1), self.room)
        except SoundError as error:
            raise forms.ValidationError(str(error)) from None


@require_safe
@never_cache
@permission_required(LOOK, raise_exception=True)
def voice_desk(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    languages = [(name, pages_of(code, at)) for code, name in settings.LANGUAGES]
    return _page(request, "coaching/voice_desk.html", "Spoken lines", {"languages": languages})


@require_safe
@never_cache
@permission_required(LOOK, raise_exception=True)
def voice_desk_page(request: HttpRequest, language: str, what: str) -> HttpResponse:
    page = page_of(language, what, timezone.now()) if language in dict(settings.LANGUAGES) else None
    if page is None:
        raise Http404("there is no such page")
    is_narrowed = "silent" in request.GET
    lines = page.silent if is_narrowed else page.lines
    told = {"page": page, "lines": lines, "is_narrowed": is_narrowed}
    return _page(request, "coaching/voice_desk_page.html", f"{page.title}, {_name_of(language)}: spoken lines", told)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@permission_required(LOOK, raise_exception=True)
def voice_desk_line(request: HttpRequest, language: str, what: str, key: str) -> HttpResponse:
    face = _line(language, what, key)
    may_bring = request.user.has_perm(BRING)
    sent = (request.POST, request.FILES) if request.method == "POST" and may_bring else ()
    form = RecordingForm(*sent, room=face.line.seconds)
    if form.is_bound and form.is_valid():
        row = keep(language, face.line.text, *form.cleaned_data["sound"])
        note(request, "took in a recording of a spoken line by a person", [row])
        messages.success(request, "From now on this recording is heard in the place of the machine’s.")
        return redirect("voice_desk_line", language, what, key)
    told = {"face": face, "what": what, "form": form, "may_bring": may_bring, "may_remove": _may_remove(request)}
    status = 422 if form.errors else 200
    return _page(request, "coaching/voice_desk_line.html", f"A spoken line, {_name_of(language)}", told, status=status)


@require_POST
@never_cache
@permission_required([LOOK, TAKE_OUT], raise_exception=True)
def voice_desk_remove(request: HttpRequest, language: str, what: str, key: str) -> HttpResponse:
    face = _line(language, what, key)
    if face.human:
        note(request, "took out a recording of a spoken line by a person", [face.human])
        face.human.delete()
        messages.success(request, "The recording is gone. The machine’s is heard again where there is one.")
    return redirect("voice_desk_line", language, what, key)


def _name_of(language: str) -> str:
    return str(dict(settings.LANGUAGES)[language])


def _may_remove(request: HttpRequest) -> bool:
    return request.user.has_perm(TAKE_OUT)


def _line(language: str, what: str, key: str) -> LineFace:
    face = line_of(language, what, key, timezone.now()) if language in dict(settings.LANGUAGES) else None
    if face is None:
        raise Http404("there is no such line")
    return face


def _page(request: HttpRequest, template: str, title: str, told: dict[str, Any], *, status: int = 200) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title, "by_a_machine": MADE_BY_A_MACHINE, **told}
    return render(request, template, context, status=status)
