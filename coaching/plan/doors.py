"""Which of many practices are shut to whoever asks: for a page that leads to all of them."""

from collections.abc import Iterable

from django.http import HttpRequest

from coaching.people.session import person_of, waiting_person
from coaching.plan.start_rules import start_rules
from content.models import Guide


def shut_to(request: HttpRequest, guides: Iterable[Guide]) -> frozenset[str]:
    """By the same rule as the page of each. Nothing is shut to somebody who has told nothing."""
    if not is_known(request):
        return frozenset()
    rules = start_rules(request)
    return frozenset(guide.slug for guide in guides if not rules.of(guide.technique_id, guide).may_start)


def is_known(request: HttpRequest) -> bool:
    people = (person_of(request), waiting_person(request))
    return any(person is not None and person.newest_intake is not None for person in people)
