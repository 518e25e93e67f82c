"""A line is written for a voice so that it is read aloud as it is meant; its name stays that of the line."""

import pytest

from script.speaking.spoken_text import for_speech, sentences_of


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Breathe in", "Breathe in."),
        ("Is it there?", "Is it there?"),
        ('"Check first.', "Check first."),
        ("I am having the thought that...", "I am having the thought that…"),
        ("Let your eyes close. Open them any time.", "Let your eyes cloze. Open them any time."),
        ("Sit close to the wall.", "Sit close to the wall."),
        ("Bend left/right", "Bend left or right."),
        ("5-10 moves at 50%", "5 to 10 moves at 50 percent."),
        ("Rest – it is enough", "Rest, it is enough."),
        ("A good-enough place:", "A good-enough place."),
    ],
    ids=str,
)
def test_english_is_written_as_it_is_said(line: str, said: str) -> None:
    assert for_speech(line, "en") == said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Toma aire", "Toma aire."),
        ("Di: «esto es un brote»", "Di: esto es un brote."),
        ("De 5-10 veces", "De 5 a 10 veces."),
        ("Un 50 % arriba/abajo", "Un 50 por ciento arriba o abajo."),
    ],
    ids=str,
)
def test_spanish_is_written_as_it_is_said(line: str, said: str) -> None:
    assert for_speech(line, "es") == said


def test_a_line_is_cut_where_its_sentences_end_and_nothing_is_lost() -> None:
    said = "Rest. Is it 3.5 now? Go on… and stop"
    assert sentences_of(said) == ["Rest.", "Is it 3.5 now?", "Go on…", "and stop"]
    assert " ".join(sentences_of(said)) == said
