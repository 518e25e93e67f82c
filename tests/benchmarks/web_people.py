"""Somebody with an account, a plan, 2,000 practices and 200 check-ins, and a visitor among the questions.

Made in the database of a site that runs, by a process of its own. It prints the cookies of their browsers, and what
their posts have to carry.
"""

import json
import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from tests.coaching.shell_makers import a_member, a_plan, answer_up_to, open_page, round_on  # noqa: E402
from tests.coaching.test_query_budgets import made_much_of  # noqa: E402

PRACTICES, BEFORE_ASKED = 2_000, "mood"


def main() -> None:
    member, visitor = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    person = a_member(member)
    a_plan(person, at=timezone.now() - timedelta(days=12))
    made_much_of(person, PRACTICES)
    member.post("/week/make/")
    answer_up_to(visitor, BEFORE_ASKED)
    told = {
        "member": cookie_of(member),
        "visitor": cookie_of(visitor),
        "owner": member.get("/practice/sync/").json()["owners"][0],
        "round": round_on(open_page(visitor, BEFORE_ASKED)),
    }
    sys.stdout.write(json.dumps(told) + "\n")


def cookie_of(client: Client) -> str:
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


if __name__ == "__main__":
    main()
