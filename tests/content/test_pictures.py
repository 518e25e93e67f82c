"""Pictures: judged by what they hold, drawn anew, shown in lessons through the one safe door."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import ExifTags, Image

from content.core.texts import markup
from content.editing.previews import preview_link
from content.models import Lesson, Picture, PictureFile
from content.pictures import drawing
from content.pictures.drawing import Drawn, PictureError, draw, original_from, shown
from tests.content.makers import a_lesson, a_picture, a_picture_file, a_reference, a_reviewer, a_writer, words
from tests.content.test_admin import change_page, sent

pytestmark = pytest.mark.django_db
ADD = "/admin/content/picture/add/"


def a_file(width: int = 1000, height: int = 500, kind: str = "JPEG", **more: Any) -> bytes:
    return a_picture_file(width, height, kind, **more)


def drawn_from(said: bytes) -> Drawn:
    return draw(original_from(BytesIO(said), len(said)))


def refused(said: bytes, size: int = 1000) -> str:
    with pytest.raises(PictureError) as why:
        original_from(BytesIO(said), size)
    return str(why.value)


@pytest.fixture
def writer(client: Client) -> Client:
    client.force_login(a_writer())
    return client


def upload(client: Client, said: bytes, name: str = "hands.jpg", **fields: str) -> Any:
    typed = {"slug": "hands", "description": "Two hands on a belly.", **fields}
    return client.post(ADD, typed | {"upload": SimpleUploadedFile(name, said)})


def test_a_picture_is_drawn_in_every_width_it_can_fill_and_in_two_formats() -> None:
    a_picture(said=a_file(1000, 500))
    files = {(file.kind, file.width): file for file in PictureFile.objects.all()}
    assert set(files) == {(kind, width) for kind in ("avif", "webp") for width in (480, 800, 1000)}
    for (kind, width), file in files.items():
        image = Image.open(BytesIO(bytes(file.data)))
        assert (image.format, image.size) == (kind.upper(), (width, width // 2))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_each_of_these_formats_is_read_whatever_the_file_is_called(writer: Client, kind: str) -> None:
    assert upload(writer, a_file(kind=kind), name="hands.txt").status_code == 302
    assert Picture.objects.get().width == 1000


def test_place_and_camera_are_taken_out() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "A camera of mine"
    exif[ExifTags.IFD.GPSInfo] = {ExifTags.GPS.GPSLatitude: (51.0, 30.0, 0.0)}
    said = a_file(exif=exif)
    assert b"A camera of mine" in said
    for _, _, data in drawn_from(said).files:
        assert b"A camera of mine" not in data
        assert not Image.open(BytesIO(data)).getexif()


def test_a_picture_held_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    drawn = drawn_from(a_file(1000, 500, exif=exif))
    assert (drawn.width, drawn.height) == (500, 1000)


def test_what_is_see_through_stays_so() -> None:
    target = BytesIO()
    Image.new("RGBA", (400, 400), (200, 40, 40, 0)).save(target, "PNG")
    drawn = drawn_from(target.getvalue())
    assert all(Image.open(BytesIO(data)).mode == "RGBA" for _, _, data in drawn.files)


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<html><script>alert(1)</script></html>",
        b"MZ\x90\x00 a program",
        b"\xff\xd8\xff\xe0 cut off",
        a_file()[:600],
        a_file(kind="GIF"),
    ],
    ids=["empty", "svg", "html", "program", "head of a JPEG", "cut off", "gif"],
)
def test_a_disguised_file_is_refused_with_one_clear_message(writer: Client, said: bytes) -> None:
    if said:
        assert refused(said) == "This is no picture that can be read: send a JPEG, PNG, WebP or AVIF."
    errors = upload(writer, said).context["adminform"].form.errors["upload"]
    assert len(errors) == 1
    assert not Picture.objects.exists()


def test_thirty_megabytes_are_refused_before_they_are_opened(writer: Client) -> None:
    response = upload(writer, b"\xff" * (30 * 1024 * 1024))
    assert response.context["adminform"].form.errors["upload"] == [
        "This file has 30 MB; a picture may have 10 MB at most."
    ]


def test_a_small_file_with_too_many_points_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "PIXELS_AT_MOST", 100_000)
    assert (
        refused(a_file(1000, 500)) == "This picture is too large: 1000 by 500 points are too many; 0 million at most."
    )


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    assert "far more points than any screen" in refused(a_file(1000, 500))


def test_a_picture_that_would_look_like_a_stamp_is_refused() -> None:
    assert "too small" in refused(a_file(200, 200))


def test_a_picture_without_a_description_is_refused(writer: Client) -> None:
    errors = upload(writer, a_file(), description="").context["adminform"].form.errors
    assert list(errors) == ["description"]


@pytest.mark.parametrize("name", ["Hands", "two--hands", "-hands", "hands_"])
def test_a_picture_has_a_name_that_its_file_can_have(writer: Client, name: str) -> None:
    errors = upload(writer, a_file(), slug=name).context["adminform"].form.errors
    assert list(errors) == ["slug"]
    assert not Picture.objects.exists()


def test_the_bytes_of_an_upload_are_never_handed_on() -> None:
    said = a_file() + b"<script>alert(1)</script>"
    assert all(b"<script>" not in data for _, _, data in drawn_from(said).files)


def test_a_file_is_served_for_ever_under_the_digest_of_what_it_holds(client: Client) -> None:
    a_picture()
    file = PictureFile.objects.filter(kind="avif").first()
    response = client.get(file.get_absolute_url())
    assert (response["Content-Type"], response.content) == ("image/avif", bytes(file.data))
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in response
    assert client.get("/pictures/0000.avif").status_code == 404


# --- In a text ----------------------------------------------------------------------------------------


def test_a_lesson_shows_a_picture_in_the_width_that_fits(client: Client) -> None:
    a_reference()
    a_picture()
    lesson = a_lesson(brief="![Two hands rest on a belly](picture:hands)", status="draft", publish_at=None)
    html = client.get(preview_link(lesson), {"size": "1"}).content.decode()
    assert html.count("<picture>") == 1
    assert 'type="image/avif"' in html
    assert 'alt="Two hands rest on a belly"' in html
    assert 'width="1000" height="500" loading="lazy"' in html
    assert html.count("/pictures/") == 7


def test_a_text_without_pictures_asks_nothing_of_them(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert shown(set()) == {}


def test_a_picture_that_nobody_knows_shows_its_words() -> None:
    assert markup.render("![Two hands](picture:gone)").html == '<p id="p1">Two hands</p>\n'


@pytest.mark.parametrize(
    "source",
    [
        "![x](https://example.org/x.png)",
        "![x](/static/x.png)",
        "![x](javascript:alert)",
        "![x](data:image/png;base64,AAAA)",
        "![x](picture:../../x)",
        "[x](picture:hands)",
    ],
)
def test_no_other_image_gets_through(source: str) -> None:
    a_picture()
    html = markup.render(source, pictures=shown(["hands"])).html
    assert "<img" not in html
    assert "href" not in html
    assert markup.refused_marks(source)


def test_words_of_a_picture_cannot_break_out() -> None:
    a_picture()
    source = '![" onerror="alert(1)<script>](picture:hands)'
    html = markup.render(source, pictures=shown(["hands"])).html
    assert "<script" not in html
    assert html.count("onerror") == 1
    assert 'alt="&quot; onerror=&quot;alert(1)&lt;script&gt;"' in html or "&quot; onerror=" in html


def test_a_lesson_that_names_an_unknown_picture_is_not_saved(client: Client) -> None:
    client.force_login(a_reviewer())
    a_reference()
    lesson = a_lesson(status="draft", publish_at=None)
    response = client.post(change_page(lesson), sent(client, lesson, brief="![x](picture:gone)"))
    assert "shows picture:gone, which is no known picture" in response.context["adminform"].form.errors["brief"][0]


def test_a_picture_without_words_keeps_a_lesson_from_its_review(client: Client) -> None:
    client.force_login(a_writer())
    a_reference()
    a_picture()
    lesson = a_lesson(status="draft", publish_at=None, brief=f"{words(120)}\n\n![](picture:hands)")
    panel = client.get(change_page(lesson)).context["panel"]
    assert "without saying in words what it shows" in panel.errors[0].message


def test_a_picture_drawn_anew_is_shown_by_the_texts_that_use_it(writer: Client) -> None:
    a_reference()
    picture = a_picture()
    lesson = a_lesson(brief="![Hands](picture:hands)")
    before = lesson.brief_html
    typed = {"description": "Other hands.", "upload": SimpleUploadedFile("new.png", a_file(600, 600, "PNG"))}
    assert writer.post(f"/admin/content/picture/{picture.pk}/change/", typed).status_code == 302
    after = Lesson.objects.get().brief_html
    assert after != before
    assert 'width="600"' in after


def test_the_words_of_a_picture_count_as_no_words_of_the_text() -> None:
    (passage,) = markup.passages("One two. ![Three four five](picture:hands)")
    assert passage.text == "One two."
