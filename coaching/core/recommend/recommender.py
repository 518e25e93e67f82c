"""The recommender: at most three techniques that fit one person, with every reason told.

`recommend(snapshot, options, history)` is pure and deterministic: the same answers give the same plan.
Its order is fixed: safety first, then cautions (`permit`), then the evidence and the person's own
ratings (`weigh`), then the best set for their minutes (`choose`), then the words for all of it
(`reasons`, `costs`). Whatever it decides can be read off the value it returns.
"""

from coaching.core.intake.needs import Snapshot
from coaching.core.recommend import costs, reasons
from coaching.core.recommend.choose import Wish, choose
from coaching.core.recommend.options import History, Options
from coaching.core.recommend.outcome import Outcome
from coaching.core.recommend.sift import sift
from coaching.core.recommend.suggestion import Blocked, Recommendation

NOTHING_LEARNED = History()


def recommend(snapshot: Snapshot, options: Options, history: History = NOTHING_LEARNED) -> Recommendation:
    if blocked := blocked_by(snapshot):
        return Recommendation(blocked=blocked)
    sifted = sift(snapshot, options, history)
    wish = _wish(options, history)
    choice = choose(sifted.candidates, snapshot, wish)
    outcome = Outcome(snapshot=snapshot, options=options, history=history, sifted=sifted, wish=wish, choice=choice)
    return Recommendation(
        picks=reasons.picks(outcome),
        to_read=sifted.to_read,
        exclusions=sifted.exclusions,
        signposts=reasons.signposts(outcome),
        costs=costs.costs(outcome),
        notes=costs.notes(outcome),
        weighed=sifted.candidates,
        strongest=snapshot.strongest,
        minutes=choice.minutes,
    )


def blocked_by(snapshot: Snapshot) -> Blocked | None:
    safety = snapshot.safety
    if safety.is_emergency:
        return Blocked.EMERGENCY
    if safety.is_under_age:
        return Blocked.UNDER_AGE
    return None if safety.complete else Blocked.UNFINISHED


def _wish(options: Options, history: History) -> Wish:
    """Something new is kept a place only once there is something old to compare it with."""
    practised = any(estimate.n for estimate in history.estimates.values())
    return Wish(
        minutes=options.minutes_a_day,
        pinned=options.pinned - options.refused,
        refused=options.refused,
        held=options.held,
        try_new=options.explore and practised and not options.held,
    )
