"""What each tool says back to one entry, and over all entries of its kind."""

from collections.abc import Callable, Mapping, Sequence

from coaching.core.tools.replying.doing import (
    reply_to_activities,
    reply_to_flare_plan,
    reply_to_ladder,
    reply_to_night,
    reply_to_pacing,
    reply_to_problem,
)
from coaching.core.tools.replying.thoughts import (
    reply_to_experiment,
    reply_to_thought,
    reply_to_worry,
    reply_to_writing,
    say,
)
from coaching.core.tools.shapes import Answers, Reply, Tool
from coaching.core.tools.sleep_numbers import NEAR, Nights, length_of, mean, nights_of

FEWEST = 3
"""So many entries are needed before a mean is shown: our own choice."""

REPLY_TO: dict[str, Callable[[Answers], list[Reply]]] = {
    # A tool that is not here keeps what was written, and says nothing back.
    "thought-record": reply_to_thought,
    "worry-time": reply_to_worry,
    "experiment": reply_to_experiment,
    "writing": reply_to_writing,
    "pacing-planner": reply_to_pacing,
    "ladder": reply_to_ladder,
    "problem-solving": reply_to_problem,
    "sleep-diary": reply_to_night,
    "flare-plan": reply_to_flare_plan,
}


def replies_to(tool: Tool, answers: Answers, matters: tuple[str, ...] = ()) -> list[Reply]:
    """What to say of one entry; `matters` are the values ticked at intake."""
    if tool.slug == "activities":
        return reply_to_activities(answers, matters)
    reply = REPLY_TO.get(tool.slug)
    return reply(answers) if reply else []


def overview_of(tool: Tool, entries: Sequence[Answers]) -> list[Reply]:
    """What the entries of a tool add up to, newest first; empty while there is too little to say."""
    look = {
        "thought-record": _over_thoughts,
        "worry-time": _over_worries,
        "experiment": _over_bets,
        "sleep-diary": _over_nights,
    }.get(tool.slug)
    return look(entries) if look else []


def _over_thoughts(entries: Sequence[Answers]) -> list[Reply]:
    both = _pairs(entries, "sure", "sure_after")
    if len(both) < FEWEST:
        return []
    before, after = _mean_sums(both)
    sums = f"{before[1]}; {after[1]}"
    return [say("overviews", "thoughts", sums, count=len(both), before=before[0], after=after[0])]


def _over_worries(entries: Sequence[Answers]) -> list[Reply]:
    looked_at = [answers for answers in entries if _is_looked_at(answers)]
    waiting = len(entries) - len(looked_at)
    replies = [say("overviews", "waiting", count=waiting)] if waiting else []
    if len(looked_at) >= FEWEST:
        smaller = sum(_has_shrunk(answers) for answers in looked_at)
        replies.append(say("overviews", "worries", count=len(looked_at), smaller=smaller))
    return replies


def _over_bets(entries: Sequence[Answers]) -> list[Reply]:
    both = _pairs(entries, "sure", "came_true")
    if len(both) < FEWEST:
        return []
    sure, came = _mean_sums(both)
    return [say("overviews", "bets", f"{sure[1]}; {came[1]}", count=len(both), sure=sure[0], came=came[0])]


def _over_nights(entries: Sequence[Answers]) -> list[Reply]:
    nights = nights_of(entries)
    if not nights.nights:
        return []
    if len(nights.nights) < FEWEST:
        return [say("overviews", "few_nights", count=len(nights.nights))]
    return [*_near(nights), *_rating(nights), *_hours(nights)]


def _near(nights: Nights) -> list[Reply]:
    if not nights.with_goal:
        return []
    return [say("overviews", "near", near=NEAR, days=nights.near, count=nights.with_goal)]


def _rating(nights: Nights) -> list[Reply]:
    ratings = nights.ratings
    if len(ratings) < FEWEST:
        return []
    shown = f"{mean(ratings):.1f}"
    return [say("overviews", "rating", f"({' + '.join(map(str, ratings))}) / {len(ratings)} = {shown}", mean=shown)]


def _hours(nights: Nights) -> list[Reply]:
    lengths = nights.lengths
    if len(lengths) < FEWEST:
        return []
    shown = length_of(round(mean(lengths)))
    return [say("overviews", "hours", f"The sum of {len(lengths)} nights / {len(lengths)} = {shown}", mean=shown)]


def _is_looked_at(answers: Answers) -> bool:
    return "left" in answers or "size_after" in answers


def _has_shrunk(answers: Answers) -> bool:
    if "left" in answers:
        return answers["left"] in ("nothing", "less")
    return "size" in answers and answers["size_after"] < answers["size"]


def _pairs(entries: Sequence[Mapping], first: str, last: str) -> list[tuple[int, int]]:
    return [(answers[first], answers[last]) for answers in entries if first in answers and last in answers]


def _mean_sums(pairs: list[tuple[int, int]]) -> tuple[tuple[int, str], tuple[int, str]]:
    return _mean_sum([pair[0] for pair in pairs]), _mean_sum([pair[1] for pair in pairs])


def _mean_sum(values: list[int]) -> tuple[int, str]:
    shown = round(mean(values))
    return shown, f"({' + '.join(map(str, values))}) / {len(values)} = {shown}"
