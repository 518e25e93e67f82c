import tomllib

from hypothesis import given
from hypothesis import strategies as st

from content.core.files.toml import as_toml

names = st.sampled_from(["words", "right", "seconds", "sizes", "part"])
plain = st.booleans() | st.integers(-1000, 1000) | st.text() | st.lists(st.text(max_size=5), max_size=3)
small = st.dictionaries(names, plain, max_size=4)
tables = st.dictionaries(
    st.sampled_from(["question", "answers", "task", "note"]),
    plain | small | st.lists(small, min_size=1, max_size=3),
    max_size=4,
)


@given(tables)
def test_what_is_written_reads_the_same(table: dict[str, object]) -> None:
    assert tomllib.loads(as_toml(table)) == table


def test_nothing_is_left_out_but_none() -> None:
    assert tomllib.loads(as_toml({"technique": None, "minutes": 5})) == {"minutes": 5}
