"""Which tests the gate keeps for its second leg. They are run by every `script/test`, after all others.

Three rules, so that nobody has to guess where a test is:

- What is marked `long` is in the second leg. It takes many seconds, and looks further than what stands beside it in the
  first: every guide where one of each kind is enough to notice a fault, every old migration, weeks in a browser.
- What is marked `either` is in the second leg on PostgreSQL, and in the first on SQLite: all but the files that are
  about the database itself, which are in the first leg on both.
- A test that commits, waits for a lock or kills a process is in the first leg on both, whatever its file.
"""

import pytest

ABOUT_THE_DATABASE = frozenset(
    {
        *(f"tests/test_{name}.py" for name in ("frozen_migrations", "old_database", "health")),
        *(
            f"tests/accounts/test_{name}.py"
            for name in (
                *("account_rows", "every_letter_ends", "hours_and_zones", "importing_subscribers", "lost_tasks"),
                *("moving_against_a_wish", "my_data", "pace_of_letters", "sending_letters", "series_for_lists"),
                *("series_of_letters", "turns_of_a_mail_domain", "whom_an_edition_reaches", "worker"),
            )
        ),
        *(
            f"tests/coaching/test_{name}.py"
            for name in (
                *("check_in", "comparing_two", "forgetting", "knowledge_is_read_once", "people", "plans"),
                *("personalise_pooling", "query_budgets", "reminders", "service_page", "tabs_at_once", "unsent"),
                *("unwanted_effects", "week_pages", "leaving_well"),
            )
        ),
        *(
            f"tests/content/test_{name}.py"
            for name in ("exporting", "history", "loader", "merge", "packs", "publishing", "search", "two_editors")
        ),
    }
)
"""Files about what a database does by itself: migrations, queries and their number, constraints, searches, dates."""

LONG = frozenset(
    {
        *(
            f"tests/browser/test_{name}.py"
            for name in (
                *("every_skin_is_open", "every_state_is_open", "old_browsers", "public_pages", "reading"),
                *("tools_pages", "two_weeks", "eight_weeks", "bringing_lists", "studio", "offline_people"),
                *("what_was_chosen_offline",),
            )
        ),
        *(
            f"tests/coaching/test_{name}.py"
            for name in (
                *(
                    "a_or_b",
                    "change_is_true",
                    "patterns_may_be_chance",
                    "reminders_by_chance",
                    "small_groups_stay_hidden",
                ),
            )
        ),
    }
)
"""Journeys that are long as a whole. What each is about stands in shorter files of the first leg too.

Pages and a player without a fault for the accessibility checker: plan_pages_are_open, danger, player, seen_and_touched.
Tools: offline_words. Pages of staff: editor, staff_edit. A network that goes and comes back: offline. The last are
thousands of made-up people whose false alarms are counted; comparing_two, progress_page and reminders try their rules.
"""


def is_long(item: pytest.Item) -> bool:
    return item.nodeid.partition("::")[0] in LONG


def is_same_on_either(item: pytest.Item, *, commits: bool) -> bool:
    file = item.nodeid.partition("::")[0]
    return file not in ABOUT_THE_DATABASE and not commits and not item.get_closest_marker("faults")
