"""What a rule for the next step may ask of one technique in one week, and what it may propose.

`coaching/core/week/facts.py` works the facts out from what a person did and told.
"""

from content.core.vocabulary import Term


class Move(Term):
    """What a weekly review proposes for one technique. It is for the person to decide."""

    UP = "up", "One step up"
    DOWN = "down", "One step down"
    SWAP = "swap", "Something else in its place"
    KEEP = "keep", "Keep it as it is"


class Fact(Term):
    """A fact that nobody told makes every condition on it fail."""

    GOES = "goes", "Goes in the week, 0 to 99"
    SHARE = "share", "Goes for each 100 that the week held, 0 to 300"
    ENOUGH = "enough", "1 if there were as many goes as the step calls enough, else 0"
    WORSE = "worse", "Goes for each 100 that left the person worse, 0 to 100"
    CONFIDENCE = "confidence", "How sure of the next week, 0 to 10"
    PLACE = "place", "The step it stands on, from 1"
    ABOVE = "above", "Steps above it that fit the person, 0 to 20"
    SWAP = "swap", "1 if the look at the plan has something to put in its place, else 0"
    FLARE = "flare", "1 if a flare is running, else 0"
    FLARE_OVER = "flare_over", "1 if a flare made it smaller and is over, else 0"
    EASED = "eased", "1 if a week that was too much made it smaller, else 0"
    PAIN = "pain", "1 if pain got in the way, else 0"
    TIME = "time", "1 if there was no time, else 0"
    TIRED = "tired", "1 if tiredness got in the way, else 0"
    FORGOT = "forgot", "1 if it was forgotten, else 0"
    FEAR = "fear", "1 if fear of the move got in the way, else 0"
    MOOD = "mood", "1 if low mood or worry got in the way, else 0"
    LIFE = "life", "1 if something else came up, else 0"


IN_THE_WAY = (Fact.PAIN, Fact.TIME, Fact.TIRED, Fact.FORGOT, Fact.FEAR, Fact.MOOD, Fact.LIFE)
"""What a person may tap."""
