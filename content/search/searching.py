"""Full-text search over the lessons and tips that readers may see: one function, one query.

SQLite answers with FTS5 and PostgreSQL with its own full text (`search_index.py`). Texts that hold
every word come first and stand alone when there are any; else those that hold one of them.
Within these the better match is first. A word also finds its other forms,
and longer words whose stem begins with it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from content.core.texts.search_words import words_of
from content.core.vocabulary import Family, Need

MOST_FOUND = 30
OPENS, CLOSES = "\ue000", "\ue001"
"""Signs of no writing, put around the words found until the snippet is escaped."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is looked for. An empty field asks nothing."""

    typed: str = ""
    need: Need | None = None
    technique: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        return words_of(self.typed)

    @property
    def is_empty(self) -> bool:
        return not (self.typed.strip() or self.need or self.technique)


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One lesson or tip. `snippet` is safe HTML with the words found in <mark>, or empty."""

    kind: str
    slug: str
    title: str
    summary: str
    course: int | None
    family: Family | None
    snippet: SafeString

    @property
    def is_tip(self) -> bool:
        return self.kind == "tip"

    @property
    def address(self) -> str:
        return reverse("content:tip" if self.is_tip else "coaching:lesson", args=[self.slug])


def search(wish: Wish, at: datetime) -> list[Hit]:
    """What readers may see at `at` and the wish fits, best first. No database is asked for a wish without a word."""
    if wish.is_empty or (wish.typed.strip() and not wish.words):
        return []
    with connection.cursor() as cursor:
        cursor.execute(_query(wish), _values(wish, at))
        rows = cursor.fetchall()
    fitting = [row for row in rows if row[-1]] or rows
    return [_hit(row) for row in fitting]


def _hit(row: Sequence[Any]) -> Hit:
    kind, slug, title, summary, course, family, snippet, _ = row
    return Hit(
        kind=kind,
        slug=slug,
        title=title,
        summary=summary,
        course=course,
        family=Family(family) if family else None,
        snippet=_marked(snippet),
    )


def _marked(snippet: str) -> SafeString:
    """Nothing of it is HTML until the last moment, so no text can bring its own."""
    if OPENS not in snippet:
        return SafeString()
    html = escape(snippet).replace(OPENS, "<mark>").replace(CLOSES, "</mark>")
    return mark_safe(html)  # noqa: S308 (escaped the line above)


def _values(wish: Wish, at: datetime) -> dict[str, Any]:
    return {
        "at": connection.ops.adapt_datetimefield_value(at),
        "need": f'%"{wish.need.value}"%' if wish.need else "",
        "technique": wish.technique,
        "most": MOST_FOUND,
        "opens": OPENS,
        "closes": CLOSES,
        "marks": f"StartSel={OPENS}, StopSel={CLOSES}, MinWords=12, MaxWords=28",
        **_asked(wish.words),
    }


def _asked(words: Sequence[str]) -> dict[str, str]:
    """Both databases' spelling of "all of these" and "one of these"; the words hold letters and digits alone."""
    if connection.vendor == "sqlite":
        spelled, both, either = [f'"{word}"*' for word in words], " AND ", " OR "
    else:
        spelled, both, either = [f"'{word}':*" for word in words], " & ", " | "
    return {"every": both.join(spelled), "some": either.join(spelled)}


def _query(wish: Wish) -> str:
    texts = " UNION ALL ".join(_texts(wish))
    if not wish.words:
        return LISTED.format(texts=texts)
    return (SQLITE if connection.vendor == "sqlite" else POSTGRESQL).format(texts=texts)


def _texts(wish: Wish) -> Iterator[str]:
    """The published texts that fit the filters. A tip says nothing of needs, so a need leaves tips out."""
    seen = "status = 'published' AND publish_at <= %(at)s"
    needed = " AND CAST(needs AS text) LIKE %(need)s" if wish.need else ""
    yield f"{_columns(LESSON_COLUMNS)} FROM content_lesson WHERE {seen}{needed}{_of_technique(wish, 'technique_id')}"
    if not wish.need:
        yield f"{_columns(TIP_COLUMNS)} FROM content_tip WHERE {seen}{_of_technique(wish, 'practice_id')}"


def _of_technique(wish: Wish, column: str) -> str:
    return f" AND {column} = %(technique)s" if wish.technique else ""


def _columns(names: str) -> str:
    return names if connection.vendor == "sqlite" else f"{names}, search, plain"


LESSON_COLUMNS = "SELECT 'lesson' AS kind, id * 2 AS place, slug, title, summary, course, technique_id, position"
TIP_COLUMNS = "SELECT 'tip', id * 2 + 1, slug, title, summary, NULL, practice_id, position"

LISTED = """
WITH texts AS ({texts})
SELECT kind, texts.slug, title, texts.summary, course, family, '', 1
FROM texts LEFT JOIN content_technique technique ON technique.slug = technique_id
ORDER BY kind, CASE WHEN course IS NULL THEN 1 ELSE 0 END, course, texts.position, texts.slug LIMIT %(most)s
"""
SQLITE = """
WITH texts AS ({texts})
SELECT kind, texts.slug, texts.title, texts.summary, course, family,
    snippet(content_search, 2, %(opens)s, %(closes)s, ' … ', 26),
    content_search.rowid IN (SELECT rowid FROM content_search WHERE content_search MATCH %(every)s) AS is_all
FROM content_search JOIN texts ON place = content_search.rowid
LEFT JOIN content_technique technique ON technique.slug = technique_id
WHERE content_search MATCH %(some)s
ORDER BY is_all DESC, bm25(content_search, 8.0, 4.0, 1.0), texts.title LIMIT %(most)s
"""
POSTGRESQL = """
WITH texts AS ({texts}), hits AS (
    SELECT texts.*, search @@ to_tsquery('english', %(every)s) AS is_all,
        ts_rank(search, to_tsquery('english', %(some)s), 1) AS likeness
    FROM texts WHERE search @@ to_tsquery('english', %(some)s)
    ORDER BY is_all DESC, likeness DESC, title LIMIT %(most)s
)
SELECT kind, hits.slug, title, hits.summary, course, family,
    ts_headline('english', plain, to_tsquery('english', %(some)s), %(marks)s), is_all
FROM hits LEFT JOIN content_technique technique ON technique.slug = technique_id
ORDER BY is_all DESC, likeness DESC, title
"""
