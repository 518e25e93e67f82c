"""Pictures go out with the library and come in with it: the same picture, its words merged, nothing hidden in it."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from PIL import Image

from content.core.files.webp import is_bare
from content.editing.history import versions_of
from content.editing.saving import edit, restore
from content.editing.settling import keep_ours, put_back
from content.files.library import LibraryError, read_library
from content.files.originals import ORIGINAL_AT_MOST, fault_in
from content.loading.exporting import export_library
from content.loading.loader import compare, load
from content.loading.packs import PackError, take_pack, write_pack
from content.models import Lesson, LessonVariant, Picture, PictureFile, PictureOriginal, Tip
from content.pictures.drawing import keep_original, original_from
from tests.content.makers import (
    NOW,
    REFERENCE_FILE,
    TECHNIQUE_FILE,
    TIP_FILE,
    a_library,
    a_picture,
    a_picture_file,
    a_tip,
    a_writer,
    packed,
    write_file,
)

pytestmark = pytest.mark.django_db
SHOWS = "![Two hands](picture:hands)"
ENTRY = '[hands]\ndescription = "Two hands on a belly."\n'


def an_original(width: int = 400, kind: str = "PNG", **more: Any) -> bytes:
    data = a_picture_file(width, 300, kind, **more)
    return original_from(BytesIO(data), len(data))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library with a picture and a tip that shows it, loaded."""
    text = TIP_FILE.replace("[^wood19]", f"[^wood19]\n\n{SHOWS}")
    files = {"references": REFERENCE_FILE, "techniques": TECHNIQUE_FILE, "tips__six_soft_breaths": text}
    folder = a_library(tmp_path / "library", pictures=ENTRY, **files)
    put(folder, an_original())
    load(read_library(folder), NOW)
    return folder


def put(folder: Path, data: bytes, name: str = "hands") -> None:
    (folder / "pictures").mkdir(exist_ok=True)
    (folder / f"pictures/{name}.webp").write_bytes(data)


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}


def change(row: Any, **fields: Any) -> None:
    edit(row, row.authored_values() | fields, by=a_writer(f"{len(fields)}{row.pk}@example.org"), at=NOW)


def faults(folder: Path) -> str:
    with pytest.raises(LibraryError) as why:
        read_library(folder)
    return str(why.value)


def served() -> dict[str, bytes]:
    return {file.name: bytes(file.data) for file in PictureFile.objects.all()}


def empty_the_library() -> None:
    for model in (Tip, LessonVariant, Lesson, Picture, PictureOriginal):
        model.objects.all().delete()
    assert not PictureFile.objects.exists()


def test_a_picture_comes_in_with_the_files_and_is_shown(folder: Path, client: Client) -> None:
    html = client.get("/tips/six-soft-breaths/").content.decode()
    assert '<img src="/pictures/' in html
    assert 'alt="Two hands"' in html
    assert Picture.objects.get().state == "from file"
    assert compare(read_library(folder)).is_clean


def test_a_library_comes_back_from_its_export_with_the_same_pages(folder: Path, tmp_path: Path, client: Client) -> None:
    a_picture("chair", a_picture_file(1900, 900))
    a_tip("a-chair", body="![A chair](picture:chair)")
    addresses = ["/tips/six-soft-breaths/", "/tips/a-chair/"]
    pages, files = [client.get(address).content for address in addresses], served()
    call_command("export_library", str(folder), verbosity=0)
    empty_the_library()
    call_command("load_library", folder=folder, verbosity=0)
    assert [client.get(address).content for address in addresses] == pages
    assert served() == files
    before = bytes_in(folder)
    assert export_library(folder).written == []
    export_library(tmp_path / "library")
    assert bytes_in(folder) == before


def test_a_pack_brings_the_same_pictures_to_another_site(library: None, client: Client) -> None:
    a_picture("chair", a_picture_file(1900, 900))
    a_tip("a-chair", body=Tip.objects.get(slug="first-hour-of-a-flare").body + "\n\n![A chair](picture:chair)")
    shown, files = Tip.objects.get(slug="a-chair").html, served()
    pack, again = BytesIO(), BytesIO()
    write_pack(pack)
    write_pack(again)
    assert pack.getvalue() == again.getvalue()
    empty_the_library()
    take_pack(pack, at=NOW, by=None)
    assert Tip.objects.get(slug="a-chair").html == shown
    assert shown in client.get("/tips/a-chair/").content.decode()
    assert served() == files


def test_an_edited_description_goes_into_its_entry_and_the_file_stays(folder: Path) -> None:
    before = bytes_in(folder)
    change(Picture.objects.get(), description="Two hands rest.")
    assert export_library(folder).written == ["picture hands: description"]
    after = bytes_in(folder)
    assert after.pop("pictures.toml") == b'[hands]\ndescription = "Two hands rest."\n'
    assert after.items() <= before.items()
    assert compare(read_library(folder)).is_clean


def test_another_picture_goes_into_its_file_and_the_entry_stays(folder: Path) -> None:
    before, other = bytes_in(folder), an_original(500)
    change(Picture.objects.get(), digest=keep_original(other))
    assert export_library(folder).files == ["pictures/hands.webp"]
    assert bytes_in(folder) == before | {"pictures/hands.webp": other}
    assert compare(read_library(folder)).is_clean


def test_words_that_changed_on_both_sides_are_a_conflict_that_staff_settle(folder: Path) -> None:
    change(Picture.objects.get(), description="Ours.")
    write_file(folder, "pictures.toml", ENTRY.replace("Two hands on a belly.", "Theirs."))
    report = load(read_library(folder), NOW)
    picture = Picture.objects.get()
    assert (picture.description, report.conflicts) == ("Ours.", ["picture hands: description"])
    put_back(picture, by=a_writer(), at=NOW)
    assert Picture.objects.get().description == "Theirs."


def test_a_picture_that_changed_on_both_sides_stays_until_staff_choose(folder: Path, client: Client) -> None:
    change(Picture.objects.get(), digest=keep_original(an_original(500)))
    put(folder, an_original(640))
    load(read_library(folder), NOW)
    picture: Any = Picture.objects.get()
    assert (picture.state, picture.width) == ("conflict", 500)
    put_back(picture, by=a_writer(), at=NOW)
    assert Picture.objects.get().width == 640
    assert 'width="640"' in client.get("/tips/six-soft-breaths/").content.decode()
    put(folder, an_original(700))
    change(Picture.objects.get(), digest=keep_original(an_original(800)), description="Both.")
    load(read_library(folder), NOW)
    keep_ours(Picture.objects.get(), by=a_writer("eva@example.org"), at=NOW)
    assert (Picture.objects.get().width, Picture.objects.get().state) == (800, "edited here")


def test_a_new_file_is_drawn_and_every_text_shows_it(folder: Path, client: Client) -> None:
    a_tip("only-here", body=SHOWS)
    put(folder, an_original(640))
    assert load(read_library(folder), NOW).changed == ["picture hands: digest"]
    assert 'width="640"' in client.get("/tips/only-here/").content.decode()
    assert 'width="640"' in client.get("/tips/six-soft-breaths/").content.decode()


def test_a_picture_can_be_what_it_was_in_an_earlier_version(folder: Path) -> None:
    picture: Any = Picture.objects.get()
    change(picture, digest=keep_original(an_original(500)))
    restore(picture, versions_of(picture).get(number=1), by=a_writer(), at=NOW)
    assert Picture.objects.get().width == 400
    assert {file.width for file in PictureFile.objects.all()} == {400}


def test_a_picture_that_no_text_for_readers_shows_stays_here(folder: Path) -> None:
    a_picture("secret")
    a_tip("a-draft", body="![x](picture:secret)", status="draft", publish_at=None)
    exported = export_library(folder)
    assert exported.unpublished == ["picture secret", "tip a-draft"]
    assert not (folder / "pictures/secret.webp").exists()


def test_a_file_of_the_library_that_is_uploaded_is_the_same_picture(folder: Path, client: Client) -> None:
    client.force_login(a_writer())
    data = (folder / "pictures/hands.webp").read_bytes()
    page = f"/admin/content/picture/{Picture.objects.get().pk}/change/"
    assert "Six soft breaths" in client.get(page).content.decode()
    typed = {"description": "Two hands on a belly.", "upload": SimpleUploadedFile("x.webp", data), "opened_from": 1}
    assert client.post(page, typed).status_code == 302
    assert Picture.objects.get().state == "from file"


# --- What is not taken --------------------------------------------------------------------------------


def with_part(data: bytes, name: bytes, said: bytes = b"x" * 8) -> bytes:
    longer = data + name + len(said).to_bytes(4, "little") + said
    return longer[:4] + (len(longer) - 8).to_bytes(4, "little") + longer[8:]


def test_an_original_is_bare() -> None:
    exif = Image.Exif()
    exif[271] = "A camera of mine"
    assert is_bare(an_original(kind="JPEG", exif=exif))
    assert fault_in(an_original(kind="WEBP", exif=exif)) == ""


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"<svg onload='alert(1)'/>",
        a_picture_file(400, 300, "PNG"),
        an_original() + b"<script>alert(1)</script>",
        with_part(an_original(), b"EXIF"),
        with_part(an_original(), b"XMP "),
        with_part(an_original(), b"ANIM"),
        with_part(an_original(), b"????"),
        an_original()[:-40],
    ],
    ids=["empty", "svg", "png", "a tail", "exif", "xmp", "moving", "unknown part", "cut off"],
)
def test_a_file_that_holds_anything_else_is_refused(folder: Path, said: bytes) -> None:
    put(folder, said)
    assert faults(folder) == (
        "pictures.toml: 1: pictures/hands.webp must be a WebP with one picture and nothing else in it: "
        "upload it in the admin, then export it"
    )


def test_parts_without_a_picture_in_them_are_refused(folder: Path) -> None:
    data = an_original()
    put(folder, data[:30] + b"\x00" * (len(data) - 30))
    assert "pictures/hands.webp" in faults(folder)


@pytest.mark.parametrize(("size", "said"), [((200, 200), "320 to 1600"), ((1700, 300), "320 to 1600")])
def test_a_file_of_another_width_is_refused(folder: Path, size: tuple[int, int], said: str) -> None:
    put(folder, a_picture_file(*size, kind="WEBP"))
    assert said in faults(folder)


def test_a_file_that_is_too_large_is_refused_before_it_is_looked_at(folder: Path) -> None:
    put(folder, b"RIFF" * (ORIGINAL_AT_MOST // 4 + 1))
    assert "pictures/hands.webp is larger than 2 MB" in faults(folder)


def test_an_entry_without_its_file_and_a_file_without_an_entry_are_named(folder: Path) -> None:
    (folder / "pictures/hands.webp").rename(folder / "pictures/arms.webp")
    assert "pictures.toml: 1: pictures/hands.webp is missing" in faults(folder)
    assert "pictures/arms.webp: has no entry in pictures.toml that describes it" in faults(folder)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("[hands]\n", "description: is missing"),
        ('[hands]\ndescription = ""\n', "description: must not be empty"),
        (f'{ENTRY}digest = "00"\n', "is not the file of this digest"),
        (ENTRY.replace("hands", '"../hands"', 1), "../hands is no name for a picture"),
        (f'{ENTRY}colour = "red"\n', "colour: is not a known field"),
        (ENTRY.replace("Two", "Two " * 80), "at most 300 characters"),
    ],
)
def test_an_entry_with_a_fault_is_refused(folder: Path, entry: str, said: str) -> None:
    write_file(folder, "pictures.toml", entry)
    with pytest.raises(LibraryError, match=said):
        load(read_library(folder), NOW)


def refused(files: dict[str, bytes]) -> str:
    with pytest.raises(PackError) as why:
        take_pack(packed(files), at=NOW, by=None)
    return str(why.value)


@pytest.mark.parametrize(
    ("name", "said", "message"),
    [
        ("pictures/hands.webp", with_part(an_original(), b"EXIF"), "one picture and nothing else"),
        ("pictures/hands.webp", b"<html>", "one picture and nothing else"),
        ("pictures/hands.jpg", a_picture_file(), "no file of a library"),
        ("pictures/../hands.webp", an_original(), "no file of a library"),
        ("pictures/sub/hands.webp", an_original(), "no file of a library"),
        ("pictures/arms.webp", an_original(), "has no entry in pictures.toml"),
    ],
)
def test_a_pack_with_a_bad_picture_changes_nothing(folder: Path, name: str, said: bytes, message: str) -> None:
    files, before = bytes_in(folder), PictureOriginal.objects.count()
    files["pictures.toml"] = ENTRY.replace("belly", "lap").encode()
    assert message in refused(files | {name: said})
    assert Picture.objects.get().description == "Two hands on a belly."
    assert PictureOriginal.objects.count() == before


def test_pictures_do_not_hide_a_bomb(folder: Path) -> None:
    files = bytes_in(folder) | {"pictures/hands.webp": an_original(1600), "cards.toml": b"#" * (2 * 1024 * 1024 - 1)}
    assert "packed so tightly" in refused(files)


def test_a_pack_from_before_there_were_pictures_is_read(folder: Path) -> None:
    files = {name: said for name, said in bytes_in(folder).items() if "pictures" not in name}
    course = "needs 1 to 6"
    assert course in refused(files)
    assert "picture" not in refused(files)
