"""Who imports whom, read from the source without running it."""

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Each may import from itself and from those before it.
ROOMS = ["content", "accounts", "coaching", "config"]

# A pure module asks neither the machine nor the world for anything.
IMPURE = {"django", "django_tasks", "allauth", "crispy_forms", "environs", "psycopg"}
IMPURE |= {"io", "logging", "os", "pathlib", "random", "secrets", "shutil", "socket", "sqlite3", "subprocess", "sys"}
IMPURE |= {"tempfile", "threading", "time", "urllib.request", "uuid", "importlib", "requests", "http"}
CLOCKS = {"now", "utcnow", "today"}


@dataclass(frozen=True, kw_only=True)
class Import:
    by: str
    of: str
    line: int
    is_inside_function: bool = False
    is_for_types: bool = False

    def __str__(self) -> str:
        return f"{self.by}, line {self.line}, imports {self.of}"

    @property
    def is_ours(self) -> bool:
        return room(self.of) in ROOMS


def room(module: str) -> str:
    return module.partition(".")[0]


def is_core(module: str) -> bool:
    return ".core" in f"{module}." and module.split(".")[1:2] == ["core"]


def modules() -> dict[str, Path]:
    """Every module of the site by its dotted name."""
    files = [file for each in ROOMS for file in sorted((ROOT / each).rglob("*.py")) if "migrations" not in file.parts]
    return {name_of(file): file for file in files}


def name_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_in(name: str, source: str, known: Iterable[str] = ()) -> Iterator[Import]:
    """`from accounts import clock` is an import of the module accounts.clock, when that is one of the known."""
    names, tree = set(known), ast.parse(source)
    in_functions, for_types = below(tree, is_function), below(tree, is_for_types)
    for node in ast.walk(tree):
        for of in targets(node, names):
            yield Import(
                by=name,
                of=of,
                line=node.lineno,
                is_inside_function=node in in_functions,
                is_for_types=node in for_types,
            )


def below(tree: ast.AST, is_such: Callable[[ast.AST], bool]) -> set[ast.AST]:
    return {node for such in ast.walk(tree) if is_such(such) for node in ast.walk(such)}


def is_for_types(node: ast.AST) -> bool:
    """`if TYPE_CHECKING:`, which never runs."""
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)


def targets(node: ast.AST, known: set[str]) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        full = {f"{node.module}.{alias.name}" for alias in node.names}
        return [*sorted(full & known), *([node.module] if full - known else [])]
    return []


def points_right(each: Import) -> bool:
    return each.is_ours and ROOMS.index(room(each.of)) > ROOMS.index(room(each.by))


def is_impure(each: Import) -> bool:
    if each.is_ours:
        return not is_core(each.of)
    return any(each.of == name or each.of.startswith(f"{name}.") for name in IMPURE)


def reads_the_world(source: str) -> list[int]:
    """Lines that ask the clock, open a file or print."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [call.lineno for call in calls if called(call) in CLOCKS | {"open", "print", "input"}]


def called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def cycle_in(graph: dict[str, set[str]]) -> list[str]:
    """The modules of one cycle in the order in which they import each other, or nothing."""
    finished: set[str] = set()

    def walk(module: str, path: list[str]) -> list[str]:
        if module in path:
            return [*path[path.index(module) :], module]
        if module in finished:
            return []
        for next_one in sorted(graph.get(module, ())):
            if found := walk(next_one, [*path, module]):
                return found
        finished.add(module)
        return []

    return next((found for module in sorted(graph) if (found := walk(module, []))), [])
