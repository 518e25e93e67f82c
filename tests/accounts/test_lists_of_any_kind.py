"""Sheets that people keep themselves, in other languages, with titles and notes: nobody who had left comes in."""

import pytest
from django.test import Client

from accounts.importing import working
from accounts.models import Subscriber, Suppression
from tests.accounts.test_importing_subscribers import FOR_ALL, guessed, last, look, staff, take_in

__all__ = ["staff"]
pytestmark = pytest.mark.django_db

GERMAN = (
    "Unsere Liste;;;\n;;;\nE-Mail-Adresse;Status;Anmeldedatum;Notiz\n"
    "ana@example.org;Abonniert;23.04.2024;eins\n"
    'ben@example.org;Abgemeldet;24.04.2024;"zwei\nZeilen; mit Strichpunkt"\n'
    "cora@example.org;gelb;25.04.2024;\n"
    "Dora Test <dora@example.org>;Abonniert;26.04.2024;\n"
    "'emil@example.org;Abonniert;27.04.2024;=1+1\n"
)
SHOPIFY = (
    "First Name,Email,Email,Accepts Email Marketing,Created\n"
    "Ana,,ana@example.org,yes,2024-04-23\nBen,,ben@example.org,no,2024-04-24\n"
)


def addresses() -> list[str]:
    return list(Subscriber.objects.order_by("email").values_list("email", flat=True))


def test_a_german_sheet_under_a_title(staff: Client) -> None:
    page = look(staff, GERMAN, **FOR_ALL).content.decode()
    assert "Take in 3" in page and "1 had left there" in page
    take_in(staff)
    assert addresses() == ["ana@example.org", "dora@example.org", "emil@example.org"]
    assert Suppression.objects.among(["ben@example.org", "cora@example.org"]) == {"ben@example.org"}
    assert f"{Subscriber.objects.get(email='ana@example.org').consent_at:%Y-%m-%d}" == "2024-04-23"


def test_a_shop_that_says_yes_or_no_with_two_columns_of_one_name(staff: Client) -> None:
    look(staff, SHOPIFY, **FOR_ALL)
    take_in(staff)
    assert addresses() == ["ana@example.org"]


def test_a_status_in_words_that_nobody_here_knows_keeps_everybody_out_until_it_is_put_right(staff: Client) -> None:
    czech = "Email,Status,Date added\nana@example.org,přihlášen,2024-04-23\nben@example.org,odhlášen,2024-04-23\n"
    assert "0 new" in look(staff, czech, **FOR_ALL).content.decode()
    page = staff.get(f"/admin/accounts/subscriber/import/{last().pk}/columns/")
    assert "left" in guessed(page)


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_cells_over_several_lines_in_any_alphabet_and_with_any_ends(staff: Client, encoding: str, end: str) -> None:
    sheet = f'Nota;Correo;Estado;"Fecha de alta"{end}"uno{end}dos; ""tres"" ñ"'
    sheet += f";ana@example.org;Activo;3 de abril de 2024{end}"
    sheet += f";ben@example.org;Dado de baja;4 de abril de 2024{end}"
    look(staff, sheet.encode(encoding), **FOR_ALL)
    take_in(staff)
    assert addresses() == ["ana@example.org"]
    assert f"{Subscriber.objects.get().consent_at:%Y-%m-%d}" == "2024-04-03"


def test_a_line_without_end_is_named_by_its_number_and_nothing_is_taken_in(staff: Client) -> None:
    rows = "".join(f"p{number}@example.org,2024-04-23\n" for number in range(20_000))
    look(staff, f"email,created_at\n{rows}" + "x," * 700_000, **FOR_ALL)
    # The page works for two seconds; on a busy machine a worker reads the rest.
    working.work(last(), seconds=60)
    page = staff.get(f"/admin/accounts/subscriber/import/{last().pk}/").content.decode()
    assert "Line 20002 is longer than a line of a list can be" in page
    assert not Subscriber.objects.exists()
