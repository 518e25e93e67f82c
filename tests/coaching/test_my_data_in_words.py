import csv
import io
import re
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.members import personal_data
from accounts.members.consents import agree_to_health
from accounts.models import Profile
from coaching.belongings.in_words import in_words
from coaching.belongings.my_data import export_person
from coaching.belongings.rows import rows_of
from coaching.belongings.taking_along import page_of, table_of
from coaching.belongings.wording import LABELS, PARTS, choices_of
from coaching.core.practice.rung import Since
from coaching.models import Practice
from coaching.said import is_said, said
from tests.accounts.people import NOON, confirm_it_is_me, make_subscriber, make_user
from tests.coaching.reminder_makers import a_wish
from tests.coaching.shell_makers import a_finished_intake, a_member, a_plan, a_visitor, text
from tests.coaching.tool_makers import an_entry
from tests.coaching.whole_people import a_whole_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

SEE, DOWNLOAD = "/my-data/", "/my-data/download/"


def with_something(person: Any) -> None:
    a_plan(person)
    an_entry(person, "writing", page="A hard day, and a good walk.")
    told = {"technique_id": "breathing", "client_id": "a", "started_at": NOON, "seconds": 300, "tension_before": 7}
    Practice.objects.create(person=person, **told)


def test_no_day_stands_there_before_the_site_was(client: Client) -> None:
    """A column that has to hold a day may hold one from long ago, for what has not come yet."""
    with_something(a_member(client))
    assert not re.search(r"\b(19\d\d|200\d)\b", text(client.get(SEE)))


def unpacked(answer: Any) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(answer.content))


@pytest.mark.parametrize("make", [a_member, a_visitor])
def test_the_page_says_all_of_it_in_plain_words(client: Client, make: Any) -> None:
    with_something(make(client))
    page = text(client.get(SEE))
    assert "A hard day, and a good walk." in page
    assert "How tense is your body" in page or "tense" in page.lower()
    assert "2 November 2026" in page
    assert "Tension, before" in page
    assert "technique_id" not in page
    assert "Change it, or take it away" in page


def test_each_part_leads_to_where_it_is_changed() -> None:
    for title, change_at in PARTS.values():
        assert title
        assert not change_at or reverse(change_at)


# --- All of it, in words ---


def whole_exports() -> list[dict[str, Any]]:
    people = [a_whole_person(make_user(f"p{number}@example.org"), number) for number in range(2)]
    for person in people:
        a_wish(person.user)
        make_subscriber(person.user.email, user=person.user)
        agree_to_health(person.user, at=NOON)
    return [personal_data.shown(person.user, without=("rows",)) for person in people]


def test_each_part_that_holds_something_is_on_the_page() -> None:
    for export in whole_exports():
        parts = {**export, **export["coaching"]}
        filled = {key for key, value in parts.items() if key != "coaching" and has_something(value)}
        assert {part.key for part in in_words(export)} == filled


def has_something(value: Any) -> bool:
    if isinstance(value, dict | list | tuple):
        return any(has_something(each) for each in (value.values() if isinstance(value, dict) else value))
    return value not in (None, "")


def test_nothing_is_called_by_the_name_of_its_column(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []

    def hear(words: str) -> str:
        heard.append(words)
        return words

    monkeypatch.setattr("coaching.belongings.in_words.told", hear)
    exports = whole_exports()
    for export in exports:
        in_words(export)
    unnamed = {key for export in exports for key in keys_in(export) if key.replace("_", " ") in heard}
    assert unnamed == set()
    assert "Tension, before" in heard


def keys_in(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {str(key) for key in value} | {key for each in value.values() for key in keys_in(each)}
    return {key for each in value for key in keys_in(each)} if isinstance(value, list | tuple) else set()


SAID_WITHOUT = {
    # How pages keep their order, and how rows are told apart.
    *("intakes.reached", "intakes.safety_round", "intakes.builds_on", "intakes.changed_at", "check_ins.changed_at"),
    *("practices.client_id", "log.client_id", "unwanted_effects.client_id"),
}
"""Columns whose value is for programs alone: it stands among the rows of the file."""


def test_every_column_of_every_table_of_a_person_is_on_the_page() -> None:
    person = a_whole_person(make_user(), 1)
    told, shown = rows_of(person), leaves(export_person(person))
    unsaid = {
        f"{table}.{name}"
        for table, rows in told.items()
        for row in rows
        for name, value in row.items()
        if name != "key" and has_something(value) and not leaves(value) <= shown
    }
    assert {name for name in unsaid if name not in SAID_WITHOUT} == set()


def leaves(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {leaf for each in value.values() for leaf in leaves(each)}
    if isinstance(value, list | tuple):
        return {leaf for each in value for leaf in leaves(each)}
    return {value.isoformat() if hasattr(value, "isoformat") else str(value)}


def test_what_a_column_is_called_is_said_in_spanish_too() -> None:
    words = {*LABELS.values(), *(title for title, _ in PARTS.values())}
    words |= {words for name in LABELS for words in choices_of(name).values()}
    with override("es"):
        assert sorted(word for word in words if not is_said(word)) == []


@pytest.mark.parametrize("make", [a_member, a_visitor])
def test_the_zip_holds_a_page_tables_and_the_file(client: Client, make: Any) -> None:
    with_something(make(client))
    confirm_it_is_me(client)
    answer = client.get(DOWNLOAD)
    file = unpacked(answer)
    assert {"READ-ME.txt", "unloop-my-data.html", "unloop-my-data.json", "csv/coaching-practices.csv"} <= set(
        file.namelist()
    )
    assert "A hard day, and a good walk." in file.read("unloop-my-data.html").decode()
    assert "A hard day, and a good walk." in file.read("unloop-my-data.json").decode()
    [sheet] = re.findall(r'<link rel="stylesheet" href="([^"]+)">', file.read("unloop-my-data.html").decode())
    style = file.read(sheet).decode()
    assert "prefers-color-scheme: dark" in style
    assert "url(" not in style, "it asks for nothing over the network"
    [row] = csv.DictReader(io.StringIO(file.read("csv/coaching-practices.csv").decode()))
    assert row["tension_before"] == "7"
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_member_proves_who_they_are_before_they_take_it_along(client: Client) -> None:
    a_member(client)
    assert client.get(DOWNLOAD).url.startswith("/accounts/reauthenticate/")


def test_a_visitor_is_given_what_their_own_browser_holds_and_nothing_of_others(client: Client) -> None:
    other = Client()
    with_something(a_visitor(other))
    assert "You have told this site nothing so far" in text(client.get(SEE))
    assert "A hard day" not in unpacked(client.get(DOWNLOAD)).read("unloop-my-data.json").decode()


def test_words_that_somebody_typed_cannot_become_markup_or_a_formula() -> None:
    page = page_of({"coaching": {"log": [{"what": "<script>alert(1)</script>"}]}})
    assert "<script>" not in page
    assert table_of([{"what": "=1+1"}]).splitlines()[1].startswith("'=") or "\"'=" in table_of([{"what": "=1+1"}])


def test_a_browser_that_told_nothing_is_offered_nothing_to_take_along() -> None:
    page = text(Client().get(SEE))
    assert "You have told this site nothing so far" in page
    assert DOWNLOAD not in page


def test_whoever_hides_pain_numbers_reads_none_of_them_and_all_others() -> None:
    days = [{"on": "2026-11-02", "rating": 9}]
    export = {
        "coaching": {
            "practices": [{"pain_before": 9, "pain_after": 8, "pain_next_day": 7, "tension_before": 6}],
            "check_ins": [{"answers": {"peg_1": 9, "sleep": 4}}],
            "comparisons": [
                {"outcome": "pain", "days": days},
                {"outcome": "sleep", "days": [{**days[0], "rating": 3}]},
            ],
        }
    }
    assert {"9", "8", "7", "6", "4", "3"} <= set(values_of(in_words(export)))
    shown = values_of(in_words(export, hides_pain=True))
    assert {"6", "4", "3"} <= set(shown) and not {"9", "8", "7"} & set(shown)
    assert shown.count("hidden, as you chose") == 5


def values_of(parts: Any) -> list[str]:
    lines = [line for part in parts for line in part.lines]
    for line in lines:
        lines.extend(line.inner)
    return [str(line.value) for line in lines]


@pytest.mark.parametrize("why", list(Since))
def test_why_a_step_is_the_one_it_is_is_told_in_words(why: Since) -> None:
    assert str(choices_of("why").get(why, why)) != why


def test_that_somebody_was_asked_directly_does_not_read_as_what_they_answered() -> None:
    """It stands as a yes whatever was said, so its name says that it was asked, and that the answer is not kept."""
    with override("es"):
        assert said(str(LABELS["asked_directly"])).startswith("Se te preguntó")
    assert "what you said is not kept" in str(LABELS["asked_directly"])


@pytest.mark.parametrize(
    ("prefix", "sign", "illness", "country"),
    [
        (
            "",
            "It burns when you pee, there is blood in your pee",
            "Thin bones (osteoporosis)",
            "Germany",
        ),
        ("/es", "Te escuece al orinar, hay sangre en la orina", "Huesos frágiles (osteoporosis)", "Alemania"),
    ],
)
def test_what_was_ticked_is_said_as_it_was_asked(
    client: Client, prefix: str, sign: str, illness: str, country: str
) -> None:
    """Never by the name that it has in the database: that frightens, and tells a doctor nothing."""
    person = a_member(client)
    an_entry(person, "writing", page="A hard day.")
    Profile.objects.update_or_create(user=person.user, defaults={"country": "DE"})
    a_finished_intake(person, signs_ill=["kidney"], health_bones=["osteo"])
    page = text(client.get(f"{prefix}{SEE}"))
    for words in (sign, illness, country):
        assert words in page
    for code in (">kidney<", ">osteo<", ">DE<", ">writing<"):
        assert code not in page
