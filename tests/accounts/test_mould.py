"""Whatever stands in a letter, a mail program reads what was written."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.core.letters.mould import fill, make
from accounts.core.letters.slots import CLOSE, OPEN, slot

WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters=f"{OPEN}{CLOSE}\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
)
LINK = st.from_regex(r"https://[a-z]{1,20}\.example/[A-Za-z0-9_./-]{0,200}", fullmatch=True)


def read(content: bytes) -> EmailMessage:
    return message_from_bytes(content, EmailMessage, policy=policy.default)


def words_in(letter: EmailMessage, kind: str) -> str:
    body = letter.get_body((kind,))
    assert body
    return str(body.get_content())


@given(before=st.lists(WORDS), after=st.lists(WORDS), link=LINK)
def test_the_words_and_the_link_arrive_as_they_were(before: list[str], after: list[str], link: str) -> None:
    text = f"{chr(10).join(before)}{slot('link')}{chr(10).join(after)}"
    mould = make({"Subject": "Hello", "To": slot("to")}, text=text, html=f"<p>{text}</p>")
    letter = read(fill(mould, {"link": link, "to": "walter@example.org"}))
    whole = text.replace(slot("link"), link)
    # A line break at the very end is the mail's own.
    assert words_in(letter, "plain").splitlines() == "\n".join(whole.splitlines()).splitlines()
    assert words_in(letter, "html").splitlines() == f"<p>{whole}</p>".splitlines()


@given(WORDS, LINK)
def test_no_line_is_longer_than_mail_allows(words: str, link: str) -> None:
    mould = make({"To": slot("to")}, text=f"{words}{slot('link')}{words}", html=words)
    content = fill(mould, {"link": link, "to": "walter@example.org"})
    assert max(map(len, content.split(b"\r\n"))) <= 78
    assert b"\n" not in content.replace(b"\r\n", b"")


@pytest.mark.parametrize("value", ["a\r\nBcc: b@example.org", "a\nb", "ä", "a=b", "a\x00"])
def test_a_value_cannot_add_a_header(value: str) -> None:
    mould = make({"To": slot("to")}, text="Words", html="Words")
    with pytest.raises(ValueError, match="no place"):
        fill(mould, {"to": value})


def test_a_header_with_a_line_break_is_refused() -> None:
    with pytest.raises(ValueError, match="line break"):
        make({"Subject": "a\nBcc: b@example.org"}, text="Words", html="Words")


def test_a_long_subject_in_another_script_arrives_whole() -> None:
    subject = "Спокойная спина за шесть мягких вдохов " * 3
    letter = read(fill(make({"Subject": subject.strip()}, text="Words", html="Words"), {}))
    assert str(letter["Subject"]) == subject.strip()
