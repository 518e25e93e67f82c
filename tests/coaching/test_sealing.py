"""Typed words are sealed: unreadable at rest, bound to their owner, and openable after a change of keys."""

from base64 import b64encode
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts.sealing import CannotOpen, check_keys, is_current, mark_of, seal, unseal

FIRST = "first:" + b64encode(b"1" * 32).decode()
SECOND = "second:" + b64encode(b"2" * 32).decode()
CONTEXT = "coaching.note:a-made-up-person"


@pytest.fixture(autouse=True)
def keys(settings: Any) -> None:
    settings.FIELD_KEYS = [FIRST]


@pytest.mark.parametrize("value", [0, "walk by the sea", {"goal": "dance", "peg_1": 0}, ["none"], False])
def test_what_was_sealed_opens_to_the_same(value: Any) -> None:
    assert unseal(seal(value, CONTEXT), CONTEXT) == value


@pytest.mark.parametrize("nothing", [None, "", {}, []])
def test_nothing_stays_empty(nothing: Any) -> None:
    assert seal(nothing, CONTEXT) == ""
    assert unseal("", CONTEXT) is None


def test_the_words_cannot_be_read_in_the_sealed_value() -> None:
    assert "sea" not in seal("walk by the sea", CONTEXT)


def test_the_same_words_never_look_the_same_twice() -> None:
    assert seal("walk", CONTEXT) != seal("walk", CONTEXT)


def test_a_value_moved_to_another_person_does_not_open() -> None:
    with pytest.raises(CannotOpen):
        unseal(seal("walk", CONTEXT), "coaching.note:somebody-else")


def test_a_changed_value_does_not_open() -> None:
    sealed = seal("walk", CONTEXT)
    changed = sealed[:-6] + ("AAAA" if sealed[-6:-2] != "AAAA" else "BBBB") + sealed[-2:]

    with pytest.raises(CannotOpen):
        unseal(changed, CONTEXT)


def test_an_error_tells_neither_the_words_nor_whose_they_are() -> None:
    with pytest.raises(CannotOpen) as caught:
        unseal(seal("walk", CONTEXT), "coaching.note:somebody-else")

    assert "walk" not in str(caught.value)
    assert "somebody-else" not in str(caught.value)


def test_old_values_open_after_a_new_key_came_first(settings: Any) -> None:
    sealed = seal("walk", CONTEXT)
    settings.FIELD_KEYS = [SECOND, FIRST]

    assert unseal(sealed, CONTEXT) == "walk"
    assert not is_current(sealed)
    assert is_current(seal("walk", CONTEXT))


def test_a_key_that_is_gone_is_named(settings: Any) -> None:
    sealed = seal("walk", CONTEXT)
    settings.FIELD_KEYS = [SECOND]

    with pytest.raises(CannotOpen, match="first"):
        unseal(sealed, CONTEXT)


def test_outside_debug_there_must_be_a_key(settings: Any) -> None:
    settings.FIELD_KEYS, settings.DEBUG = [], False

    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS"):
        seal("walk", CONTEXT)


@pytest.mark.parametrize(
    "spelled",
    [
        ["short:" + b64encode(b"1" * 5).decode()],
        ["sixteen:" + b64encode(b"1" * 16).decode()],
        ["no-colon"],
        ["dotted.name:" + b64encode(b"1" * 32).decode()],
        [":" + b64encode(b"1" * 32).decode()],
        [FIRST, FIRST],
        ["junk:not base64 at all"],
    ],
)
def test_a_key_that_cannot_be_used_is_refused_at_the_start(settings: Any, spelled: list[str]) -> None:
    settings.FIELD_KEYS, settings.DEBUG = spelled, False

    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS"):
        check_keys()


def test_each_sealing_has_a_mark_of_its_own_without_being_opened() -> None:
    sealed = [seal(words, "a:1") for words in ("the same", "the same", "another", "a" * 900)]
    marks = [mark_of(one) for one in sealed]
    assert len(set(marks)) == len(marks)
    assert [mark_of(one) for one in sealed] == marks
    assert max(map(len, marks)) < 80


def test_of_what_is_short_or_no_sealing_all_is_the_mark() -> None:
    assert [mark_of(one) for one in ("", "word", "a.b")] == ["", "word", "a.b"]
