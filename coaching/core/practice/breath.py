"""One paced breath: in, a pause, out, a rest.

Seconds, whole. Nothing fast and nothing long is offered to anyone (evidence section 4, breathing:
fast or forced breathing and long holds are not offered at all):

    in 3 to 7 · out 3 to 9 · pause and rest 0 to 2 · a whole breath 6 to 20

A pause of two seconds is the longest, and where a caution says `no_holds` there is none. The ready
patterns are our own practical choice; in 4 and out 6 is that of the guides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

RANGES = {"in": range(3, 8), "hold": range(3), "out": range(3, 10), "rest": range(3)}
SMALL = 0.52
"""How small the drawn breath gets; the player and the style sheet have the same."""


@dataclass(frozen=True, kw_only=True)
class Breath:
    breathe_in: int
    hold: int = 0
    breathe_out: int
    rest: int = 0

    @property
    def seconds(self) -> dict[str, int]:
        """By the name of the phase, in the order of one breath."""
        return {"in": self.breathe_in, "hold": self.hold, "out": self.breathe_out, "rest": self.rest}

    @property
    def has_pauses(self) -> bool:
        return bool(self.hold or self.rest)

    @property
    def short_name(self) -> str:
        return " · ".join(str(seconds) for seconds in self.seconds.values() if seconds)

    def without_pauses(self) -> "Breath":
        return replace(self, hold=0, rest=0)


GENTLE = Breath(breathe_in=4, breathe_out=6)
READY = {
    "Long out": GENTLE,
    "Short": Breath(breathe_in=3, breathe_out=4),
    "Even": Breath(breathe_in=5, breathe_out=5),
    "Slower": Breath(breathe_in=5, breathe_out=7),
    "Small pauses": Breath(breathe_in=4, hold=1, breathe_out=6, rest=1),
}


def read_breath(told: Mapping[str, str]) -> Breath | None:
    """The breath of an address or a form; None when a number is missing or out of its range."""
    seconds = {name: _whole(told.get(name, "0" if name in ("hold", "rest") else "")) for name in RANGES}
    if any(seconds[name] not in allowed for name, allowed in RANGES.items()):
        return None
    return Breath(breathe_in=seconds["in"], hold=seconds["hold"], breathe_out=seconds["out"], rest=seconds["rest"])


def _whole(told: str) -> int:
    return int(told) if len(told) == 1 and told.isascii() and told.isdigit() else -1


def style_sheet(breath: Breath) -> str:
    """The breath as drawn without a script: the same phases, told by keyframes."""
    whole = sum(breath.seconds.values())
    ends, gone = {}, 0
    for name, seconds in breath.seconds.items():
        gone += seconds
        ends[name] = round(100 * gone / whole, 3)
    eased = "animation-timing-function: cubic-bezier(0.45, 0, 0.55, 1);"
    moves = (
        f"0% {{ transform: scale({SMALL}); {eased} }} {ends['in']}% {{ transform: scale(1); }} "
        f"{ends['hold']}% {{ transform: scale(1); {eased} }} {ends['out']}% {{ transform: scale({SMALL}); }} "
        f"100% {{ transform: scale({SMALL}); }}"
    )
    rules = [f"@keyframes breathe-own {{ {moves} }}", _rule(".group", "breathe-own", whole, "linear")]
    begins = 0.0
    for name, end in ends.items():
        if breath.seconds[name]:
            rules += [
                f"@keyframes cue-{name}-own {{ {_shown(begins, end)} }}",
                _rule(f".cue-{name}", f"cue-{name}-own", whole, "steps(1)"),
            ]
        begins = end
    return "@layer parts {\n" + "\n".join(rules) + "\n}\n"


def _rule(part: str, frames: str, seconds: int, timing: str) -> str:
    return (
        f".breath:is(:target, [autostart]):not(.is-live) {part} {{ animation: {frames} {seconds}s {timing} infinite; }}"
    )


def _shown(begins: float, ends: float) -> str:
    before = "0% { opacity: 0; } " if begins else ""
    return f"{before}{begins}% {{ opacity: 1; }} {ends}% {{ opacity: 0; }} 100% {{ opacity: 0; }}"
