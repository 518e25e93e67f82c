"""What stands first on the result page, and what it must not leave unsaid or say twice."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.core.intake.scores import Incomplete
from coaching.plan.knowledge import Source
from coaching.plan.plans import Coaching
from coaching.plan.results import NAMES, sources_of
from content.core.vocabulary import Level, Need

ASKED = {
    "PEG": ("pain", ("peg_1", "peg_2", "peg_3")),
    "GAD-2": ("mood", ("gad_1", "gad_2")),
    "GAD-7": ("worry-more", ("gad_3", "gad_4", "gad_5", "gad_6", "gad_7")),
    "PHQ-2": ("mood", ("phq_1", "phq_2")),
}
"""Of each scale the step that asks it, and its questions there."""


@dataclass(frozen=True, kw_only=True)
class Uncounted:
    """A scale that was begun and has no score, how much is missing, and the step with the way back to it."""

    name: str
    missing: str
    step: str


@dataclass(frozen=True, kw_only=True)
class Ease:
    """For a new pain or a flare: that most ease, with the dose and the sources of the evidence."""

    dose: str
    sources: tuple[Source, ...]


def uncounted(coaching: Coaching) -> tuple[Uncounted, ...]:
    answers, scores = coaching.answers, coaching.snapshot.scores
    of = {"PEG": scores.peg, "GAD-2": scores.gad2, "GAD-7": scores.gad7, "PHQ-2": scores.phq2}
    lines = []
    for tool, (step, questions) in ASKED.items():
        missing = sum(answers.get(question) is None for question in questions)
        if isinstance(of[tool], Incomplete) and 0 < missing < len(questions):
            lines.append(Uncounted(name=str(NAMES[tool]), missing=_missing(missing), step=step))
    return tuple(lines)


def _missing(count: int) -> str:
    told = ngettext("one answer is missing", "%(count)d answers are missing", count) % {"count": count}
    return _("not counted, %(missing)s") % {"missing": told}


def ease_of(coaching: Coaching) -> Ease | None:
    """None under a sign that has to be seen: it would be a comfort that nobody can give."""
    if coaching.snapshot.safety.level not in (None, Level.VISIT) or not coaching.snapshot.needs.get(Need.ACUTE):
        return None
    rows = coaching.options.evidence
    row = next((row for row in rows if row.need is Need.ACUTE and row.technique == "education"), None)
    return Ease(dose=row.dose.partition(":")[0], sources=sources_of(coaching, row.sources)) if row else None


def notes_of(coaching: Coaching) -> tuple[str, ...]:
    """Each note once."""
    return tuple(dict.fromkeys(coaching.recommendation.notes))
