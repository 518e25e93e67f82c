"""What the thought record, worry time, the experiment and the page of writing say back.

Rules only; their words are in `reply_words`. A rule speaks of what was written and shows its
sum. None of them says what a person has or is, and none blocks anything.
"""

import re

from coaching.core.tools.replying.words import WORDS
from coaching.core.tools.shapes import OWN, Answers, Reply
from coaching.core.tools.sleep_numbers import DAY, minutes_of
from content.core.reading_direction import apart

ABSOLUTES = re.compile(
    r"\b(always|never|everything|nothing|everyone|nobody|no one|ruined|forever|impossible|every time|completely)\b"
)
FORECASTS = re.compile(r"\b(will|won't|going to|gonna|'ll|what if|end up)\b")
MOST_TRAPS = 3
SAME = 5
"""Two numbers of 0 to 100 this close together count as the same: our own choice."""

LATE, EARLY = 21 * 60, 5 * 60


def say(of: str, name: str, sums: str = "", /, **values: object) -> Reply:
    told = {place: apart(value) if isinstance(value, str) else value for place, value in values.items()}
    return Reply(words=WORDS[of][name].format(**told), sums=sums)


def reply_to_thought(answers: Answers) -> list[Reply]:
    replies = [*_on_words(answers.get("thought", "")), *_on_traps(answers)]
    replies += _on_belief(answers)
    if answers.get("for_it") and not answers.get("against_it"):
        replies.append(say("thoughts", "one_side"))
    if answers.get("friend"):
        replies.append(say("thoughts", "friend"))
    if answers.get("fairer"):
        replies.append(say("thoughts", "fairer"))
    elif answers.get("thought"):
        replies.append(say("thoughts", "caught"))
    return [*replies, *_fall(answers, "strength", "strength_after", "thoughts", "feeling_less")]


def reply_to_worry(answers: Answers) -> list[Reply]:
    if "left" not in answers and "size_after" not in answers:
        return _on_set_down(answers)
    return [*_on_what_is_left(answers), *_on_drawer(answers)]


def reply_to_experiment(answers: Answers) -> list[Reply]:
    if "came_true" not in answers and not answers.get("happened"):
        if answers.get("expect") and "sure" in answers:
            return [say("experiment", "ready")]
        return [say("experiment", "camera")] if not answers.get("expect") else []
    replies = [*_bet_against_outcome(answers), *_surer_or_not(answers)]
    replies.append(say("experiment", "next" if answers.get("next_test") else "learn"))
    return replies


def reply_to_writing(answers: Answers) -> list[Reply]:
    kept = say("writing", "let_go" if answers.get("let_go") else "kept")
    before, after = answers.get("weight"), answers.get("weight_after")
    if before is None or after is None:
        return [kept]
    name = "lighter" if after < before else "heavier" if after > before else "same"
    sums = f"{before} − {after} = {before - after}" if after < before else ""
    return [say("writing", name, sums, before=before, after=after), kept]


def _on_words(thought: str) -> list[Reply]:
    plain = thought.lower().replace("’", "'")
    match = ABSOLUTES.search(plain)
    if match:
        return [say("thoughts", "absolutes", word=match[1])]
    return [say("thoughts", "forecast")] if FORECASTS.search(plain) else []


def _on_traps(answers: Answers) -> list[Reply]:
    ticked = [*answers.get("traps_pain", []), *answers.get("traps_worry", []), *answers.get("traps_own", [])]
    return [_on_trap(code) for code in ticked if code.startswith(OWN) or code in WORDS["traps"]][:MOST_TRAPS]


def _on_trap(code: str) -> Reply:
    if code.startswith(OWN):
        return say("traps", "own", name=code.removeprefix(OWN))
    return say("traps", code)


def _on_belief(answers: Answers) -> list[Reply]:
    before, after = answers.get("sure"), answers.get("sure_after")
    if before is None or after is None:
        return []
    if abs(before - after) < SAME:
        return [say("thoughts", "believe_same")]
    if after < before:
        sums = f"{before} − {after} = {before - after}"
        return [say("thoughts", "believe_less", sums, before=before, after=after, change=before - after)]
    return [say("thoughts", "believe_more", f"{after} − {before} = {after - before}", change=after - before)]


def _fall(answers: Answers, first: str, last: str, of: str, name: str) -> list[Reply]:
    before, after = answers.get(first), answers.get(last)
    if before is None or after is None or after >= before:
        return []
    change = before - after
    return [say(of, name, f"{before} − {after} = {change}", before=before, after=after, change=change)]


def _on_set_down(answers: Answers) -> list[Reply]:
    at = answers.get("at_time")
    if not at:
        return [say("worry", "noted_no_time")]
    noted = say("worry", "noted", time=at)
    return [noted, say("worry", "late", time=at)] if _is_late(at) else [noted]


def _is_late(clock: str) -> bool:
    at = minutes_of(clock) or 0
    return LATE <= at < DAY or at < EARLY


def _on_what_is_left(answers: Answers) -> list[Reply]:
    left = answers.get("left")
    fall = _fall(answers, "size", "size_after", "worry", "smaller")
    names = {"nothing": "gone", "same": "same", "more": "bigger"}
    if left in names:
        return [say("worry", names[left]), *(fall if left == "nothing" else [])]
    return fall


def _on_drawer(answers: Answers) -> list[Reply]:
    drawer = answers.get("drawer")
    if drawer == "act":
        return [say("worry", "act_set" if answers.get("next_step") else "act")]
    return [say("worry", drawer)] if drawer in ("wait", "leave") else []


def _bet_against_outcome(answers: Answers) -> list[Reply]:
    sure, came = answers.get("sure"), answers.get("came_true")
    if sure is None or came is None:
        return []
    if abs(sure - came) < SAME:
        return [say("experiment", "as_bet", f"{sure} − {came} = {sure - came}")]
    if came < sure:
        sums = f"{sure} − {came} = {sure - came}"
        return [say("experiment", "less_came", sums, sure=sure, came=came, gap=sure - came)]
    return [say("experiment", "more_came", f"{came} − {sure} = {came - sure}")]


def _surer_or_not(answers: Answers) -> list[Reply]:
    before, after = answers.get("sure"), answers.get("sure_after")
    if before is None or after is None or after >= before:
        return []
    return [say("experiment", "less_sure", f"{before} − {after} = {before - after}", before=before, after=after)]
