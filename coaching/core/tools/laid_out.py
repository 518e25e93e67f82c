"""What a person wrote, laid out to read: on the page, on paper, and as plain text.

Only what was answered is shown. Answers are read against the definition of the tool, so a code
becomes its words and an answer that the tool no longer asks is left out here (but kept).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from coaching.core.tools.shapes import OWN, Answers, Ask, Kind, Part, Rows, Tool

TITLE_LENGTH = 70


@dataclass(frozen=True, kw_only=True)
class Line:
    label: str
    words: tuple[str, ...]
    is_long: bool = False
    is_table: bool = False


@dataclass(frozen=True, kw_only=True)
class Cell:
    head: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Table:
    """A list of the person's own; each of its lines holds what was answered there."""

    label: str
    rows: tuple[tuple[Cell, ...], ...]
    is_table: bool = True


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of a tool, with what was answered in the order in which it was asked."""

    title: str
    blocks: tuple[Line | Table, ...]


def read(tool: Tool, answers: Answers) -> tuple[Section, ...]:
    sections = (_section(part, answers) for part in tool.parts)
    return tuple(section for section in sections if section.blocks)


def title_of(tool: Tool, answers: Answers, made_on: date) -> str:
    """The first words that can name an entry, shortened; else its kind and day."""
    for name in tool.title_from:
        if answers.get(name):
            words = shortened(answers[name])
            return words[:1].upper() + words[1:]
    return f"{tool.one}, {day_words(_own_day(answers) or made_on)}"


def plain_text(tool: Tool, answers: Answers, made_on: date) -> str:
    """An entry as text for a file or a letter, with a line of its own for each answer."""
    blocks = [f"{tool.name}\n{title_of(tool, answers, made_on)}\nWritten on {day_words(made_on)}"]
    for section in read(tool, answers):
        lines = [f"{section.title}\n{'-' * len(section.title)}"]
        blocks.append("\n\n".join(lines + [_block_text(block) for block in section.blocks]))
    return "\n\n\n".join(blocks) + "\n"


def shortened(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= TITLE_LENGTH else flat[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def day_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def shown(ask: Ask, value: object, answers: Answers) -> tuple[str, ...]:
    """An answer in words; several for ticks and for text of several paragraphs."""
    if ask.kind is Kind.TICKS:
        return tuple(_tick_words(ask, str(code)) for code in _listed(value))
    if ask.kind is Kind.TEXT:
        return tuple(line for line in str(value).splitlines() if line.strip())
    return (_one(ask, value, answers),)


def _section(part: Part, answers: Answers) -> Section:
    given = [item for item in part.items if _is_given(answers.get(item.id))]
    blocks = (_table(item, answers) if isinstance(item, Rows) else _line(item, answers) for item in given)
    return Section(title=part.title, blocks=tuple(blocks))


def _is_given(value: object) -> bool:
    # 0 is an answer, and equals False.
    return value is not None and value is not False and value not in ("", [])


def _line(ask: Ask, answers: Answers) -> Line:
    words = shown(ask, answers[ask.id], answers)
    return Line(label=ask.label, words=words, is_long=ask.kind is Kind.TEXT)


def _table(rows: Rows, answers: Answers) -> Table:
    return Table(label=rows.label, rows=tuple(_cells(rows, line, answers) for line in answers[rows.id]))


def _cells(rows: Rows, line: Mapping, answers: Answers) -> tuple[Cell, ...]:
    given = [(ask, line[ask.id]) for ask in rows.asks if _is_given(line.get(ask.id))]
    return tuple(Cell(head=ask.label, words=", ".join(shown(ask, value, answers))) for ask, value in given)


def _one(ask: Ask, value: object, answers: Answers) -> str:
    if ask.line_of:
        return _line_words(ask.line_of, str(value), answers)
    if ask.kind is Kind.CHOICE:
        return next((option.words for option in ask.options if option.code == value), str(value))
    if ask.kind is Kind.PERCENT:
        return f"{value} of 100"
    if ask.kind is Kind.TENTHS:
        return f"{value} of 10"
    if ask.kind is Kind.DATE:
        return day_words(date.fromisoformat(str(value)))
    return "Yes" if ask.kind is Kind.YES else str(value)


def _line_words(rows: str, key: str, answers: Answers) -> str:
    for row in answers.get(rows, []):
        if str(row.get("key")) == key:
            return row.get("words", "")
    return "A step that is no longer on the list"


def _tick_words(ask: Ask, code: str) -> str:
    if code.startswith(OWN):
        return code.removeprefix(OWN)
    return next((option.words for option in ask.options if option.code == code), code)


def _listed(value: object) -> list:
    return value if isinstance(value, list) else []


def _own_day(answers: Answers) -> date | None:
    return date.fromisoformat(answers["on"]) if answers.get("on") else None


def _indented(words: tuple[str, ...]) -> str:
    return "\n".join(f"  {line}" for line in words)


def _block_text(block: Line | Table) -> str:
    return _table_text(block) if isinstance(block, Table) else f"{block.label}\n{_indented(block.words)}"


def _table_text(table: Table) -> str:
    rows = []
    for number, row in enumerate(table.rows, start=1):
        rows.append(f"  {number}. " + "\n     ".join(f"{cell.head} {cell.words}" for cell in row))
    return f"{table.label}\n" + "\n".join(rows)
