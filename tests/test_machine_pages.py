import pytest
from django.test import Client

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
