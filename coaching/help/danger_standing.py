"""How somebody stands with danger right now: the one answer that every page asks for, signed in or not.

A sign stands from the moment it is ticked until the safety questions are answered anew. It goes along to
every page: `parts/_danger.html` says it in the sign's own words, and what a page suggests asks here first.
A page that knows nobody (the copy on a device) has no standing; it has to be safe for anyone.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject

from accounts.sealing import CannotOpen
from coaching.core.intake.conditions import tells_of_chest, ticked_conditions
from coaching.core.intake.safety import SIGN_LISTS, read_safety
from coaching.core.intake.signs import LEAST_LEVEL, level_of, most_urgent, urgency
from coaching.help.crisis_lines import crisis_lines, lines_for
from coaching.help.flare import GetResponse
from coaching.intake.intakes import is_in_danger
from coaching.intake.known import answers_now
from coaching.models import Intake, Person
from coaching.people.preferences import preferences_of
from coaching.people.session import person_of, waiting_person
from content.core.vocabulary import Level
from content.models import DangerSign

OWN_WORDS = frozenset({"emergency", "intake_step"})
"""Pages that say themselves what stands, or where it is being answered anew."""

CHANGES = frozenset({"change_plan", "pin_technique", "refuse_technique", "swap_technique", "undo_wish", "set_minutes"})
"""Each shows the result again where a change could not be made."""

BESIDE_THE_PLAN = CHANGES | {
    *("recommendations", "plan", "today", "practices", "practice", "practice_done", "progress", "balance"),
    *("what_works", "summary", "short_check_in", "unwanted", "unwanted_said", "a_or_b", "patterns"),
    *("week", "week_step", "small_step", "week_review", "log", "leaving", "left", "booster"),
}
"""Pages of a plan: whoever answered yes, or rather not, on self-harm finds people to call on each of them."""

WHERE_SOMETHING_BEGINS = BESIDE_THE_PLAN | {
    *("home", "help_now", "lesson", "tip", "letter", "newsletter_confirm", "newsletter_received"),
    *("tools", "tool", "tool_new", "tool_entry", "tool_edit"),
}
"""Pages that show what to try: whoever told of chest pain reads of that first, and tries none of it for panic."""

SHOWN = "danger_is_shown"


@dataclass(frozen=True, kw_only=True)
class StandingSign:
    """A ticked sign in the reader's language: the question it answers, and what it asks for."""

    slug: str
    level: Level
    question: str
    advice: str


@dataclass(frozen=True, kw_only=True)
class DangerStanding:
    """`level` is the most urgent that stands, `signs` are those told, most urgent first.

    `tells_of_chest`: there is chest pain anywhere in the answers. `is_shown`, `chest_first` and `stands_beside`: this
    page shows the banner, the words on the chest, the panel with people to call.
    """

    level: Level | None = None
    signs: tuple[StandingSign, ...] = ()
    needs_extra_care: bool = False
    tells_of_chest: bool = False
    is_shown: bool = False
    chest_first: bool = False
    stands_beside: bool = False
    line: Any | None = None
    """Whom to call in the country that was chosen; None where it is not known."""

    @property
    def is_now(self) -> bool:
        return self.level is Level.NOW

    @property
    def is_today(self) -> bool:
        return self.level is Level.TODAY

    @property
    def is_soon(self) -> bool:
        return self.level is Level.SOON

    @property
    def hides_physical(self) -> bool:
        """No movement, heat, cold or hands-on care may be suggested."""
        return self.level in (Level.NOW, Level.TODAY)

    @property
    def holds_physical(self) -> bool:
        """Nothing physical may be begun until a doctor has looked."""
        return self.level in (Level.NOW, Level.TODAY, Level.SOON)


SAFE = DangerStanding()


def standing_of_people(person: Person | None, waiting: Person | None = None) -> DangerStanding:
    """`waiting` is what this browser held before somebody logged in: a later NOW answer there counts too."""
    if is_in_danger(person, waiting) and not _is_now(person):
        person = waiting
    newest = person.newest_intake if person else None
    if person is None or newest is None:
        return SAFE
    answers = _answers(person, newest)
    signs = _signs(answers)
    levels = [Level(newest.safety_level)] if newest.safety_level else []
    levels += [sign.level for sign in signs]
    return DangerStanding(
        level=most_urgent(*levels) if levels else None,
        signs=signs,
        needs_extra_care=answers.get("extra_care") is True,
        tells_of_chest=tells_of_chest(read_safety(answers), ticked_conditions(answers)),
    )


def danger_standing(request: HttpRequest) -> DangerStanding:
    """The standing of whoever asks. Read anew at each call, as the answers of this very request count."""
    return standing_of_people(person_of(request), waiting_person(request))


def danger(request: HttpRequest) -> dict[str, Any]:
    """For every page. Worked out only by a page that asks, and once."""
    return {"danger": SimpleLazyObject(lambda: _on_page(request))}


def _on_page(request: HttpRequest) -> DangerStanding:
    standing = danger_standing(request)
    name = request.resolver_match.url_name if request.resolver_match else None
    is_shown = standing.level is not None and name not in OWN_WORDS
    stands_beside = standing.needs_extra_care and name in BESIDE_THE_PLAN
    # Under NOW the banner says what to do about it.
    chest_first = standing.tells_of_chest and not standing.is_now and name in WHERE_SOMETHING_BEGINS
    if standing.level is None and not standing.needs_extra_care and not chest_first:
        return standing
    vars(request)[SHOWN] = True
    line = lines_for(preferences_of(request).country, crisis_lines())
    return replace(standing, is_shown=is_shown, chest_first=chest_first, stands_beside=stands_beside, line=line)


def in_no_cache(get_response: GetResponse) -> GetResponse:
    """A page that says what somebody ticked is for this browser now, and for nobody else."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if vars(request).get(SHOWN):
            add_never_cache_headers(response)
        return response

    return answer


def _is_now(person: Person | None) -> bool:
    newest = person.newest_intake if person else None
    return newest is not None and newest.safety_level == Level.NOW


def _answers(person: Person, newest: Intake) -> dict[str, Any]:
    try:
        return answers_now(person, person.newest_finished or newest)
    except CannotOpen:
        # The level stands beside the seal, so what a lost key has closed still warns.
        return {}


def _signs(answers: dict[str, Any]) -> tuple[StandingSign, ...]:
    told = {slug: step for step in SIGN_LISTS for slug in answers.get(step) or () if slug != "none"}
    if not told:
        return ()
    rows = {row.slug: row for row in DangerSign.objects.filter(slug__in=told).defer("loaded", "conflicts")}
    levels = {slug: Level(row.level) for slug, row in rows.items()}
    signs = [_sign(rows[slug], level_of(slug, step, levels)) for slug, step in told.items() if slug in rows]
    # A sign that only the library knows comes after those of its level.
    places = {slug: place for place, slug in enumerate(LEAST_LEVEL)}
    return tuple(sorted(signs, key=lambda sign: (urgency(sign.level), places.get(sign.slug, len(places)))))


def _sign(row: DangerSign, level: Level) -> StandingSign:
    return StandingSign(slug=row.slug, level=level, question=row.said("question"), advice=row.said("advice"))
