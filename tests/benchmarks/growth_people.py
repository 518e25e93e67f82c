"""People by the number in the database that the environment names, for `growth`: `make NUMBER` or `explain NUMBER`.

Each has an account, ten practices and a row in every other table that a person can have. Of some, spread at random,
rows can be opened: answers, a plan, a log-in. `make` prints the cookies of their browsers and what their posts carry;
`explain` prints what everything that a visitor and a member can do reads, by which index.
"""

import json
import os
import sys
from datetime import timedelta
from random import Random
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("LOG_LEVEL", "CRITICAL")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from django.utils import timezone  # noqa: E402

from coaching.models import Person, Practice  # noqa: E402
from tests.benchmarks.background_people import make_crowd, practise, run  # noqa: E402
from tests.benchmarks.living import line_of, read_whole, seen_of  # noqa: E402
from tests.benchmarks.plans_people import copy_to_everybody  # noqa: E402
from tests.benchmarks.web_people import cookie_of  # noqa: E402
from tests.coaching.every_page import MEMBER, VISITOR  # noqa: E402
from tests.coaching.shell_makers import a_plan  # noqa: E402
from tests.coaching.test_erasing_leaves_nothing import MODELS  # noqa: E402

PRACTICES = 10
MEMBERS = 200
LEAVE = {"accounts.Leaving", "mfa.Authenticator", "accounts.ReminderWish"}
"""What a copied row would say of somebody here: that they go, or that a second step is asked for."""


def main(what: str, people: int) -> None:
    setup_test_environment()
    told = make(people) if what == "make" else explain(people)
    sys.stdout.write(json.dumps(told) + "\n")


def make(people: int) -> list[dict[str, str]]:
    make_crowd(people)
    for goes in range(2, PRACTICES):
        practise(goes, "n % 10 <> 0")
    copy_to_everybody(people, rows=1)
    chosen = Random(7).sample(range(1, people + 1), min(MEMBERS, people // 2))  # noqa: S311 (the same each time)
    told = [a_member_again(number) for number in chosen]
    connection.close()
    run("VACUUM (ANALYZE)")
    return told


def a_member_again(number: int) -> dict[str, str]:
    """Their practices stay where they are, among those of all others."""
    person = Person.objects.select_related("user").get(user=number)
    for model in MODELS:
        parts: list[Any] = [field for field in model._meta.concrete_fields if field.is_relation]
        of_person = [field.name for field in parts if field.related_model is Person]
        if of_person and model is not Practice:
            model._default_manager.filter(**{of_person[0]: person}).delete()
        if model._meta.label in LEAVE:
            model._default_manager.filter(user=number).delete()
    a_plan(person, at=timezone.now() - timedelta(days=12))
    client = Client(SERVER_NAME="localhost")
    assert person.user
    client.force_login(person.user)
    return {"cookie": cookie_of(client), "owner": client.get("/practice/sync/").json()["owners"][0]}


def explain(people: int) -> dict[str, Any]:
    lines, whole = [], []
    for whose in (VISITOR, MEMBER):
        statements = seen_of(whose, PRACTICES)
        whole += read_whole(statements, people)
        for sql, ways in statements:
            lines += [f"{whose:<8} {sql.split()[0]:<7} " + " · ".join(line_of(read).strip() for read in ways)]
    return {"lines": lines, "whole": whole}


if __name__ == "__main__":
    if sys.argv[1] == "make":
        for command in ("migrate", "createcachetable", "load_library"):
            call_command(command, verbosity=0)
    main(sys.argv[1], int(sys.argv[2]))
