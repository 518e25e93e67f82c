"""What is written down can be told apart by request, and holds nothing that a visitor put there."""

import json
import logging

import pytest
from django.test import Client, RequestFactory

from config.machine.log_filter import OWN_PAGES, WithoutOwnPages
from config.machine.logs import AsJson, WithRequestNumber, request_number


def a_record(words: str) -> logging.LogRecord:
    record = logging.LogRecord("unloop.test", logging.WARNING, __file__, 1, words, (), None)
    WithRequestNumber().filter(record)
    return record


def test_each_answer_says_by_which_number_it_stands_in_the_log(client: Client) -> None:
    first, second = (client.get("/healthz").headers["X-Request-ID"] for _ in range(2))
    assert len(first) == 32
    assert first != second


def test_a_line_carries_the_number_of_its_request() -> None:
    mark = request_number.set("a-number-of-its-own")
    told = json.loads(AsJson().format(a_record('said "so"\nand more')))
    request_number.reset(mark)
    assert told["request"] == "a-number-of-its-own"
    assert told["said"] == 'said "so"\nand more'
    assert json.loads(AsJson().format(a_record("later")))["request"] == "-"


@pytest.mark.parametrize(("proxies", "is_taken"), [(0, False), (1, True)])
def test_the_number_that_a_proxy_gave_is_kept_where_there_is_one(
    client: Client,
    settings: pytest.MonkeyPatch,
    proxies: int,
    is_taken: bool,  # noqa: FBT001
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    answer = client.get("/healthz", headers={"x-request-id": "from-the-proxy-17"})
    assert (answer.headers["X-Request-ID"] == "from-the-proxy-17") is is_taken


def test_a_number_that_is_none_is_not_taken(client: Client, settings: pytest.MonkeyPatch) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    answer = client.get("/healthz", headers={"x-request-id": "17\tERROR all is lost"})
    assert len(answer.headers["X-Request-ID"]) == 32


@pytest.mark.parametrize("language", ["", "/es"])
@pytest.mark.parametrize("own", OWN_PAGES)
def test_that_somebody_looked_for_a_page_of_their_own_is_not_written_down_in_any_language(
    own: str, language: str
) -> None:
    record = a_record("Not Found")
    record.status_code, record.request = 404, RequestFactory().get(f"{language}{own}gone/")
    assert not WithoutOwnPages().filter(record)


@pytest.mark.parametrize("path", ["/lessons/gone/", "/es/lessons/gone/", "/esta/tools/", "/", "/es/"])
def test_that_another_page_is_not_there_is_written_down(path: str) -> None:
    record = a_record("Not Found")
    record.status_code, record.request = 404, RequestFactory().get(path)
    assert WithoutOwnPages().filter(record)
