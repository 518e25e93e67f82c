"""What the planner, the ladder, problem solving, good things, the sleep diary and the flare plan say back.

Rules only; their words are in `reply_words`. Steps go by plan and not by pain: no rule here reads a
pain number, and none asks for more because a day was good.
"""

from collections.abc import Mapping
from fractions import Fraction

from coaching.core.intake.questionnaires import MATTERS
from coaching.core.tools.climb import DULL_FEAR, FEWEST_STEPS, LOW_START, Climb, Step, climb_of
from coaching.core.tools.pacing_plan import FARTHEST, PacingPlan, plain, plan_of
from coaching.core.tools.replying.thoughts import say
from coaching.core.tools.shapes import Answers, Reply
from coaching.core.tools.sleep_numbers import apart, clock_of, is_muddled, length_of, mean, minutes_of, night_of, slept

BIG_GAP = Fraction(3, 2)
FAR_GOAL_WEEKS = 30
MANY_THINGS = 7
HELPED = 5
BAD_NIGHT = 3
ALIKE = 0.5
"""Means of 0 to 10 this close together count as the same: our own choice."""


def reply_to_pacing(answers: Answers) -> list[Reply]:
    plan = plan_of(answers)
    if plan is None:
        return []
    start = say("pacing", "start", plan.start.sums, amount=plan.start.amount, unit=plan.unit)
    replies = [*_on_weeks(answers, plan), start, *_on_days(answers, plan), *_on_week_total(plan), *_on_goal(plan)]
    if not answers.get("bad_day"):
        replies.append(say("pacing", "bad_day"))
    return replies


def reply_to_ladder(answers: Answers) -> list[Reply]:
    climb = climb_of(answers)
    if climb is None:
        return []
    replies = [*_on_tries(climb), *_on_shape(climb)]
    if any(try_.before is not None and not try_.expect for step in climb.steps for try_ in step.tries[-1:]):
        replies.append(say("ladder", "bet"))
    return replies


def reply_to_problem(answers: Answers) -> list[Reply]:
    helped = answers.get("helped")
    if helped is not None:
        return [say("problem", "helped" if helped >= HELPED else "not_helped", helped=helped)]
    count = len(answers.get("ideas", []))
    if not answers.get("chosen"):
        return [say("problem", "one_idea" if count < 2 else "ideas", count=count)] if count else []
    if not answers.get("first_step"):
        return [say("problem", "small")]
    replies = [say("problem", "set" if answers.get("on") else "when")]
    if answers.get("hurdle") and not answers.get("then"):
        replies.append(say("problem", "hurdle"))
    return replies


def reply_to_activities(answers: Answers, matters: tuple[str, ...] = ()) -> list[Reply]:
    """`matters` are the codes of what the person said matters to them at intake."""
    things = answers.get("things", [])
    replies = [say("activities", "many")] if len(things) > MANY_THINGS else []
    if matters and things:
        replies += _on_matters(things, matters)
    if any(thing.get("done") == "no" for thing in things):
        replies.append(say("activities", "not_done"))
    if things and not any("done" in thing or "joy" in thing for thing in things):
        replies.append(say("activities", "planned"))
    return [*replies, *_expected_and_real(things)]


def reply_to_night(answers: Answers) -> list[Reply]:
    replies = _on_getting_up(answers)
    if answers.get("sleep") is not None and answers["sleep"] <= BAD_NIGHT:
        replies.append(say("sleep", "bad_night"))
    length = slept(answers)
    if length:
        replies.append(say("sleep", "slept", length.sums, length=length_of(length.minutes)))
    elif is_muddled(answers):
        replies.append(say("sleep", "muddled"))
    return replies


def reply_to_flare_plan(answers: Answers) -> list[Reply]:
    missing = [say("flare", name) for name in ("note", "first", "people") if not answers.get(name)]
    return missing or [say("flare", "ready")]


def _on_days(answers: Answers, plan: PacingPlan) -> list[Reply]:
    usual = plan.start.usual
    if sum("amount" in row for row in answers["tries"]) == 1:
        return [say("pacing", "one_day")]
    if not (usual.get("good") and usual.get("bad")):
        return [say("pacing", "one_kind")]
    times = usual["good"] / usual["bad"]
    if times < BIG_GAP:
        return []
    sums = f"{plain(usual['good'])} / {plain(usual['bad'])} = {plain(times)}"
    return [say("pacing", "gap", sums, times=plain(times))]


def _on_week_total(plan: PacingPlan) -> list[Reply]:
    if not plan.days:
        return []
    amount = plan.start.amount
    total = amount * plan.days
    return [say("pacing", "total", f"{amount} × {plan.days} = {total}", days=plan.days, total=total, unit=plan.unit)]


def _on_goal(plan: PacingPlan) -> list[Reply]:
    if not plan.goal:
        return []
    if plan.goal_week == 1:
        return [say("pacing", "goal_met")]
    if plan.goal_week is None or plan.goal_week > min(FAR_GOAL_WEEKS, FARTHEST):
        return [say("pacing", "goal_far")]
    return [say("pacing", "goal", goal=plan.goal, unit=plan.unit, week=plan.goal_week)]


def _on_weeks(answers: Answers, plan: PacingPlan) -> list[Reply]:
    noted = [week for week in plan.weeks if week.went]
    if not noted:
        return []
    last = noted[-1]
    following = next((week for week in plan.weeks if week.number > last.number), last)
    return [say("pacing", f"went_{last.went}", week=last.number, amount=following.amount, unit=plan.unit)]


def _on_shape(climb: Climb) -> list[Reply]:
    replies = []
    lowest = climb.steps[0]
    if lowest.fear is not None and lowest.fear > LOW_START:
        replies.append(say("ladder", "lowest_high", fear=lowest.fear))
    for below, above in climb.jumps[:1]:
        sums = f"{above.fear} − {below.fear} = {(above.fear or 0) - (below.fear or 0)}"
        replies.append(
            say("ladder", "jump", sums, low=below.fear, high=above.fear, below=below.words, above=above.words)
        )
    if len(climb.steps) < FEWEST_STEPS:
        replies.append(say("ladder", "few", count=len(climb.steps)))
    if not any(step.tries for step in climb.steps):
        replies.append(say("ladder", "begin", step=lowest.words))
    return replies


def _on_tries(climb: Climb) -> list[Reply]:
    replies = []
    for step, above in zip(climb.steps, (*climb.steps[1:], None), strict=True):
        if step.is_dull:
            replies.append(say("ladder", "dull", step=step.words, above=above.words) if above else say("ladder", "top"))
        elif step.tries:
            replies += _on_step(step)
    return replies


def _on_step(step: Step) -> list[Reply]:
    rated = [each for each in step.tries if each.drop is not None]
    if len(rated) >= 2 and all((each.drop or 0) <= 0 for each in rated[-2:]) and (step.now or 0) > DULL_FEAR:
        return [say("ladder", "too_big", step=step.words)]
    first, last = (step.rated[0].last_word, step.rated[-1].last_word) if step.rated else (None, None)
    if len(step.rated) > 1 and first is not None and last is not None and last < first:
        sums = f"{first} − {last} = {first - last}"
        count = len(step.rated)
        return [
            say("ladder", "over_tries", sums, step=step.words, first=first, last=last, change=first - last, count=count)
        ]
    newest = rated[-1] if rated else None
    if newest and (newest.drop or 0) > 0:
        sums = f"{newest.before} − {newest.after} = {newest.drop}"
        return [say("ladder", "drop", sums, step=step.words, before=newest.before, after=newest.after)]
    return []


def _on_matters(things: list[Mapping], matters: tuple[str, ...]) -> list[Reply]:
    count = sum(thing.get("matters") in matters for thing in things)
    if count:
        return [say("activities", "mine", count=count)]
    return [say("activities", "none_mine", values=", ".join(MATTERS[code].lower() for code in matters))]


def _expected_and_real(things: list[Mapping]) -> list[Reply]:
    both = [(thing["expect"], thing["joy"]) for thing in things if "expect" in thing and "joy" in thing]
    if not both:
        return []
    thought, real = [pair[0] for pair in both], [pair[1] for pair in both]
    gap = mean(real) - mean(thought)
    name = "as_thought" if abs(gap) < ALIKE else "better" if gap > 0 else "worse"
    sums = f"{_mean_sum(thought)}; {_mean_sum(real)}"
    return [say("activities", name, sums, expect=_tenth(mean(thought)), joy=_tenth(mean(real)))]


def _mean_sum(values: list[int]) -> str:
    if len(values) == 1:
        return str(values[0])
    return f"({' + '.join(map(str, values))}) / {len(values)} = {_tenth(mean(values))}"


def _tenth(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _on_getting_up(answers: Answers) -> list[Reply]:
    night = night_of(answers)
    up, goal = minutes_of(answers.get("up")), minutes_of(answers.get("wake_goal"))
    if goal is None:
        return [say("sleep", "no_goal")]
    if up is None or night is None:
        return []
    minutes = apart(up, goal)
    later = "later" if minutes > 0 else "earlier"
    sums = f"{length_of(abs(minutes))} {later}" if minutes else ""
    return [say("sleep", "near" if night.is_near else "off", sums, up=clock_of(up), goal=clock_of(goal))]
