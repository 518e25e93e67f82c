"""What a person has told, across lists and over time.

Answers may hold the whole lists (cohort files, the simulator, answers given before the groups) or one list a
group. `in_groups` takes whole lists apart. `together` reads finished answers with those told since: what is
told closes at once; what was told before opens only when it is asked and answered anew.
"""

from collections.abc import Mapping
from typing import Any

from coaching.core.intake.safety import SAFETY_LISTS, SIGN_LISTS, read_safety
from coaching.core.intake.signs import group_of
from coaching.core.questions.chapters import GROUPS, HEALTH_GROUPS
from coaching.core.questions.items import Answers
from content.core.vocabulary import Condition

SAFETY_ITEMS = (*SIGN_LISTS, "self_harm", "extra_care", "asked_directly")
"""All that is asked afresh each time."""


def in_groups(answers: Answers) -> dict[str, Any]:
    whole = (*SAFETY_LISTS, "conditions")
    if not any(name in answers for name in whole):
        return dict(answers)
    kept = {name: value for name, value in answers.items() if name not in whole}
    return {**_signs_in_groups(answers), **_health_in_groups(answers), **kept}


def together(finished: Answers, since: Answers) -> dict[str, Any]:
    """`finished` answers with age, danger signs and conditions as they were told `since`."""
    old, new = in_groups(finished), in_groups(since)
    asked = ("adult", *SAFETY_ITEMS, *HEALTH_GROUPS)
    kept = {name: value for name, value in old.items() if name not in asked}
    if "adult" in new:
        kept["adult"] = new["adult"]
    groups = _taken(GROUPS, new) if read_safety(new).complete else _joined(GROUPS, old, new)
    # A condition closes from the moment it is ticked; taken back, it opens only with the finished answers.
    return {**kept, **groups, **_joined(HEALTH_GROUPS, old, new), **_extra_care(old, new)}


def signs_in(answers: Answers, group: str) -> frozenset[str]:
    return frozenset(answers.get(group) or ()) - {"none"}


def health_was_asked(answers: Answers) -> bool:
    """Whether every question on health was answered, were it with "prefer not to say"."""
    told = in_groups(answers)
    return all(told.get(group) for group in HEALTH_GROUPS)


def conditions_kept_back(answers: Answers) -> frozenset[Condition]:
    """What the person was asked of and would rather not say."""
    told = in_groups(answers)
    groups = [group for group in HEALTH_GROUPS if "skip" in told.get(group, ())]
    return frozenset(condition for group in groups for condition in HEALTH_GROUPS[group])


def _extra_care(old: Answers, new: Answers) -> dict[str, bool]:
    told = new if "asked_directly" in new else {**old, **new}
    return {name: True for name in ("extra_care", "asked_directly") if told.get(name) is True}


def _taken(groups: Mapping[str, Any], answers: Answers) -> dict[str, Any]:
    return {group: answers[group] for group in groups if group in answers}


def _joined(groups: Mapping[str, Any], old: Answers, new: Answers) -> dict[str, list[str]]:
    in_group = {group: {*old.get(group, ()), *new.get(group, ())} for group in groups}
    return {group: sorted(ticks - {"none"}) or ["none"] for group, ticks in in_group.items() if ticks}


def _signs_in_groups(answers: Answers) -> dict[str, list[str]]:
    signs = {sign for name in SAFETY_LISTS for sign in signs_in(answers, name)}
    in_group = {group: sorted(sign for sign in signs if group_of(sign) == group) for group in GROUPS}
    is_whole = all(answers.get(name) for name in SAFETY_LISTS)
    return {group: ticks or ["none"] for group, ticks in in_group.items() if ticks or is_whole}


def _health_in_groups(answers: Answers) -> dict[str, list[str]]:
    ticks = set(answers.get("conditions") or ())
    if not ticks:
        return {}
    untold = ["skip"] if "skip" in ticks else []
    in_group = {group: sorted(ticks.intersection(among)) + untold for group, among in HEALTH_GROUPS.items()}
    return {group: told or ["none"] for group, told in in_group.items()}
