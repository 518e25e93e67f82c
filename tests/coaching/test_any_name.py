"""A name of any length, script and shape on every page and in every letter that says one."""

import re
import unicodedata
from datetime import UTC, datetime
from html import escape, unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import example, given
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from accounts.core.typed import name_apart
from accounts.forms.profile import ProfileForm
from accounts.models import OutgoingMail, Profile
from coaching.models import Booster, Ending, Person
from coaching.week import boosters
from tests.accounts.people import make_user
from tests.coaching.every_page import MEMBER, pages
from tests.coaching.reminder_makers import SIX_IN_LISBON, a_wish, last_mail, sweep_at, words_of
from tests.coaching.shell_makers import a_member, a_plan, text

NAMES = {
    "one letter": "Ö",
    "long": "Hubert Blaine " + "Wolfeschlegelsteinhausenbergerdorff" + " the Second of his Name, of Bremen",
    "long, in one word": "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    "right to left": "مريم بنت يوسف",
    "an emoji of several signs": "👩🏽‍🦽‍➡️",
    "decomposed": unicodedata.normalize("NFD", "Siân Nguyễn"),
    "with signs of markup": "Zoë <b>O'Neil</b> & {{ daughters }}",
    "turning the line": "\u202eafar\u202c",
    "two lines": "Ana\u2028Bcc: everyone",
}
WITH_A_NAME = {"coaching/emails/reminder.txt", "coaching/emails/booster.txt"}
NOON = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)
any_name = pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())


def called(person: Person, name: str) -> Profile:
    profile = Profile.objects.of(person.user)
    Profile.objects.filter(pk=profile.pk).update(name=name[:80])  # as long as its column is
    return Profile.objects.get(pk=profile.pk)


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_every_page_opens_and_sets_a_name_apart_from_the_words_around_it(client: Client) -> None:
    person = a_member(client)
    a_plan(person)
    name = f"{NAMES['right to left']} & {NAMES['an emoji of several signs']} <i>"
    called(person, name)
    said, bare = [], []
    for page in pages(person, MEMBER):
        answer = client.get(page.path)
        assert answer.status_code == 200, page.path
        html = text(answer)
        assert name not in html, f"{page.path}: not escaped"
        rest = re.sub(r"<bdi>.*?</bdi>|<input\b[^>]*>", "", html)
        said += [page.path] if escape(name) in html else []
        bare += [page.path] if escape(name) in rest else []
    assert "/today/" in said and "/accounts/profile/" in said
    assert bare == []


@pytest.mark.django_db
@any_name
def test_the_profile_keeps_a_name_as_it_was_told_and_shows_it_again(client: Client, name: str) -> None:
    client.force_login(user := make_user("somebody@example.org"))
    told = {"name": name, "minutes_a_day": "30"}
    answer = client.post("/accounts/profile/", told)
    if len(name) > (Profile._meta.get_field("name").max_length or 0):
        assert f"{len(name)} characters long" in text(answer)
    else:
        assert answer.status_code == 302
        assert Profile.objects.get(user=user).name == name
        assert escape(name) in answer.client.get("/accounts/profile/").content.decode()


def test_the_letters_that_say_a_name_are_the_ones_tried_here() -> None:
    root = Path(settings.BASE_DIR) / "templates"
    naming = {str(path.relative_to(root)) for path in root.rglob("emails/*.txt") if "{{ name }}" in path.read_text()}
    assert naming == WITH_A_NAME


@pytest.mark.django_db
@any_name
@pytest.mark.parametrize("letter", ["reminder", "look back"])
def test_every_letter_that_says_a_name_says_it_whole_and_harms_nothing(name: str, letter: str) -> None:
    person = Person.objects.create(user=make_user("somebody@example.org"))
    profile = called(person, name)
    if letter == "reminder":
        a_wish(person.user)
        assert sweep_at(SIX_IN_LISBON) == 1
        message = last_mail()
        subject, told, html = message["Subject"], words_of(message), message.get_payload(1).get_payload(decode=True)
        html = html.decode().replace("\r\n", "\n")
    else:
        ending = Ending.objects.create(person=person, at=NOON, wants_letters=True)
        Booster.objects.create(ending=ending, month=1, due_on=NOON.date())
        assert boosters.send_due(NOON) == 1
        mail = OutgoingMail.objects.get()
        subject, told, html = mail.subject, mail.text, mail.html
    assert f"Hello {name_apart(profile.name)}," in told
    assert name_apart(profile.name) in unescape(html)
    assert profile.name not in html or escape(profile.name) == profile.name
    assert name not in subject and "\n" not in subject
    assert not set("\u202a\u202b\u202d\u202e") & set(told)


class AnyName(TestCase):
    @given(some.text(some.characters(exclude_categories=["Cs"]), max_size=90))
    @example("")
    @example("a\x00b")
    def test_any_text_is_a_name_or_is_refused_with_words(self, name: str) -> None:
        form = ProfileForm({"name": name, "minutes_a_day": "30"})
        assert form.is_valid() or set(form.errors) == {"name"}
        if form.is_valid():
            assert form.cleaned_data["name"] == name.strip().replace("\r\n", "\n")

    @given(some.text(max_size=80))
    def test_a_name_within_a_sentence_leaves_no_turn_open(self, name: str) -> None:
        told = name_apart(name)
        assert told.count("\u2068") == told.count("\u2069")
        assert name_apart(told) == told
