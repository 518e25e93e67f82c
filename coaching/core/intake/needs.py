"""From answers to a snapshot: how strong each need is, why, and what makes a technique unsafe.

Triggers are those of evidence section 2b (pragmatic there, unvalidated): tension, stuck thoughts and
avoiding from 5, sleep to 4, active days to 2, GAD-2 from 3 or GAD-7 from 10, a panic in the last 4 weeks,
the duration of the pain, and care that is all passive. The *level* of a need is ours and has no evidence
behind it: LEAST at its trigger, 1 at the far end of its scale, a straight line between. Pain needs rise
with the PEG. A need that is not triggered is absent: below its trigger nothing is read in.

    tension 8   ->  0.5 + 0.5 x (8 - 5) / (10 - 5)  =  0.8
    sleep 2     ->  0.5 + 0.5 x (4 - 2) / (4 - 0)   =  0.75
    over 12 weeks, PEG sum 18  ->  0.5 + 0.5 x 18 / 30  =  0.8

A question left unanswered raises no need. With chest pain anywhere in the answers, as a danger sign or as a
condition, nothing raises panic: it needs a check, not a label (evidence section 3b).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from coaching.core.intake.conditions import flare_is_fresh, read_conditions, tells_of_chest
from coaching.core.intake.questionnaires import USED, VERSION
from coaching.core.intake.safety import SafetyReading, read_safety
from coaching.core.intake.scores import Distress, Incomplete, Scores, distress_of, reaches, score_all
from coaching.core.intake.signs import LEAST_LEVEL
from coaching.core.person.leads import Bent, bents
from coaching.core.person.my_picture import NOT_IT, corrected, without
from coaching.core.person.told import NOTHING_TOLD, Told, read_told
from coaching.core.questions.items import Answers
from content.core.vocabulary import Condition, Level, Need, Stage

LEAST = 0.5
PANIC_LEVEL = 0.75
PASSIVE_LEVEL = 0.5
INACTIVE_MOST = 0.5
"""Inactivity has no need of its own, so it never outweighs one: at most the level of a need at its trigger."""

WAVES = 0.5
"""How strongly pain that comes and goes leads to pacing. Ours."""

PASSIVE_CARE = ("rest", "medicine", "massage", "chiropractor")
ACTIVE_CARE = ("movement", "relaxation", "talking")
SUPPORT_GAD7, SUPPORT_PHQ2, SUPPORT_PEG = 15, 3, 21
"""From these totals on the page adds that a doctor or therapist may help as well. PEG: 7.0 of 10 is a sum of 21."""

STRONGEST_FIRST = (
    Need.AROUSAL,
    Need.WORRY,
    Need.PANIC,
    Need.TENSION,
    Need.FEAR_AVOID,
    Need.SLEEP,
    Need.ACUTE,
    Need.SUBACUTE,
    Need.PERSISTENT,
    Need.PASSIVE,
)
"""At equal levels the earlier is the stronger: what a person told of themselves before how long it has lasted."""


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """One reading of one person's answers. `because` holds, for each need, the answers that led to it, in words.

    `conditions` are all that cautions act on; those in `undisclosed` are never named to the person. Those in
    `unasked` nobody asked about yet: nothing is closed for them, and their cautions are told. `bents` say to which
    technique the answers lead, by slug.
    `tells_of_chest`: there is chest pain anywhere in the answers.
    """

    version: str = VERSION
    scores: Scores = field(default_factory=Scores)
    needs: Mapping[Need, float] = field(default_factory=dict)
    because: Mapping[Need, tuple[str, ...]] = field(default_factory=dict)
    inactive: float = 0.0
    inactive_words: str = ""
    conditions: frozenset[Condition] = frozenset({Condition.ANYONE})
    undisclosed: frozenset[Condition] = frozenset()
    unasked: frozenset[Condition] = frozenset()
    safety: SafetyReading = field(default_factory=SafetyReading)
    told: Told = NOTHING_TOLD
    not_it: frozenset[str] = frozenset()
    bents: Mapping[str, Bent] = field(default_factory=dict)
    tells_of_chest: bool = False

    @cached_property
    def strongest(self) -> Need | None:
        """The need of the highest level; ties by STRONGEST_FIRST."""
        present = [need for need in STRONGEST_FIRST if self.needs.get(need)]
        return max(present, key=lambda need: self.needs[need], default=None)

    @property
    def strengths(self) -> Mapping[Stage, float]:
        """How strong each stage of the loop is, 0 to 1: its strongest need."""
        strength = dict.fromkeys(Stage, 0.0)
        strength[Stage.WITHDRAWAL] = self.inactive
        for need, level in self.needs.items():
            strength[need.stage] = max(strength[need.stage], level)
        return strength

    @property
    def strongest_stage(self) -> Stage | None:
        if self.strongest:
            return self.strongest.stage
        return Stage.WITHDRAWAL if self.inactive else None

    @property
    def distress(self) -> Distress | None:
        return distress_of(self.scores)

    @property
    def advises_support(self) -> bool:
        """Whether to add: "It may help to talk to a doctor or therapist as well." """
        marks = ((self.scores.gad7, SUPPORT_GAD7), (self.scores.phq2, SUPPORT_PHQ2), (self.scores.peg, SUPPORT_PEG))
        return any(reaches(result, least) for result, least in marks)


@dataclass(frozen=True)
class _RatedNeed:
    need: Need
    level: float
    words: tuple[str, ...]


def take_snapshot(answers: Answers, levels: Mapping[str, Level] = LEAST_LEVEL) -> Snapshot:
    """Read cleaned answers. `levels` are those of the library's danger signs, by id."""
    scores = score_all(answers)
    safety = read_safety(answers, levels)
    conditions = read_conditions(answers, scores, safety)
    chest = tells_of_chest(safety, conditions.told)
    rated = [*_pain(answers, scores), *_mind(answers, scores, chest), *_body(answers), *_habits(answers)]
    inactive, inactive_words = _inactivity(answers)
    not_it = frozenset(answers.get(NOT_IT, ()))
    needs = corrected({one.need: one.level for one in rated}, not_it)
    told = without(read_told(answers), not_it)
    return Snapshot(
        scores=scores,
        needs=needs,
        because={one.need: one.words for one in rated},
        inactive=inactive,
        inactive_words=inactive_words,
        conditions=conditions.present,
        undisclosed=conditions.undisclosed,
        safety=safety,
        told=told,
        not_it=not_it,
        bents=bents(needs, _leading_habits(answers, inactive, inactive_words), told),
        tells_of_chest=chest,
    )


def strength_words(strength: float) -> str:
    """A stage's strength in a word."""
    marks = ((0.85, "very strong"), (0.67, "strong"), (0.5, "medium"), (0.01, "faint"))
    return next((word for least, word in marks if strength >= least), "quiet")


def graded(value: float, trigger: float, far: float) -> float:
    """LEAST at the trigger, 1 at the far end of the scale. The far end may lie below the trigger."""
    return round(LEAST + (1 - LEAST) * (value - trigger) / (far - trigger), 4)


def _pain(answers: Answers, scores: Scores) -> list[_RatedNeed]:
    duration = answers.get("duration")
    needs = {
        "under6": [Need.ACUTE],
        "6to12": [Need.SUBACUTE],
        "over12": [Need.PERSISTENT],
        "comesgoes": [Need.PERSISTENT],
    }
    present = list(needs.get(str(duration), []))
    if duration == "comesgoes" and flare_is_fresh(answers):
        present.append(Need.ACUTE)
    peg = scores.peg
    level = LEAST if isinstance(peg, Incomplete) else graded(peg.total, 0, peg.most)
    weight = () if isinstance(peg, Incomplete) else (f"Your pain and how much it gets in the way: {peg.band}.",)
    return [_RatedNeed(need, level, (_duration_words(need, str(duration)), *weight)) for need in present]


def _duration_words(need: Need, duration: str) -> str:
    if duration == "comesgoes":
        return "A flare started in the last 6 weeks." if need is Need.ACUTE else "Your pain comes and goes."
    words = {"under6": "for under 6 weeks", "6to12": "for 6 to 12 weeks", "over12": "for over 12 weeks"}
    return f"You have had this pain {words[duration]}."


def _mind(answers: Answers, scores: Scores, tells_of_chest: bool) -> list[_RatedNeed]:  # noqa: FBT001
    rated = []
    if arousal := _arousal(scores):
        rated.append(arousal)
    if answers.get("panic") == "yes" and not tells_of_chest:
        words = "You had a sudden rush of strong fear or panic in the past 4 weeks."
        rated.append(_RatedNeed(Need.PANIC, PANIC_LEVEL, (words,)))
    return rated


def _arousal(scores: Scores) -> _RatedNeed | None:
    """The first two answers can call for it alone; how strong it is, all seven say where they were given."""
    levels: dict[str, float] = {}
    words: list[str] = []
    for result, trigger, text in (
        (scores.gad7, 10, "Your seven answers on worry come to"),
        (scores.gad2, 3, "In the last 2 weeks you were on edge or could not stop worrying:"),
    ):
        if not isinstance(result, Incomplete) and result.total >= trigger:
            levels[result.tool] = graded(result.total, trigger, result.most)
            words.append(f"{text} {result.shown}.")
    if not levels:
        return None
    if isinstance(scores.gad7, Incomplete):
        return _RatedNeed(Need.AROUSAL, levels["GAD-2"], tuple(words))
    return _RatedNeed(Need.AROUSAL, levels.get("GAD-7", LEAST), tuple(words))


def _body(answers: Answers) -> list[_RatedNeed]:
    scales = (
        (Need.TENSION, "tension", "Your muscles feel tight"),
        (Need.WORRY, "stuck_thoughts", "Worries about your pain get stuck in your mind"),
        (Need.FEAR_AVOID, "avoid", "You avoid moving because you fear harm"),
    )
    return [
        _RatedNeed(need, graded(answers[item], 5, 10), (f"{words}: {answers[item]} of 10.",))
        for need, item, words in scales
        if answers.get(item, 0) >= 5
    ]


def _habits(answers: Answers) -> list[_RatedNeed]:
    rated = []
    sleep = answers.get("sleep")
    if sleep is not None and sleep <= 4:
        words = f"Your sleep over the last 7 nights: {sleep} of 10, where 10 is best."
        rated.append(_RatedNeed(Need.SLEEP, graded(sleep, 4, 0), (words,)))
    used = answers.get("using_now", ())
    passive = [USED[care].lower() for care in PASSIVE_CARE if care in used]
    if passive and not any(care in used for care in ACTIVE_CARE):
        words = f"For your back you use {_joined(passive)}, and no movement, relaxation or talking therapy."
        rated.append(_RatedNeed(Need.PASSIVE, PASSIVE_LEVEL, (words,)))
    return rated


def _inactivity(answers: Answers) -> tuple[float, str]:
    days = answers.get("active_days")
    if days is None or days > 2:
        return 0.0, ""
    counted = "no day" if days == 0 else "1 day" if days == 1 else f"{days} days"
    return round(INACTIVE_MOST * (3 - days) / 3, 4), f"You were active on {counted} last week."


def _leading_habits(answers: Answers, inactive: float, inactive_words: str) -> dict[str, tuple[float, str]]:
    """What leads to one technique and is no need: few active days to walking, good and bad days to pacing."""
    waves = {"pacing": (WAVES, "Your pain comes and goes.")} if answers.get("duration") == "comesgoes" else {}
    return {"walking": (inactive, inactive_words), **waves}


def _joined(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
