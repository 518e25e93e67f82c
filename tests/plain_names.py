"""Names that say nothing: of something that was `found`, or of what somebody was `_told`."""

import ast
from collections.abc import Iterator

LOCAL = "found"
FUNCTIONS = {"heard", "calls", "_stand", "_told"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def empty_names(source: str) -> list[str]:
    """Each function with such a name, and each function or lambda that has a local with one, by its line."""
    return sorted(set(_empty_names(ast.parse(source))))


def _empty_names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, Function) and node.name in FUNCTIONS:
            yield f"line {node.lineno}: {node.name}()"
        if isinstance(node, Function | ast.Lambda | ast.comprehension):
            yield from (f"line {line}: {LOCAL}" for line in _lines_of_locals(node))


def _lines_of_locals(scope: ast.AST) -> Iterator[int]:
    for node in ast.walk(scope):
        if isinstance(node, ast.arg) and node.arg == LOCAL:
            yield node.lineno
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id == LOCAL:
            yield node.lineno
