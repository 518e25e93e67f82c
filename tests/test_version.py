"""The version is said in one place: what a machine asks, what staff see and what changed agree."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client

from config.version import VERSION
from tests.accounts.people import make_user

CHANGES = (Path(__file__).parent.parent / "CHANGELOG.md").read_text(encoding="utf-8")
HEADINGS = re.findall(r"^## (\d+\.\d+\.\d+), (.+)$", CHANGES, re.MULTILINE)


def as_numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def test_what_changed_begins_with_the_version_that_runs() -> None:
    assert HEADINGS[0][0] == VERSION


def test_every_version_has_its_day_and_the_newest_comes_first() -> None:
    assert len(HEADINGS) == len(re.findall(r"^## ", CHANGES, re.MULTILINE))
    days = [datetime.strptime(day, "%d %B %Y").date() for _, day in HEADINGS]  # noqa: DTZ007 (a day has no zone)
    assert days == sorted(days, reverse=True)
    numbers = [as_numbers(version) for version, _ in HEADINGS]
    assert numbers == sorted(numbers, reverse=True)


@pytest.mark.django_db
def test_the_foot_of_a_staff_page_says_the_version(client: Client) -> None:
    client.force_login(make_user(is_staff=True, is_superuser=True))
    page = client.get("/admin/", follow=True).content.decode()
    assert f"Unloop {VERSION}" in page
