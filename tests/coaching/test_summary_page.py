"""The page of a summary: chosen, seen as it would leave, and handed out on paper or by a link."""

import re
from datetime import timedelta
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Profile
from coaching.core.intake.safety import read_safety
from coaching.intake.intakes import hear
from coaching.models import Person, SharedLink
from coaching.progress.check_ins import keep_check_in
from coaching.sharing.links import MOST_ALIVE
from tests.coaching.shell_makers import a_member, a_plan, text, the_user
from tests.coaching.summary_makers import a_link, fresh_secret

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PAGE, PAPER, LINK, LINKS = "/summary/", "/summary/paper/", "/summary/link/", "/summary/links/"
FORM = re.compile(r'<form[^>]*action="(?:/es)?/summary/(paper|link)/"[^>]*>(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
PREVIEW = re.compile(r'<article class="summary-page.*?</article>', re.DOTALL)
CHOSEN = {"parts": ["scores", "pain", "danger", "next"], "own_words": ["goal_words"], "weeks": "12"}


@pytest.fixture
def person(client: Client) -> Person:
    at = timezone.now() - timedelta(days=10)
    return a_plan(a_member(client), at=at, goal="Carry my bag upstairs", values=["family"]).person


def preview(page: Any) -> str:
    found = PREVIEW.search(page.content.decode())
    assert found, "no page is shown"
    return unescape(found[0])


def carried(page: Any, what: str) -> dict[str, list[str]]:
    """The hidden fields with which the page that was seen is handed out."""
    inner = dict(FORM.findall(page.content.decode()))[what]
    told: dict[str, list[str]] = {}
    for name, value in HIDDEN.findall(inner):
        told.setdefault(unescape(name), []).append(unescape(value))
    return told


def ways_out(client: Client, **chosen: Any) -> tuple[str, str]:
    """The address and the code of a link with these parts."""
    page = client.post(PAGE, {**CHOSEN, **chosen})
    made = text(client.post(LINK, {**carried(page, "link"), "days": "1"}))
    address = re.search(r'href="[^"]*(/shared/[^"]+)"', made)
    code = re.search(r'class="code-out">\s*(\d{3} \d{3})', made)
    assert address
    assert code
    return address[1], code[1]


# --- Choosing and seeing -------------------------------------------------------------------------


def test_the_usual_page_stands_there_at_once_without_a_word_of_ones_own(client: Client, person: Person) -> None:
    shown = preview(client.get(PAGE))
    assert "No name is given here." in shown
    assert "Danger signs" in shown
    assert "(PEG)" in shown
    assert "Carry my bag" not in shown


def test_what_is_chosen_is_shown_and_nothing_else(client: Client, person: Person) -> None:
    shown = preview(client.post(PAGE, {**CHOSEN, "parts": ["next"], "name": "Nadia K.", "questions": "May I run?"}))
    assert "Carry my bag upstairs" in shown
    assert "Nadia K." in shown
    assert "May I run?" in shown
    assert "(PEG)" not in shown
    assert "Unwanted effects" not in shown.partition("Not shared")[2].partition(".")[2]


@pytest.mark.parametrize("secret", ["client_id", "person.pk", "user.pk"])
def test_no_id_of_ours_is_on_it(client: Client, person: Person, secret: str) -> None:
    assert person.user
    shown = preview(client.post(PAGE, CHOSEN))
    told = {"client_id": "client_id", "person.pk": person.pk, "user.pk": str(person.user)}
    assert told[secret] not in shown


@pytest.mark.parametrize("name", ["Jürgen Müßig-Größe", "نادية عبد الرحمن", "山田 花子", "Ђорђе", "A&B <i>", "O’Brien"])
def test_a_name_in_any_script_stands_in_its_own_direction(client: Client, person: Person, name: str) -> None:
    shown = client.post(PAGE, {**CHOSEN, "name": name}).content.decode()
    assert f'<bdi dir="auto">{name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")}</bdi>' in shown


def test_no_name_turns_the_words_around_it(client: Client, person: Person) -> None:
    assert "NadiaK" in preview(client.post(PAGE, {**CHOSEN, "name": "Nadia\u202eK"}))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"weeks": "3"}, "Select a valid choice"),
        ({"parts": ["everything"]}, "Select a valid choice"),
        ({"name": "x" * 81}, "and 80 fit"),
        ({"born": "2999-01-01"}, "cannot be a date of birth"),
        ({"born": "1066-10-14"}, "cannot be a date of birth"),
        ({"questions": "a\nb\nc\nd\ne"}, "Four questions fit"),
        ({"questions": "x" * 161}, "under 160 letters"),
    ],
)
def test_what_cannot_be_is_refused_with_the_rest_kept(
    client: Client, person: Person, wrong: dict[str, Any], words: str
) -> None:
    answer = client.post(PAGE, {**CHOSEN, "name": "Nadia", **wrong})
    assert answer.status_code == 422
    assert words in text(answer)
    assert not PREVIEW.search(answer.content.decode())
    # Nothing leaves by a form that does not hold.
    assert client.post(LINK, {**CHOSEN, **wrong}).status_code == 422
    assert not SharedLink.objects.exists()


def test_a_date_of_birth_is_one_of_the_persons_own_calendar(client: Client, person: Person) -> None:
    """Between the first and the last of all clocks lie 25 hours, so that their days are never the same."""
    first = timezone.now().astimezone(ZoneInfo("Pacific/Kiritimati")).date()
    Profile.objects.of(the_user())
    for zone, status in (("Pacific/Kiritimati", 200), ("Pacific/Pago_Pago", 422)):
        Profile.objects.update(time_zone=zone)
        assert client.post(PAGE, {**CHOSEN, "born": first.isoformat()}).status_code == status


def test_whoever_wants_to_see_no_number_of_pain_sees_none_unless_they_tick_it(client: Client, person: Person) -> None:
    Profile.objects.of(the_user())
    Profile.objects.update(hide_pain_numbers=True)
    assert "(PEG)" not in preview(client.get(PAGE))
    assert "(PEG)" in preview(client.post(PAGE, CHOSEN))


def test_nothing_that_was_chosen_is_in_an_address_or_kept(client: Client, person: Person) -> None:
    page = client.post(PAGE, {**CHOSEN, "name": "Nadia"})
    assert not re.search(r'(?:href|action)="[^"]*(?:Nadia|parts=)', page.content.decode())
    assert "no-store" in page.headers["Cache-Control"]
    assert "Nadia" not in client.get(PAGE).content.decode()


def test_a_stranger_is_led_to_the_questions(client: Client) -> None:
    page = client.get(PAGE)
    assert "There is nothing of yours here yet." in text(page)
    assert not PREVIEW.search(page.content.decode())


def test_in_danger_the_way_leads_to_help_first(client: Client, person: Person) -> None:
    hear(person, read_safety({"signs_chest": ["chest_pain"]}), None, timezone.now())
    assert client.get(PAGE).url == "/help-now/emergency/"
    assert client.post(LINK, CHOSEN).url == "/help-now/emergency/"
    # What is handed out can be ended all the same.
    assert client.get(LINKS).status_code == 200


def test_time_to_talk_to_someone_leads_here(client: Client, person: Person) -> None:
    for days, total in ((3, 27), (1, 28)):
        at = timezone.now() - timedelta(days=days)
        keep_check_in(person, dict.fromkeys(("peg_1", "peg_2", "peg_3"), total // 3), day=at.date(), at=at)
    page = text(client.get("/progress/"))
    assert "Time to talk to someone" in page
    assert 'href="/summary/"' in page


# --- Handed out ----------------------------------------------------------------------------------


def test_the_link_shows_what_was_seen_and_stays_as_it_was(client: Client, person: Person) -> None:
    seen = client.post(PAGE, {**CHOSEN, "questions": "May I run?"})
    address, code = ways_out(client, questions="May I run?")
    for _ in range(2):
        opened = Client().post(address, {"code": code})
        assert re.findall(r"<td.*?</td>|<li.*?</li>", preview(opened)) == re.findall(
            r"<td.*?</td>|<li.*?</li>", preview(seen)
        )
        # What comes later is told to nobody by this link.
        keep_check_in(person, {"peg_1": 9, "peg_2": 9, "peg_3": 9}, day=timezone.now().date(), at=timezone.now())


def test_a_page_that_changed_since_it_was_seen_is_shown_again_and_not_sent(client: Client, person: Person) -> None:
    page = client.post(PAGE, CHOSEN)
    keep_check_in(person, {"peg_1": 9, "peg_2": 9, "peg_3": 9}, day=timezone.now().date(), at=timezone.now())
    for what, address in (("link", LINK), ("paper", PAPER)):
        answer = client.post(address, carried(page, what))
        assert answer.status_code == 422
        assert "Something is different since you looked." in text(answer)
    assert not SharedLink.objects.exists()


def test_what_was_not_seen_does_not_leave(client: Client, person: Person) -> None:
    page = client.post(PAGE, CHOSEN)
    answer = client.post(LINK, {**carried(page, "link"), "own_words": ["goal_words", "step_words"]})
    assert answer.status_code == 422
    assert not SharedLink.objects.exists()


def test_one_form_sent_twice_leads_to_one_link_and_the_same_code(client: Client, person: Person) -> None:
    sent = carried(client.post(PAGE, CHOSEN), "link")
    first, again = text(client.post(LINK, sent)), text(client.post(LINK, sent))
    code = re.compile(r'class="code-out">\s*(\d{3} \d{3})')
    assert code.findall(first) == code.findall(again) != []
    assert SharedLink.objects.count() == 1


def test_too_many_open_links_are_refused_with_what_to_do(client: Client, person: Person) -> None:
    for _ in range(MOST_ALIVE):
        a_link(person, at=timezone.now(), secret=fresh_secret())
    answer = client.post(LINK, carried(client.post(PAGE, CHOSEN), "link"))
    assert answer.status_code == 422
    assert "End one that nobody needs" in text(answer)


def test_each_opening_stands_in_the_list_and_no_address_of_a_reader(client: Client, person: Person) -> None:
    address, code = ways_out(client)
    reader = Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/140.0", REMOTE_ADDR="203.0.113.9")
    assert "Not opened." in text(client.get(LINKS))
    reader.post(address, {"code": code})
    page = text(client.get(LINKS))
    assert "Opened once:" in page
    assert "Firefox on a computer" in page
    assert "203.0.113.9" not in page


def test_ended_by_a_press_it_is_gone_at_once(client: Client, person: Person) -> None:
    address, code = ways_out(client)
    end = re.search(r'action="(/summary/links/\d+/end/)"', text(client.get(LINKS)))
    assert end
    page = client.post(end[1], follow=True)
    assert "Ended. Nobody can open it any more." in text(page)
    assert "Ended by you." in text(page)
    assert Client().get(address).status_code == 404
    assert Client().post(address, {"code": code}).status_code == 404


def test_nobody_ends_or_sees_the_link_of_another(client: Client, person: Person) -> None:
    address, _code = ways_out(client)
    other = Client()
    a_member(other, "other@example.org")
    other.post(f"/summary/links/{SharedLink.objects.get().pk}/end/")
    assert "You have handed out no link." in text(other.get(LINKS))
    assert Client().get(address).status_code == 200
