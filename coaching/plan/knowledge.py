"""The library's knowledge as the core wants it: read once, kept until a row changes.

Once a second a process asks the database whether anything changed (`content/reading/stamp.py`), so an edited
caution holds within a second, in every process.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from coaching.core.learning.norms import Pool
from coaching.core.practice.rung import Rung
from coaching.core.progress import scales as progress
from coaching.core.recommend.options import EvidenceRow, Options, TechniqueFacts
from coaching.learning.pools import current_pool
from coaching.models import PoolNorms
from coaching.said import learn
from content.core.cautions import CautionRow
from content.core.demands import PLACES, Demand
from content.core.signals import Signal
from content.core.vocabulary import Family, Grade, Level, Need, Status
from content.core.ways import example_for
from content.models import (
    Caution,
    DangerSign,
    Evidence,
    Guide,
    Ladder,
    Lesson,
    Reference,
    Row,
    Scale,
    Technique,
)
from content.reading.cautions import (
    Spoken,
    demands_of_guide,
    on_demands,
    row_of,
    rows_of_demands,
)
from content.reading.sources import Sources
from content.reading.stamp import AskedOnceASecond, answer_to, library_stamp, marks_of, span


@dataclass(frozen=True, kw_only=True)
class Source:
    """A reference as a result page names it."""

    byline: str
    link: str
    trust: str
    is_likely: bool


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    options: Options
    levels: Mapping[str, Level]
    signs: Mapping[str, str]
    sources: Mapping[str, Source]
    pool: Pool
    ladders: Mapping[str, tuple[Rung, ...]] = field(default_factory=dict)
    """By technique."""

    examples: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By technique and by place of the body: the first words of its guide that are for that place."""

    lessons: tuple[Lesson, ...] = ()
    """Without their text; some are published at a time to come."""

    scales: tuple[progress.Scale, ...] = ()
    """Those of a check-in, as they are in force, in the order in which they are shown."""

    number: int = field(default_factory=count(1).__next__, compare=False)
    """Another one for each reading in this process."""


_kept: dict[tuple, Knowledge] = {}


def knowledge() -> Knowledge:
    at = timezone.now()
    stamp = (*library_stamp(at), *_pooled(at), span())
    known = _kept.get(stamp)
    if known is None:
        # Another thread may do the same at this moment, so what is returned is never looked up again.
        known = _read()
        # Before anybody finds it: a page that was drawn with its number may be kept.
        learn()
        _kept.clear()
        _kept[stamp] = known
    return known


def rules_of(
    spoken: Spoken, technique: str, guide: Guide | None = None
) -> tuple[TechniqueFacts, tuple[CautionRow, ...]] | None:
    """One technique with all its cautions, straight from their rows: all that the page of one practice needs.

    What `guide` asks of the body counts, without one what the guide asks with which the technique is practised first.
    None when there is no such technique.
    """
    asked = spoken.of_guide(guide) if guide else spoken.of_technique(technique)
    if asked is None:
        return None
    facts = TechniqueFacts(
        slug=technique, name=technique, family=asked.family, startable=asked.startable, demands=asked.demands
    )
    return facts, asked.cautions


def _ask(_at: datetime) -> tuple:
    return answer_to(marks_of(PoolNorms, connection.vendor))


_pooled = AskedOnceASecond(_ask)
"""Changes when people are pooled anew."""


def _read() -> Knowledge:
    signs = list(DangerSign.objects.only("slug", "level", "question"))
    guides = list(Guide.objects.defer("loaded", "conflicts"))
    asked = {guide.slug: demands_of_guide(guide) for guide in guides}
    rows, sources = rows_of_demands(), Sources()
    return Knowledge(
        options=Options(
            techniques=tuple(_technique(row, asked.get(row.slug, frozenset())) for row in _plain(Technique)),
            evidence=tuple(_evidence(row, sources.of(row)) for row in _plain(Evidence)),
            cautions=tuple(row_of(row, row.technique_id, sources) for row in _plain(Caution)),
            demand_cautions=tuple(
                row for slug, demands in asked.items() for row in on_demands(slug, demands, rows, sources)
            ),
        ),
        levels={sign.slug: Level(sign.level) for sign in signs},
        signs={sign.slug: sign.question for sign in signs},
        sources={row.slug: _source(row) for row in _plain(Reference)},
        pool=current_pool(),
        ladders={row.technique_id: _rungs(row) for row in Ladder.objects.published(timezone.now())},
        examples=_examples(guides),
        lessons=tuple(Lesson.objects.filter(status=Status.PUBLISHED).without_text()),
        scales=_scales(),
    )


def _scales() -> tuple[progress.Scale, ...]:
    """What the code knows of each scale, with the numbers and texts of its row."""
    rows = {row.slug: row for row in _plain(Scale)}
    return tuple(_scale(scale, rows[slug]) if slug in rows else scale for slug, scale in progress.SCALES.items())


def _scale(scale: progress.Scale, row: Scale) -> progress.Scale:
    return replace(
        scale,
        important=row.important,
        swing=row.swing_tenths / 10,
        every=row.every,
        steady_every=row.steady_every,
        name=row.name,
        name_es=row.name_es,
        anyway=row.anyway,
        anyway_es=row.anyway_es,
    )


def _examples(guides: Iterable[Guide]) -> dict[str, dict[str, str]]:
    first = [guide for guide in guides if guide.slug == guide.technique_id and guide.is_published(timezone.now())]
    return {guide.slug: {place: example_for(guide.timed_steps, place) for place in PLACES} for guide in first}


def _rungs(row: Ladder) -> tuple[Rung, ...]:
    return tuple(Rung(**rung) for rung in row.rungs)


def _plain(model: type[Row]) -> QuerySet[Any]:
    """Without what only the loader of the library's files asks for."""
    return model.objects.defer("loaded", "conflicts")


def _technique(row: Technique, demands: frozenset[Demand]) -> TechniqueFacts:
    return TechniqueFacts(
        slug=row.slug,
        name=row.name,
        short=row.short,
        family=Family(row.family),
        minutes=row.minutes,
        daily_minutes=row.daily_minutes,
        startable=row.startable,
        demands=demands,
        signal=Signal(row.outcome),
        fair_trial=row.fair_trial,
    )


def _evidence(row: Evidence, sources: tuple[str, ...]) -> EvidenceRow:
    return EvidenceRow(
        need=Need(row.need),
        technique=row.technique_id,
        grade=Grade(row.grade),
        dose=row.dose,
        minutes=row.minutes,
        weeks=row.weeks_to_benefit,
        benefit=row.benefit,
        note=row.note,
        sources=sources,
    )


def _source(row: Reference) -> Source:
    return Source(byline=row.byline, link=row.link, trust=row.trust, is_likely=row.is_likely)
