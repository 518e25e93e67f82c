"""When the library last changed for readers, in one small query: what is kept of its pages is as old as this."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Model, Q, Subquery, Value

from content.core.vocabulary import Status
from content.models import (
    Caution,
    ConditionText,
    DemandCaution,
    EvidenceCard,
    Guide,
    Ladder,
    Lesson,
    LessonVariant,
    Reference,
    Technique,
)

BESIDE: tuple[type[Model], ...] = (
    Reference,
    EvidenceCard,
    Technique,
    LessonVariant,
    Guide,
    Ladder,
    Caution,
    DemandCaution,
    ConditionText,
)
"""What a lesson page shows besides lessons; the cautions stand by what it asks to try."""


def lessons_stamp(at: datetime) -> tuple:
    """Changes with every saved row, with each text that is published, withdrawn or falls due, and with no visit."""
    seen = Q(status=Status.PUBLISHED.value, publish_at__lte=at)
    asked: dict[str, Any] = {
        "count": Count("pk"),
        "newest": Max("updated"),
        "seen": Count("pk", filter=seen),
        "newest_seen": Max("publish_at", filter=seen),
    }
    for model in BESIDE:
        rows = model._default_manager.order_by().annotate(all=Value(1)).values("all")
        name = model._meta.model_name
        asked[f"newest_{name}"] = Max(Subquery(rows.annotate(newest=Max("updated")).values("newest")))
        asked[f"count_{name}"] = Max(Subquery(rows.annotate(count=Count("pk")).values("count")))
    variants = LessonVariant.objects.published(at).order_by().annotate(all=Value(1)).values("all")
    asked["seen_variants"] = Max(Subquery(variants.annotate(count=Count("pk")).values("count")))
    asked["newest_variant_seen"] = Max(Subquery(variants.annotate(newest=Max("publish_at")).values("newest")))
    figures = Lesson.objects.order_by().aggregate(**asked)
    return tuple(figures[name] for name in sorted(figures))
