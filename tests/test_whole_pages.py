"""What a template includes and extends is put into it once, and comes out to the byte as Django draws it."""

from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings
from django.template import Context, NodeList
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode
from django.test import Client, override_settings
from django.utils.translation import override

from config.drawn.same import Same
from tests.coaching.every_page import MEMBER, VISITOR, pages
from tests.coaching.shell_makers import a_member, a_plan, a_visitor, answer_all
from tests.test_drawn_once import PARTS, an_engine, drawn, nodes_in, without_own
from tests.test_drawn_once import TOLD as TOLD_TO_PARTS

PAGES = {
    **{name: PARTS[name] for name in ("words", "named", "static", "of the page", "include")},
    "many": '{% for one in many %}{% include "named" with path=one %}{% include "lent" %}{% endfor %}{{ lent }}{{ a }}',
    "lent": '{% translate "Plan" as lent %}{{ lent }}{% with a=n %}{{ a }}{% endwith %}{% url "coaching:plan" as a %}',
    "striped": '{% for one in many %}{% include "stripe" %}{% endfor %}',
    "stripe": '{% cycle "odd" "even" %}{% ifchanged %}{{ n }}{% endifchanged %}',
    "frame": "<h1>{% if n %}{{ n }}{% else %}{% block title %}{% translate 'Today' %}{% endblock %}{% endif %}</h1>"
    "{% include 'words' %}{% block main %}{% block aside %}<i>{% endblock %}{{ name }}{% endblock %}{{ lent }}{{ a }}"
    "{% for one in many %}{% block each %}{{ one }}{% endblock %}{% endfor %}{% block end %}{% endblock %}",
    "plain page": 'before {% extends "frame" %}{% block main %}{% translate "Plan" as lent %}{{ lent }}{{ name }}'
    '{% include "lent" %}{% block more %}{% url "coaching:plan" as a %}{{ a }}{% endblock %}{% endblock %}lost',
    "page of it": '{% extends "plain page" %}{% block title %}{{ name }}{% endblock %}{% block more %}'
    '{% translate "Plan" %}{% endblock %}{% block each %}{{ forloop.counter }}{% endblock %}',
    "asks": '{% extends "plain page" %}{% block main %}{{ block.super }}{% endblock %}',
    "asks within": '{% extends "page of it" %}{% block each %}{% if block.super %}yes{% endif %}{% endblock %}',
    "of one that asks": '{% extends "asks" %}{% block title %}{{ name }}{% endblock %}',
    "counts": '{% extends "frame" %}{% block each %}{% cycle "odd" "even" %}{% endblock %}',
    "by name": "{% extends which %}{% block title %}{{ name }}{% endblock %}",
    "in a language": '{% extends "spoken" %}{% block words %}{% translate "Today" %}{% endblock %}',
    "spoken": '{% language "es" %}{% block words %}{% endblock %}{% endlanguage %}',
    "page in a page": '{% include "page of it" %}{% include "asks" with name="somebody" %}',
}
IN_ONE_PIECE, LEFT_TO_DJANGO = (
    ("plain page", "page of it"),
    ("asks", "asks within", "counts", "by name", "in a language"),
)
TOLD = {**TOLD_TO_PARTS, "which": "frame"}
WAYS: dict[str, dict[str, Any]] = {"told": TOLD, "nothing told": {**TOLD, "n": 0, "many": [], "name": ""}}
DRAWN, PLAIN = an_engine(PAGES), an_engine(PAGES, is_plain=True)


@pytest.mark.parametrize("told", WAYS.values(), ids=list(WAYS))
@pytest.mark.parametrize("page", PAGES)
def test_it_is_the_same_to_the_byte_in_any_language(page: str, told: dict[str, Any]) -> None:
    for language in ("en", "es", "en"):
        with override(language):
            assert drawn(page, DRAWN, **told) == drawn(page, PLAIN, **told), language


@pytest.mark.parametrize("page", IN_ONE_PIECE)
def test_a_page_is_put_together_when_it_is_read(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = drawn(page, DRAWN, **TOLD)
    for kind in (BlockNode, ExtendsNode, IncludeNode):
        monkeypatch.setattr(kind, "render", lambda *told: 1 / 0)
    assert drawn(page, DRAWN, **TOLD) == before


@pytest.mark.parametrize("page", LEFT_TO_DJANGO)
def test_what_could_tell_the_difference_is_left_to_django(page: str) -> None:
    assert DRAWN.get_template(page).nodelist.whole is None


@pytest.mark.parametrize("page", ["index", "change_form", "content/change_form", "accounts/edition/change_form"])
def test_one_that_extends_its_namesake_is_left_to_django_with_all_that_extend_it(page: str) -> None:
    """Ours stands in the place of the admin's own, and extends that."""
    template: Any = get_template(f"admin/{page}.html").template.nodelist
    assert template.get_nodes_by_type(ExtendsNode)
    assert template.whole is None


def test_every_template_of_ours_is_read_to_its_end() -> None:
    """Whichever stands in the place of another, and whatever it extends or includes."""
    ours = settings.BASE_DIR / "templates"
    names = [str(path.relative_to(ours)) for path in ours.rglob("*.html")]
    assert [name for name in names if not get_template(name).template.nodelist] == []
    assert len(names) > 300


def test_the_words_of_one_page_stand_side_by_side_wherever_they_come_from() -> None:
    template: Any = get_template("coaching/lesson.html").template.nodelist
    assert isinstance(template.whole, NodeList)
    kinds = [type(node) for node in nodes_in(template.whole)]
    assert not {BlockNode, ExtendsNode, IncludeNode} & set(kinds)
    neighbours = list(zip(template.whole, template.whole[1:], strict=False))
    assert not any(isinstance(one, Same) and isinstance(other, Same) for one, other in neighbours)


def test_a_context_that_was_drawn_with_is_left_as_it_was() -> None:
    context = Context(TOLD)
    for _ in range(2):
        assert DRAWN.get_template("page of it").render(context) == drawn("page of it", PLAIN, **TOLD)
        assert context.flatten() == Context(TOLD).flatten()


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("whose", [VISITOR, MEMBER])
def test_every_page_is_the_same_to_the_byte_whoever_draws_it(client: Client, whose: str) -> None:
    person = a_member(client) if whose == MEMBER else a_visitor(client)
    if whose == MEMBER:
        a_plan(person)
    else:
        answer_all(client)
    templates: Any = deepcopy(settings.TEMPLATES)
    told = templates[0]["OPTIONS"]["loaders"][0]
    templates[0]["OPTIONS"]["loaders"][0] = ("django.template.loaders.cached.Loader", told[1])
    every = [page.path for page in pages(person, whose)]
    first, second = ([without_own(client.get(path)) for path in every] for _ in range(2))
    with override_settings(TEMPLATES=templates):
        by_django = [without_own(client.get(path)) for path in every]
    changing = {path for path, one, other in zip(every, first, second, strict=True) if one != other}
    differ = {path for path, one, other in zip(every, second, by_django, strict=True) if one != other}
    assert differ <= changing
    assert len(every) > 100
