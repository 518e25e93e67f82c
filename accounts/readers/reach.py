"""How many people an edition reaches when it leaves, counted before: with the editions that leave until then."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, FilteredRelation, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Concat

from accounts.core.sending.paces import LEAST_BETWEEN
from accounts.core.sending.reach import Alike, Fate, Mailing, Reach, fate_of, reach_of
from accounts.models import Edition, EditionKind, EditionStatus, Subscriber
from accounts.models.letter_hours import has_no_break
from accounts.readers.audience import begun_since, states_that_count

LONGEST_PACE = max(LEAST_BETWEEN.values())
SHORTEST_PACE = min(LEAST_BETWEEN.values())
KEYS, BETWEEN = ("pace", "language", "topics_text", "back_at", "last"), "|"
LIVE = (EditionStatus.SCHEDULED, EditionStatus.SENDING, EditionStatus.PAUSED, EditionStatus.FINISHED)


def reach_at(edition: Edition, *, leaves_at: datetime) -> Reach:
    """Everybody with letters is looked at once, in one statement that counts those who are alike."""
    mailings, begun = _around_it(edition, leaves_at)
    return reach_of((group for _, group in _groups(mailings, begun)), mailings)


def people_of(edition: Edition, fate: Fate, *, leaves_at: datetime) -> QuerySet[Subscriber]:
    """The rows behind one of the numbers of `reach_at`."""
    mailings, begun = _around_it(edition, leaves_at)
    keys = [key for key, group in _groups(mailings, begun) if fate_of(group, mailings) is fate]
    text = [part for name in KEYS for part in (Cast(name, TextField()), Value(BETWEEN))]
    alike = _alike(mailings, begun).annotate(alike=Concat(*text, output_field=TextField()))
    return alike.filter(alike__in=["".join(f"{part}{BETWEEN}" for part in key) for key in keys])


def _around_it(edition: Edition, leaves_at: datetime) -> tuple[list[Mailing], list[Edition]]:
    """What leaves before it and it itself; and what has begun, as far as it still counts for anybody's pace."""
    mailings = [*map(_mailing, _on_their_way_before(edition, leaves_at)), _mailing(edition, leaves_at)]
    since = min(mailing.at for mailing in mailings) - LONGEST_PACE
    return mailings, list(begun_since(since).exclude(pk=edition.pk))


def neighbours_of(edition: Edition, *, leaves_at: datetime) -> list[Edition]:
    """Editions so near that whoever gets one of the two is not sent the other, in the order in which they leave."""
    if edition.is_correction:
        return []
    near = Q(started_at__range=_around(leaves_at)) | Q(started_at=None, send_at__range=_around(leaves_at))
    others = Edition.objects.filter(near, kind=EditionKind.EDITION, is_correction=False, language=edition.language)
    live = others.exclude(pk=edition.pk).filter(status__in=LIVE)
    return sorted((each for each in live if _share_readers(each, edition)), key=leaving)


def leaving(edition: Edition) -> datetime:
    """When it left, or else when it is to leave."""
    moment = edition.started_at or edition.send_at
    assert moment  # noqa: S101 (the database holds a time for each that is scheduled or begun)
    return moment


def _around(moment: datetime) -> tuple[datetime, datetime]:
    just = timedelta(microseconds=1)
    return moment - SHORTEST_PACE + just, moment + SHORTEST_PACE - just


def _share_readers(one: Edition, other: Edition) -> bool:
    return not one.topics or not other.topics or bool(set(one.topics) & set(other.topics))


def _on_their_way_before(edition: Edition, leaves_at: datetime) -> list[Edition]:
    """What has not been put into the ledger in full by now, and will be by then."""
    scheduled = Q(status=EditionStatus.SCHEDULED, send_at__lt=leaves_at)
    # Of two at the same moment, the one that was written first leaves first.
    scheduled |= Q(status=EditionStatus.SCHEDULED, send_at=leaves_at, pk__lt=edition.pk)
    begun = Q(status__in=[EditionStatus.SENDING, EditionStatus.PAUSED], filled_at=None, started_at__lte=leaves_at)
    others = Edition.objects.filter(scheduled | begun, kind=EditionKind.EDITION, language=edition.language)
    return sorted(others.exclude(pk=edition.pk), key=lambda each: (leaving(each), each.pk))


def _mailing(edition: Edition, at: datetime | None = None) -> Mailing:
    return Mailing(
        at=at or leaving(edition),
        language=edition.language,
        topics=frozenset(edition.topics),
        is_correction=edition.is_correction,
    )


def _groups(mailings: Sequence[Mailing], begun: list[Edition]) -> Iterator[tuple[tuple[Any, ...], Alike]]:
    """Each with what those in it have in common, as the database says it."""
    started = {each.pk: each.started_at for each in begun}
    counted = _alike(mailings, begun).values_list(*KEYS).annotate(how_many=Count("pk"))
    for *key, how_many in counted:
        pace, language, topics, back_at, last = key
        yield (
            tuple(key),
            Alike(
                how_many=how_many,
                pace=pace,
                language=language,
                topics=frozenset(json.loads(topics)),
                back_at=back_at,
                last_at=started.get(last),
            ),
        )


def _alike(mailings: Sequence[Mailing], begun: list[Edition]) -> QuerySet[Subscriber]:
    """Everybody with letters, with all that counts here. The letters of each edition are joined as a whole: to look
    them up for each person takes some seconds more where a million read."""
    back = [When(has_no_break(mailing.at), then=Value(number)) for number, mailing in enumerate(mailings)]
    had = {
        f"had_{each.pk}": FilteredRelation(
            "deliveries", condition=Q(deliveries__edition=each.pk, deliveries__state__in=states_that_count(each))
        )
        for each in begun
    }
    last = [When(**{f"had_{each.pk}__isnull": False}, then=Value(each.pk)) for each in begun]
    people = Subscriber.objects.active().order_by().annotate(**had)
    return people.annotate(
        topics_text=Cast("topics", TextField()),
        back_at=Case(*back, default=Value(len(mailings)), output_field=IntegerField()),
        last=Case(*last, default=Value(0), output_field=IntegerField()),
    )
