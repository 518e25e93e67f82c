"""The picture of the loop: true to the answers, legible, and the same in words."""

from itertools import combinations_with_replacement, product
from math import atan2, degrees, hypot

import pytest

from coaching.core.loop import (
    CENTRE_X,
    CENTRE_Y,
    EXAMPLE,
    HEIGHT,
    RING,
    WIDTH,
    LoopDrawing,
    Opening,
    Text,
    draw,
    draw_loop,
)
from coaching.core.recommend.recommender import recommend
from content.core.vocabulary import Stage
from tests.coaching.makers import library, snapshot

LONGEST = ("muscle relaxation", "thought testing", "guided imagery")
FAINT, FULL = dict.fromkeys(Stage, 0.0), dict.fromkeys(Stage, 1.0)
WIDTH_OF_LETTER = {"stage": 10.3, "small": 7.6, "pick": 8.2}
"""Generous: measured in a browser, the widest line of each kind takes less."""


def box(text: Text) -> tuple[float, float, float, float]:
    width = WIDTH_OF_LETTER[text.kind] * len(text.words)
    left = {"start": text.x, "middle": text.x - width / 2, "end": text.x - width}[text.anchor]
    return left, text.y - 12, left + width, text.y + 3


def overlap(one: Text, other: Text) -> bool:
    a, b = box(one), box(other)
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def touches(text: Text, x: int, y: int, radius: float) -> bool:
    left, top, right, bottom = box(text)
    nearest_x, nearest_y = max(left, min(x, right)), max(top, min(y, bottom))
    return hypot(nearest_x - x, nearest_y - y) < radius


def drawings() -> list[LoopDrawing]:
    """Every way to place three picks, with every strongest stage, at the smallest and the largest sizes."""
    places = list(combinations_with_replacement(Stage, 3))
    return [
        draw_loop(
            strengths,
            strongest,
            [Opening(stage=stage, words=words) for stage, words in zip(three, LONGEST, strict=True)],
        )
        for three, strongest, strengths in product(places, [None, *Stage], (FAINT, FULL))
    ]


def test_no_words_touch_one_another_or_leave_the_picture() -> None:
    for drawing in drawings():
        for place, one in enumerate(drawing.texts):
            left, top, right, bottom = box(one)
            assert left >= 0, one
            assert right <= WIDTH, one
            assert top >= 0, one
            assert bottom <= HEIGHT, one
            assert not any(overlap(one, other) for other in drawing.texts[place + 1 :]), one


def test_all_words_stand_outside_the_ring_and_clear_of_its_marks() -> None:
    for drawing in drawings():
        thickest = max(arc.width for arc in drawing.arcs) / 2
        for text in drawing.texts:
            assert not touches(text, CENTRE_X, CENTRE_Y, RING + thickest), text
            assert not any(touches(text, node.x, node.y, node.radius) for node in drawing.nodes), text
            assert not any(touches(text, cut.x, cut.y, cut.radius) for cut in drawing.cuts), text


def test_the_marks_do_not_touch_one_another() -> None:
    for drawing in drawings():
        marks = [(mark.x, mark.y, mark.radius) for mark in (*drawing.nodes, *drawing.cuts)]
        for place, (x, y, radius) in enumerate(marks):
            assert all(hypot(x - a, y - b) > radius + other for a, b, other in marks[place + 1 :])


def test_the_stronger_a_stage_the_larger_its_node_and_the_thicker_its_arc() -> None:
    drawing = draw_loop(dict(zip(Stage, (0.0, 0.5, 0.75, 1.0), strict=True)), Stage.WITHDRAWAL)
    radii, widths = [node.radius for node in drawing.nodes], [arc.width for arc in drawing.arcs]
    assert radii == sorted(set(radii))
    assert widths == sorted(set(widths))
    assert [arc.kind for arc in drawing.arcs] == ["quiet-arc", "some", "some", "strong"]
    assert [node.is_hot for node in drawing.nodes] == [False, False, False, True]


@pytest.mark.parametrize("stage", list(Stage))
def test_a_pick_cuts_the_arc_after_its_stage(stage: Stage) -> None:
    cut = draw_loop(FULL, None, [Opening(stage=stage, words="walking")]).cuts[0]
    turn = degrees(atan2(cut.y - CENTRE_Y, cut.x - CENTRE_X)) % 360
    middle = {Stage.ALARM: 315, Stage.TENSION: 45, Stage.PAIN: 135, Stage.WITHDRAWAL: 225}[stage]
    assert turn == pytest.approx(middle, abs=1)


def combinations() -> list[LoopDrawing]:
    """None to three picks at any stages, at the smallest and the largest sizes."""
    return [
        draw_loop(
            strengths,
            Stage.PAIN,
            [Opening(stage=stage, words=words) for stage, words in zip(places, LONGEST, strict=False)],
        )
        for count in range(4)
        for places in combinations_with_replacement(Stage, count)
        for strengths in (FAINT, FULL)
    ]


def turn_of(x: float, y: float) -> float:
    return degrees(atan2(y - CENTRE_Y, x - CENTRE_X)) % 360


def test_every_arc_is_drawn_whole_from_node_to_node_at_every_combination() -> None:
    for drawing in combinations():
        assert [arc.path.count("M") for arc in drawing.arcs] == [1, 1, 1, 1]
        for arc in drawing.arcs:
            numbers = [int(found) for found in arc.path.replace("M", "").replace("A", "").split()]
            span = (turn_of(*numbers[-2:]) - turn_of(*numbers[:2])) % 360
            assert 35 < span < 75, arc


def test_every_dot_sits_on_its_own_arc_between_the_nodes_at_every_combination() -> None:
    for drawing in combinations():
        paths = {arc.stage: arc.path.replace("M", "").replace("A", "").split() for arc in drawing.arcs}
        spans = [(turn_of(int(n[0]), int(n[1])), turn_of(int(n[-2]), int(n[-1]))) for n in paths.values()]
        for cut in drawing.cuts:
            assert hypot(cut.x - CENTRE_X, cut.y - CENTRE_Y) == pytest.approx(RING, abs=1)
            turn = turn_of(cut.x, cut.y)
            assert sum((turn - start) % 360 < (end - start) % 360 for start, end in spans) == 1


def test_every_line_begins_at_its_dot_and_ends_beside_its_own_words_at_every_combination() -> None:
    for drawing in combinations():
        words = [text for text in drawing.texts if text.kind == "pick"]
        for cut in drawing.cuts:
            from_x, from_y, to_x, to_y = (int(found) for found in cut.leader.replace("M", "").replace("L", "").split())
            assert (from_x, from_y) == (cut.x, cut.y)
            assert min(abs(to_x - text.x) + max(0, abs(to_y - (text.y - 5)) - 17) for text in words) <= 5


def test_the_words_say_all_that_the_picture_shows() -> None:
    told = snapshot(tension=9, stuck_thoughts=7, gad_1=2, gad_2=2, sleep=3)
    drawing = draw(told, recommend(told, library()).picks)
    assert drawing.title.startswith("Tension is the strongest stage. ")
    assert drawing.sentences[:4] == (
        "Alarm is strong. It drives tension.",
        "Tension is very strong, the strongest for you. It drives pain.",
        "Pain is medium. It drives withdrawal.",
        "Withdrawal is medium. It drives alarm.",
    )
    assert len(drawing.sentences) == 4 + len(drawing.cuts) == 7
    assert "Yoga opens the loop between tension and pain." in drawing.sentences
    assert "strongest for you" in " ".join(text.words for text in drawing.texts)


def test_a_loop_without_needs_is_drawn_quiet() -> None:
    drawing = draw(snapshot(duration=None))
    assert drawing.title == "No stage stands out."
    assert {arc.kind for arc in drawing.arcs} == {"quiet-arc"}
    assert not drawing.cuts


def test_an_earlier_loop_shows_through_where_it_was_different() -> None:
    before = draw(snapshot(tension=10, sleep=1))
    now = draw(snapshot(tension=5, sleep=1), earlier=before)
    assert [node.stage for node in now.ghost] == [Stage.TENSION]
    assert now.ghost[0].radius > next(node.radius for node in now.nodes if node.stage is Stage.TENSION)
    assert now.sentences[-1] == "Tension was very strong before and is medium now."


def test_nothing_shows_through_a_loop_that_stayed() -> None:
    before = draw(snapshot(tension=8))
    assert draw(snapshot(tension=8), earlier=before).ghost == ()


def test_the_example_has_a_pick_at_three_stages() -> None:
    assert len(EXAMPLE.cuts) == 3
    assert EXAMPLE.strongest is Stage.TENSION
