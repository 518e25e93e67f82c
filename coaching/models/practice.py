"""Practice: one go at a technique, with the taps that go with it.

It carries an id that the client made, so that sending it again changes nothing.
Ratings are 0 to 10 (`managed` is 0 to 3), and each may be missing: a gentle stop at any time counts. Which of
them are asked is told by what the technique is judged by (`coaching/questions.py`). All of one go lie in one seal.

Each way to write one marks the person's `PracticeStore` in the same transaction.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import OuterRef, QuerySet, Subquery

from coaching.core.practice.past import PastPractice, past_of, without_key
from coaching.models.person import Person
from coaching.models.practice_store import (
    BEHIND,
    LETTERS_OF_A_KEY,
    MOST_PRACTICES,
    ROOM_BEHIND,
    PracticeStore,
    another_number,
    seal_behind,
)
from coaching.models.sealed_parts import Part, SealedParts, SealedPartsQuerySet, a_number, a_seal
from content.models import Technique
from content.reading.ready_made import ReadyInsert, ReadyMade

RATINGS = "sealed_ratings"


def _rating(most: int = 10) -> Any:
    return Part(a_number(most), of=RATINGS)


def _stood(name: str) -> Any:
    """The column in which a rating stood readable. It goes with the release after this."""
    return models.PositiveSmallIntegerField(null=True, blank=True, editable=False, db_column=name)


class PracticeQuerySet(SealedPartsQuerySet):
    def newest_first(self) -> "PracticeQuerySet":
        return self.order_by("-started_at", "-pk")

    def newest_with_mark(self, person: str) -> tuple[Sequence[PastPractice], str]:
        """From the one row in which they are kept; where that is out of date, from their own rows, and kept again.

        The mark stands for these very practices: no others ever have it.
        """
        store = self.store_of(person)
        newest = store.read(store.first)
        if newest is None:
            newest = self.read_anew(person)
            store.keep(newest)
        return newest, store.mark

    def store_of(self, person: str) -> Any:
        """With the key of the newest practice, as its own row has it, in the same query."""
        for row in STORE.objects(person=person):
            return row
        return _stores(person).open_for(person)

    def stores_of(self, people: Sequence[Person]) -> QuerySet[Any]:
        """Of many at once; nothing for whoever has no row so far."""
        first = self.filter(person=OuterRef("person")).newest_first().values("pk")[:1]
        return PracticeStore.objects.annotate(first=Subquery(first)).filter(person__in=people)

    def read_anew(self, person: str) -> list[PastPractice]:
        return [past_of(row) for row in self.filter(person=person).newest_first()[:MOST_PRACTICES]]

    def gather_all(self) -> tuple[int, int]:
        """For everybody who practised: how many they are, and of how many what counted as kept was not so."""
        people = wrong = 0
        for person in self.order_by().values_list("person_id", flat=True).distinct().iterator(chunk_size=200):
            store = self.store_of(person)
            newest, kept = self.read_anew(person), store.read(store.first)
            # Where a practice changed in between, the next page puts them together.
            was_kept = store.keep(newest)
            people, wrong = people + 1, wrong + (was_kept and kept is not None and kept != newest)
        return people, wrong

    @transaction.atomic
    def create(self, **values: Any) -> Any:
        made = super().create(**values)
        _put_behind(made, ONCE.follow)
        return made

    def put_in(self, made: "Practice") -> bool:
        """False, and nothing changes, where this person has one with its client id."""
        return _put_behind(made, ONCE.put_in)

    @transaction.atomic
    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        made = super().bulk_create(objs, *args, **options)
        PracticeStore.objects.mark({one.person_id for one in made})
        return made

    @transaction.atomic
    def update(self, **values: Any) -> int:
        people = self._people()
        changed = super().update(**values)
        if person := values.get("person"):
            people.add(person.pk)
        PracticeStore.objects.mark(people)
        return changed

    update.alters_data = True  # type: ignore[attr-defined]

    @transaction.atomic
    def delete(self) -> tuple[int, dict[str, int]]:
        people = self._people()
        gone = super().delete()
        PracticeStore.objects.mark(people)
        return gone

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def _people(self) -> set[str]:
        return set(self.order_by().values_list("person_id", flat=True).distinct())


def _stores(person: str) -> Any:
    first = Practice.objects.filter(person=person).newest_first().values("pk")[:1]
    return PracticeStore.objects.annotate(first=Subquery(first)).filter(person_id=person)


STORE = ReadyMade(_stores, person=str)


def _put_behind(made: "Practice", put: Callable[..., Sequence[Any] | None]) -> bool:
    """One more beside those that are kept, so that no page has to read them all for it. Whether it was put in."""
    person, sealed = made.person_id, seal_behind(without_key(past_of(made)), made.person_id)
    told = put(made, person, another_number(), person, sealed, made.started_at, made.started_at)
    if told is None:
        return False
    *_, is_behind, letters = told
    if is_behind and letters + len(sealed) + LETTERS_OF_A_KEY > ROOM_BEHIND:
        # The next one like it would find no room.
        store = Practice.objects.store_of(person)
        store.fold(store.first)
    return True


ONCE = ReadyInsert(lambda: Practice, unless=("person", "client_id"), then=BEHIND)


class Practice(SealedParts):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="practices", db_index=False)
    technique = models.ForeignKey(Technique, on_delete=models.PROTECT, to_field="slug", related_name="+")
    client_id = models.CharField(max_length=40)
    guide = models.SlugField(max_length=60, blank=True, db_index=False)
    started_at = models.DateTimeField()
    seconds = models.PositiveIntegerField(default=0)
    sealed_ratings = a_seal()
    tension_before = _rating()
    tension_after = _rating()
    pain_before = _rating()
    pain_after = _rating()
    belief_before = _rating()
    belief_after = _rating()
    confidence_before = _rating()
    confidence_after = _rating()
    managed = _rating(3)
    night_before = _rating()
    night_after = _rating()
    pain_next_day = _rating()
    received_at = models.DateTimeField(auto_now_add=True)
    plain_tension_before = _stood("tension_before")
    plain_tension_after = _stood("tension_after")
    plain_pain_before = _stood("pain_before")
    plain_pain_after = _stood("pain_after")
    plain_belief_before = _stood("belief_before")
    plain_belief_after = _stood("belief_after")
    plain_confidence_before = _stood("confidence_before")
    plain_confidence_after = _stood("confidence_after")
    plain_managed = _stood("managed")
    plain_night_before = _stood("night_before")
    plain_night_after = _stood("night_after")
    plain_pain_next_day = _stood("pain_next_day")

    objects = PracticeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-started_at"], name="practice_newest")]
        constraints = [
            models.UniqueConstraint(fields=["person", "client_id"], name="a_practice_counts_once"),
        ]

    def __str__(self) -> str:
        return f"practice {self.pk}"

    def seal_context(self, column: str) -> str:
        """Whoever logs in takes their goes along, so it names the go alone."""
        return f"coaching.practice.{column}:{self.client_id}"
