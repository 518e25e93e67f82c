"""Pictures and tables that are written as one text say what a template would say node by node."""

from datetime import date, timedelta
from random import Random

import pytest
from django.template import Context, Template
from django.test.html import Element, parse_html
from django.utils.translation import override

from coaching.core.loop import EXAMPLE, Opening, draw_loop
from coaching.core.progress.chart import MOST_MARKS, chart_of
from coaching.core.progress.scales import SCALES, Reading
from coaching.progress.drawing import Row, marks_drawn, rows_drawn
from coaching.templatetags.drawings import loop_drawn
from content.core.vocabulary import Stage

MARKS = Template("""{% load l10n %}{% localize off %}{% for mark in marks %}
  {% if mark.step == "better" %}<path class="mark better" d="{{ mark.diamond }}"/>
  {% elif mark.step == "worse" %}
    <rect class="mark worse" x="{{ mark.square.0 }}" y="{{ mark.square.1 }}" width="9" height="9"/>
  {% else %}<circle class="mark within" cx="{{ mark.x }}" cy="{{ mark.y }}" r="4"/>{% endif %}
  {% if mark.is_last %}<circle class="newest" cx="{{ mark.x }}" cy="{{ mark.y }}" r="9.5"/>{% endif %}
{% endfor %}{% endlocalize %}""")
ROWS = Template("""{% for row in rows %}
  <tr><th scope="row">{{ row.day }}</th><td>{{ row.shown }}</td><td>{{ row.words }}</td></tr>
{% endfor %}""")
LOOP = Template("""{% load i18n l10n spoken %}{% localize off %}<svg class="loop"
  viewBox="0 0 {{ loop.width }} {{ loop.height }}" role="img"
  aria-label="{% translate "The loop." %} {{ loop.title|said_plain }}">{% for node in loop.ghost %}
  <circle class="ghost" cx="{{ node.x }}" cy="{{ node.y }}" r="{{ node.radius }}"/>
{% endfor %}{% for arc in loop.arcs %}
  <path class="ring {{ arc.kind }}" stroke-width="{{ arc.width }}" d="{{ arc.path }}"/>
{% endfor %}{% for node in loop.nodes %}
  <circle class="node{% if node.is_hot %} hot{% endif %}" cx="{{ node.x }}" cy="{{ node.y }}" r="{{ node.radius }}"/>
{% endfor %}{% for cut in loop.cuts %}
  <path class="leader" d="{{ cut.leader }}"/>
  <circle class="cut" cx="{{ cut.x }}" cy="{{ cut.y }}" r="{{ cut.radius }}"/>
{% endfor %}{% for text in loop.texts %}
  <text class="{{ text.kind }}" x="{{ text.x }}" y="{{ text.y }}" text-anchor="{{ text.anchor }}">
    {{ text.words|said_plain }}
  </text>
{% endfor %}</svg>{% endlocalize %}""")
UNSAFE = "<b>\"&'</b>"


def same(one: str, other: str) -> bool:
    return bool(parse(one) == parse(other))


def parse(html: str) -> Element:
    return parse_html(f"<div>{html}</div>")


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("count", [1, 3, MOST_MARKS, 200])
@pytest.mark.parametrize("slug", SCALES)
def test_the_marks_of_a_picture(slug: str, count: int, language: str) -> None:
    scale, chance = SCALES[slug], Random(count)  # noqa: S311 - made-up readings, no secret
    first = date(2026, 1, 5)
    readings = [Reading(on=first + timedelta(days=day), total=chance.randint(0, scale.most)) for day in range(count)]
    chart = chart_of(scale, readings)
    assert chart
    with override(language):
        assert same(marks_drawn(chart.marks), MARKS.render(Context({"marks": chart.marks})))


def test_the_lines_of_a_table_in_whatever_words() -> None:
    rows = [Row(day="5 Jan 2026", shown="7.0", words="within"), Row(day=UNSAFE, shown=UNSAFE, words=UNSAFE)]
    assert "<b>" not in rows_drawn(rows)
    assert same(rows_drawn(rows), ROWS.render(Context({"rows": rows})))


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_loop_with_all_that_it_can_hold(language: str) -> None:
    full = draw_loop(dict.fromkeys(Stage, 1.0), Stage.PAIN, [Opening(stage=stage, words=UNSAFE) for stage in Stage])
    changed = draw_loop(EXAMPLE.strengths, Stage.ALARM, earlier=full)
    assert changed.ghost
    for loop in (EXAMPLE, full, changed):
        with override(language):
            assert same(loop_drawn(loop), LOOP.render(Context({"loop": loop})))
            assert "<b>" not in loop_drawn(loop)
