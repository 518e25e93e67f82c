"""For staff: how the service does, as pictures, tables and a file. Nobody in it can be told from another."""

import csv

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coaching.models import ServiceFigures
from coaching.service.counting import count_service
from coaching.service.pictures import pictured

HIDDEN = "not shown"


@require_safe
@never_cache
def service(request: HttpRequest) -> HttpResponse:
    figures = _figures()
    context = {
        **admin.site.each_context(request),
        "title": "How the service does",
        "figures": figures,
        "tables": [pictured(table) for table in figures.tables],
    }
    return render(request, "coaching/service.html", context)


@require_safe
@never_cache
def service_csv(request: HttpRequest) -> HttpResponse:
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="unloop-service.csv"'
    writer = csv.writer(answer)
    writer.writerow(["table", "row", "column", "figure"])
    for table in _figures().tables:
        for name, cells in table["rows"]:
            for column, figure in zip(table["columns"], cells, strict=True):
                writer.writerow([table["slug"], name, column, HIDDEN if figure is None else figure])
    return answer


def _figures() -> ServiceFigures:
    """Those of the last night; on a site where no worker has run yet they are counted now."""
    return ServiceFigures.objects.first() or count_service(timezone.now())
