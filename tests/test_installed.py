"""What a browser needs to install the site and to open it without a network."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from config.pages.kept import contents, first_pages
from content.models import Guide, Translation
from tests.coaching.spanish import blocks, is_english

pytestmark = pytest.mark.django_db


def manifest(client: Client) -> dict[str, Any]:
    return client.get("/manifest.webmanifest").json()


def worker(client: Client) -> str:
    return client.get("/sw.js").content.decode()


def kept(client: Client) -> dict[str, Any]:
    found = re.match(r"self\.unloop = (.*);\n", worker(client))
    assert found
    return json.loads(found[1])


ANSWERS: dict[str, Any] = {}


@pytest.fixture
def copies(client: Client, library: None) -> dict[str, Any]:
    """What the worker gets for each kept guide, asked for as it asks: without cookies, so that nobody is known.

    They are hundreds of pages, and the same for each test that looks at them.
    """
    if not ANSWERS:
        ANSWERS.update({page: Client().get(copy) for page, copy in kept(client)["guides"]})
    return ANSWERS


# --- The manifest ------------------------------------------------------------------------------------------


def test_every_page_names_the_manifest(client: Client) -> None:
    assert '<link rel="manifest" href="/manifest.webmanifest">' in client.get("/help-now/").content.decode()


def test_the_manifest_says_what_a_browser_asks_before_it_installs(client: Client) -> None:
    answer = client.get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    told = answer.json()
    assert (told["name"], told["display"], told["scope"]) == ("Unloop", "standalone", "/")
    assert client.get(told["start_url"]).status_code == 200
    assert all(client.get(shortcut["url"]).status_code == 200 for shortcut in told["shortcuts"])


def test_the_icons_are_as_large_as_the_manifest_says(client: Client, hashed_static: Path) -> None:
    icons = manifest(client)["icons"]
    assert {(icon["sizes"], icon["purpose"]) for icon in icons} >= {("192x192", "any"), ("512x512", "any")}
    assert "maskable" in {icon["purpose"] for icon in icons}
    for icon in icons:
        with Image.open(hashed_static / icon["src"].removeprefix("/static/")) as picture:
            assert f"{picture.width}x{picture.height}" == icon["sizes"]


# --- The worker ------------------------------------------------------------------------------------------


def test_the_worker_may_serve_every_page_and_is_asked_for_anew(client: Client, library: None) -> None:
    headers = client.get("/sw.js").headers
    assert headers["Service-Worker-Allowed"] == "/"
    assert headers["Content-Type"].startswith("text/javascript")
    assert "no-cache" in headers["Cache-Control"]


@pytest.mark.parametrize("way", ["", "gzip", "br"])
def test_whoever_has_the_worker_is_told_that_it_is_still_the_same(
    admin_client: Client, library: None, way: str
) -> None:
    tag = Client().get("/sw.js").headers["ETag"]
    for client in (Client(), admin_client):
        again = client.get("/sw.js", headers={"If-None-Match": tag, "Accept-Encoding": way})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
        assert "no-cache" in again.headers["Cache-Control"]
        assert client.get("/sw.js", headers={"If-None-Match": 'W/"another"'}).status_code == 200
    Guide.objects.filter(slug="yoga").update(ready="Words that nobody has translated.", updated=timezone.now())
    assert Client().get("/sw.js", headers={"If-None-Match": tag}).status_code == 200


def test_all_that_the_worker_keeps_is_there(client: Client, copies: dict[str, Any], hashed_static: Path) -> None:
    told = kept(client)
    assert [page for page, _copy in told["guides"] if copies[page].status_code != 200] == []
    assert [path for path in told["shell"] if not (hashed_static / path.removeprefix("/static/")).exists()] == []


@pytest.mark.usefixtures("library")
def test_the_worker_keeps_every_guide_in_every_length_and_way(client: Client) -> None:
    pages = [page for page, _copy in kept(client)["guides"] if page.startswith("/practice/")]
    slugs = list(Guide.objects.values_list("slug", flat=True))
    assert {f"/practice/{slug}/?size={size}" for slug in slugs for size in (1, 4, 12)} <= set(pages)
    assert "/practice/yoga/?size=12&moves=seated" in pages
    assert "/practice/imagery/?size=1&place=shore" in pages
    assert {page.split("?")[1] for page in pages[: len(slugs)]} == {"size=1", "minutes=2"}
    assert len(pages) == len(set(pages))


def test_every_choice_on_a_kept_page_leads_to_a_kept_page(client: Client, copies: dict[str, Any]) -> None:
    names = kept(client)["choices"]
    for page, answer in copies.items():
        if not page.startswith("/practice/"):
            continue
        told = [part.split("=")[0] for part in page.split("?")[1].split("&")]
        assert told == [name for name in names if name in told], page
        offered = re.findall(r'<a href="(\?[^"]*)"', answer.content.decode())
        slug = page.split("?")[0]
        assert [link for link in offered if f"{slug}{link.replace('&amp;', '&')}" not in copies] == [], page


@pytest.mark.usefixtures("library")
def test_the_worker_keeps_the_practices_of_a_spanish_reader_in_spanish(client: Client) -> None:
    told = kept(client)
    spanish, english = told["others"]["/es"]["guides"], told["guides"]
    of_guides = [page for page, _copy in english if page.startswith("/practice/")]
    assert [page.removeprefix("/es") for page, _copy in spanish] == of_guides
    assert spanish[0][1].startswith("/es/offline/practice/")
    leading = contents("es")["pages"]
    pages = {page for page, _copy in [*first_pages(), *leading]}
    assert {"/es/", "/es/practice/", "/es/offline/", "/es/help-now/", "/es/help-now/three/"} <= pages
    for _page, copy in [*spanish[:: len(spanish) // 9], *leading]:
        answer = Client().get(copy)
        assert answer.status_code == 200, copy
        assert '<html lang="es">' in answer.content.decode(), copy
        assert "no-store" not in answer.headers.get("Cache-Control", ""), copy


@pytest.mark.usefixtures("library")
def test_what_staff_changed_is_kept_in_spanish_once_it_is_translated(client: Client) -> None:
    words = "Words that nobody has translated."
    Guide.objects.filter(slug="yoga").update(ready=words, updated=timezone.now())
    assert not [page for page, _copy in kept(client)["others"]["/es"]["guides"] if "yoga" in page]
    assert "no-store" in client.get("/es/offline/practice/yoga/").headers["Cache-Control"]
    assert "/es/practice/yoga/" not in client.get("/es/offline/").content.decode()
    Translation.objects.create(english=words, words="Palabras que alguien ha traducido.")
    assert [page for page, _copy in kept(client)["others"]["/es"]["guides"] if "yoga" in page]
    assert "/es/practice/yoga/" in client.get("/es/offline/").content.decode()


@pytest.mark.usefixtures("library")
def test_flare_mode_and_the_page_for_no_network_are_in_the_language_of_their_address(client: Client) -> None:
    flare = kept(client)["flare"]["pages"]
    assert flare["/es"]["address"] == "/es/help-now/flare/"
    assert "Salir del modo brote" in flare["/es"]["leave"]
    page = Client().get("/es/offline/").content.decode()
    assert {block for block in blocks(page) if is_english(block)} == set()
    assert 'data-under="/es/practice/"' in page
    assert 'href="/offline/" hreflang="en"' in page


def test_the_site_is_installed_in_the_language_of_its_page(client: Client) -> None:
    assert '<link rel="manifest" href="/es/manifest.webmanifest">' in client.get("/es/help-now/").content.decode()
    told = client.get("/es/manifest.webmanifest").json()
    assert (told["id"], told["start_url"], told["lang"], told["scope"]) == ("/es/", "/es/", "es", "/")
    assert not is_english(told["description"])
    assert [shortcut["name"] for shortcut in told["shortcuts"]] == ["Ayuda ahora", "Práctica"]


def test_the_worker_keeps_no_page_of_staff(client: Client, library: None) -> None:
    told = kept(client)
    assert not [
        path
        for path in [*told["shell"], *told["pictures"], *(page for page, _copy in first_pages())]
        if "admin" in path or "simulator" in path
    ]


def test_a_change_of_what_is_kept_is_a_new_version(client: Client, library: None) -> None:
    before = kept(client)["version"]
    assert kept(client)["version"] == before
    Guide.objects.filter(slug="yoga").update(status="draft")
    assert kept(client)["version"] != before


def test_what_is_kept_holds_nothing_personal_and_no_token(copies: dict[str, Any]) -> None:
    for page, answer in copies.items():
        assert "csrfmiddlewaretoken" not in answer.content.decode(), page
        assert not answer.cookies, page
        assert "public" in answer.headers["Cache-Control"], page


@pytest.mark.filterwarnings("error::UserWarning")
def test_where_files_are_read_as_they_are_written_the_worker_is_there_too(
    client: Client, settings: Any, hashed_storages: dict[str, Any], tmp_path: Path
) -> None:
    """With DEBUG, as script/dev has it, nothing is collected, and Django warns of a token that nobody could have."""
    settings.DEBUG, settings.STORAGES, settings.STATIC_ROOT = True, hashed_storages, tmp_path
    assert client.get("/sw.js").status_code == 200
