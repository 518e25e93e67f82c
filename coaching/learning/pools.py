"""Keeping what people who agreed teach the next, and reading it back as the core's value."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from coaching.core.learning.hierarchy import InSteps
from coaching.core.learning.norms import BELIEFS, NO_POOL, SCALES, Norms, Pool, Scale
from coaching.core.learning.norms import PoolCell as Cell
from coaching.core.learning.pooling import Record, in_steps
from coaching.core.learning.shrinkage import Belief, Levels
from coaching.models import PoolCell, PoolNorms
from content.core.signals import Signal


def current_pool() -> Pool:
    norms = PoolNorms.objects.first()
    if norms is None:
        return NO_POOL
    return Pool(norms=_norms(norms.values), cells=tuple(_cell(row) for row in PoolCell.objects.all()))


def _norms(values: dict) -> Norms:
    levels = {name: Levels(**values[name]) for name in ("drop", "kept")}
    beliefs = tuple(Belief(**one) for one in values.get("beliefs", ())) or BELIEFS
    scales = {Signal(name): Scale(**one) for name, one in values.get("scales", {}).items()} or SCALES
    return Norms(**{**values, **levels, "beliefs": beliefs, "scales": scales})


def _cell(row: PoolCell) -> Cell:
    return Cell(
        technique=row.technique,
        need=row.need,
        n=row.people,
        mean=row.mean,
        spread=row.spread,
        shift=row.shift,
        kept=row.kept,
    )


def refresh_pool(records: Sequence[Record], at: datetime) -> InSteps[None]:
    """Replace the pool by that of these records, in one transaction, the last step. Safe to run twice."""
    pool = yield from in_steps(records)
    with transaction.atomic():
        PoolNorms.objects.all().delete()
        PoolCell.objects.all().delete()
        if pool is not NO_POOL:
            _keep(pool, at)


def _keep(pool: Pool, at: datetime) -> None:
    PoolNorms.objects.create(values=asdict(pool.norms), people=pool.norms.people, made_at=at)
    PoolCell.objects.bulk_create(
        PoolCell(
            technique=cell.technique,
            need=cell.need,
            people=cell.n,
            mean=cell.mean,
            spread=cell.spread,
            shift=cell.shift,
            kept=cell.kept,
        )
        for cell in pool.cell.values()
    )
