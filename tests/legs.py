"""Which tests the gate keeps for its second leg. They are run by every `script/test`, after all others.

Three rules, so that nobody has to guess where a test is:

- What is marked `long` is in the second leg. It takes many seconds, and looks further than what stands beside it in the
  first: every guide where one of each kind is enough to notice a fault, every old migration, weeks in a browser.
- What is marked `either` is in the second leg on PostgreSQL, and in the first on SQLite. It asks for pages and reads
  their words: a query that only one database can answer would fail in the tests of models, queries, forms that
  write, locks, migrations and the worker, which are in the first leg on both.
- A test that commits, waits for a lock or kills a process is in the first leg on both, whatever its file says.
"""

import pytest

SAME_ON_EITHER = frozenset(
    {
        *(f"tests/test_{name}.py" for name in ("public_pages", "errors", "machine_pages", "outbox_page")),
        *(
            f"tests/accounts/test_{name}.py"
            for name in ("account_pages", "editions_in_admin", "language_of_consent", "staff_pages", "why_letters_come")
        ),
        *(
            f"tests/content/test_{name}.py"
            for name in ("ladder_files", "pages", "pictures", "pictures_travel", "previews", "tip_pages", "variants")
        ),
        *(
            f"tests/coaching/test_{name}.py"
            for name in (
                *("breath_patterns", "care_for_words", "care_with_reading", "check_question", "chest_first"),
                *("danger_beats_everything", "danger_is_heard_anywhere", "every_page_knows_danger", "first_thing"),
                *(
                    "first_words",
                    "flare_mode",
                    "guide_choices",
                    "guide_preview",
                    "help_in_spanish",
                    "help_knows_a_sign",
                ),
                *("help_pages", "intake_bad_input", "left_out_for_a_reason", "lesser_danger", "lesson_in_spanish"),
                *("lesson_on_paper", "lesson_pages", "mistakes", "my_picture", "one_answer_at_every_door"),
                *("pinned_and_shut", "practice_copies", "practice_pages", "progress_page", "result_pages"),
                *("safety_in_any_order", "same_rung_at_every_door", "self_harm", "service_page", "services_by_country"),
                *("signs_in_groups", "simulator", "standing_danger", "tool_copies", "tools_forms", "tools_pages"),
                *("tools_safety", "tools_without_library", "unread_forms", "way_about", "what_is_asked"),
                *("without_scripts",),
            )
        ),
    }
)
"""Files whose tests ask for pages and read their words."""


LONG = frozenset(
    f"tests/browser/test_{name}.py"
    for name in (
        *("every_skin_is_open", "every_state_is_open", "old_browsers", "public_pages", "reading", "tools_pages"),
        *("two_weeks", "eight_weeks", "bringing_lists", "studio", "offline_people", "what_was_chosen_offline"),
    )
)
"""Journeys that are long as a whole. What each is about stands in shorter files of the first leg too.

Pages and a player without a fault for the accessibility checker: plan_pages_are_open, danger, player, seen_and_touched.
Tools: offline_words. Pages of staff: editor, staff_edit. A network that goes and comes back: offline.
"""


def is_long(item: pytest.Item) -> bool:
    return item.nodeid.partition("::")[0] in LONG


def is_same_on_either(item: pytest.Item, *, commits: bool) -> bool:
    file = item.nodeid.partition("::")[0]
    return file in SAME_ON_EITHER and not commits and not item.get_closest_marker("faults")
