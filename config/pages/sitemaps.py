"""The pages that a search engine may list: the public ones, and nothing of a person's."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import Edition
from content.models import Guide, Lesson, Publishable, Tip

ENTRANCES = [
    "coaching:home",
    "coaching:lessons",
    "coaching:intake",
    "coaching:practices",
    "coaching:help_now",
    "coaching:close",
    "coaching:clinics",
    "content:tips",
    "accounts:newsletter",
    "accounts:letters",
]


class Entrances(Sitemap[str]):
    def items(self) -> list[str]:
        return ENTRANCES

    def location(self, item: str) -> str:
        return reverse(item)


class Published(Sitemap[Publishable]):
    kind: type[Lesson] | type[Guide] | type[Tip]

    def items(self) -> QuerySet[Publishable]:
        return self.kind.objects.published(timezone.now()).only("slug", "updated")

    def lastmod(self, item: Publishable) -> datetime:
        return item.updated


class Lessons(Published):
    kind = Lesson


class Guides(Published):
    kind = Guide


class Tips(Published):
    kind = Tip


class Letters(Sitemap[Edition]):
    def items(self) -> QuerySet[Edition]:
        return Edition.objects.in_archive().only("slug", "started_at")

    def lastmod(self, item: Edition) -> datetime | None:
        return item.started_at


SITEMAPS = {"entrances": Entrances, "lessons": Lessons, "guides": Guides, "tips": Tips, "letters": Letters}
