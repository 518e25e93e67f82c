"""The scales as they are in force."""

from coaching.core.progress.scales import SCALES, Scale


def scales() -> tuple[Scale, ...]:
    """In the order in which they are shown: what one can do first."""
    return tuple(SCALES.values())
