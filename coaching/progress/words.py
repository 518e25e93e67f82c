"""What is said of one scale: what its picture shows, and beside it what others see who have no programme.

Better is said late, worse is never left out, and what may be the swing of single readings is called so.
"""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coaching.core.progress.judging import Direction, Judged
from coaching.core.progress.scales import Scale


def name_of(scale: Scale) -> str:
    return _said(scale.name, scale.name_es)


def anyway_of(scale: Scale) -> str:
    """What happens to people without a programme; empty where nobody counted it."""
    return _said(scale.anyway, scale.anyway_es)


def _said(own: str, spanish: str) -> str:
    return spanish if spanish and (get_language() or "").startswith("es") else own


def way_of(scale: Scale) -> str:
    """Which way is better, for whoever looks at the picture."""
    return _("Up is better.") if scale.is_more_better else _("Down is better.")


def words_of(scale: Scale, judged: Judged) -> str:
    told = {
        "start": scale.shown(judged.start),
        "now": scale.shown(judged.now),
        "top": scale.top,
        "swing": scale.shown(round(judged.swing, 1)),
    }
    match judged.direction:
        case Direction.FIRST:
            said = _("Your start: %(now)s of %(top)s. There is nothing to compare yet.")
        case Direction.EARLY:
            said = _(
                "Too early to say: %(now)s of %(top)s now. One reading swings by about %(swing)s by itself, so we "
                "compare from the fourth on."
            )
        case Direction.BETTER:
            said = _(
                "Better: from about %(start)s at the start to about %(now)s of %(top)s now. That is more than readings "
                "swing by themselves."
            )
        case Direction.WORSE:
            said = _("Worse at the last two check-ins: about %(now)s of %(top)s now. This is no fault of yours.")
        case _same:
            said = _same_words(scale, judged)
    return said % told


def _same_words(scale: Scale, judged: Judged) -> str:
    if abs(judged.gain) < scale.step:
        return _("About the same: from about %(start)s at the start to about %(now)s of %(top)s now.")
    if judged.gain > 0:
        return _(
            "From about %(start)s at the start to about %(now)s of %(top)s now. It may be a change for the better. It "
            "may also be the swing of single readings, about %(swing)s each. A few more will tell."
        )
    return _(
        "From about %(start)s at the start to about %(now)s of %(top)s now. The last two readings do not agree that it "
        "is worse, so we cannot tell yet."
    )


def step_words(scale: Scale) -> str:
    """What the lines in the picture stand for."""
    told = {"step": scale.shown(scale.step), "swing": scale.shown(scale.swing)}
    if scale.important is None:
        return _(
            "The band is your start, and how far one reading swings by itself. This is our own question: nobody has "
            "tested which change of it matters."
        )
    return (
        _(
            "The band is your start, and how far one reading swings by itself. The broken lines are %(step)s away "
            "from it: from there on a change matters to most people."
        )
        % told
    )
