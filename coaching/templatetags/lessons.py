from collections.abc import Mapping

from django import template

from coaching.models import LessonProgress
from content.models import Lesson

register = template.Library()


@register.filter
def mark_in(lesson: Lesson, progress: Mapping[str, LessonProgress]) -> LessonProgress | None:
    """What a reader did in this lesson."""
    return progress.get(lesson.slug)
