"""Forms of staff keep a draft too: those that are read from their templates, and each page to add or change a row."""

import re

import pytest
from django.conf import settings
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import User
from content.models import ConditionText, Tip
from tests.coaching.test_drafts import without_draft

WRITES = re.compile(r'<textarea\b|<input\b[^>]*\btype="text"')
FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
DRAFT = '{% include "parts/_draft.html"'
KEPT_ELSEWHERE = {
    "content/merge.html": "what both wrote: the draft of the form before holds the one, the site the other"
}


def bare(templates: dict[str, str]) -> list[str]:
    """Templates with a form of their own in which somebody writes, and no draft in it."""
    return [
        name
        for name, words in templates.items()
        if any(WRITES.search(form) and DRAFT not in form for form in FORM.findall(words))
    ]


def of_staff() -> dict[str, str]:
    root = settings.BASE_DIR / "templates" / "admin"
    return {str(path.relative_to(root)): path.read_text(encoding="utf-8") for path in root.rglob("*.html")}


def test_each_form_in_the_templates_of_staff_keeps_a_draft() -> None:
    assert len(of_staff()) > 20
    assert set(bare(of_staff())) == set(KEPT_ELSEWHERE)


def test_a_form_that_is_planted_without_one_is_noticed() -> None:
    planted = {"new.html": '<form method="post">{% csrf_token %}<textarea name="note"></textarea></form>'}
    assert bare(planted) == ["new.html"]
    assert bare({name: words.replace("{% csrf_token %}", f"{DRAFT} %}}") for name, words in planted.items()}) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_each_page_to_add_or_change_a_row_keeps_a_draft(client: Client) -> None:
    client.force_login(User.objects.create_superuser("staff@example.org", "a-long-password-of-staff"))
    names = [f"admin:{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry]
    pages = [client.get(reverse(f"{name}_add")) for name in names]
    rows = [Tip.objects.all()[0], ConditionText.objects.all()[0]]
    changes = [reverse(f"admin:content_{row._meta.model_name}_change", args=[row.pk]) for row in rows]
    shown = [page.content.decode() for page in [*pages, *map(client.get, changes)] if page.status_code == 200]
    assert len(shown) > 12
    assert [found for found in map(without_draft, shown) if found] == []
