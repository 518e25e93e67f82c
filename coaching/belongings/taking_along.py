"""Everything that is kept of somebody in one zip: a page to read, a table for each list, and the file for programs."""

import csv
import json
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO, StringIO
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.newsletter.subscriber_csv import cell
from coaching.belongings.in_words import in_words

NAME = "unloop-my-data"
STYLES = settings.BASE_DIR / "static" / "css"
COLOURS = "@layer tokens {"
"""Where they begin in their sheet: the fonts before them would be asked for over the network."""

READ_ME = (
    "Open unloop-my-data.html to read it. The tables are in the folder csv; the file .json is for other programs.\n"
)


def zip_of(export: Mapping[str, Any]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("READ-ME.txt", READ_ME)
        file.writestr(f"{NAME}.html", page_of(export))
        file.writestr(f"{NAME}.css", style())
        file.writestr(f"{NAME}.json", json.dumps(export, cls=DjangoJSONEncoder, indent=2, ensure_ascii=False))
        for name, rows in tables_in(export):
            file.writestr(f"csv/{name}.csv", table_of(rows))
    return packed.getvalue()


def page_of(export: Mapping[str, Any]) -> str:
    context = {"parts": in_words(export), "at": timezone.localdate()}
    return render_to_string("coaching/my_data_file.html", context)


def style() -> str:
    """A sheet that lies beside the page."""
    tokens, own = ((STYLES / name).read_text(encoding="utf-8") for name in ("tokens.css", "my-data-file.css"))
    return tokens[tokens.index(COLOURS) :] + own


def tables_in(value: Mapping[str, Any], name: str = "") -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """Every list of rows, however deep; a list that belongs to a row stays in its cell."""
    for key, each in value.items():
        whole = f"{name}{key}"
        if isinstance(each, Mapping):
            yield from tables_in(each, f"{whole}-")
        elif isinstance(each, list) and each and all(isinstance(row, Mapping) for row in each):
            yield whole, each


def table_of(rows: list[Mapping[str, Any]]) -> str:
    """No cell of it is run as a formula by a spreadsheet."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return file.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple | Mapping):
        return cell(json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False))
    return "" if value is None else cell(str(value))
