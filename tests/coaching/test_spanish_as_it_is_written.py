"""Days, numbers and lists as Spanish writes them, and what a page names in passing."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from accounts.forms.profile import countries
from accounts.models import OpenSession
from coaching.core.tools.kinds.catalogue import TOOLS
from coaching.models import Person
from coaching.progress.check_ins import keep_check_in
from coaching.said import is_said
from tests.coaching.shell_makers import a_member, a_plan, text

CATALOGUE = Path("templates/locale/es/LC_MESSAGES/django.po")
LIBRARY = Path("content/library")
IN_SPANISH = re.compile(r'^(?:msgstr(?:\[\d\])?|\w+_es =) "(.*)"$', re.MULTILINE)
MARK_OF_ONE_COUNTRY = re.compile(r"\b\d{1,3},\d|(?<![\d.])\d{1,3}\.\d{3}(?!\d)")
"""A comma before a decimal, or any mark between thousands: in the next country it is the other of the two."""
A_HUNDREDTH_TOO_CLOSE = re.compile(r"\d ?%(?![(\w])")
"""Spanish keeps a sign for hundredths away from its number, and both in one line."""
MONTHS = "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
DAY_WITHOUT_DE = re.compile(rf"\b\d{{1,2}} (?:{MONTHS})\b|\b(?:{MONTHS}) \d{{4}}\b")
DANGER = (
    "Danger signs change. If you get new numbness between the legs, new trouble peeing, a weak leg, chest pain, or "
    "fever with back pain, call for help."
)
DAY = date(2026, 9, 7)


def spanish_texts() -> list[str]:
    files = [CATALOGUE, *LIBRARY.glob("*.toml")]
    texts = [words for file in files for words in IN_SPANISH.findall(file.read_text())]
    return texts + [file.read_text().split("+++")[2] for file in (LIBRARY / "lessons").glob("*.es.md")]


def somebody(client: Client) -> Person:
    person, now = a_member(client), timezone.now()
    a_plan(person, at=now - timedelta(days=20))
    for ago in (14, 7, 0):
        at = now - timedelta(days=ago)
        keep_check_in(person, {"peg_1": 4, "peg_2": 5, "peg_3": 5, "function": 4}, day=at.date(), at=at)
    return person


def test_no_number_means_another_one_in_the_next_country() -> None:
    assert len(spanish_texts()) > 3000
    assert [words for words in spanish_texts() if MARK_OF_ONE_COUNTRY.search(words)] == []


def test_the_sign_for_hundredths_stands_off_from_its_number_and_stays_in_its_line() -> None:
    assert [words for words in spanish_texts() if A_HUNDREDTH_TOO_CLOSE.search(words)] == []
    assert any("\N{NO-BREAK SPACE}%" in words for words in spanish_texts())


def test_a_day_is_written_with_its_small_words() -> None:
    with override("es"):
        assert date_format(DAY, "DATE_FORMAT") == "7 de septiembre de 2026"
        assert date_format(DAY, "MONTH_DAY_FORMAT") == "7 de septiembre"
        assert date_format(DAY, "SHORT_DATE_FORMAT") == "7 sep 2026"
        assert date_format(DAY, "YEAR_MONTH_FORMAT") == "septiembre de 2026"
        assert date_format(DAY, gettext("l, j F")) == "lunes 7 de septiembre"
        assert date_format(DAY, gettext("j M")) == "7 sep"


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    "path",
    ["plan", "progress", "summary", "recommendations", "accounts/data", "accounts/log-ins", "practice/breathing"],
)
def test_every_page_writes_days_so(client: Client, path: str) -> None:
    somebody(client)
    page = text(client.get(f"/es/{path}/"))
    assert '<html lang="es">' in page
    assert DAY_WITHOUT_DE.findall(page) == []
    assert re.findall(r"\d{1,2} (?:Ene|Feb|Mar|Abr|May|Jun|Jul|Ago|Sep|Oct|Nov|Dic)\b", page) == []


def test_each_tool_that_a_step_leads_to_has_a_spanish_name() -> None:
    with override("es"):
        assert [tool.name for tool in TOOLS if not is_said(tool.name)] == []


def test_countries_stand_by_their_names_in_the_language_of_the_page() -> None:
    with override("es"):
        names = [str(name) for _code, name in countries()]
    assert names.index("Alemania") < names.index("Argelia") < names.index("Islas Åland") < names.index("Países Bajos")
    assert names.index("Países Bajos") < names.index("Pakistán") + 3
    assert names[0] == "Prefiero no decirlo"
    assert "Alemania" not in [str(name) for _code, name in countries()]


def test_a_device_is_told_in_the_language_of_the_page() -> None:
    with override("es"):
        assert OpenSession(device="Firefox on Android").device_in_words == "Firefox en Android"
        assert OpenSession(device="Firefox").device_in_words == "Firefox"
        assert OpenSession(device="").device_in_words == ""
    assert OpenSession(device="Firefox on Android").device_in_words == "Firefox on Android"


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_a_check_in_is_saved_and_a_technique_stays_as_it_is(client: Client) -> None:
    """One English word, two things: what was just given is put by, and what is there already is left."""
    somebody(client)
    assert '<button class="button first">Guardarlo</button>' in text(client.get("/es/check-in/"))
    with override("es"):
        assert gettext("Keep it") == "Dejarlo como está"


def test_a_danger_sign_is_one_that_is_new_not_one_that_came_before() -> None:
    with override("es"):
        told = gettext(DANGER)
    assert "es nuevo" in told
    assert "de nuevo" not in told
