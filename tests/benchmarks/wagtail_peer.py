"""A Wagtail site with one page that says what our lesson says, in an environment of its own.

It is what `wagtail start` makes, on the kind of database that ours is on. Its page stands in the frame (`base.html`)
that comes with it, as a page of any site does.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg

WANTED = ("wagtail==8.0.1", "granian==2.8.7", "psycopg[binary]==3.3.9", "dj-database-url==3.1.2")
FOLDER = "wagtail-peer"
MODELS = """
from django.db import models
from wagtail.fields import RichTextField
from wagtail.models import Page


class TextPage(Page):
    body = RichTextField()
    template = "text.html"
"""
TEMPLATE = """{% extends "base.html" %}{% load wagtailcore_tags %}
{% block content %}<main><h1>{{ page.title }}</h1>{{ page.body|richtext }}</main>{% endblock %}
"""
SETTINGS = """
import dj_database_url
from .production import *
DEBUG = False
SECRET_KEY = 'measured'
ALLOWED_HOSTS = ['*']
INSTALLED_APPS = ['texts', *INSTALLED_APPS]
DATABASES = {'default': dj_database_url.config(conn_max_age=600)}
"""
AS = {"dt": "p", "dd": "p"}
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


def environment(var: Path, beside: str) -> dict[str, str]:
    """`beside`: the address of the database that our own site is on. The peer has another one on the same server."""
    database = f"sqlite:///{var / FOLDER}/peer.sqlite3"
    if beside.startswith("postgres"):
        database = f"{beside.rpartition('/')[0]}/peer"
        with psycopg.connect(beside, autocommit=True) as connection:
            connection.execute("CREATE DATABASE peer")
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "peer.settings.measured", "DATABASE_URL": database}


def set_up(var: Path, lesson: str, settings: dict[str, str]) -> Path:
    """The folder in which it is served. The environment that is there already is used again."""
    folder = var / FOLDER / "site"
    if not python(var).exists():
        run([sys.executable, "-m", "venv", str(var / FOLDER / "venv")])
        run([str(python(var)), "-m", "pip", "install", "-q", *WANTED])
    shutil.rmtree(folder, ignore_errors=True)
    (folder.parent / "peer.sqlite3").unlink(missing_ok=True)
    folder.mkdir(parents=True)
    run([str(python(var).with_name("wagtail")), "start", "peer", str(folder)])
    _add_the_page(folder, python(var), settings)
    words = re.search(r"<main.*?>(.*)</main>", lesson, re.DOTALL)
    assert words, "the lesson has no main part"
    (folder / "words.html").write_text(_written(words[1]), encoding="utf-8")
    for command in (["migrate", "-v0"], ["collectstatic", "--no-input", "-v0"], ["shell", "-v0", "-c", FILL]):
        run([str(python(var)), "manage.py", *command], folder, settings)
    return folder


def _add_the_page(folder: Path, of: Path, settings: dict[str, str]) -> None:
    run(
        [str(of), "manage.py", "startapp", "texts"], folder, {**settings, "DJANGO_SETTINGS_MODULE": "peer.settings.dev"}
    )
    (folder / "texts" / "models.py").write_text(MODELS, encoding="utf-8")
    (folder / "peer" / "templates" / "text.html").write_text(TEMPLATE, encoding="utf-8")
    (folder / "peer" / "settings" / "measured.py").write_text(SETTINGS, encoding="utf-8")
    run([str(of), "manage.py", "makemigrations", "texts", "-v0"], folder, settings)


def _written(html: str) -> str:
    """Paragraphs, headings, lists, links and stressed words, as an editor of Wagtail would have put them in."""
    kept = re.findall(r"<(p|h2|h3|li|dt|dd)\b[^>]*>(.*?)</\1>", html, re.DOTALL)
    return "".join(f"<{AS.get(tag, tag)}>{_inside(words)}</{AS.get(tag, tag)}>" for tag, words in kept)


def _inside(words: str) -> str:
    words = re.sub(r"<(?!/?(?:a|strong|em)\b)[^>]+>", "", words)
    return re.sub(r'<a\b[^>]*?(href="[^"]*")[^>]*>', r"<a \1>", words).strip()


def run(command: list[str], folder: Path | None = None, settings: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stderr[-2000:]}"
