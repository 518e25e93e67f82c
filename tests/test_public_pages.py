"""What every public page may cost: queries, and bytes of a slow line."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.pages import PUBLIC

STATIC = settings.BASE_DIR / "static"
AN_IMPORT = re.compile(r'\bfrom "\./([\w-]+\.js)"|^import "\./([\w-]+\.js)"', re.MULTILINE)
IN_FLARE_MODE = "/help-now/three/"
MOST_QUERIES = 6
"""Of a page that a process has shown before: what it shows of the library is read once, and anew when a row changes."""

HTML_BYTES = 14 * 1024

pytestmark = [pytest.mark.usefixtures("library"), pytest.mark.parametrize("path", PUBLIC)]


def test_a_page_asks_the_database_little(client: Client, path: str, django_assert_max_num_queries: Any) -> None:
    client.get(path)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(path).status_code == 200


def test_a_page_answers_who_only_asks_whether_it_is_there(client: Client, path: str) -> None:
    answer = client.head(path)
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_page_is_light(client: Client, path: str, hashed_static: Any) -> None:
    assert len(gzip.compress(client.get(path).content)) <= HTML_BYTES


def test_a_page_may_load_nothing_inline_or_from_elsewhere(client: Client, path: str) -> None:
    policy = client.get(path).headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy.replace("upgrade-insecure-requests", "")


def test_a_page_waits_for_one_style_sheet_or_in_flare_mode_for_two(client: Client, path: str) -> None:
    sheets = ["/static/css/site.css", "/static/css/flare.css"]
    asked = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page_of(client, path))
    assert asked == (sheets if path == IN_FLARE_MODE else sheets[:1])


def test_a_page_asks_for_all_of_its_scripts_at_once(client: Client, path: str) -> None:
    page = page_of(client, path)
    scripts = set(re.findall(r'<script type="module"[^>]* src="/static/([^"]+)"', page))
    early = set(re.findall(r'<link rel="modulepreload"[^>]* href="/static/([^"]+)"', page))
    imported = set[str]().union(*(all_that_it_imports(name) for name in scripts))
    assert imported - scripts == early


def test_our_scripts_and_fonts_come_behind_the_words_and_their_look(client: Client, path: str) -> None:
    asked = re.findall(r'<(?:link|script) [^>]*"/static/(?:js|fonts)/[^>]*>', client.get(path).content.decode())
    assert asked
    assert [each for each in asked if 'fetchpriority="low"' not in each] == []


def page_of(client: Client, path: str) -> str:
    """Without what it has only for a browser without scripts."""
    return re.sub(r"<noscript>.*?</noscript>", "", client.get(path).content.decode(), flags=re.DOTALL)


def all_that_it_imports(name: str) -> set[str]:
    words = (STATIC / name).read_text()
    named = {str(Path(name).with_name(one or other)) for one, other in AN_IMPORT.findall(words)}
    return named.union(*map(all_that_it_imports, named))
