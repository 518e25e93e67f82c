"""Rows and texts with sensible defaults; each test states only what matters to it."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from PIL import Image

from content.core.vocabulary import Status
from content.editing.publishing import send_to_review
from content.editing.saving import edit
from content.files.library import TABLES
from content.migrations._roles import make_roles
from content.models import EvidenceCard, Lesson, Picture, Reference, Technique, Tip
from content.pictures.drawing import keep_original, original_from
from content.reading.rendering import render

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

SENTENCE = "Slow moves help the back feel safe. You can stop at any time."

QUESTION = {
    "question": "What can help?",
    "answers": [
        {"words": "Bed rest", "right": False, "feedback": "Many try this first."},
        {"words": "A short walk", "right": True, "feedback": "Yes. A little is enough."},
        {"words": "Waiting", "right": False, "feedback": "It may ease by itself, and moving helps."},
    ],
}


def words(count: int) -> str:
    """That many plain words in short sentences."""
    spoken = SENTENCE.split()
    repeated = [spoken[place % len(spoken)] for place in range(count)]
    return " ".join(repeated).rstrip(".") + "."


def a_reference(slug: str = "wood19", **fields: Any) -> Reference:
    defaults = {
        "authors": "Example A, Sample B",
        "year": 2019,
        "title": "A made-up trial",
        "journal": "Journal of Examples",
        "verification": "verified",
        "finding": "Six in ten felt a little better.",
    }
    return Reference.objects.create(slug=slug, **defaults | fields)


def a_card(slug: str = "breathing", **fields: Any) -> EvidenceCard:
    return EvidenceCard.objects.create(slug=slug, **{"title": "Slow breathing", "size": "A small help."} | fields)


def a_technique(slug: str = "breathing", **fields: Any) -> Technique:
    defaults = {
        "name": "Slow breathing",
        "short": "slow breathing",
        "family": "calming",
        "first_step": "Sit down and breathe out slowly.",
        "startable": True,
        "outcome": "tension",
        "asked": "around",
        "fair_trial": 8,
    }
    return Technique.objects.create(slug=slug, **defaults | fields)


def a_lesson(slug: str = "the-loop", **fields: Any) -> Lesson:
    defaults = {
        "title": "The loop",
        "summary": "How pain and worry feed each other.",
        "brief": words(120),
        "body": f"{words(550)} [^wood19]",
        "deeper": words(1200),
        "check_question": QUESTION,
        "task": {"words": "Notice one thing."},
        "reflection": "What did you notice?",
        "course": 1,
    }
    lesson = Lesson(slug=slug, **published() | defaults | fields)
    render(lesson)
    lesson.save()
    return lesson


def a_tip(slug: str = "six-soft-breaths", **fields: Any) -> Tip:
    defaults = {
        "title": "Six soft breaths",
        "summary": "A minute that can calm.",
        "topics": ["back-pain"],
        "body": f"{words(150)} [^wood19]",
    }
    tip = Tip(slug=slug, **published() | defaults | fields)
    render(tip)
    tip.save()
    return tip


def a_picture_file(width: int = 1000, height: int = 500, kind: str = "JPEG", **more: Any) -> bytes:
    target = BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(target, kind, **more)
    return target.getvalue()


def a_picture(slug: str = "hands", said: bytes | None = None, **fields: Any) -> Picture:
    data = said or a_picture_file()
    digest = keep_original(original_from(BytesIO(data), len(data)))
    picture = Picture(slug=slug, digest=digest, **{"description": "Two hands on a belly."} | fields)
    render(picture)
    return picture


def published() -> dict[str, Any]:
    return {"status": Status.PUBLISHED.value, "publish_at": NOW}


def a_library(folder: Path, **files: str) -> Path:
    """A folder of library files, empty but for those given; `lessons__the_loop` stands for lessons/the-loop.md."""
    for name in [*TABLES.values(), "evidence.toml", "cautions.toml"]:
        write_file(folder, name, files.pop(name.removesuffix(".toml"), ""))
    for name, text in files.items():
        room, _, slug = name.partition("__")
        ending = "toml" if room in ("guides", "ladders", "step_rules") else "md"
        write_file(folder, f"{room}/{slug.replace('_', '-')}.{ending}", text)
    return folder


def write_file(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


REFERENCE_FILE = """
[wood19]
authors = "Example A"
year = 2019
title = "A made-up trial"
verification = "verified"
finding = "Six in ten felt better."
"""

TECHNIQUE_FILE = """
[breathing]
name = "Slow breathing"
short = "slow breathing"
family = "calming"
summary = "A slow breath with a long way out."
startable = true
outcome = "tension"
asked = "around"
fair_trial = 8
"""

LADDER_FILE = """
title = "Slow breathing, from one minute up"
technique = "breathing"
basis = "Our own choice."

[[rungs]]
minutes = 1
times = 7
words = "One soft minute."
enough = 4
up = "Go up a step after a week with 4 goes or more."

[[rungs]]
minutes = 4
times = 7
words = "Four soft minutes."
down = "Go down a step when it is too much."
"""

LESSON_FILE = f"""+++
title = "The loop"
summary = "How pain and worry feed each other."
course = 1
related = []

[check]
question = "What can help?"

[[check.answers]]
words = "Bed rest"
right = false
feedback = "Many try this first."

[[check.answers]]
words = "A short walk"
right = true
feedback = "Yes."

[[check.answers]]
words = "Waiting"
right = false
feedback = "It may ease by itself."

[task]
words = "Notice one thing."

[reflection]
question = "What did you notice?"
+++

# 1 minute

{words(120)}

# 4 minutes

{words(550)} [^wood19]

# 12 minutes

{words(1200)}
"""

TIP_FILE = f"""+++
title = "Six soft breaths"
summary = "A minute that can calm."
topics = ["anxiety"]
practice = "breathing"
+++

{words(150)} [^wood19]
"""


def a_writer(email: str = "ines@example.org") -> Any:
    return _staff(email, "Writers")


def a_reviewer(email: str = "omar@example.org") -> Any:
    return _staff(email, "Reviewers")


def _staff(email: str, role: str) -> Any:
    # Tests that commit empty every table at their end, so a migration's groups may be gone.
    make_roles(apps)
    user = get_user_model().objects.create(email=email, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def a_text_in_review(make: Any = None, **fields: Any) -> tuple[Any, Any, Any]:
    """A text without an error, written and sent by a writer, and a reviewer who has not touched it."""
    writer, reviewer = a_writer(), a_reviewer()
    a_reference()
    text = (make or a_tip)(**{"status": "draft", "publish_at": None} | fields)
    edit(text, text.authored_values(), by=writer, at=NOW)
    send_to_review(text, by=writer, at=NOW)
    text.refresh_from_db()
    return text, writer, reviewer


def packed(files: dict[str, bytes]) -> BytesIO:
    """A pack of these files."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, said in files.items():
            pack.writestr(name, said)
    return target
