"""My loop: the four stages on a ring, drawn from a snapshot. Geometry only; a template writes the SVG.

The ring runs clockwise: alarm at the top, tension right, pain below, withdrawal left. The stronger a
stage, the larger its node and the thicker the arc that it drives. Each pick is a mark on the arc *after*
its stage: that is where it opens the loop. The arc stays drawn under it. All words stand outside the
ring: the stages beside their nodes, the picks in the four corners, stacked, so that up to three fit one
corner without touching.
Coordinates are whole units of a 420 by 348 view box.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import asin, cos, degrees, radians, sin
from textwrap import wrap

from coaching.core.intake.needs import Snapshot, strength_words
from coaching.core.recommend.suggestion import Pick
from content.core.vocabulary import Stage

WIDTH, HEIGHT = 420, 348
CENTRE_X, CENTRE_Y, RING = 216, 174, 84
NODE_LEAST, NODE_MORE = 11, 10
ARC_LEAST, ARC_MORE = 6, 16
CUT = 9
LINE, GAP = 17, 7
WRAP_AT = 11
BEARING = {Stage.ALARM: 270, Stage.TENSION: 0, Stage.PAIN: 90, Stage.WITHDRAWAL: 180}
"""Degrees clockwise from the right, as SVG counts them."""

CUTS_AT = {1: (45,), 2: (33, 57), 3: (26, 45, 64)}
"""Where one, two or three marks stand on a quarter of the ring, in degrees after the stage."""


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A technique at the stage after which it opens the loop."""

    stage: Stage
    words: str


@dataclass(frozen=True, kw_only=True)
class Node:
    stage: Stage
    x: int
    y: int
    radius: int
    is_hot: bool


@dataclass(frozen=True, kw_only=True)
class Arc:
    """`kind` is the style: strong, some or quiet-arc."""

    stage: Stage
    path: str
    width: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class Cut:
    """A pick's mark, and the thin line from it to its words."""

    x: int
    y: int
    radius: int
    leader: str


@dataclass(frozen=True, kw_only=True)
class Text:
    """One line of text. `kind` is the style: stage, small or pick."""

    x: int
    y: int
    words: str
    anchor: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class LoopDrawing:
    """Everything a template needs. `title` names the picture; `sentences` say all that it shows.

    `ghost` are the nodes of an earlier drawing that had another size.
    """

    arcs: tuple[Arc, ...]
    nodes: tuple[Node, ...]
    cuts: tuple[Cut, ...]
    texts: tuple[Text, ...]
    ghost: tuple[Node, ...]
    strengths: Mapping[Stage, float]
    strongest: Stage | None
    title: str
    sentences: tuple[str, ...]
    width: int = WIDTH
    height: int = HEIGHT


def draw(snapshot: Snapshot, picks: Sequence[Pick] = (), earlier: LoopDrawing | None = None) -> LoopDrawing:
    """The person's own loop. With an `earlier` drawing, its other sizes show through as a ghost."""
    openings = [Opening(stage=pick.place, words=pick.short_name) for pick in picks]
    return draw_loop(snapshot.strengths, snapshot.strongest_stage, openings, earlier)


def draw_loop(
    strengths: Mapping[Stage, float],
    strongest: Stage | None,
    openings: Sequence[Opening] = (),
    earlier: LoopDrawing | None = None,
) -> LoopDrawing:
    nodes = {stage: _node(stage, strengths[stage], strongest) for stage in Stage}
    cuts, texts = [], [text for node in nodes.values() for text in _stage_texts(node)]
    for stage in Stage:
        here = [opening for opening in openings if opening.stage is stage]
        words, marks = _corner(stage, here)
        texts += words
        cuts += marks
    return LoopDrawing(
        arcs=tuple(_arc(stage, nodes, strengths[stage]) for stage in Stage),
        nodes=tuple(nodes.values()),
        cuts=tuple(cuts),
        texts=tuple(texts),
        ghost=_ghost(nodes, earlier),
        strengths=dict(strengths),
        strongest=strongest,
        title=_title(strongest, openings),
        sentences=(*_stage_sentences(strengths, strongest), *_openings(openings), *_since(strengths, earlier)),
    )


def _node(stage: Stage, strength: float, strongest: Stage | None) -> Node:
    x, y = _on_ring(BEARING[stage])
    return Node(stage=stage, x=x, y=y, radius=NODE_LEAST + round(NODE_MORE * strength), is_hot=stage is strongest)


def _on_ring(bearing: float, distance: float = RING) -> tuple[int, int]:
    turn = radians(bearing)
    return round(CENTRE_X + distance * cos(turn)), round(CENTRE_Y + distance * sin(turn))


def _after(stage: Stage) -> Stage:
    stages = list(Stage)
    return stages[(stages.index(stage) + 1) % len(stages)]


def _degrees(radius: float) -> float:
    """How many degrees of the ring a disc of this radius covers on each side of its middle."""
    return degrees(2 * asin(radius / RING / 2))


def _arc(stage: Stage, nodes: Mapping[Stage, Node], strength: float) -> Arc:
    """From node to node, whole: a pick's mark sits on it and hides none of it but its own place."""
    width = ARC_LEAST + round(ARC_MORE * strength)
    cap = width / 2
    start = _degrees(nodes[stage].radius + cap + 2)
    end = 90 - _degrees(nodes[_after(stage)].radius + cap + 2)
    kind = "strong" if nodes[stage].is_hot else "some" if strength else "quiet-arc"
    return Arc(stage=stage, path=_piece(BEARING[stage] + start, BEARING[stage] + end), width=width, kind=kind)


def _piece(start: float, end: float) -> str:
    (from_x, from_y), (to_x, to_y) = _on_ring(start), _on_ring(end)
    return f"M {from_x} {from_y} A {RING} {RING} 0 0 1 {to_x} {to_y}"


def _stage_texts(node: Node) -> list[Text]:
    """The stage's name beside its node, outside the ring, and "strongest for you" under it."""
    if node.stage in (Stage.ALARM, Stage.PAIN):
        return _upright_texts(node)
    side = 1 if node.stage is Stage.TENSION else -1
    x = node.x + side * (node.radius + GAP)
    anchor = "start" if side > 0 else "end"
    lines = [(node.stage.label, "stage"), ("strongest", "small"), ("for you", "small")][: 3 if node.is_hot else 1]
    top = node.y + 6 - (len(lines) - 1) * LINE // 2
    return [
        Text(x=x, y=top + place * LINE, words=words, anchor=anchor, kind=kind)
        for place, (words, kind) in enumerate(lines)
    ]


def _upright_texts(node: Node) -> list[Text]:
    below = node.stage is Stage.PAIN
    first = node.y + node.radius + LINE + 4 if below else node.y - node.radius - GAP - 2 - (LINE if node.is_hot else 0)
    name = Text(x=node.x, y=first, words=node.stage.label, anchor="middle", kind="stage")
    under = Text(x=node.x, y=first + LINE, words="strongest for you", anchor="middle", kind="small")
    return [name, under] if node.is_hot else [name]


def _corner(stage: Stage, openings: Sequence[Opening]) -> tuple[list[Text], list[Cut]]:
    """The cuts on one arc and their words, stacked in the corner outside it in the order of the cuts."""
    marks = [_on_ring(BEARING[stage] + at) for at in CUTS_AT.get(len(openings), ())]
    pairs = sorted(zip(marks, openings, strict=True), key=lambda pair: pair[0][1])
    side = 1 if stage in (Stage.ALARM, Stage.TENSION) else -1
    x = CENTRE_X + side * (RING + NODE_LEAST + 4)
    stacks = [wrap(opening.words, WRAP_AT) for _, opening in pairs]
    y = _top_of_stack(stage, marks, sum(len(lines) * LINE + GAP for lines in stacks) - GAP)
    texts, cuts = [], []
    for (mark_x, mark_y), lines in zip((mark for mark, _ in pairs), stacks, strict=True):
        anchor = "start" if side > 0 else "end"
        texts += [
            Text(x=x, y=y + 13 + place * LINE, words=words, anchor=anchor, kind="pick")
            for place, words in enumerate(lines)
        ]
        leader = f"M {mark_x} {mark_y} L {x - side * 4} {y + len(lines) * LINE // 2}"
        cuts.append(Cut(x=mark_x, y=mark_y, radius=CUT, leader=leader))
        y += len(lines) * LINE + GAP
    return texts, cuts


def _top_of_stack(stage: Stage, marks: Sequence[tuple[int, int]], height: int) -> int:
    """Level with the cuts, moved away from the words of the stages to the side."""
    if not marks:
        return 0
    middle = sum(y for _, y in marks) / len(marks)
    wanted = round(middle - height / 2)
    upper = stage in (Stage.ALARM, Stage.WITHDRAWAL)
    return min(wanted, CENTRE_Y - 30 - height) if upper else max(wanted, CENTRE_Y + 34)


def _ghost(nodes: Mapping[Stage, Node], earlier: LoopDrawing | None) -> tuple[Node, ...]:
    if earlier is None:
        return ()
    return tuple(node for node in earlier.nodes if node.radius != nodes[node.stage].radius)


def _title(strongest: Stage | None, openings: Sequence[Opening]) -> str:
    words = f"{strongest.label} is the strongest stage." if strongest else "No stage stands out."
    names = [opening.words for opening in openings]
    return f"{words} {_listed(names)} can open it." if names else words


def _stage_sentences(strengths: Mapping[Stage, float], strongest: Stage | None) -> list[str]:
    """One sentence a stage, in the order in which they drive one another."""
    mark = {strongest: ", the strongest for you"}
    return [
        f"{stage.label} is {strength_words(strengths[stage])}{mark.get(stage, '')}. "
        f"It drives {_after(stage).label.lower()}."
        for stage in Stage
    ]


def _openings(openings: Sequence[Opening]) -> list[str]:
    return [
        f"{_capital(opening.words)} opens the loop between {opening.stage.label.lower()} "
        f"and {_after(opening.stage).label.lower()}."
        for opening in openings
    ]


def _since(strengths: Mapping[Stage, float], earlier: LoopDrawing | None) -> list[str]:
    """How each stage changed since an earlier drawing, in words; nothing is said of a stage that stayed."""
    if earlier is None:
        return []
    pairs = [(stage, strength_words(earlier.strengths[stage]), strength_words(strengths[stage])) for stage in Stage]
    return [f"{stage.label} was {before} before and is {now} now." for stage, before, now in pairs if before != now]


def _listed(names: Sequence[str]) -> str:
    text = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return _capital(text)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


EXAMPLE_OPENINGS = (
    Opening(stage=Stage.ALARM, words="worry time"),
    Opening(stage=Stage.TENSION, words="slow breathing"),
    Opening(stage=Stage.PAIN, words="walking"),
)


def example(openings: Sequence[Opening] = EXAMPLE_OPENINGS) -> LoopDrawing:
    """A made-up loop for the front page."""
    strengths = {Stage.ALARM: 0.7, Stage.TENSION: 0.9, Stage.PAIN: 0.6, Stage.WITHDRAWAL: 0.5}
    return draw_loop(strengths, Stage.TENSION, tuple(openings))


EXAMPLE = example()
