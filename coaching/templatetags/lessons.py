from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from coaching.models import LessonProgress
from coaching.said import is_lesson_said, told
from content.models import Lesson

register = template.Library()


@register.filter
def mark_in(lesson: Lesson, progress: Mapping[str, LessonProgress]) -> LessonProgress | None:
    """What a reader did in this lesson."""
    return progress.get(lesson.slug)


@register.simple_tag
def lesson_link(lesson: Lesson) -> str:
    """Its title as a link, which says before it is followed that the lesson itself is in English."""
    address, title = lesson.get_absolute_url(), told(lesson.title)
    if is_lesson_said(lesson.slug):
        return format_html('<a href="{}">{}</a>', address, title)
    return format_html('<a href="{}" hreflang="en">{}</a>{}', address, title, _in_english())


@register.simple_tag
def in_english(lesson: Lesson) -> str:
    """For what stands beside a link that is no title, such as a button."""
    return "" if is_lesson_said(lesson.slug) else _in_english()


def _in_english() -> str:
    return format_html(' <span class="in-language">({})</span>', _("in English"))
