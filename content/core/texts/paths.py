"""The pages that a text may link to."""

from collections.abc import Iterable

FIXED_PATHS = frozenset(
    {"/", "/lessons/", "/practice/", "/intake/", "/recommendations/", "/balance/", "/help-now/", "/today/", "/plan/"}
    | {
        "/progress/",
        "/tools/",
        "/evidence/",
        "/tips/",
        "/tips/feed/",
        "/tips/letters/",
        "/newsletter/",
        "/help-now/crisis/",
        "/help-now/emergency/",
        "/accounts/signup/",
    }
    | {"/accounts/login/", "/accounts/profile/", "/accounts/data/", "/about/", "/privacy/"}
)


def paths_of(*, lessons: Iterable[str], guides: Iterable[str], tips: Iterable[str]) -> frozenset[str]:
    named = (("lessons", lessons), ("practice", guides), ("tips", tips))
    return FIXED_PATHS | {f"/{room}/{slug}/" for room, slugs in named for slug in slugs}
