from typing import Any

from django.conf import settings
from django.urls import include, path

from accounts.views import codes, data, letters, log_ins, newsletter, profile


def provider_urls() -> list[Any]:
    """The one address at which the operator's mail provider reports bounces and complaints, if one is named."""
    if not settings.MAIL_PROVIDER:
        return []
    # It brings what speaks with each of fourteen providers: eight megabytes of each process.
    from anymail.urls import urlpatterns as of_all_providers  # noqa: PLC0415

    return [each for each in of_all_providers if each.name == f"{settings.MAIL_PROVIDER}_tracking_webhook"]


app_name = "accounts"
urlpatterns = [
    path("tips/letters/", letters.letters, name="letters"),
    path("tips/letters/<slug:slug>/", letters.letter, name="letter"),
    path("newsletter/", newsletter.newsletter, name="newsletter"),
    path("newsletter/received/", newsletter.received, name="newsletter_received"),
    path("newsletter/confirm/<str:token>/", newsletter.confirm, name="newsletter_confirm"),
    path("newsletter/preferences/<str:token>/", newsletter.preferences, name="newsletter_preferences"),
    path("newsletter/preferences/<str:token>/address/", newsletter.address, name="newsletter_address"),
    path("newsletter/preferences/<str:token>/resume/", newsletter.resume, name="newsletter_resume"),
    path("newsletter/move/<str:token>/", newsletter.move, name="newsletter_move"),
    path("newsletter/why/<str:token>/", newsletter.why, name="newsletter_why"),
    path("newsletter/unsubscribe/<str:token>/", newsletter.unsubscribe, name="newsletter_unsubscribe"),
    path("mail-events/", include(provider_urls())),
    path("u/<str:token>/", newsletter.stop, name="newsletter_stop"),
    # As some mail programs cut it: a post cannot be led to the address with a slash.
    path("u/<str:token>", newsletter.stop, name="newsletter_stop_cut"),
    path("accounts/profile/", profile.profile, name="profile"),
    path("accounts/data/", data.data, name="data"),
    path("accounts/data/download/", data.download, name="data_download"),
    path("accounts/data/erase/", data.erase, name="data_erase"),
    path("accounts/keep/<str:token>/", data.keep, name="keep"),
    path("accounts/log-ins/", log_ins.log_ins, name="log_ins"),
    path("accounts/log-ins/end/", log_ins.end_log_in, name="end_log_in"),
    path("accounts/log-ins/end-others/", log_ins.end_other_log_ins, name="end_other_log_ins"),
    path("accounts/log-ins/end-all/", log_ins.end_all_log_ins, name="end_all_log_ins"),
    # Ahead of the account library's own pages at the same addresses.
    path("accounts/confirm-email/", codes.email_code, name="email_code"),
    path("accounts/confirm-email/send/", codes.send_code, name="send_code"),
    path("accounts/password/reset/confirm/", codes.password_reset_code, name="password_reset_code"),
]
