"""The rows that speak against a technique or one of its guides, read from the database and joined."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from content.core.cautions import CautionRow, joined
from content.core.demands import Demand
from content.core.vocabulary import Action, Condition, Limit
from content.models import Caution, DemandCaution, Guide
from content.models.caution import AnyCaution


def cautions_of(technique: str, demands: frozenset[Demand]) -> tuple[CautionRow, ...]:
    own = Caution.objects.filter(technique=technique).defer("loaded", "conflicts").prefetch_related("sources")
    asked = on_demands(technique, demands, rows_of_demands(demands))
    return joined([row_of(row, technique) for row in own], asked)


def cautions_of_guide(guide: Guide) -> tuple[CautionRow, ...]:
    return cautions_of(guide.technique_id, demands_of_guide(guide))


def cautions_of_technique(technique: str) -> tuple[CautionRow, ...]:
    """With what the guide asks by which it is practised first: the one of its own name."""
    return cautions_of(technique, demands_by_technique([technique]).get(technique, frozenset()))


def demands_of_guide(guide: Guide) -> frozenset[Demand]:
    """A guide that says nothing of the body counts as one that asks for all: nobody has looked."""
    return frozenset(map(Demand, guide.demands)) or frozenset(Demand)


def demands_by_technique(techniques: Iterable[str] | None = None) -> Mapping[str, frozenset[Demand]]:
    """What the first guide of each technique asks for; a technique that is only read has none."""
    guides = Guide.objects.only("slug", "demands")
    asked = guides if techniques is None else guides.filter(slug__in=techniques)
    return {guide.slug: demands_of_guide(guide) for guide in asked}


def rows_of_demands(demands: Iterable[Demand] | None = None) -> Mapping[Demand, list[DemandCaution]]:
    rows = DemandCaution.objects.defer("loaded", "conflicts").prefetch_related("sources")
    found: dict[Demand, list[DemandCaution]] = defaultdict(list)
    for row in rows if demands is None else rows.filter(demand__in=[demand.value for demand in demands]):
        found[Demand(row.demand)].append(row)
    return found


def on_demands(
    technique: str, demands: Iterable[Demand], rows: Mapping[Demand, list[DemandCaution]]
) -> list[CautionRow]:
    """The rows of some demands, as rows of the technique whose guide makes them."""
    asked = set(demands)
    return [row_of(row, technique) for demand in Demand if demand in asked for row in rows.get(demand, ())]


def row_of(row: AnyCaution, technique: str) -> CautionRow:
    return CautionRow(
        technique=technique,
        condition=Condition(row.condition),
        action=Action(row.action),
        words=row.words,
        limits=frozenset(Limit(limit) for limit in row.limits),
        source=", ".join(source.slug for source in row.sources.all()),
    )
