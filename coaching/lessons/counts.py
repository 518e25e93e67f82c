"""How many people have begun and finished each lesson: counts alone, for the pages of staff."""

from django.db.models import Count

from coaching.models import LessonProgress
from content.reading.usage import Usage


def count_lessons() -> dict[str, Usage]:
    """One query; by the lesson's slug."""
    rows = LessonProgress.objects.order_by().values_list("lesson").annotate(begun=Count("pk"), done=Count("done_at"))
    return {slug: Usage(begun=begun, finished=done) for slug, begun, done in rows}
