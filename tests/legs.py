"""Which tests the gate keeps for its second leg. They are run by every `script/test`, after all others.

Four rules, so that nobody has to guess where a test is:

- What is marked `long` is in the second leg. It takes many seconds, and looks further than what stands beside it in the
  first: every guide where one of each kind is enough to notice a fault, every old migration, weeks in a browser.
- What is marked `either` is in the second leg on PostgreSQL, and in the first on SQLite: all but the files that are
  about the database itself, which are in the first leg on both.
- Of a test that is asked of five cases or more with a database, the first leg takes every fourth, beginning with the
  first; the second takes the others. A kind of fault that one page in four would show is found early, all of them late.
- A test that commits, waits for a lock or kills a process is in the first leg on both, whatever its file.
"""

import pytest

ABOUT_THE_DATABASE = frozenset(
    {
        *(f"tests/test_{name}.py" for name in ("frozen_migrations", "old_database", "health", "breaker")),
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
                *(
                    "personalise_pooling",
                    "query_budgets",
                    "reminders",
                    "reminder_page",
                    "service_page",
                    "tabs_at_once",
                    "unsent",
                ),
                *("unwanted_effects", "week_pages", "leaving_well", "shared_links"),
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
                *("what_was_chosen_offline", "in_every_hand", "what_is_taken_away", "main_path_is_open"),
            )
        ),
        *(
            f"tests/coaching/test_{name}.py"
            for name in (
                *(
                    "a_or_b",
                    "bringing_it_back",
                    "change_is_true",
                    "every_record",
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
The main path in other hands: narrow_and_wide; with things taken away: a_bare_browser; in Spanish: spanish_pages. Tools:
offline_words. Pages of staff: editor, staff_edit. A network that goes and comes back: offline. The last are thousands
of made-up people whose false alarms are counted; comparing_two, progress_page and reminders try their rules.
"""


LONG_BY_THEMSELVES = frozenset(
    {
        "tests/accounts/test_letters_survive_crashes.py::test_ten_kills_and_two_restarts_of_the_mail_server_skip_nobody",
        "tests/accounts/test_moving_against_a_wish.py::test_letters_go_to_the_mailbox_that_wants_them_and_to_no_other",
        "tests/coaching/test_hidden_pain_numbers.py::test_no_page_shows_a_pain_number_to_whoever_hides_them",
        "tests/coaching/test_one_answer_at_every_door.py"
        "::test_whoever_told_nothing_is_told_all_that_a_copy_and_a_letter_tell",
        "tests/coaching/test_safety_in_any_order.py::test_no_order_of_posts_loses_a_danger_answer",
        "tests/content/test_exporting.py::test_load_edit_export_check_is_clean",
        "tests/content/test_ladder_files.py::test_a_pack_carries_the_ladders",
        "tests/content/test_pictures_travel.py::test_a_pack_brings_the_same_pictures_to_another_site",
        "tests/content/test_step_rule_files.py"
        "::test_a_rule_that_staff_edited_goes_out_to_its_file_and_comes_back_in_a_pack",
    }
)
"""Walks over everything, and storms, of more than five seconds each. What each looks for stands in lighter tests of the
first leg: worker, every_letter_ends, letters_are_never_sent_against_a_wish; hiding in the tests of each page;
every_form_listens, danger_beats_everything and tabs_at_once; packs and exporting of one kind."""

MANY, EVERY = 5, 4
"""From how many cases on a test is shared between the legs, and which of them stay in the first. Our choice."""


def is_long(item: pytest.Item) -> bool:
    return item.nodeid.partition("::")[0] in LONG or function_of(item) in LONG_BY_THEMSELVES


def function_of(item: pytest.Item) -> str:
    return item.nodeid.partition("[")[0]


def left_for_later(items: list[pytest.Item]) -> set[str]:
    """The cases, by the names of their nodes, that the second leg takes of tests with many."""
    cases: dict[str, list[str]] = {}
    for item in items:
        cases.setdefault(function_of(item), []).append(item.nodeid)
    many = (names for names in cases.values() if len(names) >= MANY)
    return {name for names in many for place, name in enumerate(names) if place % EVERY}


def is_same_on_either(item: pytest.Item, *, commits: bool) -> bool:
    file = item.nodeid.partition("::")[0]
    return file not in ABOUT_THE_DATABASE and not commits and not item.get_closest_marker("faults")
