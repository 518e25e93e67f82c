"""What the pages for readers of the code say is there: files, headings, commands and their options, settings, rooms."""

import os
import re
from argparse import ArgumentParser
from itertools import product

import pytest
from django.core.management import get_commands, load_command_class

from tests.imports import ROOT
from tests.rooms import BY_KIND, DRAWING, drawn

PAGES = {
    str(file.relative_to(ROOT)): file.read_text(encoding="utf-8")
    for file in (*ROOT.glob("[A-Z]*.md"), *sorted((ROOT / "docs").glob("*.md")))
}
CODE = re.compile(r"`([^`\n]+)`|^ {4}(.+)$", re.MULTILINE)
"""Words between backticks, and a line of a block."""

A_FILE = re.compile(r"[\w.-]*[a-z][\w.-]*(?:/[\w.-]+)+/?|[\w-]+\.(?:py|md|toml|js|css|html|conf|service|txt|lock)")
MADE_LATER = ("VAR_DIR/", "var/", "unloop/", "unloop.example/", "pictures/name")
"""What a running site writes, stores of a browser, and names that stand for any."""

SHORT_FOR = ("", "docs", "content", "accounts", "coaching", "config", "content/library")
"""A page leaves out the folder that it is about: `core/intake` is the coach's."""


def code_in(text: str) -> list[str]:
    return [inline or block for inline, block in CODE.findall(text)]


# --- Files and headings -----------------------------------------------------------------


def names_of_all_files() -> set[str]:
    inside = (walk for top in SHORT_FOR[1:6] for walk in os.walk(ROOT / top))
    more = (walk for top in ("script", "static", "templates", "tests", "deploy") for walk in os.walk(ROOT / top))
    return {name for _, _, names in (*inside, *more) for name in names}


NAMES = names_of_all_files()


def is_there(file: str) -> bool:
    places = product(SHORT_FOR, ("", ".py"))
    return file in NAMES or any((ROOT / place / f"{file.rstrip('/')}{ending}").exists() for place, ending in places)


def files_named_in(text: str) -> list[str]:
    words = (word.strip(",.;:()") for code in code_in(text) for word in code.split())
    return [word for word in words if A_FILE.fullmatch(word) and not word.startswith(MADE_LATER)]


def headings_of(text: str) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def test_a_file_that_is_not_there_is_noticed() -> None:
    assert files_named_in("`coaching/core/nothing.py`, `VAR_DIR/parcels`, `POST`") == ["coaching/core/nothing.py"]
    assert [name for name in ("coaching/core/nothing.py", "core/intake", "pooling.py") if not is_there(name)] == [
        "coaching/core/nothing.py"
    ]


@pytest.mark.parametrize("name", PAGES)
def test_each_file_that_a_page_names_is_there(name: str) -> None:
    assert [file for file in files_named_in(PAGES[name]) if not is_there(file)] == []


@pytest.mark.parametrize("name", PAGES)
def test_each_link_leads_to_a_file_and_a_heading_of_it(name: str) -> None:
    for file, heading in re.findall(r"\]\((?!https?:|picture:)([^)#\s]*)(?:#([^)\s]*))?\)", PAGES[name]):
        target = (ROOT / name).parent / file if file else ROOT / name
        assert target.exists(), file
        assert not heading or heading in headings_of(target.read_text(encoding="utf-8")), heading


# --- Commands ---------------------------------------------------------------------------

COMMANDS = get_commands()
MEASUREMENTS = {file.stem for file in (ROOT / "tests" / "benchmarks").glob("*.py")}


def unknown_commands_in(text: str) -> list[str]:
    """Scripts, measurements, and commands of `manage.py` with an option that they do not take."""
    lines = [code.partition("#")[0] for code in code_in(text)]
    scripts = [name for line in lines for name in re.findall(r"(?<![\w/])script/(\w+)", line)]
    measured = [name for line in lines for name in re.findall(r"script/benchmark (\w+)", line)]
    asked = [found for line in lines for found in re.findall(r"(?:manage\.py|script/console) (\w+)([^|>]*)", line)]
    return [
        *(f"script/{name}" for name in scripts if not (ROOT / "script" / name).exists()),
        *(f"script/benchmark {name}" for name in measured if name not in MEASUREMENTS),
        *(f"manage.py {name}{rest}".strip() for name, rest in asked if not takes(name, rest)),
    ]


def takes(name: str, rest: str) -> bool:
    if name not in COMMANDS:
        return False
    home = COMMANDS[name]
    command = load_command_class(home, name) if isinstance(home, str) else home
    told = command.create_parser("manage.py", name).format_help()
    return all(option in told for option in re.findall(r"--[\w-]+", rest))


def test_a_command_that_is_not_there_is_noticed() -> None:
    text = "`script/nothing`, `script/benchmark nothing` and `manage.py simulate --never x`\n\n    manage.py nothing\n"
    assert unknown_commands_in(text) == [
        "script/nothing",
        "script/benchmark nothing",
        "manage.py simulate --never x",
        "manage.py nothing",
    ]
    assert unknown_commands_in("`script/console check_library --quiet`") == []


@pytest.mark.parametrize("name", PAGES)
def test_each_command_that_a_page_names_is_there(name: str) -> None:
    assert unknown_commands_in(PAGES[name]) == []


OURS = sorted(name for name, home in COMMANDS.items() if home in ("content", "accounts", "coaching"))


def arguments_of(name: str) -> dict[str, str]:
    """What is said of each argument that is not Django's own; empty where nothing is."""
    parser = ArgumentParser()
    load_command_class(str(COMMANDS[name]), name).add_arguments(parser)
    return {each.dest: each.help or "" for each in parser._actions}


@pytest.mark.parametrize("name", OURS)
def test_a_command_says_what_it_does_and_what_each_argument_means(name: str) -> None:
    assert load_command_class(str(COMMANDS[name]), name).help
    assert [argument for argument, words in arguments_of(name).items() if not words] == []


# --- What an operator is told -----------------------------------------------------------

THREADS = ("script/serve", "Containerfile", "deploy/unloop-web.service", "docs/operating.md")


def test_every_setting_is_said_where_an_operator_looks() -> None:
    settings = re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    told = PAGES["docs/operating.md"] + PAGES["docs/deploy.md"]
    assert [name for name in settings if not re.search(rf"\b{name}\b", told)] == []


def test_a_process_has_as_many_threads_wherever_it_is_told_and_a_connection_for_each() -> None:
    told = "".join((ROOT / place).read_text(encoding="utf-8") for place in THREADS)
    threads = re.findall(r'--blocking-threads"?,? "?(\d+)', told)
    pool = re.findall(r"^#DATABASE_POOL=(\d+)$", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(threads) == len(THREADS)
    assert set(threads) == set(pool)


PAPER = {"libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"}


@pytest.mark.parametrize("place", ["script/test", "Containerfile", "docs/deploy.md", "docs/operating.md"])
def test_whoever_sets_up_a_machine_gets_what_the_summary_on_paper_needs(place: str) -> None:
    assert set(re.findall(r"lib(?:pango|harfbuzz)[\w.-]+", (ROOT / place).read_text(encoding="utf-8"))) == PAPER


# --- The rooms --------------------------------------------------------------------------

LOOKED_FOR = BY_KIND | {"apps", "asgi", "tasks", "tool_urls", "urls", "wsgi"}
"""What Django, or the queue, looks for by name: it says by that what it is."""


def rooms_told() -> set[str]:
    """The rooms in the first column of the table; one without its app is of the app before it."""
    told: set[str] = set()
    for row in re.findall(r"^\| (`.*?) \|", DRAWING.read_text(encoding="utf-8"), re.MULTILINE):
        app = ""
        for name in re.findall(r"`([^`]+)`", row):
            top, _, rest = name.partition("/")
            app, inner = (top, rest) if top in SHORT_FOR else (app, name)
            told.add(f"{app}.{inner.removesuffix('.py').replace('/', '.')}")
    return told


def test_the_table_of_rooms_tells_of_each_that_is_drawn_and_of_no_other() -> None:
    rooms = set(drawn(DRAWING.read_text(encoding="utf-8")))
    to_tell = {room for room in rooms if room.split(".")[1] not in LOOKED_FOR}
    assert {"not told": to_tell - rooms_told(), "not there": rooms_told() - rooms} == {
        "not told": set(),
        "not there": set(),
    }
