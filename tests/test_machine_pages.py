from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from content.models import Guide, Lesson, Tip


def test_robots_keep_out_of_what_is_personal(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert {"Disallow: /today/", "Disallow: /progress/", "Disallow: /accounts/"} <= set(lines)
    assert "Sitemap: http://localhost:8000/sitemap.xml" in lines


def test_the_sitemap_lists_the_public_pages_and_no_draft(client: Client, library: None) -> None:
    Lesson.objects.filter(slug="yoga").update(status="draft")
    listed = client.get("/sitemap.xml").content.decode()
    for kind in (Lesson, Guide, Tip):
        assert kind.objects.exclude(slug="yoga").first().get_absolute_url() in listed
    assert "/lessons/yoga/" not in listed
    assert "/today/" not in listed


@pytest.mark.parametrize("path", ["/healthz", "/robots.txt"])
def test_every_answer_carries_the_headers_that_keep_it_safe(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_a_page_is_in_the_language_that_it_says(client: Client) -> None:
    page = client.get("/accounts/login/", headers={"accept-language": "es"}).content.decode()
    assert '<html lang="en">' in page
    assert "Log in" in page


@pytest.mark.django_db
def test_who_finds_a_weakness_is_told_where_to_report_it(client: Client, settings: Any) -> None:
    settings.OWNER_CONTACT = "hello@example.org"
    answer = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())

    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:hello@example.org"
    assert fields["Canonical"].endswith("/.well-known/security.txt")
    assert timedelta(0) < datetime.fromisoformat(fields["Expires"]) - timezone.now() < timedelta(days=366)


@pytest.mark.django_db
@pytest.mark.parametrize("contact", ["", "Ask at the desk"])
def test_nobody_is_named_where_nobody_can_be_reached(client: Client, settings: Any, contact: str) -> None:
    settings.OWNER_CONTACT = contact
    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/help-now/", "/accounts/login/", "/healthz", "/sw.js", "/no-such-page/"])
def test_no_other_site_may_take_a_page_of_ours_into_its_own(client: Client, path: str) -> None:
    assert client.get(path).headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["/.git/config", "/.env", "/static/", "/static/css/", "/static/../config/settings.py", "/var/unloop.sqlite3"],
)
def test_no_folder_is_listed_and_no_file_of_the_code_is_handed_out(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/help-now/", "/healthz"])
def test_trace_gives_nothing_back_of_what_was_sent(client: Client, path: str) -> None:
    answer = client.trace(path, headers={"x-secret": "only-for-the-site"})
    assert b"only-for-the-site" not in answer.content
