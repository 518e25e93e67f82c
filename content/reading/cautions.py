"""The rows that speak against a technique or one of its guides, read from the database and joined."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, CharField, F, JSONField, Value, When
from django.utils.translation import get_language

from content.core.cautions import CautionRow, joined
from content.core.demands import Demand
from content.core.vocabulary import Action, Condition, Family, Limit
from content.models import Caution, ConditionText, DemandCaution, Guide, Technique
from content.reading.once import readings
from content.reading.sources import Sources

_PLACE = {demand.value: place for place, demand in enumerate(Demand)}
COLUMNS = ("kind", "about", "condition", "action", "words", "words_es", "limits")
TECHNIQUE, OWN, ON_DEMAND, ASKED, LABEL = KINDS = "technique", "own", "on_demand", "asked", "label"
YES = "yes"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A technique, what its guide asks of the body, and all that speaks against it."""

    technique: str
    family: Family
    startable: bool
    demands: frozenset[Demand]
    cautions: tuple[CautionRow, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Spoken:
    """All that the library says against its techniques, as its rows have it, in the language of the page."""

    rows: Mapping[str, list[tuple[Any, ...]]]
    """By their kind."""

    joined: dict[tuple[str, frozenset[Demand]], Asked | None] = field(default_factory=dict)
    """What was asked for so far, by technique and what its guide asks of the body."""

    def of_guide(self, guide: Guide) -> Asked | None:
        return self._asked(guide.technique_id, demands_of_guide(guide))

    def of_technique(self, technique: str) -> Asked | None:
        """By the guide with which it is practised first: the one of its own name."""
        words = [word for row in self.rows[ASKED] if row[1] == technique for word in row[6] or Demand]
        return self._asked(technique, frozenset(map(Demand, words)))

    def _asked(self, technique: str, demands: frozenset[Demand]) -> Asked | None:
        key = (technique, demands)
        if key not in self.joined:
            self.joined[key] = self._join(technique, demands)
        return self.joined[key]

    def _join(self, technique: str, demands: frozenset[Demand]) -> Asked | None:
        facts = next((row for row in self.rows[TECHNIQUE] if row[1] == technique), None)
        if facts is None:
            return None
        labels = {row[1]: row[5] for row in self.rows[LABEL]}
        own = [_as_row(row, technique, labels) for row in self.rows[OWN] if row[1] == technique]
        by_demand = sorted((row for row in self.rows[ON_DEMAND] if row[1] in demands), key=lambda row: _PLACE[row[1]])
        return Asked(
            technique=technique,
            family=Family(facts[2]),
            startable=facts[3] == YES,
            demands=demands,
            cautions=joined(own, [_as_row(row, technique, labels) for row in by_demand]),
        )


def asked_by_guide(guide: Guide) -> Asked | None:
    return all_spoken().of_guide(guide)


def asked_by_technique(technique: str) -> Asked | None:
    """None where the library lacks it."""
    return all_spoken().of_technique(technique)


NOTHING_SPOKEN = Spoken(rows={kind: [] for kind in KINDS})


def all_spoken() -> Spoken:
    """Of every technique, in the language of the page: as every page asks that leads to a practice, read once."""
    language = YES if _is_spanish() else ""
    return readings.of(("spoken against", language), lambda _number: _read()) or _read()


def _read() -> Spoken:
    """In one query, so it joins the tables by hand; the sources of a row are read only where they are shown."""
    rows_of: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    for row in _rows():
        rows_of[row[0]].append(row)
    return Spoken(rows=rows_of)


def _rows() -> Iterable[tuple[Any, ...]]:
    nothing = Value("", CharField())
    plain = {"condition": nothing, "action": nothing, "words": nothing}
    own = Caution.objects.annotate(kind=Value(OWN), about=F("technique_id"))
    parts = [
        Technique.objects.values("pk").annotate(
            kind=Value(TECHNIQUE),
            about=F("slug"),
            condition=F("family"),
            action=Case(When(startable=True, then=Value(YES)), default=Value("")),
            words=nothing,
            words_es=nothing,
            limits=Value([], JSONField()),
        ),
        DemandCaution.objects.annotate(kind=Value(ON_DEMAND), about=F("demand")),
        Guide.objects.values("pk").annotate(
            kind=Value(ASKED), about=F("slug"), **plain, words_es=nothing, limits=F("demands")
        ),
    ]
    if _is_spanish():
        labels = {"words_es": F("label_es"), "limits": Value([], JSONField())}
        parts.append(ConditionText.objects.values("pk").annotate(kind=Value(LABEL), about=F("slug"), **plain, **labels))
    return (
        own.order_by().values_list(*COLUMNS).union(*(one.order_by().values_list(*COLUMNS) for one in parts), all=True)
    )


def _as_row(row: tuple[Any, ...], technique: str, labels: Mapping[str, str]) -> CautionRow:
    _, _, condition, action, words, words_es, limits = row
    return CautionRow(
        technique=technique,
        condition=Condition(condition),
        action=Action(action),
        words=words_es or words if _is_spanish() else words,
        limits=frozenset(map(Limit, limits)),
        label=labels.get(condition, ""),
    )


def _is_spanish() -> bool:
    return (get_language() or "").partition("-")[0] == "es"


def demands_of_guide(guide: Guide) -> frozenset[Demand]:
    """A guide that says nothing of the body counts as one that asks for all: nobody has looked."""
    return frozenset(map(Demand, guide.demands)) or frozenset(Demand)


def rows_of_demands() -> Mapping[Demand, list[DemandCaution]]:
    rows: dict[Demand, list[DemandCaution]] = defaultdict(list)
    for row in DemandCaution.objects.defer("loaded", "conflicts"):
        rows[Demand(row.demand)].append(row)
    return rows


def on_demands(
    technique: str, demands: Iterable[Demand], rows: Mapping[Demand, list[DemandCaution]], sources: Sources
) -> list[CautionRow]:
    """The rows of some demands, as rows of the technique whose guide makes them."""
    asked = set(demands)
    return [row_of(row, technique, sources) for demand in Demand if demand in asked for row in rows.get(demand, ())]


def row_of(row: Caution | DemandCaution, technique: str, sources: Sources) -> CautionRow:
    return CautionRow(
        technique=technique,
        condition=Condition(row.condition),
        action=Action(row.action),
        words=row.words,
        limits=frozenset(Limit(limit) for limit in row.limits),
        source=", ".join(sources.of(row)),
    )
