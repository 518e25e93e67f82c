"""What is the same on every page is drawn once in each language, and to the byte as Django draws it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.template import Context, Engine, NodeList, TemplateDoesNotExist, TemplateSyntaxError
from django.template.base import Node
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, IncludeNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.test import Client, override_settings
from django.urls import NoReverseMatch, get_resolver, get_script_prefix, set_script_prefix, set_urlconf
from django.utils.translation import override

from config.drawn.same import MOST_KEPT, NamedAddress, Same, draw_once
from tests.coaching.shell_makers import a_member, a_plan

HOLES = re.compile(r'(name="(?:csrfmiddlewaretoken|client_id|id|log_id)" value=")[\w-]+')
LOCMEM = "django.template.loaders.locmem.Loader"
LIBRARIES = {"i18n": "django.templatetags.i18n", "static": "django.templatetags.static"}
PARTS = {
    "text": "Only words, 100 % of them & <b>no more</b>.",
    "words": '{% translate "Help now" %} {% translate "Today" noop %} {% translate "50 %% of it" %}',
    "block": "{% blocktranslate trimmed %}\n  Free, self-guided\n{% endblocktranslate %} & more",
    "address": '<a href="{% url "coaching:help_now" %}#calls">{% url "coaching:practice" "pmr" %}</a>',
    "static": '<link href="{% static "css/site.css" %}">{# a remark #}{% comment %}left out{% endcomment %}',
    "named": '{% url "coaching:plan" as plan %}[{{ plan }}]{% if path == plan %}here{% endif %}',
    "of the page": '{{ name }} {% translate name %} {% url "coaching:practice" slug %} {% static file %}',
    "counted": "{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}",
    "kept as": '{% translate "Today" as day %}{{ day }}{% static "a.js" as script %}{{ script }}',
    "filtered": '{% translate "Today"|upper %}{% url "coaching:help_now"|lower %}',
    "loop": '{% for one in many %}{% translate "Today" %}{{ one }}{% empty %}{% translate "Tools" %}{% endfor %}',
    "ladder": '{% if n %}{% translate "Today" %}{% elif name %}<p>{% else %}{% url "coaching:plan" %}{% endif %}',
    "other": '{% language "es" %}{% translate "Help now" %}{% url "coaching:help_now" %}{% endlanguage %}',
    "two": '{% translate "Today" %}{{ name }}{% language "es" %}{% translate "Today" %}{{ name }}{% translate "Plan" %}'
    '{% include "address" %}{% endlanguage %}{% translate "Plan" %}{{ name }}{% url "coaching:plan" %}',
    "bare": '{% autoescape off %}{% url "coaching:lessons" %}{{ name }}{% endautoescape %}',
    "include": '<p>{% include "words" %}{% include "static" %}{% include "of the page" %}</p>',
    "with": '{% include "named" with path="/plan/" %}{% include "words" only %}{% include which %}',
    "base": '<h1>{% block title %}{% translate "Today" %}{% endblock %}</h1>{% include "address" %}{% block more %}'
    '{% translate "Plan" %}{% endblock %}',
    "page": '{% extends "base" %}{% block more %}{% include "words" %}{{ block.super }}{{ name }}{% endblock %}',
}
"""Each kind of node, alone and inside others."""
TOLD = {"name": "<Nadia & co>", "slug": "heat", "file": "css/flare.css", "n": 2, "many": ["a", "<b>"], "which": "block"}
WAYS: dict[str, dict[str, Any]] = {"told": TOLD, "nothing told": {**TOLD, "n": 0, "many": [], "name": ""}}


def an_engine(parts: dict[str, str] = PARTS, *, is_plain: bool = False) -> Engine:
    loader = "django.template.loaders.cached.Loader" if is_plain else "config.drawn.loader.Loader"
    return Engine(loaders=[(loader, [(LOCMEM, parts)])], libraries=LIBRARIES, builtins=list(LIBRARIES.values()))


DRAWN, PLAIN = an_engine(), an_engine(is_plain=True)


def drawn(part: str, engine: Engine = DRAWN, **told: Any) -> str:
    return engine.get_template(part).render(Context(told))


@contextmanager
def under(prefix: str) -> Iterator[None]:
    before = get_script_prefix()
    set_script_prefix(prefix)
    try:
        yield
    finally:
        set_script_prefix(before)


def nodes_in(nodes: NodeList) -> list[Node]:
    return [inner for node in nodes for inner in (node, *node.get_nodes_by_type(Node))]


def test_the_site_draws_so() -> None:
    kinds = {type(node) for node in nodes_in(get_template("parts/_footer.html").template.nodelist)}
    assert Same in kinds
    assert not kinds & {TranslateNode, BlockTranslateNode}


@pytest.mark.parametrize("told", WAYS.values(), ids=list(WAYS))
@pytest.mark.parametrize("part", PARTS)
def test_it_is_the_same_to_the_byte_in_any_language_and_at_any_time(part: str, told: dict[str, Any]) -> None:
    for language in ("en", "es", "en", "es", None):
        with override(language):
            assert drawn(part, **told) == drawn(part, PLAIN, **told), language


def test_it_is_not_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = an_engine()
    before = [drawn(part, engine, **TOLD) for part in ("words", "block", "address", "static", "include")]
    for kind in (TranslateNode, BlockTranslateNode):
        monkeypatch.setattr(kind, "render", lambda *told: "?")
    after = [drawn(part, engine, **TOLD) for part in ("words", "block", "address", "static")]
    assert after == before[:4]
    assert drawn("include", engine, **TOLD).count("?") == 1


def test_what_was_looked_up_for_one_drawing_does_not_hold_for_the_next_with_the_same_names() -> None:
    context, template = Context(TOLD), DRAWN.get_template("include")
    for language in ("en", "es", "en"):
        with override(language):
            assert template.render(context) == drawn("include", PLAIN, **TOLD)


def test_whatever_else_decides_an_address_is_asked_each_time(settings: Any) -> None:
    assert 'href="/help-now/#' in drawn("address")
    with under("/under/"):
        assert 'href="/under/help-now/#' in drawn("address")
        assert drawn("named") == "[/under/plan/]"
    set_urlconf("django.contrib.auth.urls")
    with pytest.raises(NoReverseMatch):
        drawn("address")
    set_urlconf(None)
    before = drawn("static")
    settings.STATIC_URL = "/elsewhere/"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": f"{__name__}.OtherStatic"}}
    assert drawn("static") != before
    assert drawn("static") == drawn("static", PLAIN)


class OtherStatic(StaticFilesStorage):
    def url(self, name: str | None) -> str:
        return f"/other/{name}"


def test_the_blocks_of_a_page_are_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = an_engine()
    before = drawn("page", engine, **TOLD)
    nodes = engine.get_template("base").nodelist
    blocks = nodes.get_nodes_by_type(BlockNode)
    assert [block.name for block in blocks] == ["title", "more"]
    monkeypatch.setattr(NodeList, "get_nodes_by_type", lambda *told: 1 / 0)
    assert nodes.get_nodes_by_type(BlockNode) == blocks
    assert drawn("page", engine, **TOLD) == before


def test_what_goes_wrong_is_not_kept() -> None:
    engine = an_engine({"bad": '<p>{% url "coaching:no_such_page" %}', "named": '{% url "no:page" as it %}[{{ it }}]'})
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            drawn("bad", engine)
        assert drawn("named", engine, it="before") == "[]"


def test_a_template_that_includes_itself_or_is_not_there_stays_as_it_was() -> None:
    parts = {
        "tree": '{% translate "Today" %}{% if n %}{% include "leaf" %}{% endif %}',
        "leaf": '-{% include "tree" with n=0 %}',
        "circle": '{% include "round" %}',
        "round": '{% include "circle" %}',
        "lost": 'a{% include "nowhere" %}',
    }
    engine = an_engine(parts)
    assert drawn("tree", engine, n=1) == "Today-Today"
    assert [type(node) for node in engine.get_template("circle").nodelist] == [IncludeNode]
    with pytest.raises(TemplateDoesNotExist):
        drawn("lost", engine)
    with pytest.raises(TemplateSyntaxError):
        drawn("bad", an_engine({"bad": "{% if %}"}))


def test_few_ways_are_kept_of_each_part() -> None:
    part = next(node for node in an_engine().get_template("address").nodelist if isinstance(node, Same))
    for number in range(3 * MOST_KEPT):
        with under(f"/{number}/"):
            context = Context()
            with context.bind_template(DRAWN.get_template("address")):
                assert f"/{number}/help-now/" in part.render(context)
        assert len(part.kept) <= MOST_KEPT


def test_no_app_stands_twice_so_an_address_is_the_same_from_any_page() -> None:
    apps = get_resolver().app_dict
    assert {"coaching", "content", "accounts"} <= set(apps)
    assert [name for name, spaces in apps.items() if len(spaces) > 1] == []


def test_named_addresses_are_kept_too() -> None:
    kinds = {type(node) for node in nodes_in(DRAWN.get_template("named").nodelist)}
    assert NamedAddress in kinds


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("path", ["/today/", "/plan/", "/es/plan/", "/practice/heat/", "/lessons/", "/help-now/"])
def test_a_page_is_the_same_to_the_byte_whoever_draws_it(client: Client, path: str) -> None:
    a_plan(a_member(client))
    client.get(path)
    templates: Any = deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["loaders"][0] = (
        "django.template.loaders.cached.Loader",
        templates[0]["OPTIONS"]["loaders"][0][1],
    )
    pages = [without_own(client.get(path))]
    with override_settings(TEMPLATES=templates):
        pages.append(without_own(client.get(path)))
    assert pages[0] == pages[1]


def without_own(answer: Any) -> str:
    return HOLES.sub(r"\1", answer.content.decode())


def test_names_of_files_follow_the_storage_that_was_put_in_place_just_now(settings: Any) -> None:
    """It is lazy: the first page after a change finds none yet, whichever it was before."""
    template = Engine(libraries=LIBRARIES).from_string("<p>{% load static %}{% static 'css/site.css' %}</p>")
    draw_once(template.nodelist, lambda _name: None)
    assert [type(node) for node in template.nodelist] == [Same]
    drawn = []
    for place in ("/first/", "/second/"):
        options = {"location": "static", "base_url": place}
        plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage", "OPTIONS": options}
        settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
        drawn.append(template.render(Context()))
    assert drawn == ["<p>/first/css/site.css</p>", "<p>/second/css/site.css</p>"]
