"""Names that the site defines and nothing in it ever says again."""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib import import_module

from tests.imports import ROOT

WORD = re.compile(r"[A-Za-z_]\w*")
# What Django looks for by its name, without a base class that has it.
CALLED_BY_NAME = re.compile(
    r"__\w+__|urlpatterns|app_name|application|handler\d+|clean_\w+|has_\w+_permission|process_\w+"
    r"|feed_url|item_\w+|get_short_name|get_help_text"
)


def defined(module: str, source: str) -> Iterator[tuple[str, str]]:
    """(class or nothing, name) of each function, method and constant that a module defines.

    What a class sets is left out: it is a column, a word of a list, or a setting of Django's.
    """
    for node in ast.parse(source).body:
        yield from (("", name) for name in _names(node))
        if isinstance(node, ast.ClassDef):
            functions = (inner for inner in node.body if isinstance(inner, ast.FunctionDef))
            yield from ((node.name, name) for inner in functions for name in _names(inner))


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        # What a decorator takes in (a tag, a receiver, an admin) is called through it.
        return [] if any(_takes_in(each) for each in node.decorator_list) else [node.name]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    return []


def _takes_in(decorator: ast.expr) -> bool:
    words = set(WORD.findall(ast.unparse(decorator)))
    return bool(words & {"register", "receiver", "simple_tag", "filter", "setter"})


def said(texts: Mapping[str, str]) -> Counter[str]:
    return Counter(word for text in texts.values() for word in WORD.findall(text))


def texts_of_the_site(sources: Mapping[str, str]) -> dict[str, str]:
    """All that can call a name: the code, the pages, and the library's own words."""
    pages = [
        file for file in (ROOT / "templates").rglob("*") if file.suffix in {".html", ".txt", ".xml", ".svg", ".js"}
    ]
    pages.append(ROOT / "manage.py")
    return {**sources, **{str(page): page.read_text(encoding="utf-8") for page in pages}}


def is_asked_for_by_others(module: str, owner: str, name: str) -> bool:
    """Whether a class outside the site (Django's, or the account library's) knows the name and calls it."""
    found = getattr(import_module(module), owner, None)
    strangers = [base for base in getattr(found, "__mro__", ())[1:] if not _is_ours(base)]
    return any(name in vars(base) for base in strangers)


def _is_ours(base: type) -> bool:
    return base.__module__.partition(".")[0] in {"content", "accounts", "coaching", "config"}


def unused(sources: Mapping[str, str]) -> list[str]:
    counts = said(texts_of_the_site(sources))
    once = [
        (module, owner, name)
        for module, source in sources.items()
        if module != "config.settings" and "formats" not in module.split(".")
        for owner, name in defined(module, source)
        if counts[name] == 1 and not CALLED_BY_NAME.fullmatch(name)
    ]
    left = [each for each in once if not is_asked_for_by_others(*each)]
    return [f"{module}: {f'{owner}.' if owner else ''}{name}" for module, owner, name in left]
