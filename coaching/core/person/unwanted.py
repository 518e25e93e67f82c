"""What somebody may notice that they did not want, how bad it is, and which of it asks for the danger signs at once.

The kinds are what the cautions of the library speak of (evidence section 4): dizziness with breathing, fear with
relaxing, pictures that come back, pain after moving, skin under a pack, sleep. What may be a danger sign is led to the
danger signs, which alone decide what it asks for.
"""

from content.core.vocabulary import Term


class Kind(Term):
    PAIN = "pain", "More pain than before"
    DIZZY = "dizzy", "Dizzy or light-headed"
    FEAR = "fear", "Fear, panic or unrest"
    MEMORIES = "memories", "Upsetting pictures or memories"
    LOW = "low", "Low or hopeless"
    SLEEP = "sleep", "Worse sleep"
    SKIN = "skin", "Sore, red or numb skin"
    NUMB = "numb", "Numb, weak, or trouble with the toilet"
    CHEST = "chest", "Chest pain or short of breath"
    OTHER = "other", "Something else"


class Bad(Term):
    LITTLE = "little", "A little"
    VERY = "very", "A lot"


MAY_BE_DANGER = frozenset({Kind.NUMB, Kind.CHEST})
"""Led to the danger signs before anything else is said."""


def asks_for_danger_signs(kind: Kind, bad: Bad | None = None) -> bool:
    return kind in MAY_BE_DANGER or (kind is Kind.PAIN and bad is Bad.VERY)


def asks_for_someone(bad: Bad | None, *, still_there: bool | None) -> bool:
    """Bad and still there: time for somebody who can look."""
    return bad is Bad.VERY and still_there is True
