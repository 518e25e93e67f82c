"""Counting runs together for the table of docs/simulation.md: coach against evidence, over several seeds."""

from collections.abc import Sequence
from dataclasses import dataclass

from coaching.core.simulator.cohort_kinds import Kind
from coaching.core.simulator.simulate import WINDOWS, Outcome

HEADINGS = (
    "Kind",
    "Relief, evidence",
    "Relief, coach",
    "Change",
    *(f"Regret {window}" for window in WINDOWS),
    "Unsafe picks",
)

NEXT_TO_NONE = 0.005
"""Points of 0 to 10 a session. A share of less regret than that would be a large figure about nothing."""


@dataclass(frozen=True, kw_only=True)
class Tally:
    """`runs` are pairs of the same people under `evidence` and under `coach`."""

    kind: Kind
    runs: Sequence[tuple[Outcome, Outcome]]

    def row(self) -> tuple[str, ...]:
        evidence, coach = self.relief()
        return (
            self.kind.value,
            f"{evidence:.2f}",
            f"{coach:.2f}",
            _percent(coach / evidence - 1),
            *(self._less_regret(window) for window in WINDOWS),
            str(self.unsafe_picks()),
        )

    def relief(self) -> tuple[float, float]:
        """Mean relief a session over all runs, under evidence and under coach."""
        evidence = [one.relief_per_session or 0.0 for one, _ in self.runs]
        coach = [one.relief_per_session or 0.0 for _, one in self.runs]
        return sum(evidence) / len(evidence), sum(coach) / len(coach)

    def regret_change(self, window: str) -> float | None:
        """How much the coach changes the regret of `evidence`, as a share of it; None where there was next to none."""
        evidence = sum(one.regret(window) or 0.0 for one, _ in self.runs)
        coach = sum(one.regret(window) or 0.0 for _, one in self.runs)
        return coach / evidence - 1 if evidence > NEXT_TO_NONE * len(self.runs) else None

    def unsafe_picks(self) -> int:
        return sum(one.unsafe_picks for run in self.runs for one in run)

    def _less_regret(self, window: str) -> str:
        change = self.regret_change(window)
        return "none to lose" if change is None else _percent(change)


def _percent(share: float) -> str:
    return f"{100 * share:+.1f} %".replace("-", "−")
