"""The summary on paper: one tagged page, whatever is on it, with its words in their order and in any script."""

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from pypdf import PdfReader

from coaching.core.learning.verdict import judge
from coaching.core.summary.choice import Part
from coaching.core.summary.plain import as_plain, summary_from
from coaching.core.summary.summary import Flagged, Practised, Summary, Told, Treated
from coaching.models import Person
from coaching.summary import paper
from coaching.summary.page import page_of
from coaching.summary.paper import NoPaper, letters_without_shape, paper_of
from content.core.vocabulary import Level
from tests.coaching.shell_makers import a_member, a_plan, text
from tests.coaching.summary_makers import SECRET, TODAY, a_link, ago, material, readings, summary
from tests.coaching.test_summary_page import CHOSEN, PAGE, PAPER, carried

GERMAN, ARABIC = "Jürgen Müßig-Größe", "نادية عبد الرحمن"
LONG = "Ein langes Wort, ein zweites, " * 30


def crowded() -> Summary:
    """500 check-ins, every list longer than a page, everything ticked, and each text as long as it may be."""
    everything = material(
        series={
            **readings("peg", *([21, 12, 9, 15] * 125), every=1),
            **readings("gad7", *([14, 6] * 250), every=1),
            **readings("function", *([4, 7] * 250), every=1),
            **readings("confidence", *([3, 8] * 250), every=1),
        },
        practised=[
            Practised(
                name=f"Slow breathing, long out-breath, number {place}",
                goes=20,
                last_on=TODAY,
                judged=judge([2.0] * 8, [2.0] * 8, fair_trial=5, noise=2.0),
            )
            for place in range(12)
        ],
        flagged=[
            Flagged(
                words=f"{LONG[:150]} {place}?",
                level=Level.TODAY,
                days=tuple(Told(on=ago(at), is_exact=False) for at in range(9)),
            )
            for place in range(25)
        ],
        treated=[Treated(on=ago(place), what=f"{place} {LONG}", amount=LONG) for place in range(60)],
        goal=LONG,
        matters=[f"Something that matters {place}" for place in range(10)],
        small_step=LONG,
    )
    return summary(everything, parts=frozenset(Part), weeks=52, name=ARABIC * 5, born=ago(20000), questions=(LONG,) * 4)


@cache
def drawn(plain: str) -> bytes:
    return paper_of(page_of(summary_from(json.loads(plain))))


def root_of(found: PdfReader) -> Any:
    return found.trailer["/Root"]


def read(made: Summary) -> PdfReader:
    """The paper of a summary, drawn once for all tests that ask for it."""
    return PdfReader(BytesIO(drawn(json.dumps(as_plain(made)))))


FEW = summary(name=GERMAN)
NONE = summary(replace(material(), series={}, practised=(), flagged=(), noticed=(), treated=(), next_step=None))
SIZES = {"none": NONE, "few": FEW, "crowded": crowded()}


@pytest.mark.parametrize("made", SIZES.values(), ids=SIZES)
def test_it_is_one_page(made: Summary) -> None:
    assert len(read(made).pages) == 1


@pytest.mark.parametrize("letter", ["W", "ش", "王"])
def test_the_longest_word_of_anybody_stays_on_the_paper(letter: str) -> None:
    treated = [Treated(on=TODAY, what=letter * 60, amount=letter * 40)]
    made = summary(
        material(goal=letter * 200, small_step=letter * 160, treated=treated),
        parts=frozenset(Part),
        name=letter * 80,
        questions=(letter * 160,),
    )
    html = render_to_string("coaching/summary_paper.html", {"page": page_of(made)})
    [page] = paper._fitted(html).pages
    boxes = (box for box in page._page_box.descendants() if type(box).__name__ == "TextBox")
    ends = [box.position_x + box.width for box in boxes]
    assert len(ends) > 50
    assert max(ends) <= page.width


def elements(node: Any) -> Iterator[Any]:
    """The tags of a page, from top to bottom, as software that reads aloud walks them."""
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            yield from elements(one)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


@pytest.mark.parametrize("made", SIZES.values(), ids=SIZES)
def test_it_is_tagged_in_a_language_with_a_title(made: Summary) -> None:
    root = root_of(read(made))
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert read(made).metadata.title == "Summary for a doctor or therapist"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_headings_lists_and_the_table_are_tagged_as_what_they_are() -> None:
    kinds = [one["/S"] for one in elements(root_of(read(FEW))["/StructTreeRoot"]["/K"])]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 7
    assert {"/L", "/LI", "/Table", "/TR", "/TH", "/TD", "/P"} <= set(kinds)


def test_every_picture_has_words() -> None:
    found = list(elements(root_of(read(FEW))["/StructTreeRoot"]["/K"]))
    pictures = [one for one in found if one["/S"] == "/Figure"]
    assert len(pictures) == 2
    assert all(one["/Alt"].startswith("Readings, ") for one in pictures)


def test_its_words_are_read_in_the_order_of_the_page() -> None:
    lines = [line.strip("• ") for line in read(FEW).pages[0].extract_text().splitlines()]
    order = [GERMAN, "Made on 2 Nov 2026", "Danger signs", "A fever?", "Scores", "PEG", "Slow breathing", "Dizzy"]
    order += ["Treatments logged", "Goal and next step", "What matters: Time", "What this is not", "No diagnosis"]
    places = [next(place for place, line in enumerate(lines) if line.startswith(one)) for one in order]
    assert places == sorted(places)


def shaped(words: str) -> str:
    """Arabic as it is stored, whatever form of each letter was drawn, and without marks of direction."""
    plain = unicodedata.normalize("NFKC", words)
    return "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")


@pytest.mark.parametrize("name", [GERMAN, ARABIC, "Ђорђе Ελένη Nguyễn", "שרה כהן", "नादिया"])
def test_a_name_is_there_to_see_and_to_read(name: str) -> None:
    assert letters_without_shape(name) == ""
    assert set(name) <= set(shaped(read(summary(name=name)).pages[0].extract_text()))


def test_an_arabic_name_is_read_from_its_first_letter_on() -> None:
    assert ARABIC in shaped(read(summary(name=ARABIC)).pages[0].extract_text())


def test_its_letters_go_along_in_the_file() -> None:
    resources: Any = read(summary(name=ARABIC)).pages[0]["/Resources"]
    fonts = resources["/Font"].values()
    names = [font.get_object()["/DescendantFonts"][0].get_object()["/BaseFont"] for font in fonts]
    assert any("noto-sans-arabic" in name.lower() for name in names), names
    assert any("noto-sans-latin" in name.lower() for name in names), names


def test_letters_that_our_fonts_lack_are_named_before_anything_is_printed() -> None:
    assert letters_without_shape("山田 Jürgen 山") == "山田"


def test_it_is_in_the_language_of_the_summary() -> None:
    made = summary(language="es")
    with override("es"):
        found = PdfReader(BytesIO(paper_of(page_of(made))))
    assert root_of(found)["/Lang"] == "es"


# --- From the page -------------------------------------------------------------------------------


@pytest.fixture
def person(client: Client) -> Person:
    return a_plan(a_member(client), at=timezone.now()).person


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_what_was_seen_comes_as_a_file_without_a_name_in_its_name(client: Client, person: Person) -> None:
    page = client.post(PAGE, {**CHOSEN, "name": GERMAN})
    answer = client.post(PAPER, carried(page, "paper"))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="unloop-summary-2')
    assert GERMAN in PdfReader(BytesIO(answer.content)).pages[0].extract_text()


@pytest.mark.django_db
def test_a_reader_of_a_link_can_take_it_as_a_file(client: Client) -> None:
    a_link(Person.objects.create(), at=timezone.now(), content=as_plain(FEW))
    answer = client.post(f"/shared/{SECRET.token}/", {"code": SECRET.code, "paper": "1"})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_a_machine_without_pango_says_so_and_leaves_printing_from_the_page(
    client: Client, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> Any:
        raise OSError(name)

    page = client.post(PAGE, CHOSEN)
    paper._tool.cache_clear()
    monkeypatch.setattr(paper, "import_module", missing)
    answer = client.post(PAPER, carried(page, "paper"))
    assert answer.status_code == 422
    assert "Print this page instead" in text(answer)
    with pytest.raises(NoPaper):
        paper_of(page_of(FEW))


def test_nothing_is_fetched_for_a_paper() -> None:
    with pytest.raises(ValueError, match="fetches nothing"):
        paper._nothing("https://example.org/a.png")
