"""All evidence cards on one page: what each technique does, how sure that is, its harms and its cost."""

from django.db.models import F, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from content.models import EvidenceCard


@require_safe
def evidence(request: HttpRequest) -> HttpResponse:
    place = Min("techniques__position")
    cards = EvidenceCard.objects.annotate(place=place).order_by(F("place").asc(nulls_last=True), "slug")
    cards = cards.defer("loaded", "conflicts").prefetch_related("sources", "lessons")
    return render(request, "content/evidence.html", {"cards": cards})
