"""Phonemes into sound: 24,000 samples a second, from -1 to 1."""

import json
from pathlib import Path

import hibari
import numpy as np
import onnxruntime
import openvino

from script.speaking.weights import FRONT, GENERATOR, SOURCE, STYLE, WAVE, X, make_graphs

RATE = 24_000
PAUSE_SECONDS = 0.35
"""Between the sentences of a line that the model cannot take at once."""


class Engine:
    """One thread: two lines at once are two processes."""

    def __init__(self, graphs: Path, styles: Path) -> None:
        make_graphs(graphs)
        self.styles = styles
        assets = Path(hibari.__file__).parent / "assets"
        self.signs: dict[str, int] = json.loads((assets / "vocab.json").read_text(encoding="utf-8"))
        self.front = _session(graphs / FRONT)
        self.wave = _session(graphs / WAVE)
        settings = {"INFERENCE_PRECISION_HINT": "bf16", "INFERENCE_NUM_THREADS": 1}
        self.generator = openvino.Core().compile_model(graphs / GENERATOR, "CPU", settings)

    def say(self, phonemes: list[str], style: str, pace: float) -> np.ndarray:
        pause = np.zeros(int(PAUSE_SECONDS * RATE), np.float32)
        pieces = [self._say(one, style, pace) for one in phonemes]
        return np.concatenate([part for piece in pieces for part in (piece, pause)][:-1])

    def unknown(self, phonemes: list[str]) -> set[str]:
        """Signs that the model does not have, and would pass over in silence."""
        return {sign for one in phonemes for sign in one if sign not in self.signs}

    def _say(self, phonemes: str, style: str, pace: float) -> np.ndarray:
        signs = [self.signs[sign] for sign in phonemes if sign in self.signs]
        styles = np.fromfile(self.styles / f"{style}.bin", np.float32).reshape(-1, 256)
        given = {
            "tokens": np.array([[0, *signs, 0]], np.int64),
            "style": styles[len(signs) - 1][None],
            "speed": np.array([pace], np.float32),
        }
        x, source, voice = self.front.run([X, SOURCE, STYLE], given)
        spectrum = next(iter(self.generator({X: x, SOURCE: source, STYLE: voice}).values()))
        return self.wave.run(None, {self.wave.get_inputs()[0].name: spectrum})[0].ravel()


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
