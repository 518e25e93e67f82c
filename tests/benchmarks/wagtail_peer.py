"""A Wagtail site with one page that says what our lesson says, in an environment of its own."""

import re
import subprocess
import sys
from pathlib import Path

WANTED = ("wagtail==8.0.1", "granian==2.8.7")
FOLDER = "wagtail-peer"
MODELS = """
from django.db import models
from wagtail.fields import RichTextField
from wagtail.models import Page


class TextPage(Page):
    body = RichTextField()
    template = "text.html"
"""
TEMPLATE = """{% load wagtailcore_tags %}<!DOCTYPE html><html lang="en"><head><title>{{ page.title }}</title></head>
<body><main><h1>{{ page.title }}</h1>{{ page.body|richtext }}</main></body></html>
"""
FILL = """
import sys
from pathlib import Path
from wagtail.models import Page, Site
from texts.models import TextPage
Page.objects.filter(depth__gt=1).delete()
root = Page.objects.get(depth=1)
page = root.add_child(instance=TextPage(title="A lesson", slug="lesson", body=Path("words.html").read_text()))
Site.objects.all().delete()
Site.objects.create(hostname="localhost", root_page=page, is_default_site=True)
"""


def python(var: Path) -> Path:
    return var / FOLDER / "venv" / "bin" / "python"


def environment() -> dict[str, str]:
    return {"DJANGO_SETTINGS_MODULE": "peer.settings.measured", "DATABASE_URL": ""}


def set_up(var: Path, lesson: str) -> Path:
    """The folder in which it is served. What is there already is used again."""
    folder = var / FOLDER / "site"
    if not python(var).exists():
        run([sys.executable, "-m", "venv", str(var / FOLDER / "venv")])
        run([str(python(var)), "-m", "pip", "install", "-q", *WANTED])
    if not (folder / "manage.py").exists():
        folder.mkdir(parents=True, exist_ok=True)
        run([str(python(var).with_name("wagtail")), "start", "peer", str(folder)])
        _add_the_page(folder, python(var))
    words = re.search(r"<main.*?>(.*)</main>", lesson, re.DOTALL)
    assert words, "the lesson has no main part"
    (folder / "words.html").write_text(_plain(words[1]), encoding="utf-8")
    for command in (["migrate", "-v0"], ["collectstatic", "--no-input", "-v0"], ["shell", "-v0", "-c", FILL]):
        run([str(python(var)), "manage.py", *command, "--settings=peer.settings.measured"], folder)
    return folder


def _add_the_page(folder: Path, of: Path) -> None:
    run([str(of), "manage.py", "startapp", "texts"], folder)
    (folder / "texts" / "models.py").write_text(MODELS, encoding="utf-8")
    (folder / "peer" / "templates" / "text.html").write_text(TEMPLATE, encoding="utf-8")
    measured = "from .base import *\nDEBUG = False\nSECRET_KEY = 'measured'\nALLOWED_HOSTS = ['*']\n"
    measured += "INSTALLED_APPS = ['texts', *INSTALLED_APPS]\nTEMPLATES[0]['APP_DIRS'] = True\n"
    (folder / "peer" / "settings" / "measured.py").write_text(measured, encoding="utf-8")
    run([str(of), "manage.py", "makemigrations", "texts", "-v0", "--settings=peer.settings.measured"], folder)


def _plain(html: str) -> str:
    """Paragraphs, headings and lists, as an editor would write them."""
    kept = re.findall(r"<(p|h2|h3|li)\b[^>]*>(.*?)</\1>", html, re.DOTALL)
    return "".join(f"<{tag}>{re.sub(r'<[^>]+>', '', words).strip()}</{tag}>" for tag, words in kept)


def run(command: list[str], folder: Path | None = None) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stderr[-2000:]}"
