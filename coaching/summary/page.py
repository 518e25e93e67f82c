"""The one page of a summary, ready to be drawn: the same on a screen, on paper and behind a link."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.core.intake.questionnaires import GAD_CREDIT, PEG_CREDIT
from coaching.core.progress.chart import Chart, chart_of
from coaching.core.progress.scales import OWN_ITEMS
from coaching.core.summary.choice import Part
from coaching.core.summary.summary import Flagged, Score, Summary
from coaching.summary import words


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of a list: what it is, what is said of it, and when. `is_own`: in the person's own words."""

    name: str
    said: str = ""
    when: str = ""
    is_own: bool = False


@dataclass(frozen=True, kw_only=True)
class ScoreLine:
    """A row of the table of scores. `matters`: the change is one that matters to most people."""

    name: str
    top: int
    start: str
    now: str
    change: str
    matters: bool
    said: str
    span: str
    chart: Chart | None


@dataclass(frozen=True, kw_only=True)
class Section:
    """A list with its heading. `empty` stands there where there is nothing to tell."""

    slug: str
    title: str
    lines: tuple[Line, ...]
    empty: str
    more: str = ""


@dataclass(frozen=True, kw_only=True)
class SummaryPage:
    language: str
    name: str
    born: str
    made_on: str
    span: str
    shared: str
    kept_back: str
    questions: tuple[str, ...]
    signs: Section | None
    scores: tuple[ScoreLine, ...]
    has_scores: bool
    matters: str
    sections: tuple[Section, ...]
    credits: tuple[str, ...]
    """In the words that their authors ask for, so in English."""

    note: str


def page_of(summary: Summary) -> SummaryPage:
    """In the language that is active: whoever draws it sets that of the summary first."""
    days = {"first": day(summary.since), "last": day(summary.made_on)}
    weeks = ((summary.made_on - summary.since).days + 1) // 7
    span = ngettext("%(n)d week: %(first)s to %(last)s", "%(n)d weeks: %(first)s to %(last)s", weeks)
    kept_back = [part for part in Part if part not in summary.parts]
    return SummaryPage(
        language=summary.language,
        name=summary.name,
        born=day(summary.born) if summary.born else "",
        made_on=day(summary.made_on),
        span=span % {"n": weeks, **days},
        shared=_names(summary.parts),
        kept_back=_names(kept_back),
        questions=summary.questions,
        signs=_signs(summary),
        scores=tuple(_score(one) for one in summary.scores),
        has_scores=summary.has(Part.SCORES),
        matters="; ".join(_mattering(one) for one in summary.scores if one.scale.important is not None),
        sections=tuple(_sections(summary)),
        credits=_credits(summary),
        note=_note(summary),
    )


def day(on: date) -> str:
    return date_format(on, "SHORT_DATE_FORMAT")


def _names(parts: Iterable[Part]) -> str:
    return "; ".join(str(words.PART_WORDS[part]) for part in parts)


def _days(first: date, last: date) -> str:
    return day(last) if first == last else _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}


def _score(score: Score) -> ScoreLine:
    judged, scale = score.judged, score.scale
    return ScoreLine(
        name=scale.name or scale.slug.upper(),
        top=scale.top,
        start=scale.shown(round(judged.start, 1)),
        now=scale.shown(round(judged.now, 1)),
        change=words.change_of(score),
        matters=words.matters_is_reached(score),
        said=words.reading_of(score),
        span=_days(score.readings[0].on, score.readings[-1].on),
        chart=chart_of(scale, score.readings),
    )


def _mattering(score: Score) -> str:
    """From how many points on a change of this scale matters to most people."""
    return _("%(points)s of %(top)s (%(scale)s)") % {
        "points": words.important_of(score),
        "top": score.scale.top,
        "scale": score.scale.slug.upper().replace("GAD7", "GAD-7"),
    }


def _sections(summary: Summary) -> Iterable[Section]:
    yield from _practised(summary)
    yield from _unwanted(summary)
    yield from _treatments(summary)
    yield from _ahead(summary)


def _signs(summary: Summary) -> Section | None:
    if not summary.has(Part.DANGER):
        return None
    lines = (Line(name=one.words, said=words.level_of(one), when=_told_on(one)) for one in summary.flagged)
    return _section(summary, "flagged", _("Danger signs"), lines, _("None was ticked in these weeks."))


def _told_on(flagged: Flagged) -> str:
    """Each day by itself, as between two of them it may not have been told."""
    days = [day(one.on) if one.is_exact else _("%(day)s or before") % {"day": day(one.on)} for one in flagged.days]
    more = ngettext("on %(n)d day more", "on %(n)d days more", flagged.more) % {"n": flagged.more}
    return ", ".join([*days, more] if flagged.more else days)


def _practised(summary: Summary) -> Iterable[Section]:
    if summary.has(Part.PRACTISED):
        lines = (
            Line(
                name=one.name,
                said=f"{words.goes_of(one)}; {words.verdict_of(one)}",
                when=_("last on %(day)s") % {"day": day(one.last_on)},
            )
            for one in summary.practised
        )
        title = _("What was practised, and what the person’s own ratings say")
        yield _section(summary, "practised", title, lines, _("Nothing in these weeks."))


def _unwanted(summary: Summary) -> Iterable[Section]:
    if summary.has(Part.UNWANTED):
        lines = (
            Line(
                name=_("%(what)s, with %(technique)s") % {"what": one.words, "technique": one.with_what}
                if one.with_what
                else one.words,
                said=words.noticed_of(one),
                when=_("last on %(day)s") % {"day": day(one.last_on)},
            )
            for one in summary.noticed
        )
        yield _section(summary, "noticed", _("Unwanted effects"), lines, _("None was told in these weeks."))


def _treatments(summary: Summary) -> Iterable[Section]:
    if summary.has(Part.TREATMENTS):
        lines = (
            Line(
                name=one.what or _("Treatments or medicines"),
                said=", ".join(filter(None, [one.amount, words.days_of(one)])),
                when=_("last on %(day)s") % {"day": day(one.last_on)},
                is_own=bool(one.what),
            )
            for one in summary.treatments
        )
        yield _section(summary, "treatments", _("Treatments logged"), lines, _("None was logged in these weeks."))


def _ahead(summary: Summary) -> Iterable[Section]:
    lines = []
    if summary.goal:
        lines.append(Line(name=_("Goal"), said=summary.goal, is_own=True))
    if summary.matters:
        lines.append(Line(name=_("What matters"), said=", ".join(summary.matters)))
    if summary.next_step:
        said = ", ".join(filter(None, [summary.next_step.name, summary.next_step.amount]))
        lines.append(Line(name=_("Next step of the plan"), said=said))
    if summary.small_step:
        lines.append(Line(name=_("Small step"), said=summary.small_step, is_own=True))
    asked = {Part.NEXT, Part.GOAL_WORDS, Part.STEP_WORDS} & set(summary.parts)
    if asked:
        yield _section(summary, "matters", _("Goal and next step"), lines, _("Nothing is set yet."))


def _section(summary: Summary, slug: str, title: str, lines: Iterable[Line], empty: str) -> Section:
    left_out = summary.left_out.get(slug, 0)
    more = words.more_lines(left_out) if left_out else ""
    return Section(slug=slug, title=title, lines=tuple(lines), empty=empty, more=more)


def _credits(summary: Summary) -> tuple[str, ...]:
    """The thanks that each scale asks for."""
    slugs = {one.scale.slug for one in summary.scores}
    said = []
    if "peg" in slugs:
        said.append(PEG_CREDIT)
    if slugs & {"gad7", "gad2"}:
        said.append("GAD-7: " + GAD_CREDIT)
    return tuple(said)


def _note(summary: Summary) -> str:
    has_own = any(one.scale.slug in OWN_ITEMS for one in summary.scores)
    return (
        _("The two questions from 0 to 10 where more is better are our own. Nobody has tested them.") if has_own else ""
    )
