"""What a reader does with a lesson: mark it, keep their place, write to themselves, take its task along."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.drafts import words_arrived
from accounts.members.same_origin import own_forms_only
from coaching.core.recommend.care import StartRule
from coaching.core.tools.crisis_words import asks_for_care
from coaching.danger.gate import danger_first
from coaching.help.rule_words import in_language
from coaching.lessons import course_runs, progress
from coaching.lessons.forms import NotesForm, PlaceForm
from coaching.models import Person
from coaching.people.preferences import preferences_of
from coaching.people.session import person_for, person_of
from coaching.plan import plans
from coaching.plan.start_rules import start_rule
from coaching.views.lesson import own_page, the_lesson
from content.models import Lesson


@require_POST
@own_forms_only
def lesson_done(request: HttpRequest, slug: str) -> HttpResponse:
    lesson = the_lesson(slug)
    if request.POST.get("done") == "no":
        progress.mark_undone(person_for(request), lesson)
    else:
        progress.mark_done(person_for(request), lesson, at=timezone.now())
    return redirect(f"{lesson.get_absolute_url()}#done")


@require_POST
@own_forms_only
def lesson_bookmark(request: HttpRequest, slug: str) -> HttpResponse:
    lesson = the_lesson(slug)
    if request.POST.get("keep") == "no":
        progress.take_bookmark_away(person_for(request), lesson)
    else:
        progress.set_bookmark(person_for(request), lesson, at=timezone.now())
    return redirect(lesson.get_absolute_url())


@require_POST
@own_forms_only
def lesson_place(request: HttpRequest, slug: str) -> HttpResponse:
    """Where a reader stopped: told by a button, or by the page itself when it is left (`quietly`)."""
    lesson, form = the_lesson(slug), PlaceForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    size, block = form.cleaned_data["size"], form.cleaned_data["block"]
    if not progress.keep_place(person_for(request), lesson, size, block, timezone.now()):
        return HttpResponse(status=422)
    if "quietly" in request.POST:
        return HttpResponse(status=204)
    messages.success(request, _("Your place is kept. The lesson opens there when you come back."))
    return redirect(f"{lesson.get_absolute_url()}?size={size}")


@require_POST
@never_cache
@own_forms_only
def lesson_notes(request: HttpRequest, slug: str) -> HttpResponse:
    lesson = the_lesson(slug)
    form = NotesForm(request.POST, question=lesson.reflection)
    if not form.is_valid():
        return own_page(request, slug, form, status=422)
    is_deleting = request.POST.get("do") == "delete"
    if is_deleting and "sure" not in request.POST:
        return render(request, "coaching/lesson_words_delete.html", {"lesson": lesson, "form": form})
    notes = {} if is_deleting else form.notes()
    if not notes and person_of(request) is None:
        return redirect(f"{lesson.get_absolute_url()}#own-words")
    person = person_for(request)
    if not progress.save_notes(person, lesson, notes, form.cleaned_data["version"] or 0):
        return _clash(request, person, lesson, form)
    words_arrived(request)
    if asks_for_care(notes):
        return render(request, "coaching/lesson_care.html", {"lesson": lesson})
    messages.success(request, _("Kept, for your eyes alone.") if notes else _("Deleted. It is gone for good."))
    return redirect(f"{lesson.get_absolute_url()}#own-words")


def _clash(request: HttpRequest, person: Person, lesson: Lesson, form: NotesForm) -> HttpResponse:
    """The words stay on the page, which now knows of the newer ones: saving once more replaces them."""
    kept = progress.progress_in(person, lesson)
    typed = {**form.cleaned_data, "version": kept.notes_version if kept else 0}
    messages.warning(
        request, _("This was changed in another tab or on another device. Save again to put these words in its place.")
    )
    return own_page(request, lesson.slug, NotesForm(initial=typed, question=lesson.reflection), status=409)


@require_POST
@never_cache
@own_forms_only
@danger_first
def lesson_task(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the lesson's task into the plan, if it may be practised by this person."""
    lesson = the_lesson(slug)
    technique = lesson.task.get("technique", "")
    plan = plans.current_plan(person_of(request))
    if plan is None:
        return redirect("coaching:intake")
    rule = start_rule(request, technique) if technique else StartRule(may_start=False)
    if rule.may_start:
        plans.pin(plan, technique)
        messages.success(request, _("It is in your plan now."))
    else:
        because = _("From your answers: %(reason)s.") % {"reason": rule.because} if rule.because else ""
        words = " ".join(filter(None, (because, *in_language(rule.reasons)))) or _("This cannot be practised here.")
        messages.warning(request, f"{_('We did not add it to your plan.')} {words}")
    return redirect(f"{lesson.get_absolute_url()}#done")


@require_POST
@own_forms_only
def course(request: HttpRequest) -> HttpResponse:
    """Begin the course, let it rest, or go on."""
    acts = {"begin": course_runs.begin, "pause": course_runs.pause, "resume": course_runs.resume}
    act = acts.get(request.POST.get("do", ""))
    if act is None:
        return HttpResponse(status=422)
    act(person_for(request), timezone.localdate(timezone=preferences_of(request).zone))
    return redirect(f"{reverse('coaching:lessons')}#course")
