"""A change to what keeps people safe: nothing is weaker until a second person has looked at it."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from content.core.vocabulary import Change
from content.editing.confirming import CONFIRMED, ConfirmingError, confirm, turn_down
from content.editing.desk import desk
from content.editing.history import latest_number, versions_of
from content.editing.saving import edit, restore
from content.editing.settling import put_back
from content.files.library import LIBRARY, read_library
from content.loading.exporting import export_library
from content.loading.loader import compare, load
from content.models import Caution, ConditionText, Confirmed, DangerSign, Evidence
from tests.content.makers import NOW, a_reviewer, a_technique, a_writer

pytestmark = pytest.mark.django_db


def a_sign(**fields: Any) -> DangerSign:
    defaults = {"question": "Is it hard to pee?", "worry": "Cauda equina", "level": "now", "step": "safety_now"}
    return DangerSign.objects.create(slug="bladder_bowel", **defaults | fields)


def a_caution(**fields: Any) -> Caution:
    defaults = {"condition": "lung", "action": "exclude", "words": "Leave it out."}
    if "technique" not in fields:
        fields["technique"] = a_technique()
    return Caution.objects.create(**defaults | fields)


def change(row: Any, by: Any, **fields: Any) -> None:
    edit(row, row.working_values() | fields, by=by, at=NOW)


def put_in_force(row: Confirmed, by: Any, seen: int | None = None) -> None:
    confirm(row, by=by, at=NOW, seen=latest_number(row) if seen is None else seen)


def refused(act: Any, *args: Any, **more: Any) -> str:
    with pytest.raises(ConfirmingError) as why:
        act(*args, **more)
    return str(why.value)


@pytest.fixture
def omar() -> Any:
    return a_reviewer()


@pytest.fixture
def eva() -> Any:
    return a_reviewer("eva@example.org")


def test_a_change_by_one_person_changes_nothing_that_is_in_force(omar: Any) -> None:
    sign = a_sign()
    change(sign, omar, level="visit", question="Softer?")
    sign = DangerSign.objects.get()
    assert (sign.level, sign.question) == ("now", "Is it hard to pee?")
    assert sign.working_values()["level"] == "visit"


def test_somebody_else_puts_it_in_force_and_the_history_shows_both(omar: Any, eva: Any) -> None:
    caution = a_caution()
    change(caution, omar, words="Leave it out for now.")
    put_in_force(caution, eva)
    caution = Caution.objects.get()
    assert (caution.words, caution.proposal) == ("Leave it out for now.", {})
    told = [(version.change, version.by) for version in versions_of(caution)]
    assert told == [(Change.BEGAN, None), (Change.EDITED, omar), (Change.CONFIRMED, eva)]


def test_nobody_confirms_what_they_wrote_whatever_they_are_allowed(omar: Any) -> None:
    boss = get_user_model().objects.create(email="boss@example.org", is_staff=True, is_superuser=True)
    sign = a_sign()
    for person in (omar, boss):
        change(sign, person, level="soon", worry=f"By {person}")
        assert "you wrote in this change" in refused(put_in_force, sign, person)
    assert "you wrote in this change" in refused(put_in_force, sign, omar)
    assert DangerSign.objects.get().level == "now"


def test_two_people_are_enough_however_often_they_take_turns(omar: Any, eva: Any) -> None:
    sign = a_sign()
    for writer, other in ((omar, eva), (eva, omar), (omar, eva)):
        change(sign, writer, worry=f"By {writer}")
        put_in_force(sign, other)
        sign = DangerSign.objects.get()
        assert sign.worry == f"By {writer}"


def test_a_writer_may_not_and_nobody_confirms_what_is_not_there(omar: Any, eva: Any) -> None:
    sign = a_sign()
    assert "no change that waits" in refused(put_in_force, sign, eva)
    change(sign, omar, level="today")
    assert "takes the right" in refused(put_in_force, sign, a_writer())


def test_only_what_was_read_is_put_in_force(omar: Any, eva: Any) -> None:
    sign = a_sign()
    change(sign, omar, worry="First")
    seen = latest_number(sign)
    change(sign, omar, level="visit")
    assert "changed after you opened it" in refused(put_in_force, sign, eva, seen)
    assert DangerSign.objects.get().level == "now"


def test_a_change_that_no_longer_fits_what_is_in_force_is_not_taken(omar: Any, eva: Any) -> None:
    sign = a_sign()
    change(sign, omar, worry="Ours", level="today")
    DangerSign.objects.update(worry="From a newer file")
    sign.refresh_from_db()
    assert "worry changed in force too" in refused(put_in_force, sign, eva)
    change(sign, omar, worry="Ours")
    put_in_force(sign, eva)
    assert DangerSign.objects.get().worry == "Ours"


def test_a_change_can_be_turned_down_with_a_reason_or_taken_back(omar: Any, eva: Any) -> None:
    sign = a_sign()
    change(sign, omar, level="visit")
    seen = latest_number(sign)
    assert "say why" in refused(turn_down, sign, by=eva, at=NOW, note=" ", seen=seen)
    turn_down(sign, by=eva, at=NOW, note="It must be seen now.", seen=seen)
    sign = DangerSign.objects.get()
    assert (sign.level, sign.proposal) == ("now", {})
    assert versions_of(sign).last().note == "It must be seen now."
    change(sign, omar, level="visit")
    turn_down(sign, by=omar, at=NOW, note="", seen=latest_number(sign))
    assert not DangerSign.objects.get().proposal


def test_saying_again_what_is_in_force_takes_the_change_back(omar: Any) -> None:
    sign = a_sign()
    change(sign, omar, level="visit")
    change(sign, omar, level="now")
    assert DangerSign.objects.get().proposal == {}


def test_sources_wait_with_the_rest(library: None, omar: Any, eva: Any) -> None:
    row: Any = Evidence.objects.get(technique="breathing", need="arousal")
    before = row.authored_value("sources")
    change(row, omar, sources=before[:1], grade="A")
    row = Evidence.objects.get(pk=row.pk)
    assert row.authored_value("sources") == before
    put_in_force(row, eva)
    row = Evidence.objects.get(pk=row.pk)
    assert (row.authored_value("sources"), row.grade) == (before[:1], "A")


def test_an_earlier_version_and_the_files_text_come_back_by_the_same_way(omar: Any, eva: Any) -> None:
    sign = a_sign()
    sign.loaded = sign.authored_values() | {"level": "today"}
    sign.save()
    assert put_back(sign, by=omar, at=NOW) == ["level"]
    assert DangerSign.objects.get().level == "now"
    put_in_force(sign, eva)
    sign = DangerSign.objects.get()
    assert (sign.level, sign.state) == ("today", "from file")
    restore(sign, versions_of(sign).get(number=1), by=omar, at=NOW)
    assert DangerSign.objects.get().level == "today"
    put_in_force(sign, eva)
    assert DangerSign.objects.get().level == "now"


def test_a_new_safeguard_holds_at_once_and_new_evidence_says_the_least(omar: Any, eva: Any) -> None:
    technique = a_technique()
    caution = Caution()
    edit(
        caution, _new(Caution, technique="breathing", condition="lung", action="warn", words="Softly."), by=omar, at=NOW
    )
    assert Caution.objects.get().action == "warn"
    assert Caution.objects.get().proposal == {}
    row = Evidence()
    edit(row, _new(Evidence, technique=technique.slug, need="arousal", grade="A"), by=omar, at=NOW)
    assert Evidence.objects.get().grade == "D"
    put_in_force(row, eva)
    assert Evidence.objects.get().grade == "A"


def _new(kind: type[Confirmed], **values: Any) -> dict[str, Any]:
    return kind().authored_values() | {"sources": []} | values


def test_files_are_taken_as_before_and_a_change_that_waits_does_not_leave(
    library: None, tmp_path: Path, omar: Any, eva: Any
) -> None:
    sign: Any = DangerSign.objects.first()
    change(sign, omar, worry="Waits")
    assert compare(read_library()).is_clean
    assert export_library(tmp_path / "new").written == []
    load(read_library(), NOW)
    sign = DangerSign.objects.get(pk=sign.pk)
    assert sign.proposal["values"] == {"worry": "Waits"}
    put_in_force(sign, eva)
    assert export_library(tmp_path / "new").written == [f"danger_sign {sign.slug}: worry"]
    assert (LIBRARY / "danger_signs.toml").read_bytes() != (tmp_path / "new/danger_signs.toml").read_bytes()


def test_what_waits_is_on_the_desk_of_those_who_may(omar: Any, eva: Any) -> None:
    sign = a_sign()
    change(sign, omar, level="today")
    assert [(waiting.row, waiting.why) for waiting in desk(eva, NOW.date())] == [(sign, "to put in force")]
    assert [(waiting.row, waiting.why) for waiting in desk(omar, NOW.date())] == [(sign, "your change waits")]
    assert desk(a_writer(), NOW.date()) == []


# --- In the admin -------------------------------------------------------------------------------------


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(row: Any, name: str = "change") -> str:
    return reverse(f"admin:content_{row._meta.model_name}_{name}", args=[row.pk])


def typed(client: Client, row: Any, **fields: Any) -> dict[str, Any]:
    form = client.get(page(row)).context["adminform"].form
    told = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    return told | {"opened_from": latest_number(row)} | fields


def test_a_desk_names_what_waits_without_a_query_for_each(omar: Any, eva: Any, django_assert_num_queries: Any) -> None:
    technique = a_technique()
    for condition in ("lung", "heart", "preg"):
        change(a_caution(technique=technique, condition=condition), omar, words="Ask your doctor first.")
    waiting = desk(eva, NOW.date())
    with django_assert_num_queries(0):
        named = [str(each.row) for each in waiting]
    assert len(named) == 3
    assert all(name.endswith("· Leave it out") for name in named)


def test_one_writes_in_the_admin_and_another_puts_it_in_force(omar: Any, eva: Any) -> None:
    sign, first, second = a_sign(), client_of(omar), client_of(eva)
    html = first.post(page(sign), typed(first, sign, level="soon"), follow=True).content.decode()
    assert "Nothing has changed yet." in html
    assert "successfully" not in html
    assert (
        "A change waits" in first.get(reverse("admin:content_dangersign_changelist"), {"waits": "yes"}).content.decode()
    )
    own = first.get(page(sign))
    assert "somebody else has to put it in force" in own.content.decode()
    assert own.context["adminform"].form["level"].value() == "soon"
    shown = second.get(page(sign))
    assert "omar@example.org" in shown.content.decode()
    assert "<ins>soon</ins" in shown.content.decode()
    seen = {"seen": shown.context["held"]["seen"]}
    assert "you wrote in this change" in first.post(page(sign, "confirm"), seen, follow=True).content.decode()
    assert DangerSign.objects.get().level == "now"
    assert "is in force" in second.post(page(sign, "confirm"), seen, follow=True).content.decode()
    assert DangerSign.objects.get().level == "soon"


def test_a_change_is_turned_down_in_the_admin(omar: Any, eva: Any) -> None:
    caution, second = a_caution(), client_of(eva)
    change(caution, omar, action="warn")
    seen = {"seen": latest_number(caution), "note": "Too soft."}
    assert "waits no more" in second.post(page(caution, "turn_down"), seen, follow=True).content.decode()
    assert Caution.objects.get().action == "exclude"


@pytest.mark.parametrize("seen", ["", "x", "-1", "9999999", "²"])
def test_a_post_without_the_version_that_was_read_does_nothing(omar: Any, eva: Any, seen: str) -> None:
    sign = a_sign()
    change(sign, omar, level="visit")
    client_of(eva).post(page(sign, "confirm"), {"seen": seen})
    assert DangerSign.objects.get().level == "now"


def test_neither_a_get_nor_a_writer_confirms(omar: Any) -> None:
    sign = a_sign()
    change(sign, omar, level="visit")
    writer = client_of(a_writer())
    assert writer.get(page(sign, "confirm")).status_code == 405
    writer.post(page(sign, "confirm"), {"seen": latest_number(sign)})
    assert DangerSign.objects.get().level == "now"


@pytest.mark.parametrize("kind", CONFIRMED)
def test_nobody_takes_a_safeguard_away_alone(library: None, kind: type[Confirmed]) -> None:
    boss = get_user_model().objects.create(email="boss@example.org", is_staff=True, is_superuser=True)
    row: Any = kind.objects.first()
    kind.objects.filter(pk=row.pk).update(loaded={})
    assert client_of(boss).post(page(row, "delete"), {"post": "yes"}).status_code == 403
    assert kind.objects.filter(pk=row.pk).exists()


def test_the_questions_about_conditions_are_among_them(omar: Any) -> None:
    row = ConditionText.objects.create(slug="lung", label="Lungs", asked=True)
    change(row, omar, asked=False)
    assert ConditionText.objects.get().asked
