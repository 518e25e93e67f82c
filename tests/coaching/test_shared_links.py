"""A link that somebody hands out: opened with its code, for its time, until it is revoked or guessed at too often."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from accounts.erasing import leaving
from accounts.models import Leaving
from coaching.belongings.joining import bring_along
from coaching.belongings.my_data import erase, export
from coaching.models import LinkOpening, Person, SharedLink
from coaching.models.shared_link import MOST_ATTEMPTS
from coaching.sharing import keeping
from coaching.sharing.browsers import OpenedWith, opened_with
from coaching.sharing.links import (
    MOST_ALIVE,
    Attempt,
    Secret,
    TooMany,
    attempt,
    find_link,
    revoke,
    secret_of_page,
)
from coaching.sharing.told import MOST_ENDED, MOST_OPENINGS, links_of
from coaching.tasks import PERIODIC, forget_ended_links
from tests.accounts.people import make_user
from tests.coaching.shell_makers import NOON
from tests.coaching.summary_makers import SECRET, a_link, fresh_secret

pytestmark = pytest.mark.django_db
WITH = OpenedWith()
DAY = timedelta(days=1)


@pytest.fixture
def person() -> Person:
    return Person.objects.create(user=make_user())


def guess(link: SharedLink, code: str, **told: Any) -> Any:
    return attempt(link, code, **{"at": NOON, "opened_with": WITH, **told})


# --- Made ----------------------------------------------------------------------------------------


def test_the_database_holds_neither_the_address_nor_the_code_nor_what_it_shows(person: Person) -> None:
    link = a_link(person, content={"goal": "Carry my grandchild"})
    kept = str(SharedLink.objects.filter(pk=link.pk).values())
    assert SECRET.token not in kept
    assert SECRET.code not in kept
    assert "grandchild" not in kept


def test_each_address_is_256_bits_of_chance_and_each_code_six_digits() -> None:
    made = {fresh_secret() for _ in range(50)}
    assert len({one.token for one in made}) == 50
    assert all(len(one.token) == 43 and len(one.code) == 6 and one.code.isdigit() for one in made)


def test_one_form_sent_twice_makes_one_link(person: Person) -> None:
    secret = secret_of_page(person, "page", "weeks=12")
    assert secret == secret_of_page(person, "page", "weeks=12")
    first, again = a_link(person, secret=secret), a_link(person, secret=secret)
    assert first == again
    assert SharedLink.objects.count() == 1


def test_another_page_another_choice_and_another_person_make_another_secret(person: Person) -> None:
    other = Person.objects.create()
    made = [(person, "page", "a"), (person, "page", "b"), (person, "other", "a"), (other, "page", "a")]
    secrets = [secret_of_page(*one) for one in made]
    assert len({one.token for one in secrets}) == len(made)
    assert len({one.code for one in secrets}) == len(made)


def test_nobody_keeps_more_open_links_than_they_can_look_after(person: Person) -> None:
    for _ in range(MOST_ALIVE):
        a_link(person, secret=fresh_secret())
    with pytest.raises(TooMany):
        a_link(person, secret=fresh_secret())
    revoke(person, person.shared_links.first().pk, NOON)
    a_link(person, secret=fresh_secret())
    assert person.shared_links.alive(NOON).count() == MOST_ALIVE


# --- Opened --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["123456", " 123 456 ", "123-456", "١٢٣٤٥٦", "१२३ ४५६", "１２３４５６", "\u200e12\u200f3456"]
)
def test_the_code_opens_in_digits_of_any_script_with_spaces_or_without(person: Person, typed: str) -> None:
    link = a_link(person)
    assert guess(link, typed).is_open
    assert SharedLink.objects.get().opened == 1


def test_each_opening_is_kept_with_when_and_roughly_with_what(person: Person) -> None:
    link = a_link(person)
    guess(link, "123456", opened_with=opened_with("Mozilla/5.0 (iPhone; CPU) AppleWebKit Mobile/15E148 Safari/604.1"))
    guess(link, "123456", at=NOON + DAY, opened_with=opened_with("Mozilla/5.0 (X11; Linux; rv:140.0) Firefox/140.0"))
    told = list(link.openings.values_list("at", "browser", "name"))
    assert told == [(NOON + DAY, "computer", "firefox"), (NOON, "phone", "safari")]
    assert {field.name for field in LinkOpening._meta.fields} == {"id", "link", "at", "browser", "name"}


@pytest.mark.parametrize(
    ("said", "browser", "name"),
    [
        ("", "unknown", ""),
        ("curl/8", "unknown", ""),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "computer", "edge"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "phone", "chrome"),
        ("Mozilla/5.0 (Linux; Android 15) SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36", "phone", "samsung"),
        ("Mozilla/5.0 (Macintosh) Version/18.0 Safari/605.1.15", "computer", "safari"),
        ("x" * 100_000, "unknown", ""),
    ],
)
def test_a_browser_is_known_roughly_from_what_it_says(said: str, browser: str, name: str) -> None:
    assert opened_with(said) == OpenedWith(browser=browser, name=name)


def test_half_a_letter_is_a_wrong_code_and_breaks_nothing(person: Person) -> None:
    assert guess(a_link(person), "\ud800") == Attempt(is_open=False, left=MOST_ATTEMPTS - 1)


def test_a_link_without_a_code_opens_by_its_address(person: Person) -> None:
    assert guess(a_link(person, secret=Secret(token="U" * 43)), "").is_open


# --- Guessed -------------------------------------------------------------------------------------


def test_wrong_codes_count_down_for_the_whole_life_of_a_link(person: Person) -> None:
    link = a_link(person)
    assert [guess(link, "000000").left for _ in range(3)] == [9, 8, 7]
    assert guess(link, "123456").is_open
    # A right one gives nothing back.
    assert guess(link, "111111").left == 6


def test_after_the_last_wrong_code_the_right_one_opens_nothing(person: Person) -> None:
    link = a_link(person)
    for _ in range(MOST_ATTEMPTS):
        assert not guess(link, "000000").is_open
    assert guess(link, "123456") == guess(link, "000000")
    assert find_link(SECRET.token, NOON) is None
    assert not link.openings.exists()


@pytest.mark.django_db(transaction=True)
def test_200_guesses_at_once_stay_within_the_limit(person: Person) -> None:
    link = a_link(person)

    def one(place: int) -> tuple[bool, int]:
        try:
            # The right one comes among the last: by then the limit is used up.
            tried = guess(link, "123456" if place == 190 else f"{place:06}")
            return tried.is_open, tried.left
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(one, range(200)))
    kept = SharedLink.objects.get()
    assert kept.attempts_left == 0
    assert kept.opened == sum(is_open for is_open, _ in answers) == kept.openings.count()
    assert not answers[190][0]
    # No answer was of use after the tenth: all that come later say the same.
    assert sum(left > 0 for _, left in answers) < MOST_ATTEMPTS


@pytest.mark.django_db(transaction=True)
def test_two_who_open_it_at_once_are_both_let_in_and_both_listed(person: Person) -> None:
    link = a_link(person)

    def one(_: int) -> bool:
        try:
            return guess(link, "123456").is_open
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(one, range(8)))
    assert SharedLink.objects.get().opened == link.openings.count() == 8


# --- Ended ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("token", ["", "T" * 42, "T" * 44, "U" * 43, "../" + "T" * 40, "T" * 42 + "é"])
def test_what_was_never_made_is_not_found(person: Person, token: str) -> None:
    a_link(person)
    assert find_link(token, NOON) is None


def test_it_ends_with_its_last_minute(person: Person) -> None:
    link = a_link(person, days=1)
    assert find_link(SECRET.token, NOON + DAY - timedelta(seconds=1)) == link
    assert find_link(SECRET.token, NOON + DAY) is None
    assert not guess(link, "123456", at=NOON + DAY).is_open


def test_revoked_it_is_gone_at_once_with_all_that_it_showed(person: Person) -> None:
    link = a_link(person)
    assert revoke(person, link.pk, NOON)
    assert find_link(SECRET.token, NOON) is None
    # A page that was open meanwhile asks in vain.
    assert not guess(link, "123456").is_open
    link.refresh_from_db()
    assert link.content == {}
    assert not revoke(person, link.pk, NOON + DAY)


def test_of_whoever_is_locked_or_waits_for_being_erased_no_link_is_open(person: Person) -> None:
    link = a_link(person)
    leaving.ask(person.user, [], at=NOON)
    assert find_link(SECRET.token, NOON) is None
    assert not guess(link, "123456").is_open
    assert (link.openings.count(), SharedLink.objects.get().attempts_left) == (0, MOST_ATTEMPTS)
    leaving.take_back(Leaving.objects.get())
    assert guess(link, "123456").is_open


def test_a_link_of_somebody_without_an_account_is_open() -> None:
    assert guess(a_link(Person.objects.create()), "123456").is_open


def test_every_open_link_is_listed_however_many_came_after_it(person: Person) -> None:
    first = a_link(person, days=30)
    for place in range(MOST_ENDED + 3):
        later = a_link(person, at=NOON + timedelta(minutes=place), secret=fresh_secret())
        revoke(person, later.pk, NOON + timedelta(minutes=place))
    told = links_of(person, NOON + DAY, ZoneInfo("UTC"))
    assert (told.links[0].key, told.links[0].is_open) == (first.pk, True)
    assert (len(told.links), told.unlisted) == (1 + MOST_ENDED, 3)


def test_each_opening_is_listed_and_those_that_are_not_are_counted(person: Person) -> None:
    link = a_link(person)
    for place in range(25):
        guess(link, "123456", at=NOON + timedelta(minutes=place))
    [told] = links_of(person, NOON + DAY, ZoneInfo("UTC")).links
    assert (len(told.openings), told.opened, told.unlisted) == (25, 25, 0)
    LinkOpening.objects.bulk_create(LinkOpening(link=link, at=NOON) for _ in range(MOST_OPENINGS))
    SharedLink.objects.update(opened=MOST_OPENINGS + 25)
    [told] = links_of(person, NOON + DAY, ZoneInfo("UTC")).links
    assert (len(told.openings), told.unlisted) == (MOST_OPENINGS, 25)


def test_nobody_revokes_the_link_of_another(person: Person) -> None:
    link = a_link(person)
    assert not revoke(Person.objects.create(), link.pk, NOON)
    assert find_link(SECRET.token, NOON) == link


def test_what_an_ended_link_showed_is_forgotten_and_its_openings_stay(person: Person) -> None:
    ended, open_one = a_link(person, days=1), a_link(person, days=30, secret=fresh_secret())
    guess(ended, "123456")
    assert keeping.forget_ended(NOON + 2 * DAY) == 1
    ended.refresh_from_db()
    open_one.refresh_from_db()
    assert ended.content == {}
    assert ended.openings.count() == 1
    assert open_one.content
    assert forget_ended_links in [task for task, _ in PERIODIC]


# --- With the rest of a person -------------------------------------------------------------------


def test_a_link_goes_along_in_the_export_and_with_the_erasing(person: Person) -> None:
    guess(a_link(person), "123456")
    assert person.user
    [told] = export(person.user)["shared_links"]
    assert told["content"] == {"name": "N."}
    assert [one["browser"] for one in told["openings"]] == ["unknown"]
    assert SECRET.token not in str(told)
    erase(person.user)
    assert not SharedLink.objects.exists()
    assert not LinkOpening.objects.exists()
    assert find_link(SECRET.token, NOON) is None


def test_a_link_made_before_the_log_in_goes_along_and_still_opens(person: Person) -> None:
    link = a_link(Person.objects.create())
    bring_along(link.person, person, NOON)
    link = SharedLink.objects.get(person=person)
    assert link.content == {"name": "N."}
    assert guess(link, "123456").is_open


def test_what_no_key_opens_any_more_no_code_opens_either(person: Person) -> None:
    link = a_link(person)
    SharedLink.objects.update(sealed_verifier="gone.AAAA")
    link.refresh_from_db()
    assert not guess(link, "123456").is_open
