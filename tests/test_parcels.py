"""What a device keeps comes in parcels: whole, the same for everybody, and anew only where something changed."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from config.pages import installed
from config.pages.kept import LETTING_GO, contents
from config.parcels import answers as parcels
from content.models import Guide
from tests.processes import read_to_end, start, wait_for_line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library", "nothing_packed")]

HELP, FILES = "/offline/parcels/every/help/", "/offline/parcels/every/files/"
YOGA = "/offline/parcels/en/practice-yoga/"


@pytest.fixture
def nothing_packed(settings: Any, tmp_path: Path) -> None:
    """Nor by another process of this run, or by a test before: what lies in VAR_DIR is found by all of them."""
    settings.VAR_DIR = tmp_path
    parcels.packed.clear()
    installed.written.clear()


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcels, "A_SLICE", 600)


def pages_of(address: str, client: Client | None = None) -> dict[str, dict[str, Any]]:
    answer = (client or Client()).get(address)
    assert answer.status_code == 200
    return {page["name"]: page for page in answer.json()["pages"]}


def test_the_first_parcel_is_help_and_flare_mode_in_each_language() -> None:
    pages = pages_of(HELP)
    names = ("/help-now/", "/help-now/emergency/", "/help-now/crisis/", "/help-now/three/", "/offline/", LETTING_GO)
    assert set(pages) == {f"{language}{name}" for language in ("", "/es") for name in names}
    assert "<guide-player" in pages["/help-now/"]["text"]
    assert '<html lang="es">' in pages["/es/help-now/crisis/"]["text"]


def test_a_page_in_a_parcel_is_the_page_that_a_stranger_gets() -> None:
    for address, (name, copy) in ((YOGA, contents("en")["practice-yoga"][-1]), (HELP, contents("every")["help"][0])):
        page, asked = pages_of(address)[name], Client().get(copy)
        assert page["text"] == asked.content.decode()
        for header in ("Content-Security-Policy", "Content-Type", "Permissions-Policy", "X-Content-Type-Options"):
            assert page["headers"][header] == asked.headers[header]


def test_a_parcel_of_a_practice_has_it_in_every_length_and_way() -> None:
    assert set(pages_of(YOGA)) == {page for page, _copy in contents("en")["practice-yoga"]}
    assert len(pages_of(YOGA)) > 3


@pytest.mark.parametrize("address", [HELP, YOGA, "/offline/parcels/en/pages/", "/offline/parcels/en/tools/"])
def test_a_parcel_knows_nobody_whoever_asks(admin_client: Client, address: str, settings: Any, tmp_path: Path) -> None:
    """Packed anew each time: what is different from one time to the next would be somebody's own."""
    admin_client.cookies["flare"] = "on"
    by_staff = admin_client.get(address).content
    parcels.packed.clear()
    settings.VAR_DIR = tmp_path / "another"
    assert by_staff == Client().get(address).content
    for page in json.loads(by_staff)["pages"]:
        assert "admin@example.com" not in page["text"]
        assert "csrfmiddlewaretoken" not in page["text"], page["name"]
        assert "Set-Cookie" not in page["headers"]


def test_every_page_that_a_device_keeps_comes_in_a_parcel() -> None:
    for language in ("en", "es"):
        every = contents(language)
        assert all(every.values()), language
        for name in ("pages", "practice-breathing"):
            assert set(pages_of(f"/offline/parcels/{language}/{name}/")) == {page for page, _copy in every[name]}


def test_who_has_it_already_is_sent_nothing() -> None:
    digest = Client().get(YOGA).json()["digest"]
    again = Client().get(YOGA, {"has": digest})
    assert (again.status_code, again.content) == (204, b"")
    assert Client().get(YOGA, {"has": "another"}).json()["digest"] == digest


@pytest.mark.usefixtures("patience")
def test_a_change_of_one_practice_changes_its_parcel_and_no_other_practice() -> None:
    before = Client().get("/offline/parcels/en/").json()
    assert all(before.values())
    Guide.objects.filter(slug="yoga").update(ready="Another way to begin.", updated=timezone.now())
    after = Client().get("/offline/parcels/en/").json()
    assert [address for address in before if "practice-" in address and before[address] != after[address]] == [YOGA]


def test_new_names_of_files_alone_change_no_digest() -> None:
    page = '<link href="/static/css/site.%s.css"><p>%s</p>'
    told = [
        parcels._pack({"pages": page % each}).digest for each in (("a" * 12, "A"), ("b" * 12, "A"), ("a" * 12, "B"))
    ]
    assert told[0] == told[1] != told[2]


PACK = """
from config.parcels import answers
parcels = [("every", "help"), ("en", "pages"), ("en", "tools"), ("en", "practice-yoga"), ("es", "practice-breathing")]
print("digests", [answers.parcel_of(*each, answers._state()).digest for each in parcels])
"""


@pytest.mark.django_db(transaction=True)
def test_each_process_packs_the_same(library: None, tmp_path: Path) -> None:
    """What differs from one to the next would come anew to every device after each start of the site."""
    packing = [
        start("shell", "-c", PACK, PYTHONHASHSEED=seed, DEBUG="true", VAR_DIR=str(tmp_path / seed))
        for seed in ("1", "2", "3")
    ]
    first, *others = [wait_for_line(process, "digests")[-1] for process in packing]
    assert others == [first] * 2
    for process in packing:
        read_to_end(process)


def test_a_list_does_not_wait_for_what_is_not_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcels, "A_SLICE", 0)
    Client().get(YOGA)
    told = Client().get("/offline/parcels/en/").json()
    assert told[YOGA]
    assert not [digest for address, digest in told.items() if digest and address != YOGA]


@pytest.mark.parametrize("path", ["xx/", "xx/help/", "en/nothing/", "en/help/", "every/"])
def test_what_is_no_parcel_is_not_there(path: str) -> None:
    assert Client().get(f"/offline/parcels/{path}").status_code == 404


def test_a_page_that_is_broken_spoils_no_parcel(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("coaching.views.help_now.crisis_lines", broken)
    assert Client(raise_request_exception=False).get(HELP).status_code == 503


@pytest.mark.usefixtures("patience")
def test_a_list_tells_of_the_others_where_a_page_of_one_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    pages, few = parcels._pages, {name: parcels.contents("en")[name] for name in ("practice-yoga", "pages")}

    def broken(pairs: Any) -> Any:
        if pairs == few["practice-yoga"]:
            raise parcels.NotNow
        return pages(pairs)

    monkeypatch.setattr(parcels, "_pages", broken)
    monkeypatch.setattr(parcels, "contents", lambda _language: few)
    told = Client().get("/offline/parcels/en/").json()
    assert told[YOGA] == ""
    assert told["/offline/parcels/en/pages/"]


@pytest.mark.parametrize("way", ["br", "gzip"])
def test_it_is_as_small_as_a_browser_takes_it(way: str) -> None:
    answer = Client().get(HELP, headers={"Accept-Encoding": f"{way}, deflate"})
    assert answer.headers["Content-Encoding"] == way
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert len(answer.content) < {"br": 30_000, "gzip": 60_000}[way]


def test_the_parcel_of_files_has_them_as_they_are_served(hashed_static: Path) -> None:
    files = {file["name"]: file for file in Client().get(FILES).json()["files"]}
    told = json.loads(re.match(r"self\.unloop = (.*);\n", Client().get("/sw.js").content.decode())[1])  # type: ignore[index]
    assert {path for path in told["shell"] if not path.endswith(".woff2")} == set(files)
    for path, file in files.items():
        if file["isText"]:
            assert file["body"] == (hashed_static / path.removeprefix("/static/")).read_text()
