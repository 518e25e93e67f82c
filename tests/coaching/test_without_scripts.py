"""Every tool and every guide from end to end as a browser without scripts sends them. One of each template does the
same in Chromium (tests/browser), where what is drawn counts as well.
"""

import pytest
from django.test import Client

from coaching.core.tools.kinds.catalogue import TOOL
from coaching.models import Practice, ToolEntry
from content.core.vocabulary import Size
from content.core.ways import steps_as
from content.models import Guide
from tests.coaching.tool_makers import FILLED, TOLD
from tests.content.test_guide_files import GUIDES
from tests.markup import words_of
from tests.plain_browser import PlainBrowser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


@pytest.fixture
def plain() -> PlainBrowser:
    """One that guards its forms, as a real one has to."""
    return PlainBrowser(Client(enforce_csrf_checks=True))


@pytest.mark.parametrize("slug", list(TOOL))
def test_a_tool_is_usable_without_scripts(plain: PlainBrowser, slug: str) -> None:
    plain.go(f"/tools/{slug}/new/?full")
    saved = words_of(plain.press("Save", **FILLED[slug]).html)
    assert "Saved" in saved
    assert TOLD[slug] in saved
    plain.follow("Delete it")
    assert "Deleted" in words_of(plain.press("Yes, delete it").html)
    assert not ToolEntry.objects.exists()


@pytest.mark.parametrize("slug", GUIDES)
def test_a_guide_can_be_read_and_rated_without_scripts(plain: PlainBrowser, slug: str) -> None:
    page = plain.go(f"/practice/{slug}/?size=1")
    for step in steps_as(Guide.objects.get(slug=slug).timed_steps, size=Size.ONE):
        assert step.words in words_of(page.html)
    asked = {name for form in page.forms for name in form.choices}
    taps = {name: 6 for name in asked if name.endswith("_before")}
    taps |= {name: 4 for name in asked if name.endswith("_after")}
    words = words_of(plain.press("Save this practice", **taps).html)
    rated = {name for name in taps if name.endswith("_before") and name.replace("before", "after") in taps}
    assert ("from 6 to 4" in words) == bool(rated)
    assert taps
    assert Practice.objects.get().guide == slug


def test_a_choice_that_is_not_on_the_page_is_noticed(plain: PlainBrowser) -> None:
    plain.go("/practice/pmr/?size=1")
    with pytest.raises(AssertionError):
        plain.press("Save this practice", tension_before=11)
    with pytest.raises(StopIteration):
        plain.press("Save this practice", no_such_field=1)
