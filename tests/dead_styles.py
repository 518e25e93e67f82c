"""Class names that a style sheet dresses and nothing wears; scripts and exports that nothing asks for."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
QUOTED = re.compile(r'"[^"\n]*"|\'[^\'\n]*\'|url\([^)]*\)')
SELECTORS = re.compile(r"([^{};]+)\{")
CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
WORN = re.compile(r"\bclass(?:_name)?\s*=\s*(\"[^\"]*\"|'[^']*')", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
WORD = re.compile(r"-?[A-Za-z_][\w-]*")
LIST = re.compile(r"[\w-]+(?: [a-z][\w-]*){0,3}")
BEGUN = re.compile(r"([\w-]+-)(?:\{\{|\{%|\$\{)")
ENDED = re.compile(r"(?:\}\}|%\}|\$\{\w+\})(-[\w-]+)")
IMPORTED = re.compile(r"""(?:from|import)\s*\(?\s*["']\./([\w.-]+)["']""")
NAMES = re.compile(
    r"(?:import|const)\s*\{([^}]*)\}\s*(?:from\s*|=\s*await import\()[\"']\./([\w.-]+)[\"']",
)
EXPORTED = re.compile(r"^export (?:async )?(?:function\*?|class|const|let) (\w+)", re.MULTILINE)
EXPORTED_LIST = re.compile(r"^export \{([^}]*)\}", re.MULTILINE)


def dressed(sheet: str) -> set[str]:
    """Every class that a selector of the style sheet names."""
    plain = QUOTED.sub("", COMMENT.sub("", sheet))
    return {
        name for rule in SELECTORS.findall(plain) if not rule.strip().startswith("@") for name in CLASS.findall(rule)
    }


def worn_in_page(page: str) -> Iterator[str]:
    """The words of each class attribute, with what a template tag inside it says in quotes or decides by."""
    # An attribute in quotes may hold tags that hold quotes of their own: `class="a{% if b == "c" %} d{% endif %}"`.
    tags: list[str] = TAG.findall(page)
    without = TAG.sub(lambda tag: f" \x00{tags.index(tag.group())}\x00 ", page)
    for attribute in WORN.findall(without):
        yield from WORD.findall(attribute)
        for number in re.findall(r"\x00(\d+)\x00", attribute):
            yield from WORD.findall(" ".join(re.findall(r"""["']([^"']*)["']""", tags[int(number)])))


def filled_in(page: str) -> set[re.Pattern[str]]:
    """What a class looks like where part of it is filled in: `cue-{{ name }}`, or `{{ family }}-edge`."""
    attributes = " ".join(WORN.findall(TAG.sub("{{}}", page)))
    begun = {re.compile(re.escape(start) + ".+") for start in BEGUN.findall(attributes)}
    return begun | {re.compile(".+" + re.escape(end)) for end in ENDED.findall(attributes)}


def words_of_code(source: str) -> Iterator[str]:
    """The words in the strings of a module: a form, a widget and a closed list of words name classes there.

    A sentence names none, so only short lists of words in lower case are read.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and LIST.fullmatch(node.value):
            yield from WORD.findall(node.value)


def words_of_script(source: str) -> Iterator[str]:
    for text in re.findall(r"\"[^\"\n]*\"|'[^'\n]*'|`[^`]*`", source):
        yield from WORD.findall(text)


def dead_classes(sheets: Iterable[str], used: set[str], built: set[re.Pattern[str]]) -> set[str]:
    names = {name for sheet in sheets for name in dressed(sheet)}
    return {name for name in names - used if not any(form.fullmatch(name) for form in built)}


def unasked_scripts(scripts: dict[str, str], asked: str) -> set[str]:
    """Scripts that neither a page, nor the code, nor another script loads."""
    imported = {name for source in scripts.values() for name in IMPORTED.findall(source)}
    return {name for name in scripts if name not in imported and name not in asked}


def unasked_exports(scripts: dict[str, str], asked: str) -> set[str]:
    """What a script offers and no other takes."""
    taken = {
        (file, one.split(" as ")[0].strip())
        for source in [*scripts.values(), asked]
        for names, file in NAMES.findall(source)
        for one in names.split(",")
    }
    offered = {
        (file, name.split(" as ")[-1].strip())
        for file, source in scripts.items()
        for name in [
            *EXPORTED.findall(source),
            *(one for some in EXPORTED_LIST.findall(source) for one in some.split(",")),
        ]
        if name.strip()
    }
    return {f"{file}: {name}" for file, name in offered - taken}


def texts(*folders: Path, endings: Iterable[str]) -> list[str]:
    wanted = set(endings)
    files = (file for folder in folders for file in sorted(folder.rglob("*")) if file.suffix in wanted)
    return [file.read_text(encoding="utf-8") for file in files]
