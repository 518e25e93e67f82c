"""Filling in a tool: lines come and go with nothing lost, bad input is told kindly, nothing must be answered."""

import re
from typing import Any

import pytest
from django.test import Client

from coaching.core.tools.kinds.catalogue import TOOLS
from coaching.models import ToolEntry
from tests.coaching.shell_makers import a_finished_intake, a_visitor
from tests.coaching.tool_makers import an_entry, new_client_id, page_of, rewrite, text, url, words_of, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def send(client: Client, slug: str, **told: Any) -> Any:
    return client.post(url("tool_new", slug), page_of(slug, **told))


def value_of(page: Any, name: str) -> str | None:
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', text(page)) or re.search(
        rf'<input[^>]*value="([^"]*)"[^>]*name="{name}"', text(page)
    )
    return found[1] if found else None


def test_another_line_keeps_all_that_was_typed_and_saves_nothing(client: Client) -> None:
    page = send(client, "ladder", do="add:steps", want="Kneel")

    assert page.status_code == 200
    assert value_of(page, "want") == "Kneel"
    assert value_of(page, "steps-0-words") == "Hands to my knees"
    assert 'name="steps-1-words"' in text(page)
    assert ToolEntry.objects.count() == 0


def test_another_line_keeps_even_what_cannot_be_saved(client: Client) -> None:
    page = send(client, "pacing-planner", do="add:tries", goal="many")

    assert page.status_code == 200
    assert value_of(page, "goal") == "many"


def test_a_line_can_be_removed(client: Client) -> None:
    told = {"ideas-lines": "3", "ideas-0-idea": "One", "ideas-1-idea": "Two", "ideas-2-idea": "Three"}

    page = send(client, "problem-solving", do="drop:ideas:1", **told)

    assert value_of(page, "ideas-0-idea") == "One"
    assert value_of(page, "ideas-1-idea") == "Three"
    assert 'name="ideas-2-idea"' not in text(page)


def test_removing_the_only_line_leaves_an_empty_one(client: Client) -> None:
    page = send(client, "problem-solving", do="drop:ideas:0")

    assert value_of(page, "ideas-lines") == "0" or 'name="ideas-0-idea"' in text(page)


def test_a_list_stops_growing_at_its_bound(client: Client) -> None:
    page = send(client, "flare-plan", do="add:first", **{"first-lines": "8"})

    assert 'name="first-7-do"' in text(page) and 'name="first-8-do"' not in text(page)
    assert 'value="add:first"' not in text(page)


@pytest.mark.parametrize("lines", ["999999999999", "-3", "many", "", "1e9", "٣"])
def test_a_made_up_number_of_lines_breaks_nothing(client: Client, lines: str) -> None:
    assert send(client, "flare-plan", **{"first-lines": lines}).status_code == 302


@pytest.mark.parametrize(
    "do", ["add:nothing", "drop:first:99", "drop:first:-1", "drop:nothing:0", "add:", ":", "drop:first:٣"]
)
def test_a_made_up_button_breaks_nothing(client: Client, do: str) -> None:
    assert send(client, "flare-plan", do=do).status_code == 200


def test_lines_left_empty_are_not_kept(client: Client) -> None:
    entry = write(client, "flare-plan", **{"first-lines": "3", "first-2-do": "Walk to the door"})

    assert entry.answers["first"] == [{"do": "Ten slow breaths"}, {"do": "Walk to the door"}]


@pytest.mark.parametrize("slug", [tool.slug for tool in TOOLS])
def test_a_page_with_nothing_on_it_is_told_so(client: Client, slug: str) -> None:
    page = client.post(url("tool_new", slug), {"client_id": new_client_id()})

    assert page.status_code == 422
    assert "Nothing is written yet" in words_of(page)


def test_what_the_page_filled_in_by_itself_is_not_yet_an_entry(client: Client) -> None:
    told = {"up": None, "sleep": None, "note": None}

    assert send(client, "sleep-diary", **told).status_code == 422


@pytest.mark.parametrize(
    ("slug", "name", "value", "told"),
    [
        ("thought-record", "sure", "101", "from 0 to 100"),
        ("thought-record", "sure", "-1", "from 0 to 100"),
        ("thought-record", "sure", "3.5", "from 0 to 100"),
        ("thought-record", "sure", "half", "from 0 to 100"),
        ("thought-record", "traps_pain", "tarot", "tick only"),
        ("thought-record", "thought", "a" * 5001, "and 5000 fit"),
        ("thought-record", "situation", "a" * 201, "and 200 fit"),
        ("worry-time", "size", "11", "from 0 to 10"),
        ("worry-time", "at_time", "soon", "such as 7:30"),
        ("worry-time", "left", "tarot", "choose one"),
        ("sleep-diary", "on", "yesterday", "choose a day"),
        ("sleep-diary", "on", "2999-01-01", "not come yet"),
        ("sleep-diary", "on", "0001-01-01", "choose a day"),
        ("pacing-planner", "days", "8", "from 1 to 7"),
        ("pacing-planner", "tries-0-amount", "99999999999999999999", "from 0 to 10000"),
        ("ladder", "steps-0-fear", "11", "from 0 to 10"),
        ("activities", "things-0-matters", "tarot", "choose one"),
        ("thought-record", "thought", "a\x00b", "cannot be kept"),
    ],
)
def test_a_wrong_answer_is_named_and_the_page_keeps_the_rest(
    client: Client, slug: str, name: str, value: str, told: str
) -> None:
    page = send(client, slug, **{name: value})

    assert page.status_code == 422
    assert told in words_of(page)
    assert "Error:" in re.findall(r"<title>(.*?)</title>", text(page), re.DOTALL)[0]
    assert ToolEntry.objects.count() == 0


def test_an_error_in_a_list_says_which_line(client: Client) -> None:
    page = send(client, "ladder", **{"steps-lines": "2", "steps-1-words": "Kneel", "steps-1-fear": "12"})

    assert "Step 2, How much does it scare you: choose a number from 0 to 10." in words_of(page)


@pytest.mark.parametrize("client_id", ["", "short", "with space in it it", "a" * 41, "<script>alert(1)</script>"])
def test_a_page_without_a_proper_id_is_refused_with_the_words_kept(client: Client, client_id: str) -> None:
    page = send(client, "writing", client_id=client_id)

    assert page.status_code == 422
    assert "I did not say goodbye." in text(page)


@pytest.mark.parametrize(
    "words", ["0", "'; DROP TABLE coaching_toolentry; --", "<script>alert(1)</script>", "{{ 7 }}", "{0}", "🙂 السلام"]
)
def test_words_come_back_as_they_were_written(client: Client, words: str) -> None:
    entry = write(client, "thought-record", thought=words)

    assert entry.answers["thought"] == words
    page = client.get(url("tool_entry", "thought-record", entry.client_id))
    assert page.status_code == 200 and "<script>alert" not in text(page)


def test_a_number_of_nought_is_an_answer(client: Client) -> None:
    entry = write(client, "thought-record", sure="0", sure_after="0")

    assert (entry.answers["sure"], entry.answers["sure_after"]) == (0, 0)


def test_a_nought_noted_afterwards_counts_as_come_back_to(client: Client) -> None:
    entry = write(client, "experiment", came_true="0")

    assert "to be continued" not in words_of(client.get(url("tool", "experiment")))
    page = text(client.get(url("tool_entry", "experiment", entry.client_id)))
    assert "0 of 100" in page and "#part-after" not in page


def test_a_shape_of_ones_own_is_kept_and_offered_the_next_time(client: Client) -> None:
    entry = write(client, "thought-record", **{"traps_own-own": "Old radio"})

    assert entry.answers["traps_own"] == ["own:Old radio"]
    assert 'value="own:Old radio"' in text(client.get(url("tool_new", "thought-record")))


def test_a_shape_of_ones_own_can_be_ticked_again(client: Client) -> None:
    write(client, "thought-record", **{"traps_own-own": "Old radio"})

    again = write(client, "thought-record", traps_own="own:Old radio")

    assert again.answers["traps_own"] == ["own:Old radio"]


def test_a_try_can_be_noted_for_a_step_that_was_only_now_typed(client: Client) -> None:
    told = {"steps-0-key": "1", "tries-lines": "1", "tries-0-step": "1", "tries-0-before": "5", "tries-0-after": "3"}

    entry = write(client, "ladder", **told)

    assert entry.answers["tries"] == [{"step": "1", "before": 5, "after": 3}]


def test_a_try_stays_with_its_step_when_another_is_removed(client: Client) -> None:
    steps = {"steps-lines": "2", "steps-0-key": "1", "steps-1-words": "Kneel on the bed", "steps-1-key": "2"}
    entry = write(client, "ladder", **steps, **{"tries-lines": "1", "tries-0-step": "2", "tries-0-after": "3"})

    rewrite(
        client,
        entry,
        **{"steps-lines": "1", "steps-0-key": "2", "steps-0-words": "Kneel on the bed"},
        **{"tries-lines": "1", "tries-0-step": "2", "tries-0-after": "3"},
    )

    entry.refresh_from_db()
    assert entry.answers["steps"] == [{"key": 2, "words": "Kneel on the bed", "fear": 2}]
    assert "Kneel on the bed" in words_of(client.get(url("tool_print", "ladder", entry.client_id)))


def test_a_try_for_a_step_that_is_not_there_is_refused(client: Client) -> None:
    page = send(client, "ladder", **{"tries-lines": "1", "tries-0-step": "9", "tries-0-after": "3"})

    assert page.status_code == 422


def test_two_lines_that_claim_the_same_number_get_numbers_of_their_own(client: Client) -> None:
    told = {"steps-lines": "2", "steps-0-key": "1", "steps-1-key": "1", "steps-1-words": "Kneel"}

    entry = write(client, "ladder", **told)

    assert [step["key"] for step in entry.answers["steps"]] == [1, 2]


def test_the_anchor_time_is_carried_to_the_next_morning(client: Client) -> None:
    write(client, "sleep-diary", wake_goal="06:45")

    page = client.get(url("tool_new", "sleep-diary"))

    assert value_of(page, "wake_goal") == "06:45"
    assert value_of(page, "sleep-0") is None


def test_what_matters_to_a_person_stands_first_in_the_list_of_what_a_thing_serves(client: Client) -> None:
    person = a_visitor(client)
    a_finished_intake(person, values=["giving", "faith"])

    page = text(client.get(url("tool_new", "activities")))

    options = re.findall(r'<option value="(\w+)">', page)
    assert set(options[:2]) == {"giving", "faith"}


def test_the_full_record_opens_every_part_and_the_quick_one_leaves_them_folded(client: Client) -> None:
    quick = text(client.get(url("tool_new", "thought-record")))
    full = text(client.get(url("tool_new", "thought-record") + "?full"))

    assert len(re.findall(r'<details class="part folded" id="[\w-]+" open', quick)) == 0
    assert len(re.findall(r'<details class="part folded" id="[\w-]+" open', full)) == 3


def test_a_folded_part_with_a_wrong_answer_in_it_is_open(client: Client) -> None:
    page = text(send(client, "sleep-diary", to_sleep="-5"))

    assert re.search(r'<details class="part folded" id="part-times" open', page)


def test_the_enter_key_saves_and_does_not_add_a_line(client: Client) -> None:
    page = text(client.get(url("tool_new", "ladder")))
    form = page[page.index('class="form tool-form"') :]

    assert re.findall(r"<button[^>]*>", form)[0].endswith('name="do" value="save">')


def test_many_lines_of_the_longest_list_fit_into_one_post(client: Client) -> None:
    tries = {
        f"tries-{number}-{name}": value
        for number in range(40)
        for name, value in {
            "step": "1",
            "on": "2026-03-01",
            "expect": "It holds",
            "before": "5",
            "after": "3",
            "happened": "It held",
        }.items()
    }
    steps = {
        f"steps-{number}-{name}": value
        for number in range(12)
        for name, value in {"words": f"Step {number}", "fear": "3", "key": str(number + 1)}.items()
    }

    entry = write(client, "ladder", **{"steps-lines": "12", "tries-lines": "40"}, **steps, **tries)

    assert len(entry.answers["tries"]) == 40


def test_an_entry_of_an_older_form_opens_without_what_is_no_longer_asked(client: Client) -> None:
    entry = an_entry(a_visitor(client), "writing", about="The move", mood_of_the_day="stormy")

    page = client.get(url("tool_entry", "writing", entry.client_id))

    assert "The move" in words_of(page) and "stormy" not in words_of(page)
