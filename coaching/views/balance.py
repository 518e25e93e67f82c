"""The balance check: what the person uses now, and questions to take along."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coaching.core.intake.balance import check_balance
from coaching.danger.gate import danger_first
from coaching.intake.known import newest_known
from coaching.people.session import person_of


@require_safe
@never_cache
@danger_first
def balance(request: HttpRequest) -> HttpResponse:
    answers = newest_known(person_of(request))
    if answers is None:
        return redirect("coaching:intake")
    return render(request, "coaching/balance.html", {"balance": check_balance(answers.get("using_now"))})
