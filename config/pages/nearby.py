"""What a person may have meant who followed an address that leads nowhere."""

from difflib import SequenceMatcher
from itertools import chain

from django.utils import timezone

from content.models import Guide, Lesson, Publishable, Tip

MOST = 4
LEAST_LIKENESS = 0.45
LONGEST_WORD = 60


def nearby(path: str) -> list[Publishable]:
    """Up to four published pages whose address is like the last word of this one, the likest first."""
    word = path.strip("/").rpartition("/")[2].lower()
    if not word or "." in word or len(word) > LONGEST_WORD:
        return []
    at = timezone.now()
    pages = chain.from_iterable(kind.objects.published(at).only("slug", "title") for kind in (Lesson, Guide, Tip))
    likest = sorted(((likeness(word, page.slug), page) for page in pages), key=lambda pair: -pair[0])
    return [page for score, page in likest[:MOST] if score >= LEAST_LIKENESS]


def likeness(word: str, slug: str) -> float:
    """From 0 to 1. A shared whole word ("back-pain", "pain") counts for more than shared letters."""
    shared = set(word.replace("_", "-").split("-")) & set(slug.replace("_", "-").split("-"))
    return max(SequenceMatcher(None, word, slug).ratio(), 0.6 if shared else 0.0)
