"""For staff: what the rules of the weekly review do on every kind of week, as published and with what waits."""

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coaching.core.week.trial import try_out
from coaching.week.rule_rows import rules, rules_with_what_waits
from content.models import StepRule


@never_cache
@require_safe
@permission_required("content.view_steprule", raise_exception=True)
def step_trial(request: HttpRequest) -> HttpResponse:
    now, then = try_out(rules(timezone.now())), try_out(rules_with_what_waits())
    names = dict(StepRule.objects.order_by("order").values_list("slug", "title"))
    rows = [(names[slug], now.spoken.get(slug), then.spoken.get(slug)) for slug in names]
    moves = [(move.label, now.moves[move], then.moves[move]) for move in now.moves]
    context = {**admin.site.each_context(request), "title": "Rules of the weekly review"}
    context |= {"now": now, "then": then, "rows": rows, "moves": moves}
    return render(request, "coaching/step_trial.html", context)
