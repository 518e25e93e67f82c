"""A list of people who agreed elsewhere: its columns chosen, looked at first, and never against a wish."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.core.addresses import address_fault
from accounts.importing import lists, looking, taking, tasks, working
from accounts.importing.chunks import keep
from accounts.models import (
    ConsentWay,
    ImportState,
    Pace,
    Subscriber,
    SubscriberImport,
    SubscriberStatus,
    Suppression,
    SuppressionReason,
)
from accounts.newsletter import subscriptions
from accounts.newsletter.pruning import prune
from accounts.newsletter.subscriber_csv import as_csv, table
from content.core.vocabulary import Topic
from tests.accounts.lists import MAILCHIMP_CLEANED, MAILCHIMP_LEFT, PEERS, WORDS
from tests.accounts.people import NOON, make_subscriber, make_user

HEAD = "email,consent_at,consent_how,consent_words\n"
PROOF = "2026-03-14,Sheet at the clinic,Send me tips about my back by email"
LIST = f"{HEAD}nadia@example.org,{PROOF}\ngone@example.org,{PROOF}\nnoreply@example.org,{PROOF}\n"
IMPORT = "/admin/accounts/subscriber/import/"


@pytest.fixture
def staff(client: Client, db: None) -> Client:
    client.force_login(make_user("editor@example.org", is_staff=True, is_superuser=True))
    return client


def bring(client: Client, content: str | bytes, name: str = "list.csv") -> Any:
    data = content.encode() if isinstance(content, str) else content
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, data)}, follow=True)


def guessed(page: Any) -> dict[str, Any]:
    """What the form holds as it came, so that a press changes nothing of it."""
    form = page.context["form"]
    held = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: value for name, value in held.items() if value}


def look(client: Client, content: str | bytes, **chosen: Any) -> Any:
    """Bring a list, take the guesses as they are but for what is chosen here, and press until it is looked at."""
    page = bring(client, content)
    values = {**guessed(page), **chosen}
    for _ in range(2):
        if "form" not in page.context:
            break
        values["shown"] = page.context["shown"]
        page = client.post(f"{IMPORT}{last().pk}/columns/", values, follow=True)
    return page


def take_in(client: Client) -> Any:
    return client.post(f"{IMPORT}{last().pk}/", follow=True)


def last() -> SubscriberImport:
    return SubscriberImport.objects.latest("pk")


FOR_ALL = {"how_for_all": "Sign-up form of our old newsletter", "words_for_all": WORDS}


@pytest.mark.parametrize(
    ("peer", "new", "out"),
    [
        ("Mailchimp", ["anna", "ben"], []),
        ("Substack", ["anna", "ben"], ["carla"]),
        ("Buttondown", ["anna", "ben"], ["carla", "dora"]),
        ("listmonk", ["anna", "ben"], ["carla"]),
        ("Ghost", ["anna", "ben"], ["carla", "dora"]),
    ],
)
def test_the_list_of_another_program_comes_in_with_one_sentence_for_all(
    staff: Client, peer: str, new: list[str], out: list[str]
) -> None:
    page = look(staff, PEERS[peer], **FOR_ALL).content.decode()
    assert f"Take in {len(new)}" in page
    take_in(staff)
    came = Subscriber.objects.order_by("email")
    assert [each.email for each in came] == [f"{name}@example.org" for name in new]
    assert {each.consent_words for each in came} == {WORDS}
    assert {each.consent_at.year for each in came if each.consent_at} == {2024}
    assert Suppression.objects.among(f"{name}@example.org" for name in out) == {f"{name}@example.org" for name in out}


def test_listmonks_times_are_read_with_their_zone(staff: Client) -> None:
    look(staff, PEERS["listmonk"], **FOR_ALL)
    take_in(staff)
    assert f"{Subscriber.objects.get(email='ben@example.org').consent_at:%Y-%m-%d %H:%M}" == "2024-02-03 07:00"


@pytest.mark.parametrize("text", [MAILCHIMP_LEFT, MAILCHIMP_CLEANED])
def test_nobody_comes_in_by_mailchimps_files_of_those_who_are_gone(staff: Client, text: str) -> None:
    assert "1 had left there" in look(staff, text, **FOR_ALL).content.decode()
    take_in(staff)
    assert not Subscriber.objects.exists()
    assert Suppression.objects.count() == 1


def test_the_dry_run_writes_nothing_and_says_what_would_happen(staff: Client) -> None:
    make_subscriber("gone@example.org", status=SubscriberStatus.UNSUBSCRIBED)
    page = look(staff, LIST).content.decode()
    assert "Nothing is written yet" in page and "Take in 1" in page
    assert "Only they can come back" in page and "mail system" in page
    assert Subscriber.objects.count() == 1 and not Suppression.objects.exists()


def test_taking_in_keeps_the_proof(staff: Client) -> None:
    make_subscriber("gone@example.org", status=SubscriberStatus.UNSUBSCRIBED)
    look(staff, LIST)
    assert "Taken in on" in take_in(staff).content.decode()
    nadia = Subscriber.objects.get(email="nadia@example.org")
    assert (nadia.status, nadia.consent_way) == (SubscriberStatus.ACTIVE, ConsentWay.IMPORT)
    assert nadia.consent_note == "Sheet at the clinic"
    assert [event.words for event in nadia.events.all()] == ["Send me tips about my back by email"]
    assert Subscriber.objects.get(email="gone@example.org").status == SubscriberStatus.UNSUBSCRIBED
    assert (last().counts, last().chunks.count()) == ({"new": 1, "skipped": 1, "refused": 1}, 0)


def test_taking_in_twice_is_as_once(staff: Client) -> None:
    look(staff, LIST)
    take_in(staff)
    assert "Taken in on" in take_in(staff).content.decode()
    assert Subscriber.objects.count() == 2


def test_a_reading_of_days_is_shown_before_it_is_believed(staff: Client) -> None:
    text = "email,created_at\nnadia@example.org,03/04/2024\nomar@example.org,05/04/2024\n"
    page = bring(staff, text)
    assert "3 April 2024, 00:00 UTC (day before month" in page.content.decode()
    assert "4 March 2024, 00:00 UTC (month before day" in page.content.decode()
    chosen = {**guessed(page), **FOR_ALL}
    path = f"{IMPORT}{last().pk}/columns/"
    assert "Choose how its days are written" in staff.post(path, chosen).content.decode()
    chosen["date_form"] = "month_first"
    page = staff.post(path, chosen)
    assert "Look at it, then press the button again" in page.content.decode()
    assert "“03/04/2024” is 4 March 2024" in page.content.decode()
    chosen["shown"] = page.context["shown"]
    assert "Take in 2" in staff.post(path, chosen, follow=True).content.decode()
    take_in(staff)
    assert f"{Subscriber.objects.get(email='nadia@example.org').consent_at:%Y-%m-%d}" == "2024-03-04"


def test_what_a_column_says_of_who_left_is_shown_before_it_is_believed(staff: Client) -> None:
    text = f"{HEAD.strip()},Gold\nnadia@example.org,{PROOF},ja\nomar@example.org,{PROOF},nein\n"
    page = bring(staff, text)
    chosen = {**guessed(page), "left": ["4"]}
    page = staff.post(f"{IMPORT}{last().pk}/columns/", chosen)
    assert "Gold, “nein” (1): left" in page.content.decode()
    chosen["shown"] = page.context["shown"]
    assert "Take in 1" in staff.post(f"{IMPORT}{last().pk}/columns/", chosen, follow=True).content.decode()


def test_a_list_without_proof_is_not_looked_at_until_it_is_said(staff: Client) -> None:
    page = look(staff, "ana@example.org\nben@example.org\n").content.decode()
    assert page.count("Choose a column, or say here what holds for all of them.") == 2
    assert "say here when all of them agreed" in page
    page = look(staff, "ana@example.org\nben@example.org\n", day_for_all="2024-05-06", **FOR_ALL).content.decode()
    assert "Take in 2" in page


def test_a_list_of_people_not_to_write_to_ends_letters_and_keeps_later_lists_out(staff: Client) -> None:
    make_subscriber("walter@example.org")
    page = look(staff, "Contact\nwalter@example.org\nnadia@example.org\n", kind="away").content.decode()
    assert "Keep 2 away" in page and "Gets letters now. They end." in page
    take_in(staff)
    assert Subscriber.objects.get().status == SubscriberStatus.UNSUBSCRIBED
    assert "on the list of those not to be written to" in look(staff, LIST).content.decode()


def test_columns_can_be_chosen_anew(staff: Client) -> None:
    look(staff, LIST)
    page = staff.get(f"{IMPORT}{last().pk}/columns/")
    chosen = {**guessed(page), "shown": page.context["shown"], "kind": "away"}
    page = staff.post(f"{IMPORT}{last().pk}/columns/", chosen)
    chosen["shown"] = page.context["shown"]
    assert "Keep 2 away" in staff.post(f"{IMPORT}{last().pk}/columns/", chosen, follow=True).content.decode()
    assert last().rows.count() == 3


def test_whoever_leaves_between_the_look_and_the_taking_in_stays_away(staff: Client) -> None:
    look(staff, LIST)
    make_subscriber("nadia@example.org", status=SubscriberStatus.UNSUBSCRIBED)
    take_in(staff)
    assert Subscriber.objects.get(email="nadia@example.org").status == SubscriberStatus.UNSUBSCRIBED
    assert last().counts == {"new": 1, "skipped": 1, "refused": 1}
    assert last().rows.get(email="nadia@example.org").verdict == "skipped"


def test_whoever_left_and_was_erased_stays_away(staff: Client) -> None:
    Suppression.objects.add_address("nadia@example.org", SuppressionReason.UNSUBSCRIBED)
    assert "not to be written to" in look(staff, LIST).content.decode()
    take_in(staff)
    assert not Subscriber.objects.filter(email="nadia@example.org").exists()


def test_whoever_had_left_elsewhere_can_still_come_by_themselves(staff: Client) -> None:
    look(staff, PEERS["Ghost"], **FOR_ALL)
    take_in(staff)
    subscriptions.ask("carla@example.org", language="en", at=NOON)
    assert Subscriber.objects.filter(email="carla@example.org", status=SubscriberStatus.PENDING).exists()


def test_the_report_names_every_row_before_and_after(staff: Client) -> None:
    look(staff, LIST)
    before = report_of(staff)
    assert before[0] == "line,email,verdict,reason"
    assert before[1] == "2,nadia@example.org,new,"
    assert len(before) == 4
    take_in(staff)
    assert report_of(staff) == before


def report_of(client: Client) -> list[str]:
    return b"".join(client.get(f"{IMPORT}{last().pk}/report.csv").streaming_content).decode().splitlines()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (b"PK\x03\x04x", "Excel workbook"), (b"email\n", "headings and no rows"), (b'a,b\n"x', "Line 2")],
)
def test_a_file_that_will_not_do_is_refused_at_its_field(staff: Client, content: bytes, words: str) -> None:
    answer = staff.post(IMPORT, {"file": SimpleUploadedFile("list.csv", content)})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not SubscriberImport.objects.exists()


def test_a_fault_far_down_is_named_with_its_line_and_nothing_is_taken_in(staff: Client) -> None:
    rows = "".join(f"p{number}@example.org,{PROOF}\n" for number in range(20_000))
    page = look(staff, f'{HEAD}{rows}nadia@example.org,"{PROOF}\n').content.decode()
    while last().state == ImportState.LOOKING:
        working.work(last(), seconds=60)
        page = staff.get(f"{IMPORT}{last().pk}/").content.decode()
    assert "Line 20002 cannot be read: a quotation mark opens there and is never closed." in page
    assert "Take in" not in page


def test_staff_without_the_permission_bring_nothing(client: Client, db: None) -> None:
    client.force_login(make_user("helper@example.org", is_staff=True))
    assert client.get(IMPORT).status_code == 403
    assert bring(client, LIST).status_code == 403


def test_a_list_left_lying_is_emptied_after_a_day(staff: Client) -> None:
    look(staff, LIST)
    prune(at=timezone.now() + timedelta(days=1, minutes=1))
    assert not last().chunks.exists() and not last().rows.exists()
    assert "no longer kept" in staff.get(f"{IMPORT}{last().pk}/").content.decode()


def test_a_list_that_is_being_taken_in_is_not_pulled_away(staff: Client) -> None:
    look(staff, LIST)
    lists.begin_taking(last(), at=timezone.now())
    prune(at=timezone.now() + timedelta(days=2))
    assert last().rows.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_list_left_lying_does_not_outlive_somebody_it_names(staff: Client, encoding: str) -> None:
    make_subscriber("gone@example.org", status=SubscriberStatus.UNSUBSCRIBED)
    look(staff, LIST.replace("gone", "Gone").encode(encoding))
    subscriptions.erase(Subscriber.objects.get())
    assert not last().chunks.exists() and not last().rows.filter(email="gone@example.org").exists()


def test_few_queries_for_a_thousand_rows(staff: Client, django_assert_max_num_queries: Any) -> None:
    look(staff, HEAD + "".join(f"nadia{number}@example.org,{PROOF}\n" for number in range(1000)))
    with django_assert_max_num_queries(80):
        take_in(staff)
    assert Subscriber.objects.count() == 1000


def test_a_long_list_is_taken_up_where_a_dead_worker_left_it(db: None) -> None:
    rows = "".join(f"p{number}@example.org,{PROOF}\n" for number in range(1700))
    brought = brought_list(HEAD + rows)
    turns = iter([True, False])
    looking.look(brought, goes_on=lambda: next(turns))
    assert (brought.state, brought.rows_read) == (ImportState.LOOKING, 500)
    stale = SubscriberImport.objects.get(pk=brought.pk)
    assert working.work(brought, seconds=60)
    looking.look(stale, goes_on=lambda: True)
    assert (last().counts, last().rows.count()) == ({"new": 1700}, 1700)
    assert lists.begin_taking(brought, at=timezone.now())
    turns = iter([True, True, False])
    taking.take(brought, goes_on=lambda: next(turns))
    assert Subscriber.objects.count() == 1000
    late = timezone.now() + working.UNTOUCHED + timedelta(seconds=1)
    assert working.left_behind(at=late) == [brought.pk]
    tasks.go_on_with_list.call(brought.pk)
    assert Subscriber.objects.count() == 1700
    assert (last().state, last().rows_done) == (ImportState.TAKEN, 1700)


def brought_list(text: str) -> SubscriberImport:
    """Looked at by nobody yet, with its own columns."""
    brought = keep(SimpleUploadedFile("list.csv", text.encode()), by=None, at=timezone.now())
    from_names = {"email": 0, "consent_at": 1, "consent_how": 2, "consent_words": 3}
    choice = looking.Choice(places=from_names, date_form="iso")
    assert lists.choose(brought, choice, series_per_day=0, at=timezone.now())
    return brought


def test_the_same_address_far_apart_comes_in_once(db: None) -> None:
    rows = "".join(f"p{number}@example.org,{PROOF}\n" for number in range(1200))
    brought = brought_list(f"{HEAD}{rows}P3@example.org,{PROOF}\n")
    working.work(brought, seconds=60)
    assert last().rows.get(line=1202).reason == "The same address as in line 5."


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_nothing_that_is_taken_out_runs_in_a_spreadsheet(start: str) -> None:
    assert table([[f"{start}1+1"]]).lstrip('"').startswith("'")


WORDS_OF_PEOPLE = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=10, max_size=60).filter(
    lambda words: len(words.strip()) >= 10
)
PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "email": st.from_regex(r"[a-z+=-][a-z0-9+]{1,10}@example\.(org|net)", fullmatch=True).filter(
                lambda address: address_fault(address) is None
            ),
            "status": st.sampled_from(SubscriberStatus.values),
            "topics": st.lists(st.sampled_from([topic.value for topic in Topic]), min_size=1, unique=True),
            "pace": st.sampled_from(Pace.values),
            "language": st.sampled_from(["en", "es"]),
            "paused_until": st.sampled_from([None, NOON.date()]),
            "time_zone": st.sampled_from(["", "Asia/Tokyo"]),
            "letters_hour": st.sampled_from([None, 0, 9]),
            "consent_words": WORDS_OF_PEOPLE,
            "consent_note": st.one_of(st.just(""), WORDS_OF_PEOPLE),
            "consent_at": st.datetimes(NOON.replace(tzinfo=None, year=2001), NOON.replace(tzinfo=None)),
        }
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda person: person["email"],
)
KEPT = ["email", "topics", "pace", "language", "paused_until", "time_zone", "letters_hour"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PEOPLE)
def test_what_is_taken_out_here_is_taken_back_here(staff: Client, people: list[dict[str, Any]]) -> None:
    with transaction.atomic():
        for person in people:
            moment = person["consent_at"].replace(tzinfo=NOON.tzinfo)
            make_subscriber(**{**person, "consent_at": moment})
        had = sorted(Subscriber.objects.active().values_list(*KEPT))
        proofs = {each.email: (each.consent_words.strip(), each.consent_at) for each in Subscriber.objects.active()}
        file = "".join(as_csv(Subscriber.objects.order_by("pk")))
        Subscriber.objects.all().delete()
        page = look(staff, file)
        assert not re.search(r"[1-9]\d* refused", page.content.decode()), page.content.decode()
        take_in(staff)
        assert sorted(Subscriber.objects.values_list(*KEPT)) == had
        came = {each.email: (each.consent_words.strip(), each.consent_at) for each in Subscriber.objects.all()}
        assert came == proofs
        transaction.set_rollback(True)
