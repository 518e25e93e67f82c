"""Whatever is kept about people is in the one map, and the map names nothing that is not kept."""

import html
import re
from collections import Counter

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.translation import override

from coaching.data_map import columns
from coaching.data_map.columns import differences, kept_columns
from coaching.data_map.kept import Lies
from coaching.data_map.on_device import COOKIES, STORES
from coaching.data_map.table import as_markdown
from coaching.data_map.whole import PARTS, all_kept
from coaching.said import is_said
from content.core.texts.readability import grade_of
from tests.imports import ROOT

NAMED = [column for kept in all_kept() for column in kept.named_columns()]


def test_every_column_of_every_table_is_in_the_map_and_no_other() -> None:
    assert differences() == ([], [])
    assert len(kept_columns()) > 250


def test_none_is_named_twice() -> None:
    assert [column for column, times in Counter(NAMED).items() if times > 1] == []


def test_a_column_that_is_left_out_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "all_kept", lambda: list(all_kept())[1:])
    assert ("coaching.Intake", "sealed_answers") in differences()[0]
    with pytest.raises(CommandError, match="Not in the map"):
        call_command("data_map")


def test_what_the_map_calls_sealed_is_sealed_and_nothing_sealed_is_called_readable() -> None:
    by_its_store = {("sessions.Session", "session_data")}
    for kept in all_kept():
        for model, column in kept.named_columns():
            is_sealed = column.startswith("sealed_") or (model, column) in by_its_store
            assert is_sealed is (kept.lies is Lies.SEALED), (model, column)


def test_docs_data_md_is_what_the_map_says(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("data_map")
    assert capsys.readouterr().out == as_markdown() == (ROOT / "docs" / "data.md").read_text(encoding="utf-8")


@pytest.mark.django_db
def test_the_privacy_page_says_all_of_it(client: Client) -> None:
    page = re.sub(r"\s+", " ", html.unescape(client.get("/privacy/").content.decode()))
    for _, part in PARTS:
        for kept in part:
            assert kept.what in page
            assert kept.how_long in page
            assert kept.lies in page
    assert all(f"<code>{cookie.name}</code>: {cookie.why}. {cookie.how_long}." in page for cookie in COOKIES)
    assert all(store.what in page and store.why in page and store.how_long in page for store in STORES)


def test_the_cookies_are_those_that_the_site_sets() -> None:
    own = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    own |= {name for file in sources("*/**/*.py") if "set_cookie(" in file for name in re.findall(A_COOKIE, file)}
    own |= {name for file in sources("static/js/*.js") for name in re.findall(BY_A_SCRIPT, file)}
    assert {name.removeprefix("__Host-") for name in own} == {cookie.name for cookie in COOKIES}
    assert len(own) == len(COOKIES)


A_COOKIE = re.compile(r'COOKIE = (?:"\w+", )?"(?:__Host-)?(\w+)"')
"""Each module that sets one says its name in `COOKIE`."""
BY_A_SCRIPT = re.compile(r'told = `(?:\$\{isSafe \? "__Host-" : ""\})?(\w+)=\$\{[^;]*;\s+if \(!document\.cookie')


def sources(pattern: str) -> list[str]:
    return [file.read_text(encoding="utf-8") for file in ROOT.glob(pattern) if "tests" not in file.parts]


def test_what_scripts_keep_in_the_browser_is_what_the_map_names() -> None:
    kept = {place for file in sources("static/js/*.js") for place in places_in(file)}
    assert kept == {place for store in STORES for place in store.places}
    assert not any("sessionStorage" in file for file in sources("static/js/*.js"))


def places_in(script: str) -> set[str]:
    constants = dict(re.findall(r'const (\w+) = ["`]([\w-]+)', script))

    def named(call: str) -> set[str]:
        return {constants.get(name, name) for name in re.findall(call + r'\(["`]?([\w-]+)', script)}

    lists = re.findall(r"\[([A-Z, ]+)\]\.map\(\(name\) => caches\.open", script)
    caches = (named(r"caches\.open") - {"name"}) | {constants[name] for names in lists for name in names.split(", ")}
    return {
        *(f"caches: {name}" for name in caches),
        *(f"localStorage: {name}" for name in named(r"localStorage\.[gs]etItem")),
        *(f"indexedDB: unloop/{name}" for name in named("createObjectStore")),
    }


@pytest.mark.django_db
def test_a_visit_sets_no_other_cookie(client: Client) -> None:
    client.get("/intake/")
    client.post("/intake/", {"adult": "yes"})
    client.post("/help-now/flare/", {"on": "1"})
    assert set(client.cookies)
    assert {name.removeprefix("__Host-") for name in client.cookies} <= {cookie.name for cookie in COOKIES}


def test_every_sentence_of_the_map_is_plain() -> None:
    said = [f"{kept.what}. {kept.why}. {kept.how_long}. {kept.who}." for _, part in PARTS for kept in part]
    said += [f"{store.what}. {store.why}. {store.how_long}." for store in STORES]
    assert grade_of(" ".join(said)) <= 8


def test_every_sentence_of_the_map_is_there_in_spanish() -> None:
    said = [words for _, part in PARTS for kept in part for words in (kept.what, kept.why, kept.how_long, kept.who)]
    said += [words for store in STORES for words in (store.what, store.why, store.how_long)]
    said += [words for cookie in COOKIES for words in (cookie.why, cookie.how_long)]
    with override("es"):
        assert [words for words in [*said, *Lies, *(title for title, _ in PARTS)] if not is_said(words)] == []
