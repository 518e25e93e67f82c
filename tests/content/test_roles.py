"""The two groups of staff, as the migrations make them, and the work that comes round for the library."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from accounts.work.clock import schedule
from content.admin.forms import RowForm
from content.migrations._roles import REVIEWERS, ROLES, WRITERS, make_roles
from content.models import Lesson
from content.tasks import take_due_changes

# In the database that no test clears: nothing makes the groups anew in the other.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def held_by(name: str) -> set[str]:
    return set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))


def test_the_groups_are_there_after_the_migrations() -> None:
    assert held_by("Writers") >= set(WRITERS)
    assert held_by("Reviewers") >= set(REVIEWERS)


def test_making_them_again_changes_nothing() -> None:
    before = {name: held_by(name) for name in ROLES}, Permission.objects.count()
    make_roles(apps)
    assert ({name: held_by(name) for name in ROLES}, Permission.objects.count()) == before


def test_every_right_they_hold_is_one_that_the_models_know() -> None:
    known = set()
    for model in apps.get_app_config("content").get_models():
        name = model._meta.model_name
        known |= {f"{action}_{name}" for action in model._meta.default_permissions}
        known |= {codename for codename, _ in model._meta.permissions}
    assert set(REVIEWERS) <= known
    assert set(WRITERS) <= set(REVIEWERS)


@pytest.mark.parametrize(
    "right", ["publish_", "review_", "delete_", "load_pack", "change_caution", "change_dangersign"]
)
def test_a_writer_holds_no_right_that_is_a_reviewers_or_the_operators(right: str) -> None:
    assert not [codename for codename in WRITERS if codename.startswith(right)]


def test_nobody_in_either_group_deletes_or_brings_in_a_pack() -> None:
    assert not [codename for codename in REVIEWERS if codename.startswith(("delete_", "load_pack"))]


def test_workers_take_due_changes_every_minute() -> None:
    every = {task.module_path: period for task, period in schedule()}
    assert every[take_due_changes.module_path].total_seconds() == 60
    take_due_changes.call()


def test_a_form_knows_nothing_to_save_before_it_is_checked() -> None:
    form: Any = type("LessonForm", (RowForm,), {"Meta": type("Meta", (), {"model": Lesson, "fields": ["title"]})})()
    assert (form.plain, form.is_only_checked) == ({}, False)
