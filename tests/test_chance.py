"""Random bytes that are fetched many at a time: none comes twice, in whatever thread or process."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from config import chance
from config.chance import AT_ONCE, HEAP, Heap, cut, random_bytes

PIECE = 16


def many() -> list[bytes]:
    return [random_bytes(PIECE) for _ in range(3 * AT_ONCE // PIECE)]


def test_each_piece_is_as_long_as_it_was_asked_for() -> None:
    assert [len(random_bytes(count)) for count in (0, 1, 16, AT_ONCE - 1, AT_ONCE, 3 * AT_ONCE)] == [
        *(0, 1, 16, AT_ONCE - 1, AT_ONCE),
        3 * AT_ONCE,
    ]


def test_no_piece_comes_twice_in_any_thread() -> None:
    with ThreadPoolExecutor(4) as pool:
        pieces = [piece for some in pool.map(lambda _: many(), range(8)) for piece in some]
    assert len(set(pieces)) == len(pieces)


def a_heap() -> Heap[bytes]:
    return Heap(lambda count: cut(random_bytes(count * PIECE), PIECE))


def in_a_child(draw: Callable[[], bytes]) -> bytes:
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writes, draw())
        os._exit(0)
    theirs = os.read(reads, PIECE)
    os.waitpid(child, 0)
    return theirs


def test_a_process_that_was_forked_has_none_of_what_its_parent_has_fetched() -> None:
    random_bytes(PIECE)
    theirs = in_a_child(lambda: random_bytes(PIECE))
    assert len(theirs) == PIECE
    assert theirs != random_bytes(PIECE)


def test_a_process_that_was_forked_has_none_of_what_lay_ready_in_its_parent() -> None:
    heap = a_heap()
    heap.one()
    theirs = in_a_child(heap.one)
    assert len(theirs) == PIECE
    assert theirs not in {heap.one() for _ in range(HEAP)}


def test_none_of_a_heap_is_given_out_twice_by_any_thread() -> None:
    heap = a_heap()
    with ThreadPoolExecutor(4) as pool:
        some = pool.map(lambda _: [heap.one() for _ in range(3 * HEAP)], range(8))
        given = [piece for pieces in some for piece in pieces]
    assert len(set(given)) == len(given) == 24 * HEAP


def test_a_heap_is_made_anew_once_it_is_used_up() -> None:
    made: list[int] = []

    def make(count: int) -> list[int]:
        made.append(count)
        return list(range(count))

    heap = Heap(make)
    assert sorted(heap.one() for _ in range(HEAP)) == list(range(HEAP))
    assert made == [HEAP]
    heap.one()
    assert made == [HEAP, HEAP]


def test_the_system_is_asked_once_for_many(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    fetch = os.urandom

    def fetched(count: int) -> bytes:
        asked.append(count)
        return fetch(count)

    monkeypatch.setattr(chance.os, "urandom", fetched)
    monkeypatch.setattr(chance._kept, "left", bytearray())
    pieces = [random_bytes(PIECE) for _ in range(AT_ONCE // PIECE)]
    assert asked == [AT_ONCE]
    assert len(set(pieces)) == len(pieces)
