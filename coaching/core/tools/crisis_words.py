"""Words after which it is kind to show where help is.

Not a test and not a label: a match shows a panel with a way to talk to someone, and nothing
else. It blocks nothing, is stored nowhere and is never called a risk. Missing somebody costs
more than a panel too many, yet plain pain talk ("my back is killing me", "I am afraid I will
hurt myself if I bend") must not set it off, or people learn to look past it.
"""

import re
from collections.abc import Mapping
from typing import Any

ENGLISH = (
    r"suicid\w*",
    r"(?:kill|killing|hang|hanging|shoot|shooting) myself",
    r"(?:end|ending|take|taking) (?:my|this) (?:own )?life",
    r"end it all",
    r"(?:want|wanted|wanting|wish|ready|rather) (?:to )?(?:die|be dead)",
    r"wish (?:that )?i (?:was|were) (?:dead|not here|never born)",
    r"wish i had never been born",
    r"better off (?:dead|without me)",
    r"(?:want|wanting|urge|plan|planning|thoughts of|think of|thinking of|thinking about)"
    r" (?:to )?(?:hurt|harm|cut|hurting|harming|cutting) myself",
    r"(?:hurt|harm|cut|hurting|harming|cutting) myself on purpose",
    r"self[- ]?harm\w*",
    r"(?:no|not any) reason to (?:live|go on)",
    r"(?:do not|don't|dont) want to (?:live|wake up|be here|be alive|go on|exist)",
    r"(?:can't|cant|cannot|can not) go on (?:living|any ?more|like this)",
    r"(?:can't|cant|cannot|can not) live (?:any ?more|like this any ?more)",
    r"not worth living",
    r"nothing to live for",
    r"no point (?:in|to) (?:living|being alive)",
    r"over ?dos(?:e|ing)",
    r"(?:take|taking|swallow) all (?:of )?(?:my|the) (?:pills|tablets|meds|medicine)",
)
SPANISH = (
    r"(?:quitarme|acabar con mi|terminar con mi) (?:la )?vida",
    r"matarme",
    r"no quiero (?:seguir )?(?:viv\w+|existir)",
    r"(?:quiero|ganas de|mejor) (?:morir|morirme|estar muert\w)",
    r"hacerme daño",
    r"no vale la pena vivir",
)
PATTERN = re.compile(r"\b(?:" + "|".join((*ENGLISH, *SPANISH)) + r")\b")


def asks_for_care(answers: Mapping[str, Any]) -> bool:
    """Whether anything a person typed calls for the panel that shows where help is."""
    return any(PATTERN.search(_plainly(words)) for words in _typed(answers))


def _plainly(words: str) -> str:
    return " ".join(words.lower().replace("’", "'").split())


def _typed(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [words for each in value.values() for words in _typed(each)]
    if isinstance(value, list | tuple):
        return [words for each in value for words in _typed(each)]
    return []
