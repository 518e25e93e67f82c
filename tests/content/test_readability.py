import pytest

from content.core.texts.readability import Counts, count, grade_of, grade_of_counts, syllables


def test_the_cat_on_the_mat_is_below_any_school() -> None:
    assert grade_of("The cat sat on the mat.") == -1.45


def test_ten_words_with_fifteen_syllables_are_of_grade_six() -> None:
    assert grade_of_counts(Counts(words=10, sentences=1, syllables=15)) == 6.01


@pytest.mark.parametrize(
    "spoken",
    [
        *["pain", "breathed", "the", "12"],
        *[
            "mus-cle",
            "tech-niques",
            "brea-thing",
            "set-tled",
            "lit-tle",
            "some-thing",
            "be-ing",
            "use-ful",
            "cau-ses",
            "does-n't",
        ],
        *["i-de-a", "me-di-cine", "ex-er-cise", "me-mo-ry", "eve-ry-one", "eve-ry-thing"],
        *["an-xi-e-ty", "eve-ry-bod-y"],
    ],
)
def test_syllables_are_counted_as_spoken(spoken: str) -> None:
    assert syllables(spoken.replace("-", "")) == len(spoken.split("-"))


def test_a_figure_with_a_point_does_not_end_a_sentence() -> None:
    assert count("The change was 0.72 in all. It was small.").sentences == 2


def test_longer_sentences_and_words_are_harder() -> None:
    plain = "You can walk a bit each day. It may help."
    hard = "Incremental ambulation demonstrates considerable therapeutic applicability for musculoskeletal conditions."
    assert grade_of(plain) < 3 < 12 < grade_of(hard)


def test_no_words_are_no_grade() -> None:
    assert grade_of("  ") == 0
