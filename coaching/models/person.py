"""Person: somebody being coached, with or without an account.

A random id that all coaching rows hang on. `user` is the one link between health answers
and an identity; taking it away leaves answers that belong to nobody.
"""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property

from coaching.core.practice.past import PastPractice
from content.models.fields import RuledCharField
from content.reading.ready_made import ReadyMade

if TYPE_CHECKING:
    from coaching.models.check_in import PastCheckIn
    from coaching.models.intake import Intake

LONG_AGO = date(1970, 1, 1)


def new_id() -> str:
    return secrets.token_urlsafe(18)


class PersonQuerySet(models.QuerySet["Person"]):
    def whose_letters_are_due(self, on: date) -> "PersonQuerySet":
        """To be looked at for letters about the course, whoever has waited longest first."""
        return self.filter(user__isnull=False, letters_look_on__lte=on).order_by("letters_look_on")

    def of_account(self, user: int) -> "Person | None":
        """With all their answers and the rhythm of their weeks, which every page asks for, in one query that is put
        together once."""
        return _with_told(*OF_ACCOUNT.one_with_many("told", user=user))

    def without_answers_of(self, user: int) -> "Person | None":
        """Whoever an account belongs to, for requests that only add a row."""
        return next(iter(ACCOUNT.objects(user=user)), None)

    def by_key_alone(self, key: str) -> "Person":
        """Somebody whose key is known already; each of their columns is read when it is asked for."""
        return self.model.from_db(self.db, ["id"], [key])

    def of_visit(self, key: str) -> "Person | None":
        """The same of somebody without an account."""
        return _with_told(*OF_VISIT.one_with_many("told", key=key))

    def hold(self, person: "Person") -> None:
        """No other request changes what is theirs until the transaction ends. DoesNotExist once they are gone."""
        if not HELD.rows(key=person.pk):
            raise self.model.DoesNotExist

    def _with_answers(self) -> "PersonQuerySet":
        joined = self.annotate(told=models.FilteredRelation("intakes")).select_related("told", "rhythm")
        return joined.order_by("pk", "-told__id")


def _with_told(person: "Person | None", intakes: "list[Intake]") -> "Person | None":
    if person is None:
        return None
    person.all_intakes = intakes
    for intake in intakes:
        intake.person = person
    return person


class Person(models.Model):
    id = RuledCharField(primary_key=True, max_length=32, default=new_id, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE)
    made_at = models.DateTimeField(auto_now_add=True)
    seen_on = models.DateField(auto_now=True)
    # What every page asks of the check-ins, kept here so that it costs no query; `coaching/progress/check_ins.py`
    # alone writes it.
    check_in_from = models.DateField("a check-in is offered from", null=True, blank=True)
    pain_rose_at = models.DateTimeField("a check-in told of more pain", null=True, blank=True)
    letters_look_on = models.DateField("letters about the course look at them", default=LONG_AGO, editable=False)

    objects = PersonQuerySet.as_manager()

    mark_of_practices = ""
    """Of `newest_practices` as they were read; empty before, and where they were read in another way."""

    class Meta:
        verbose_name_plural = "people"
        indexes = [
            models.Index(
                fields=["letters_look_on"], condition=models.Q(user__isnull=False), name="person_by_look_of_letters"
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.id[:6]}"

    @property
    def newest_intake(self) -> "Intake | None":
        return self.all_intakes[0] if self.all_intakes else None

    @property
    def newest_finished(self) -> "Intake | None":
        return next((row for row in self.all_intakes if row.finished_at), None)

    @cached_property
    def all_intakes(self) -> "list[Intake]":
        """Newest first. Read once a request; whoever writes answers calls `forget_what_was_read`."""
        intakes: Any = self._meta.get_field("intakes").related_model
        return intakes._default_manager.newest_first_of(self)

    @cached_property
    def newest_practices(self) -> Sequence[PastPractice]:
        """Read once a request, newest first."""
        newest, self.mark_of_practices = self.practices.newest_with_mark(self.pk)
        return newest

    @cached_property
    def all_check_ins(self) -> "list[PastCheckIn]":
        """Oldest first. Read once a request."""
        return self.check_ins.past_of(self.pk)

    def forget_what_was_read(self) -> None:
        for name in ("all_intakes", "newest_practices", "mark_of_practices", "all_check_ins"):
            self.__dict__.pop(name, None)


ACCOUNT = ReadyMade(lambda user: Person.objects.filter(user_id=user), user=int)
HELD = ReadyMade(lambda key: Person.objects.select_for_update().filter(pk=key).values_list("pk"), key=str)
OF_ACCOUNT = ReadyMade(lambda user: Person.objects.filter(user_id=user)._with_answers(), user=int)
OF_VISIT = ReadyMade(lambda key: Person.objects.filter(pk=key, user=None)._with_answers(), key=str)
