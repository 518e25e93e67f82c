"""A study as files: what REDCap takes in, a table for everything else, and a page that says how to use them."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

from coaching.core.research.dictionary import COLUMNS, EVENT, RECORD, data_faults, dictionary_faults
from coaching.core.research.study import Study

READ_ME = """Unloop: answers of people who each agreed to research.

REDCap, in this order, into a new project of kind "longitudinal":
  1 dictionary.csv   uploading a dictionary REPLACES the one that the project has
  2 arms.csv, events.csv, event_forms.csv
  3 data.csv
For other programs: tidy.csv (one value a line) with codebook.csv.

Dates are moved by a secret number of days, the same for all of one person. Spans between them are true, days are not.
What fewer than 10 people had is joined as "other" or left out. Somebody who knows a person well may still find them.
Nobody may try. Whoever takes back their yes is in no later file: use the newest, and delete the others.
All answers are self-reported. Credits of the scales stand with each question.
"""


def files_of(study: Study) -> dict[str, str]:
    fields = [one.row for one in study.fields]
    names = [one.name for one in study.fields]
    faults = (
        *dictionary_faults(COLUMNS, fields),
        *data_faults(fields, study.lines, study.forms),
    )
    if faults:
        raise AssertionError(faults[0])
    return {
        "README.txt": READ_ME,
        "dictionary.csv": _csv(COLUMNS, fields),
        "arms.csv": _csv(("arm_num", "name"), [{"arm_num": "1", "name": "Unloop"}]),
        "events.csv": _csv(("event_name", "arm_num", "unique_event_name"), map(_event, study.events)),
        "event_forms.csv": _csv(("arm_num", "unique_event_name", "form"), _event_forms(study)),
        "data.csv": _csv((RECORD, EVENT, *names[1:]), study.lines),
        "tidy.csv": _csv(("record", "event", "variable", "value"), _tidy(study)),
        "codebook.csv": _csv(("variable", "label", "type", "values", "lowest", "highest", "source"), _codebook(study)),
    }


def packed(study: Study) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in files_of(study).items():
            archive.writestr(name, content)
    return file.getvalue()


def _csv(header: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    text = StringIO()
    writer = csv.DictWriter(text, header, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _event(event: str) -> dict[str, str]:
    name = event.removesuffix("_arm_1").replace("_", " ").capitalize()
    return {"event_name": name, "arm_num": "1", "unique_event_name": event}


def _event_forms(study: Study) -> Iterable[dict[str, str]]:
    for event, forms in study.forms.items():
        for form in forms:
            yield {"arm_num": "1", "unique_event_name": event, "form": form}


def _tidy(study: Study) -> Iterable[dict[str, str]]:
    for line in study.lines:
        for name, value in line.items():
            if name not in (RECORD, EVENT) and value:
                yield {"record": line[RECORD], "event": line[EVENT], "variable": name, "value": value}


def _codebook(study: Study) -> Iterable[dict[str, str]]:
    for one in study.fields[1:]:
        yield {
            "variable": one.name,
            "label": one.label,
            "type": one.validation or ("code" if one.choices else "text"),
            "values": " | ".join(f"{code}, {words}" for code, words in one.choices.items()),
            "lowest": one.low,
            "highest": one.high,
            "source": one.source,
        }
