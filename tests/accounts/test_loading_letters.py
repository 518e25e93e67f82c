"""The letters of the series: as they are shipped, and how they come into the database."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.core.letters.files import LetterFileError, format_of, read_letter
from accounts.letters.checking import findings_of
from accounts.letters.parts import fresh_parts
from accounts.models import Edition, EditionStatus, Occasion, Series, SeriesLetter
from accounts.sending.series_loading import LIBRARY, load, read_series

OF = format_of(Occasion.values)
LETTER = """+++
subject = "Hello"
preheader = "A first word."
practice = "breathing"
position = 1
days = 0
+++

Hello. Sit down and let one breath go out slowly.
"""


def shipped(series: str) -> list[Path]:
    return list(LIBRARY.glob(f"{series}/*.md"))


@pytest.mark.django_db
def test_the_shipped_letters_come_in_ready_and_begin(library: None) -> None:
    call_command("load_letters", verbosity=0)
    assert Series.objects.filter(begun_at__isnull=False).count() == 2
    assert SeriesLetter.objects.filter(series__slug="welcome").count() == len(shipped("welcome")) >= 5
    course = SeriesLetter.objects.filter(series__slug="course")
    assert {letter.when for letter in course} == {"lesson_open", "away", "well_done", "last_lesson"}
    assert set(Edition.objects.values_list("status", flat=True)) == {EditionStatus.SENDING}


@pytest.mark.django_db
def test_each_shipped_letter_is_short_plain_sourced_and_ends_with_a_practice(library: None) -> None:
    call_command("load_letters", verbosity=0)
    for edition in Edition.objects.all():
        assert findings_of(edition, at=timezone.now()) == [], edition.slug
        assert "[^" in edition.words, edition.slug
        assert len(edition.words.split()) < 260, edition.slug
        assert "Begin: " in fresh_parts(edition).text


@pytest.mark.django_db
def test_loading_twice_changes_nothing_and_keeps_what_staff_wrote(library: None) -> None:
    call_command("load_letters", verbosity=0)
    Edition.objects.filter(slug="welcome-one-minute").update(subject="Welcome, and one breath")
    said = load(read_series(), at=timezone.now())
    assert Edition.objects.get(slug="welcome-one-minute").subject == "Welcome, and one breath"
    assert said == ["welcome-one-minute: subject: edited here"]
    assert Edition.objects.count() == len(shipped("*"))


@pytest.mark.django_db
def test_a_series_that_staff_ended_stays_ended(library: None) -> None:
    call_command("load_letters", verbosity=0)
    Series.objects.update(begun_at=None)
    call_command("load_letters", verbosity=0)
    assert not Series.objects.exclude(begun_at=None).exists()


def folder(tmp_path: Path, **letters: str) -> Path:
    (tmp_path / "series.toml").write_text('[welcome]\ntitle = "Welcome"\n')
    for name, source in letters.items():
        room, _, stem = name.partition("__")
        (tmp_path / room).mkdir(exist_ok=True)
        (tmp_path / room / f"{stem}.md").write_text(source)
    return tmp_path


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("letters", "message"),
    [
        ({"welcome__a": "Hello"}, "welcome/a.md: must begin with front matter"),
        ({"welcome__a": LETTER.replace("position = 1", "")}, "welcome/a.md: position is missing"),
        ({"welcome__a": LETTER.replace("days = 0", "days = -1")}, "days must be a whole number"),
        ({"welcome__a": LETTER.replace("days = 0", 'when = "birthday"\ndays = 0')}, "when must be one of"),
        ({"welcome__a": LETTER.replace("days = 0", "days =")}, "welcome/a.md: "),
        ({"other__a": LETTER}, "series.toml has no [other]"),
        ({"welcome__a": LETTER.replace("Sit down", "{{ name }}, sit down")}, "broken placeholder"),
        ({"welcome__a": LETTER.replace('"breathing"', '"flying"')}, "welcome-a: Practice: is flying"),
    ],
)
def test_one_fault_stops_the_load_before_the_first_write(
    library: None, tmp_path: Path, letters: dict[str, str], message: str
) -> None:
    files = folder(tmp_path, welcome__good=LETTER.replace("position = 1", "position = 9"), **letters)
    with pytest.raises(CommandError) as refused:
        call_command("load_letters", folder=files)
    assert message in str(refused.value)
    assert not Edition.objects.exists()


@pytest.mark.django_db
def test_letters_may_change_places(library: None, tmp_path: Path) -> None:
    second = LETTER.replace("position = 1", "position = 2")
    call_command("load_letters", folder=folder(tmp_path, welcome__a=LETTER, welcome__b=second), verbosity=0)
    call_command("load_letters", folder=folder(tmp_path, welcome__a=second, welcome__b=LETTER), verbosity=0)
    places = SeriesLetter.objects.order_by("position").values_list("edition__slug", flat=True)
    assert list(places) == ["welcome-b", "welcome-a"]


@pytest.mark.django_db
def test_a_letter_that_no_file_holds_any_more_stays_right_behind_the_others(library: None, tmp_path: Path) -> None:
    second = LETTER.replace("position = 1", "position = 2")
    call_command("load_letters", folder=folder(tmp_path, welcome__a=LETTER, welcome__b=second), verbosity=0)
    (tmp_path / "welcome" / "a.md").unlink()
    for _ in range(3):
        call_command("load_letters", folder=tmp_path, verbosity=0)
    places = SeriesLetter.objects.order_by("position").values_list("edition__slug", "position")
    assert list(places) == [("welcome-b", 2), ("welcome-a", 3)]


def test_a_file_is_read_with_its_defaults() -> None:
    read = read_letter(LETTER, OF)
    assert read.place == {"position": 1, "days": 0, "when": "after_confirmation", "lesson": None}
    assert read.values["language"] == "en"


def test_words_that_hold_the_rule_are_kept() -> None:
    assert "+++" in read_letter(f"{LETTER}\n+++\nmore\n", OF).values["words"]


def test_a_file_without_words_is_no_letter() -> None:
    with pytest.raises(LetterFileError):
        read_letter(LETTER.partition("Hello. ")[0], OF)
