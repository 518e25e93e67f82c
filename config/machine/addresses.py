"""The address of a page without its language: what is said of a page holds for it in every language."""

from django.conf import settings
from django.utils.translation import get_language_from_path


def in_english(path: str) -> str:
    """`/es/tools/` is `/tools/` there. What only looks like a language (`/esta/`) stays as it is."""
    language = get_language_from_path(path)
    return path.removeprefix(f"/{language}") if language and language != settings.LANGUAGE_CODE else path
