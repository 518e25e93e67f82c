"""Which pages are written in another language than English, and what is shown where one is not.

The language of a page is part of its address (`/es/lessons/breathing/`), never guessed from a browser or
kept in a cookie: the same address shows everybody the same words, and can be kept by caches. A page joins
`TRANSLATED` when its interface and what it says are both there; half a translation of a page with danger
signs on it would be worse than none. The others say in the reader's language that they are in English, and lead there.
What is sent to one of them is taken in all the same.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import activate, get_language, get_language_from_path, override

from coaching.languages import in_english_alone

GetResponse = Callable[[HttpRequest], HttpResponse]


def _pages(app: str, names: str) -> Iterable[str]:
    return (f"{app}:{name}" for name in names.split())


ACCOUNT = (
    "signup login logout inactive email email_verification_sent reauthenticate change_password set_password "
    "reset_password confirm_login_code confirm_password_reset_code complete_password_reset password_reset_completed"
)
SECOND_STEP = (
    "index authenticate reauthenticate activate_totp deactivate_totp view_recovery_codes generate_recovery_codes "
    "list_webauthn add_webauthn reauthenticate_webauthn remove_webauthn edit_webauthn"
)
"""Those of the account library."""

TRANSLATED = frozenset(
    {
        *_pages("coaching", "lesson lesson_print lesson_done lesson_bookmark lesson_place lesson_notes lesson_task"),
        *_pages("coaching", "help_now help_now_copy flare flare_buttons emergency crisis offline"),
        *_pages("coaching", "home about privacy intake under_age check_in intake_step"),
        # The summary, its links, and the pages for those who are handed one.
        *_pages("coaching", "summary summary_paper summary_link shared_links end_link"),
        *_pages("coaching", "close share_item clinics clinics_paper"),
        # The plan: its pages, and what they send. What the library has in English alone is marked so on them.
        *_pages("coaching", "recommendations plan zone keep_plan take_turns look_at_plan sure practice_taps"),
        *_pages("coaching", "pin_technique refuse_technique swap_technique undo_wish set_minutes change_plan"),
        *_pages("coaching", "correct_picture"),
        *_pages(
            "coaching", "today enough balance what_works pooling patterns progress short_check_in take_back_check_in"
        ),
        *_pages("coaching", "unwanted unwanted_said a_or_b rate_comparison stop_comparison"),
        *_pages("coaching", "week make_week commit_week ease_week review_day small_step week_step week_step_done"),
        *_pages("coaching", "week_review week_decide step_rules log log_forget log_stop"),
        *_pages("coaching", "leaving left booster come_back"),
        *_pages("coaching", "practices practice practice_copy practice_done keep_breath forget_breath"),
        *_pages("accounts", "newsletter newsletter_received newsletter_confirm newsletter_preferences"),
        *_pages("accounts", "newsletter_address newsletter_resume newsletter_move newsletter_why"),
        *_pages("accounts", "newsletter_unsubscribe newsletter_stop newsletter_stop_cut letters letter"),
        *_pages("accounts", "profile data data_erase email_code password_reset_code"),
        *_pages("accounts", "keep log_ins end_log_in end_other_log_ins end_all_log_ins"),
        *(f"account_{name}" for name in ACCOUNT.split()),
        *(f"mfa_{name}" for name in SECOND_STEP.split()),
        *_pages("coaching", "bring research record my_data"),
        # Reminders: the page, what it sends, and what a link in one opens.
        *_pages("coaching", "reminders stop_reminders end_reminder_break reminder_effect calendar_link forget_device"),
        *_pages("coaching", "reminder_stop reminder_stop_cut reminder_later"),
    }
)

NO_PAGE = frozenset(
    {
        *_pages("content", "picture tip_feed"),
        *_pages("coaching", "breath_style tool_export tool_export_all practice_sync browser"),
        *_pages("coaching", "add_device reminder_calendar"),
        *_pages("coaching", "manifest record_location"),
        *_pages("accounts", "data_download"),
        *_pages("coaching", "my_data_download"),
        *("manifest", "mfa_login_webauthn", "mfa_download_recovery_codes"),
    }
)
"""What a script or a program asks for, and what is saved: no words to read."""


def language_of_each_request(get_response: GetResponse) -> GetResponse:
    """A request leaves the language as it found it: what its thread does next, and every answer that is given before
    the address is read for its language, is not in the language of whoever came before.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        with override(get_language() or settings.LANGUAGE_CODE):
            return get_response(request)

    return answer


class LanguageOfTheAddress(LocaleMiddleware):
    """Django's also reads what a cookie and a browser ask for, and then lets the address alone decide, as the pages of
    one language stand under no code."""

    def process_request(self, request: HttpRequest) -> None:
        activate(get_language_from_path(request.path_info) or settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = get_language()


class OnlyWhatIsTranslated:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        page = request.resolver_match.view_name if request.resolver_match else ""
        if page in TRANSLATED:
            request.translated_page = page  # type: ignore[attr-defined]
        if get_language() == settings.LANGUAGE_CODE or not page or page in TRANSLATED | NO_PAGE:
            return None
        if request.method in ("GET", "HEAD"):
            return in_english_alone(request)
        activate(settings.LANGUAGE_CODE)
        return None
