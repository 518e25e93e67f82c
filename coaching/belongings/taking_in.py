"""Taking in what somebody took along: into an account that holds nothing yet, all of it or none.

The file names no row of any database. Each row is made anew for this person, so nothing in it can reach another's. Rows
about a technique or a lesson that this site does not have are left out, with what hangs on them, and counted. Danger
that the answers tell of stands here as it would after the questions, whatever the file says of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import DatabaseError, models, transaction
from django.utils.translation import gettext as _

from accounts.models import Profile, User
from coaching.belongings.reading import Path, Refused, Wrong, line_of, read_file
from coaching.belongings.rows import FORM, VERSION
from coaching.belongings.sealed_shapes import tool_answers
from coaching.belongings.tables import (
    PERSON_COLUMNS,
    PROFILE_COLUMNS,
    SEALED,
    TABLE_OF,
    TABLES,
    Table,
    told_name,
)
from coaching.belongings.values import BadValue, Check, read_value, shape_checks
from coaching.core.intake.safety import read_safety
from coaching.core.intake.signs import most_urgent
from coaching.core.record.scales import ASKED_VERSIONS
from coaching.intake.intakes import sign_levels
from coaching.models import CheckIn, Intake, Person, ToolEntry
from content.core.vocabulary import Level
from content.models import Lesson, Technique

MOST_ROWS = 50_000
LIBRARY = (Technique, Lesson)


@dataclass(frozen=True, kw_only=True)
class TakenIn:
    rows: int
    left_out: int


@dataclass(kw_only=True)
class _Bringing:
    """What is known while rows are made: the slugs of the library here, and the new rows by table and number.

    None stands for a row that was left out.
    """

    person: Person
    at: datetime
    checks: Mapping[str, Check]
    slugs: Mapping[Any, frozenset[str]]
    levels: Mapping[str, Level]
    made: dict[Any, dict[int, models.Model | None]] = field(default_factory=dict)

    @property
    def tally(self) -> TakenIn:
        rows = [row for made in self.made.values() for row in made.values()]
        return TakenIn(rows=sum(row is not None for row in rows), left_out=sum(row is None for row in rows))


def take_in(user: User, raw: bytes, *, at: datetime) -> TakenIn:
    """Refused, and nothing written, if anything at all is wrong with the file, or the account holds something."""
    values, text = read_file(raw)
    try:
        with transaction.atomic():
            return _take_in(user, _rows_in(values), at)
    except Wrong as error:
        raise Refused(error.words, line_of(text, error.path)) from error


def _rows_in(values: dict[str, Any]) -> tuple[Path, dict[str, Any]]:
    """Where the rows stand in the whole file of My data, or in a file that holds them alone."""
    path: Path = ("rows",) if "rows" in values else ()
    rows = values.get("rows", values)
    if not isinstance(rows, dict) or rows.get("form") != FORM:
        raise Wrong(path=path, words=_("This is no file of Unloop's, or one from before files could be brought."))
    if type(rows.get("version")) is not int or rows["version"] != VERSION:
        raise Wrong(path=(*path, "version"), words=_("This site does not know this version of the file."))
    if not set(rows) <= {"form", "version", "profile", "person", "tables"}:
        raise Wrong(path=path, words=_("Something stands here that we never write."))
    return path, rows


def _take_in(user: User, part: tuple[Path, dict[str, Any]], at: datetime) -> TakenIn:
    path, rows = part
    # Two presses of the button meet here: the second finds what the first has made.
    User.objects.select_for_update().get(pk=user.pk)
    person = Person.objects.get_or_create(user=user)[0]
    if not is_empty(person):
        raise Refused(_("This account already holds answers or goes. A file is brought into an empty account."))
    bringing = _begin(person, at)
    tables = _tables(path, rows.get("tables", {}))
    for table in TABLES:
        for place, told in enumerate(tables.get(table.name, [])):
            _bring_row(bringing, table, told, (*path, "tables", table.name, place))
    _set_person(bringing, (*path, "person"), rows.get("person", {}))
    _set_profile(user, bringing, (*path, "profile"), rows.get("profile", {}))
    return bringing.tally


def is_empty(person: Person) -> bool:
    return not any(table.model._default_manager.filter(**{table.to_person: person}).exists() for table in TABLES)


def _begin(person: Person, at: datetime) -> _Bringing:
    slugs = {model: frozenset(model._default_manager.values_list("slug", flat=True)) for model in LIBRARY}
    return _Bringing(person=person, at=at, checks=shape_checks(at), slugs=slugs, levels=sign_levels())


def _tables(path: Path, told: Any) -> dict[str, list[Any]]:
    here = (*path, "tables")
    if not isinstance(told, dict) or not set(told) <= {table.name for table in TABLES}:
        raise Wrong(path=here, words=_("Something stands here that we never write."))
    for name, rows in told.items():
        if not isinstance(rows, list):
            raise Wrong(path=(*here, name), words=_("Something stands here that we never write."))
    if sum(len(rows) for rows in told.values()) > MOST_ROWS:
        raise Wrong(path=here, words=_("These are more rows than one person can have."))
    return told


# --- One row ----------------------------------------------------------------------------


def _bring_row(bringing: _Bringing, table: Table, told: Any, path: Path) -> None:
    names = {told_name(column) for column in table.columns}
    if not isinstance(told, dict) or set(told) != {"key", *names}:
        raise Wrong(path=path, words=_("This row does not have the names that ours have."))
    made = bringing.made.setdefault(table.model, {})
    key = told["key"]
    if type(key) is not int or key in made:
        raise Wrong(path=(*path, "key"), words=_("A row has a number of its own."))
    row = made[key] = _row(bringing, table, told, path)
    if row is not None:
        _settle(bringing, row, path)
        _save(table, row, path)


def _row(bringing: _Bringing, table: Table, told: dict[str, Any], path: Path) -> models.Model | None:
    """None where it is about something that is not here."""
    row = table.model()
    if table.of == "person":
        row.person = bringing.person  # type: ignore[attr-defined]
    for column, value in _in_order(table, told):
        here = (*path, told_name(column))
        if column.related_model in TABLE_OF:
            if not _lead(bringing, row, column, value, here):
                return None
        elif column.related_model in LIBRARY:
            if not _leads_to_library(bringing, column, value, here):
                return None
            setattr(row, column.attname, value)
        else:
            _set(bringing, table, row, column, value, here)
    return row


def _in_order(table: Table, told: dict[str, Any]) -> "Iterator[tuple[models.Field, Any]]":
    """Seals last: each is made for the row as it is by then."""
    for column in sorted(table.columns, key=lambda one: one.name.startswith(SEALED) or one.name in table.parts):
        yield column, told[told_name(column)]


def _lead(bringing: _Bringing, row: models.Model, column: "models.Field", key: Any, path: Path) -> bool:
    """Point at another row of this file, made before this one. False where that one was left out."""
    if key is None and column.null:
        return True
    made = bringing.made.get(column.related_model, {})
    if type(key) is not int or key not in made or made[key] is row:
        raise Wrong(path=path, words=_("This leads to no row of this file."))
    setattr(row, column.name, made[key])
    return made[key] is not None


def _leads_to_library(bringing: _Bringing, column: "models.Field", slug: Any, path: Path) -> bool:
    """False where this site does not have it."""
    if slug is None and column.null:
        return True
    if not isinstance(slug, str) or not slug or len(slug) > 60:
        raise Wrong(path=path, words=_("This is the name of nothing."))
    return slug in bringing.slugs[column.related_model]


def _set(bringing: _Bringing, table: Table, row: models.Model, column: "models.Field", told: Any, path: Path) -> None:
    name = f"{table.name}.{told_name(column)}"
    if column.name.startswith(SEALED):
        _set_sealed(bringing, row, name, told, path)
        return
    _check(bringing, column, name, told, path)
    try:
        setattr(row, column.attname, read_value(column, told, name, bringing.at))
    except BadValue as error:
        raise Wrong(path=path, words=str(error)) from error


def _check(bringing: _Bringing, column: "models.Field", name: str, told: Any, path: Path) -> None:
    is_asked = name in bringing.checks or isinstance(column, models.JSONField)
    fault = bringing.checks[name](told) if is_asked and told is not None else ""
    if fault:
        raise Wrong(path=path, words=fault)


def _set_sealed(bringing: _Bringing, row: models.Model, name: str, told: Any, path: Path) -> None:
    if told is None:
        return
    fault = tool_answers(row.tool, told) if isinstance(row, ToolEntry) else bringing.checks[name](told)
    if fault:
        raise Wrong(path=path, words=fault)
    setattr(row, name.partition(".")[2], told)


def _settle(bringing: _Bringing, row: models.Model, path: Path) -> None:
    """What a row may not say of itself: questions we never asked, and less danger than its answers tell of."""
    if isinstance(row, Intake | CheckIn) and row.version not in ASKED_VERSIONS:
        raise Wrong(path=(*path, "version"), words=_("This site does not know this version of the questions."))
    if isinstance(row, Intake):
        told = read_safety(row.answers, bringing.levels).level
        levels = [Level(level) for level in (row.safety_level, told) if level]
        row.safety_level = most_urgent(*levels) if levels else ""


def _save(table: Table, row: models.Model, path: Path) -> None:
    kept = {column.name: getattr(row, column.name) for column in table.columns if _is_set_by_django(column)}
    try:
        row.save(force_insert=True)
        if kept:
            table.model._default_manager.filter(pk=row.pk).update(**kept)
    except DatabaseError as error:
        raise Wrong(path=path, words=_("This row cannot be as it is written, or stands twice.")) from error


def _is_set_by_django(column: "models.Field") -> bool:
    return bool(getattr(column, "auto_now", False) or getattr(column, "auto_now_add", False))


# --- The person and the profile ---------------------------------------------------------


def _set_person(bringing: _Bringing, path: Path, told: Any) -> None:
    values = _named(bringing, Person, told, PERSON_COLUMNS, path)
    Person.objects.filter(pk=bringing.person.pk).update(**values)
    bringing.person.forget_what_was_read()


def _set_profile(user: User, bringing: _Bringing, path: Path, told: Any) -> None:
    values = _named(bringing, Profile, told, PROFILE_COLUMNS, path)
    profile = Profile.objects.of(user)
    Profile.objects.filter(pk=profile.pk).update(**values)
    profile.refresh_from_db()


def _named(
    bringing: _Bringing, model: type[models.Model], told: Any, names: tuple[str, ...], path: Path
) -> dict[str, Any]:
    if not isinstance(told, dict) or set(told) not in (set(), set(names)):
        raise Wrong(path=path, words=_("Something stands here that we never write."))
    values = {}
    for name, value in told.items():
        column, called = model._meta.get_field(name), f"{model._meta.model_name}.{name}"
        _check(bringing, column, called, value, (*path, name))  # type: ignore[arg-type]
        try:
            values[name] = read_value(column, value, called, bringing.at)  # type: ignore[arg-type]
        except BadValue as error:
            raise Wrong(path=(*path, name), words=str(error)) from error
    return values
