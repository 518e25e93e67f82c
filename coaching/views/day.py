"""The signed-in day: the next practice, the next lesson, and the plan behind them."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.members.requests import OwnRequest
from accounts.models import Profile
from coaching.belongings.joining import bring_along, leave_behind
from coaching.core.tools.crisis_words import never_as_a_wish
from coaching.danger.gate import danger_first, way_out
from coaching.intake.rechecks import recheck_due
from coaching.lessons.course_runs import CoursePage, Row, course_today
from coaching.people.preferences import preferences_of, zone_offer_of
from coaching.people.session import person_for, person_of, step_back, waiting_person
from coaching.plan import plans
from coaching.plan.changes import TOLD_FOR, changes_told
from coaching.plan.days import day_of
from coaching.plan.knowledge import knowledge
from coaching.plan.result_page import OwnLoop
from coaching.plan.results import cards_of, hope_in
from coaching.plan.review import Review, review_of
from coaching.practice.beside import Beside
from coaching.practice.later import later_for
from coaching.progress.asking import is_offered
from coaching.week.forms import fresh_id
from coaching.week.today import day_in_week, here, lesson_for
from coaching.week.weeks import rhythm_of, say_enough
from coaching.week.words import to_read_back


@require_safe
@never_cache
@login_required
@danger_first
def today(request: OwnRequest) -> HttpResponse:
    at = timezone.now()
    person = person_of(request)
    now = here(request)
    coaching = now.coaching if now else None
    profile = Profile.objects.of(request.user)
    zone = preferences_of(request).zone
    known = coaching.knowledge if coaching else knowledge()
    in_week = day_in_week(now) if now else None
    course, review = course_today(person, known.lessons, at, zone=zone), review_for(request, coaching, at)
    context = {
        "day": in_week or day_of(person, coaching, at=at, zone=zone),
        "beside": Beside(
            name=never_as_a_wish(profile.name),
            hope=hope_in(coaching.answers.get("values", ())) if coaching else "",
            has_left=bool(now and now.rhythm and now.rhythm.left_at),
            had_a_week=bool(now and now.weeks.last),
            is_review_due=bool(now and now.review_due),
            has_swaps=bool(review and review.is_open and review.swaps),
            offers_check_in=is_offered(person, at, zone, known.scales),
            recheck=recheck_due(person, coaching.plan.intake if coaching else None, at),
            later=tuple(later_for(request, coaching, at)),
            # In a week they stand on its page, with those of the week.
            changes=tuple(changes_told(coaching.plan, since=at - TOLD_FOR)) if coaching and not in_week else (),
            zone_offer=zone_offer_of(request, at),
        ),
        "now": now,
        "course": course,
        "to_read": next_to_read(coaching, course, at),
        "step": {"words": ""} | (to_read_back(now.rhythm.step) if now and now.rhythm else {}),
        "log_id": fresh_id(),
        "waiting": waiting_person(request),
        "is_unproved": not request.user.is_proved,
    }
    return render(request, "coaching/today.html", context)


def next_to_read(coaching: plans.Coaching | None, course: CoursePage, at: datetime) -> Row | None:
    """In the course the one whose turn it is; without it, the one that fits what is strongest."""
    if coaching is None or course.place:
        return course.following
    fitting = lesson_for(
        coaching.snapshot, coaching.recommendation.techniques, coaching.knowledge.lessons, course.read, at
    )
    return Row(lesson=fitting) if fitting else course.following


@require_POST
@never_cache
@login_required
@danger_first
def enough(request: OwnRequest) -> HttpResponse:
    """ "Enough for today", or after all some more."""
    now = here(request)
    if now and now.rhythm:
        say_enough(now.rhythm, None if request.POST.get("do") == "more" else now.today)
    return redirect("coaching:today")


@require_safe
@never_cache
@danger_first
def plan(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    coaching = plans.coaching_now(request)
    if coaching is None:
        return render(request, "coaching/plan_empty.html")
    if coaching.recommendation.blocked:
        return way_out(person, coaching.recommendation.blocked)
    loop = OwnLoop(coaching.snapshot, coaching.recommendation.picks)
    recheck = recheck_due(person, coaching.plan.intake, timezone.now())
    context = {"coaching": coaching, "cards": cards_of(coaching), "loop": loop, "recheck": recheck}
    context |= {
        "later": later_for(request, coaching, timezone.now()),
        "changes": changes_told(coaching.plan),
        "review": review_for(request, coaching, timezone.now()),
    }
    return render(request, "coaching/plan.html", context)


def review_for(request: HttpRequest, coaching: plans.Coaching | None, at: datetime) -> Review | None:
    """The look at the plan, for whoever keeps no week: with one, it is part of the weekly review."""
    if coaching is None or coaching.recommendation.blocked or rhythm_of(coaching.plan.person):
        return None
    return review_of(
        coaching, at, is_asked=request.GET.get("look") == "now", hides_pain=preferences_of(request).hides_pain
    )


@require_POST
@login_required
def browser(request: HttpRequest) -> HttpResponse:
    """Whether what this browser held before logging in belongs to this account."""
    waiting = waiting_person(request)
    is_mine = request.POST.get("is_mine")
    if waiting and is_mine == "yes":
        bring_along(waiting, person_for(request), at=timezone.now())
    elif waiting and is_mine == "no":
        leave_behind(waiting)
    return redirect("coaching:today")


@require_POST
@login_required
def other_account(request: OwnRequest) -> HttpResponse:
    """From an account whose address nobody proved, to one that its owner has: nothing of what was done here is lost."""
    if request.user.is_proved:
        return redirect("coaching:today")
    step_back(request)
    messages.success(request, _("What you did is still in this browser. Log in, and we ask whether to add it."))
    return redirect("account_login")
