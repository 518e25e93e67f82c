"""A library as one zip: it comes back as it went, and a bad one changes nothing."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from content.editing.history import versions_of
from content.files.library import LIBRARY
from content.loading import packs
from content.loading.packs import PackError, take_pack, write_pack
from content.models import DangerSign, Lesson, Technique, Tip
from tests.content.makers import (
    LADDER_FILE,
    LESSON_FILE,
    NOW,
    REFERENCE_FILE,
    TECHNIQUE_FILE,
    a_library,
    a_reviewer,
    a_writer,
    packed,
)

pytestmark = pytest.mark.django_db
COURSE = ["one", "two", "three", "four", "five", "six"]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, bytes]:
    """A small library that passes every check, as its files."""
    lessons = {
        f"lessons__{name}": LESSON_FILE.replace("course = 1", f"course = {place}")
        for place, name in enumerate(COURSE, start=1)
    }
    texts = {"references": REFERENCE_FILE, "techniques": TECHNIQUE_FILE, "ladders__breathing": LADDER_FILE}
    folder = a_library(tmp_path / "pack", **texts, **lessons)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.*"))}


def take(files: dict[str, bytes]) -> Any:
    return take_pack(packed(files), at=NOW, by=None)


def refused(source: BytesIO) -> str:
    with pytest.raises(PackError) as why:
        take_pack(source, at=NOW, by=None)
    assert not Technique.objects.exists()
    assert not Lesson.objects.exists()
    return str(why.value)


def test_a_pack_is_taken_whole(files: dict[str, bytes]) -> None:
    assert "9 added" in take(files).summary
    assert Lesson.objects.published(NOW).count() == 6


def test_the_library_goes_out_and_comes_back_without_a_change(library: None, tmp_path: Path) -> None:
    target = tmp_path / "library.zip"
    call_command("export_pack", str(target))
    before = Tip.objects.count()
    call_command("import_pack", str(target))
    assert Tip.objects.count() == before
    assert {version.change for version in versions_of(Tip.objects.first())} == {"loaded"}


def test_the_same_library_gives_the_same_bytes(library: None) -> None:
    first, second = BytesIO(), BytesIO()
    write_pack(first)
    write_pack(second)
    assert first.getvalue() == second.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        "../cards.toml",
        "/etc/cards.toml",
        "lessons/../../x.md",
        "lessons\\x.md",
        "C:/cards.toml",
        "lessons/.hidden.md",
        "lessons/sub/x.md",
        "notes.txt",
        "lessons/x.md\n",
        "__MACOSX/cards.toml",
    ],
)
def test_a_name_that_is_no_file_of_a_library_is_refused(files: dict[str, bytes], name: str) -> None:
    assert "which is no file of a library" in refused(packed(files | {name: b"x"}))


def test_a_pack_with_two_files_of_one_name_is_refused(files: dict[str, bytes]) -> None:
    target = packed(files)
    with zipfile.ZipFile(target, "a") as pack, pytest.warns(UserWarning, match="Duplicate"):
        pack.writestr("cards.toml", b"")
    assert "there twice" in refused(target)


def test_a_link_in_a_pack_is_refused(files: dict[str, bytes]) -> None:
    entry = zipfile.ZipInfo("lessons/link.md")
    entry.external_attr = 0o120777 << 16
    target = packed(files)
    with zipfile.ZipFile(target, "a") as pack:
        pack.writestr(entry, "/etc/passwd")
    assert "a link" in refused(target)


def test_a_bomb_is_refused_before_it_is_unpacked(files: dict[str, bytes]) -> None:
    assert "packed so tightly" in refused(packed({"cards.toml": b"#" * (packs.FILE_AT_MOST - 1)}))


def test_many_small_bombs_are_refused_by_their_sum() -> None:
    many = {f"tips/t{number}.md": b"a" * (packs.FILE_AT_MOST - 1) for number in range(16)}
    assert "too large once unpacked" in refused(packed(many))


def test_a_file_that_lies_about_its_size_is_refused(files: dict[str, bytes]) -> None:
    target = packed(files | {"tips/liar.md": b"a" * 5000})
    said = target.getvalue()
    # The table of contents at the end of the zip: 46 bytes an entry, the size in bytes 24 to 28.
    place = said.rindex(b"tips/liar.md") - 46 + 24
    lying = BytesIO(said[:place] + (90).to_bytes(4, "little") + said[place + 4 :])
    assert refused(lying)


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch, files: dict[str, bytes]) -> None:
    monkeypatch.setattr(packs, "FILES_AT_MOST", 3)
    assert "3 at most" in refused(packed(files))


def test_a_pack_that_is_too_large_is_not_even_opened() -> None:
    assert refused(BytesIO(b"0" * (packs.PACK_AT_MOST + 1))) == "This pack is larger than 60 MB."


@pytest.mark.parametrize("said", [b"", b"not a zip", b"PK\x03\x04 cut off"], ids=["empty", "text", "cut off"])
def test_what_is_no_zip_is_refused(said: bytes) -> None:
    assert refused(BytesIO(said)) == "This is no zip file that can be read."


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (
            lambda said: said.replace(b'title = "The loop"', b'title = "The loop"\ncolour = "red"'),
            "colour: is not a known",
        ),
        (lambda said: said.replace(b'title = "The loop"\n', b""), "title: is missing"),
        (lambda said: said.replace(b"[^wood19]", b"[^gone99]"), "cites [^gone99], which is no known reference"),
        (lambda said: said.replace(b"[^wood19]", b"[^wood19] <script>x</script>"), "holds raw HTML"),
        (lambda said: said.replace(b"[^wood19]", b"[^wood19] [x](javascript:alert(1))"), "that is not allowed"),
        (lambda said: b"\xff\xfe" + said, "not UTF-8"),
        (lambda said: b"no front matter", "must begin with front matter"),
    ],
    ids=[
        "unknown field",
        "missing field",
        "footnote to nowhere",
        "raw HTML",
        "javascript link",
        "encoding",
        "no front",
    ],
)
def test_a_text_with_a_fault_in_it_stops_the_whole_pack(
    files: dict[str, bytes], spoil: Callable[[bytes], bytes], message: str
) -> None:
    why = refused(packed(files | {"lessons/two.md": spoil(files["lessons/two.md"])}))
    assert message in why
    assert "lessons/two.md" in why
    assert "\n" not in why


def test_a_pack_that_lacks_a_table_is_refused(files: dict[str, bytes]) -> None:
    del files["cautions.toml"]
    assert "cautions.toml: the file is missing" in refused(packed(files))


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def operator() -> Any:
    user = a_reviewer("boss@example.org")
    user.user_permissions.add(Permission.objects.get(codename="load_pack"))
    return user


def upload(client: Client, said: bytes) -> Any:
    return client.post(reverse("library_pack"), {"pack": SimpleUploadedFile("pack.zip", said)}, follow=True)


def test_an_operator_brings_a_pack_in_and_the_history_knows_who(files: dict[str, bytes]) -> None:
    boss = operator()
    html = upload(client_of(boss), packed(files).getvalue()).content.decode()
    assert "The pack is taken: 9 added" in html
    assert versions_of(Technique.objects.get()).get().by == boss


def test_a_bad_pack_is_answered_with_its_reason(files: dict[str, bytes]) -> None:
    response = upload(client_of(operator()), packed(files | {"../x": b""}).getvalue())
    assert response.status_code == 422
    assert "no file of a library" in response.content.decode()


def test_neither_writers_nor_reviewers_bring_a_pack_in(files: dict[str, bytes]) -> None:
    for user in (a_writer(), a_reviewer()):
        client = client_of(user)
        assert "Bring one in" not in client.get(reverse("library_pack")).content.decode()
        upload(client, packed(files).getvalue())
    assert not Technique.objects.exists()


def test_staff_download_the_library(library: None) -> None:
    response = client_of(a_writer()).get(reverse("library_pack_download"))
    assert response["Content-Type"] == "application/zip"
    with zipfile.ZipFile(BytesIO(b"".join(response.streaming_content))) as pack:
        assert pack.read("references.toml") == (LIBRARY / "references.toml").read_bytes()


def test_a_pack_from_before_there_were_ladders_is_taken_where_there_are_some(files: dict[str, bytes]) -> None:
    old = {name: text for name, text in files.items() if not name.startswith("ladders/")}
    assert "has no ladder" in refused(packed(old))
    take(files)
    assert "0 added" in take(old).summary


SIGN_FILE = """
[bladder_bowel]
question = "Is it hard to pee?"
worry = "Cauda equina"
level = "now"
step = "safety_now"
"""
IN_SPANISH = 'question_es = "¿Te cuesta orinar?"\n'
LATER_WORDS = f'{IN_SPANISH}advice = "Go to a hospital now."\nadvice_es = "Ve al hospital ahora."\n'


def test_a_pack_from_before_techniques_were_judged_is_taken_where_that_is_known(files: dict[str, bytes]) -> None:
    judged = b'outcome = "tension"\nasked = "around"\nfair_trial = 8\n'
    old = files | {"techniques.toml": files["techniques.toml"].replace(judged, b"")}
    assert "what can be practised is judged by something" in refused(packed(old))
    take(files)
    assert "0 changed" in take(old).summary
    assert Technique.objects.get().outcome == "tension"


def test_an_old_pack_takes_no_words_away_that_keep_people_safe(files: dict[str, bytes]) -> None:
    take(files | {"danger_signs.toml": (SIGN_FILE + LATER_WORDS).encode()})
    take(files | {"danger_signs.toml": SIGN_FILE.replace("hard to pee", "hard to go").encode()})
    sign = DangerSign.objects.get()
    assert (sign.question, sign.advice) == ("Is it hard to go?", "Go to a hospital now.")
    assert sign.question_es == "¿Te cuesta orinar?"


def test_what_staff_wrote_instead_stands_too(files: dict[str, bytes]) -> None:
    take(files | {"danger_signs.toml": (SIGN_FILE + LATER_WORDS).encode()})
    DangerSign.objects.update(advice="Call at once.")
    take(files | {"danger_signs.toml": SIGN_FILE.encode()})
    sign = DangerSign.objects.get()
    assert (sign.advice, sign.edited_fields()) == ("Call at once.", ["advice"])


def test_a_pack_that_says_it_in_other_words_is_heard(files: dict[str, bytes]) -> None:
    take(files | {"danger_signs.toml": (SIGN_FILE + LATER_WORDS).encode()})
    take(files | {"danger_signs.toml": (SIGN_FILE + LATER_WORDS.replace("Go to", "Be taken to")).encode()})
    assert DangerSign.objects.get().advice == "Be taken to a hospital now."
