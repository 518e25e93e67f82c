"""Which tests the gate keeps for its second leg. They are run by every `script/test`, after all others.

Four rules, so that nobody has to guess where a test is:

- What is marked `long` is in the second leg. It takes many seconds, and looks further than what stands beside it in the
  first: every guide where one of each kind is enough to notice a fault, every old migration, weeks in a browser.
- What is marked `either` is in the second leg on PostgreSQL, and in the first on SQLite: all but the files that are
  about the database itself, which are in the first leg on both.
- Of a test that is asked of three cases or more with a database, the first leg takes every eighth, beginning with the
  first; the second takes the others. What one page in eight would show is found early, all of it late.
- A test that commits, waits for a lock or kills a process is in the first leg on both, whatever its file.
"""

import pytest

ABOUT_THE_DATABASE = frozenset(
    {
        *(f"tests/test_{name}.py" for name in ("frozen_migrations", "old_database", "health", "breaker")),
        *(
            f"tests/accounts/test_{name}.py"
            for name in (
                *("account_rows", "lost_tasks", "my_data"),
                *("turns_of_a_mail_domain", "worker"),
            )
        ),
        *(
            f"tests/coaching/test_{name}.py"
            for name in (
                *("forgetting", "knowledge_is_read_once", "people", "personalise_pooling", "plans", "query_budgets"),
                *("reminders", "tabs_at_once", "unsent", "shared_links"),
            )
        ),
        *(f"tests/content/test_{name}.py" for name in ("history", "search", "two_editors")),
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
                *("how_it_goes", "media_keys", "nothing_else_speaks", "simulator", "guide_preview", "device"),
                *("early_start", "offline_in_spanish", "notices_on_a_device", "what_a_visit_costs"),
                *("recorded_voice", "voices_on_a_device"),
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
offline_words. Pages of staff: editor, staff_edit. A network that goes and comes back, and who is there then: offline,
drafts, two_people. What a visit costs: parcels.
Keys, sound and an early press: player. What a notice says and where it leads: reminder_devices,
reminder_links. The last are thousands of made-up people whose false alarms are counted; comparing_two, progress_page
and reminders try their rules.
"""


LONG_BY_THEMSELVES = frozenset(
    {
        "tests/accounts/test_every_letter_ends.py::test_every_row_ends_and_the_correction_reaches_who_got_nothing",
        "tests/accounts/test_hours_and_zones.py::test_back_from_a_break_the_first_letter_comes_by_day",
        "tests/accounts/test_importing_subscribers.py"
        "::test_a_fault_far_down_is_named_with_its_line_and_nothing_is_taken_in",
        "tests/accounts/test_importing_subscribers.py::test_what_is_taken_out_here_is_taken_back_here",
        "tests/accounts/test_letters_are_never_sent_against_a_wish.py"
        "::test_whoever_stopped_bounced_or_was_erased_is_reached_by_no_letter",
        "tests/accounts/test_letters_survive_crashes.py"
        "::test_ten_kills_and_two_restarts_of_the_mail_server_skip_nobody",
        "tests/accounts/test_moving_against_a_wish.py::test_letters_go_to_the_mailbox_that_wants_them_and_to_no_other",
        "tests/accounts/test_whom_an_edition_reaches.py::test_behind_each_number_stand_so_many_people",
        "tests/accounts/test_whom_an_edition_reaches.py::test_the_count_before_is_how_many_got_it_after",
        "tests/accounts/test_a_code_never_waits.py::test_a_code_leaves_while_a_long_task_runs_and_the_task_stays_held",
        "tests/accounts/test_worker.py::test_a_worker_that_is_told_to_stop_stops_without_a_fault",
        "tests/accounts/test_lists_of_any_kind.py"
        "::test_a_line_without_end_is_named_by_its_number_and_nothing_is_taken_in",
        *(
            f"tests/browser/test_{name}"
            for name in (
                "account_pages.py::test_the_pages_behind_a_letter_are_open_to_everyone",
                "drafts.py::test_a_draft_is_offered_to_nobody_but_who_wrote_it",
                "first_visit.py::test_a_closed_browser_loses_nothing",
                "first_visit.py::test_a_double_click_on_the_last_next_shows_the_loop",
                "flare_without_network.py::test_a_copy_that_was_shown_over_a_slow_line_can_switch_it_too",
                "flare_without_network.py::test_its_three_buttons_work_without_a_network",
                "flare_without_network.py::test_the_site_hears_of_it_before_it_shows_its_next_page",
                "flare_without_network.py::test_what_was_switched_on_the_site_holds_without_a_network",
                "offline.py::test_a_line_that_breaks_for_a_while_is_tried_again_without_being_asked",
                "offline.py::test_a_site_that_is_down_still_helps",
                "offline.py::test_a_token_that_was_changed_meanwhile_costs_nothing",
                "offline.py::test_every_guide_opens_without_a_network",
                "offline.py::test_it_can_be_sent_by_hand_where_the_browser_sees_no_network",
                "offline.py::test_the_first_page_of_all_is_held_too",
                "offline.py::test_the_same_after_the_browser_was_killed",
                "offline.py::test_two_tabs_send_what_waits_once",
                "offline_words.py::test_a_copy_that_stays_open_until_there_is_a_network_loses_nothing",
                "offline_words.py::test_an_entry_is_begun_on_a_page_that_was_never_open",
                "offline_words.py::test_without_a_network_the_words_stay_on_the_page_and_nowhere_else",
                "staff_edit.py::test_an_edit_reaches_readers_by_way_of_a_review",
                "taps_of_the_questions.py"
                "::test_the_questions_take_as_many_taps_as_they_promise_and_under_three_minutes",
                "two_people.py::test_one_writes_and_another_puts_it_in_force",
            )
        ),
        "tests/coaching/test_any_name.py::test_every_page_opens_and_sets_a_name_apart_from_the_words_around_it",
        "tests/coaching/test_changing_the_plan.py::test_everything_can_be_refused_and_the_page_leads_on",
        "tests/coaching/test_every_page_knows_danger.py"
        "::test_a_copy_for_a_device_says_nobodys_sign_and_begins_nothing_by_itself",
        "tests/coaching/test_guide_choices.py::test_every_way_of_every_guide_can_be_opened",
        "tests/coaching/test_hidden_pain_numbers.py::test_no_page_shows_a_pain_number_to_whoever_hides_them",
        "tests/coaching/test_lesser_danger.py::test_soon_holds_back_what_is_physical",
        *(
            f"tests/coaching/test_hostile_imports.py::test_{name}_breaks_anything_wherever_it_stands"
            for name in ("nothing_hostile", "no_name_that_is_not_ours")
        ),
        "tests/coaching/test_hostile_imports.py::test_what_was_taken_with_the_oddest_days_can_be_shown",
        "tests/coaching/test_one_answer_at_every_door.py"
        "::test_whoever_told_nothing_is_told_all_that_a_copy_and_a_letter_tell",
        "tests/coaching/test_plan_census.py::test_the_same_seed_gives_the_same_census_and_another_gives_another",
        "tests/coaching/test_same_rung_at_every_door.py::test_every_door_says_the_same_rung",
        "tests/coaching/test_safety_in_any_order.py::test_no_order_of_posts_loses_a_danger_answer",
        *(
            f"tests/coaching/test_simulate.py::test_{name}"
            for name in ("a_later_wave_learns_from_an_earlier_one", "the_same_seed_gives_the_same_outcome")
        ),
        "tests/coaching/test_simulate.py::test_the_table_has_one_row_a_kind",
        "tests/test_ready_pages_leak_nothing.py::test_in_any_order_nothing_of_one_reaches_another",
        "tests/content/test_cautions_on_demands.py::test_a_new_demand_of_a_guide_travels_in_a_pack",
        "tests/content/test_confirming.py::test_files_are_taken_as_before_and_a_change_that_waits_does_not_leave",
        "tests/content/test_exporting.py::test_load_edit_export_check_is_clean",
        "tests/content/test_ladder_files.py"
        "::test_a_ladder_that_staff_edited_goes_out_to_its_file_and_nothing_else_does",
        "tests/content/test_ladder_files.py::test_a_pack_carries_the_ladders",
        "tests/content/test_ladder_files.py::test_the_check_of_the_library_reads_a_ladder_beside_its_guide",
        "tests/content/test_pictures_travel.py::test_a_pack_brings_the_same_pictures_to_another_site",
        "tests/content/test_step_rule_files.py"
        "::test_a_rule_that_staff_edited_goes_out_to_its_file_and_comes_back_in_a_pack",
        "tests/content/test_truths.py::test_the_check_of_the_library_asks_whether_it_does",
        "tests/content/test_packs.py::test_the_library_goes_out_and_comes_back_without_a_change",
        "tests/content/test_variants.py::test_a_lesson_is_there_in_spanish_and_passes_its_checks",
    }
)
"""Walks over everything, and storms, of two seconds or more each. What each looks for stands in lighter tests of the
first leg: worker, every_letter_ends, nobody_is_sent_a_letter_against_their_wish; the smaller lists beside the large
ones; hiding in the tests of each page; every_form_listens, danger_beats_everything and tabs_at_once; the copies of each
practice; packs and exporting of one kind, and the check of the whole library, which the gate asks before all tests. A
practice that waits for a network, and flare mode without one, are in the first leg once each."""

A_VISITOR = "[visitor]"
"""Walks over every page are made by a member, who opens a few of each kind, and by a visitor, who opens them all
(`tests/coaching/every_page.py`). The visitor's are in the second leg."""

MANY, EVERY = 3, 8
"""From how many cases on a test is shared between the legs, and which of them stay in the first. Our choice."""


def is_long(item: pytest.Item) -> bool:
    is_named = item.nodeid.partition("::")[0] in LONG or function_of(item) in LONG_BY_THEMSELVES
    return is_named or item.nodeid.endswith(A_VISITOR)


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
