"""Research is opted in one by one: who said yes is in the export, who took it back is gone from the next."""

import csv
import zipfile
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client

from accounts.core.consent_words import RESEARCH_WORDS
from accounts.erasing import leaving
from accounts.models import Consent, ConsentKind, StaffAct, User
from coaching.models import Person, ResearchShare
from coaching.progress.check_ins import keep_check_in
from coaching.research.reading import study_now
from coaching.research.sharing import agree, take_back
from tests.accounts.people import log_in, make_user
from tests.coaching.shell_makers import NOON, a_finished_intake, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
PAGE, EXPORT = "/accounts/data/research/", "/admin/research/"
SECRET_GOAL = "Carry my grandchild Ottilie"


def people(count: int = 10) -> list[User]:
    return [somebody(f"person{number}@example.org") for number in range(count)]


def somebody(email: str) -> User:
    user = make_user(email)
    person = Person.objects.create(user=user)
    a_finished_intake(person, goal=SECRET_GOAL, duration="over12")
    later = NOON + timedelta(days=8)
    keep_check_in(person, {"peg_1": 2, "peg_2": 3, "peg_3": 4, "note": "My secret note"}, day=later.date(), at=later)
    agree(user, person, at=NOON)
    return user


def staff(client: Client) -> User:
    boss = User.objects.create_superuser("boss@example.org", "seven quiet herons")
    client.force_login(boss)
    return boss


def files(answer: Any) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(b"".join(answer) if answer.streaming else answer.content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_nobody_is_in_it_who_did_not_say_yes() -> None:
    people()
    quiet = Person.objects.create(user=make_user("quiet@example.org"))
    a_finished_intake(quiet)
    assert study_now(NOON + timedelta(days=30)).people == 10


def test_who_is_locked_or_waits_for_being_erased_is_in_no_export() -> None:
    *_others, last = people(11)
    leaving.ask(last, [], at=NOON)
    assert study_now(NOON + timedelta(days=30)).people == 10


def test_who_takes_it_back_is_gone_from_the_next_export() -> None:
    *_others, last = people(11)
    number = ResearchShare.objects.get(person__user=last).number
    assert number in {line["record_id"] for line in study_now(NOON).lines}
    take_back(last, at=NOON)
    assert number not in {line["record_id"] for line in study_now(NOON).lines}
    assert not Consent.objects.standing().filter(user=last, kind=ConsentKind.RESEARCH).exists()


def test_who_says_yes_again_is_somebody_new_to_a_study() -> None:
    user = somebody("nadia@example.org")
    before = ResearchShare.objects.get()
    take_back(user, at=NOON)
    agree(user, user.person, at=NOON)
    assert ResearchShare.objects.get().number != before.number


def test_the_shift_is_sealed_and_no_date_stays_where_it_was() -> None:
    people()
    for share in ResearchShare.objects.all():
        assert 1 <= abs(share.shift) <= 365
        assert str(share.shift) not in share.sealed_shift.split(".")[0]
    days = {line["day"] for line in study_now(NOON + timedelta(days=30)).lines if "day" in line}
    assert len(days) > 2


def test_staff_take_it_as_files_and_that_is_noted(client: Client) -> None:
    users = people()
    boss = staff(client)
    assert "10" in text(client.get(EXPORT))
    found = files(client.post(EXPORT))
    assert set(found) == {
        *("README.txt", "dictionary.csv", "arms.csv", "events.csv", "event_forms.csv", "data.csv", "tidy.csv"),
        "codebook.csv",
    }
    data = list(csv.DictReader(StringIO(found["data.csv"])))
    assert len(data) == 10 * 3
    whole = "".join(found.values())
    assert not any(secret in whole for secret in ("Ottilie", "secret note", "@example.org", "extra_care", "signs_"))
    assert not any(person.pk in whole for person in Person.objects.all())
    act = StaffAct.objects.get(by=boss.pk)
    assert (act.what, act.whom) == ("Took a research export of 10 people", "")
    assert len(users) == 10


def test_of_fewer_than_ten_there_is_no_file(client: Client) -> None:
    people(9)
    staff(client)
    answer = client.post(EXPORT)
    assert answer.status_code == 422
    assert "fewer than 10 people" in text(answer)


def test_the_export_is_for_staff_who_were_given_the_right_to_it(client: Client) -> None:
    client.force_login(make_user("writer@example.org", is_staff=True))
    assert client.get(EXPORT).status_code == 403
    assert client.post(EXPORT).status_code == 403


def test_a_person_reads_what_it_means_says_yes_and_takes_it_back(client: Client) -> None:
    user = make_user()
    log_in(client)
    page = text(client.get(PAGE))
    assert "may find you in it" in page
    assert "stays with whoever has it" in page
    assert RESEARCH_WORDS["2026-11"] in page
    client.post(PAGE, {"agree": "yes"})
    client.post(PAGE, {"agree": "yes"})
    assert ResearchShare.objects.get().person.user == user
    assert Consent.objects.standing().get(user=user, kind=ConsentKind.RESEARCH).words == RESEARCH_WORDS["2026-11"]
    client.post(PAGE, {"agree": "no"})
    assert not ResearchShare.objects.exists()


def test_an_erased_account_is_in_no_export() -> None:
    people(10)
    User.objects.first().delete()
    assert ResearchShare.objects.count() == 9
    assert study_now(NOON).people == 0
