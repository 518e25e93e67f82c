"""Which drawing a guide shows: by the parts that its steps name, else by what the guide is about.

A part of the body lights up on a body map; a pose stands alone while its step runs; a guide
that names neither shows one scene, or the places that one may choose from. The dials of heat and cold keep
their longest time in sight through every step. Only what is used is sent.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from content.core.steps import Step
from content.models import Guide

MUSCLES = frozenset(
    "hands forearms upper_arms shoulders face jaw neck chest back belly hips thighs calves feet".split()
)
POSES = {
    "cat_cow": _("Round and long"),
    "child_rest": _("Lean on a table"),
    "heel_slide": _("Slide a heel"),
    "knee_hug": _("Lift a knee"),
    "march": _("March on the spot"),
    "pelvic_tilt": _("Rock the hips"),
    "seated_twist_small": _("Turn a little"),
    "shoulder_roll": _("Roll the shoulders"),
    "side_reach": _("Reach up and over"),
    "sit_to_stand": _("Stand up, sit down"),
    "standing_sway": _("Sway"),
    "wall_lean": _("Lean on a wall"),
}
PLACES = {"shore": _("Shore"), "forest": _("Forest"), "hill": _("Hill"), "room": _("Room")}
SCENES = {
    "mindfulness": "here",
    "cbt_thought": "thought",
    "cbt_worry": "worry",
    "walking": "walking",
    "exposure": "steps",
    "pacing": "pacing",
    "sleep": "night",
}
DIALS = {"heat": _("20 minutes at most"), "cold": _("10 minutes at most")}
STANDS_AT_REST = "gentle-moves"


class Kind(StrEnum):
    BODY = "body"
    POSES = "poses"
    PLACES = "places"
    SCENE = "scene"
    DIAL = "dial"
    BEFORE = "before"


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """One picture; `part` is the pose or the place that it shows, empty where it shows neither."""

    file: str
    name: str = ""
    part: str = ""

    @property
    def template(self) -> str:
        return f"coaching/figures/{self.file}.html"


@dataclass(frozen=True, kw_only=True)
class Figure:
    kind: Kind
    drawings: tuple[Drawing, ...]
    caption: str = ""

    @property
    def has_moves(self) -> bool:
        return self.kind in (Kind.POSES, Kind.DIAL)


def figure_of(guide: Guide, steps: Iterable[Step], place: str = "") -> Figure | None:
    parts = dict.fromkeys(step.part for step in steps)
    moves = tuple(Drawing(file=part, name=str(POSES[part]), part=part) for part in parts if part in POSES)
    if MUSCLES & parts.keys():
        return _body()
    if (about := guide.technique_id) in DIALS:
        return Figure(kind=Kind.DIAL, drawings=(Drawing(file=about), *moves), caption=str(DIALS[about]))
    if moves:
        rest = Drawing(file="stand_ease" if guide.slug == STANDS_AT_REST else "sit_ease")
        return Figure(kind=Kind.POSES, drawings=(rest, *moves))
    return _scene(guide, place)


def _body() -> Figure:
    front, back = Drawing(file="body_front", name=str(_("Front"))), Drawing(file="body_back", name=str(_("Back")))
    return Figure(kind=Kind.BODY, drawings=(front, back))


def _scene(guide: Guide, place: str) -> Figure | None:
    if place in PLACES:
        return Figure(kind=Kind.SCENE, drawings=(Drawing(file=place),))
    if guide.technique_id == "imagery":
        places = tuple(Drawing(file=each, name=str(name), part=each) for each, name in PLACES.items())
        return Figure(kind=Kind.PLACES, drawings=places)
    if guide.slug == "belly-breathing":
        return Figure(kind=Kind.BEFORE, drawings=(Drawing(file="belly_hands"),))
    scene = SCENES.get(guide.technique_id)
    return Figure(kind=Kind.SCENE, drawings=(Drawing(file=scene),)) if scene else None
