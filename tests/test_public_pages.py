"""What every public page may cost: queries, and bytes of a slow line."""

import gzip
from typing import Any

import pytest
from django.test import Client

from tests.pages import PUBLIC

MOST_QUERIES = 6
HTML_BYTES = 14 * 1024

pytestmark = [pytest.mark.usefixtures("library"), pytest.mark.parametrize("path", PUBLIC)]


def test_a_page_asks_the_database_little(client: Client, path: str, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(path).status_code == 200


def test_a_page_is_light(client: Client, path: str, hashed_static: Any) -> None:
    assert len(gzip.compress(client.get(path).content)) <= HTML_BYTES


def test_a_page_may_load_nothing_inline_or_from_elsewhere(client: Client, path: str) -> None:
    policy = client.get(path).headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy.replace("upgrade-insecure-requests", "")
