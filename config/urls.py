"""Every address of the site. The map of `docs/` and the README name them; tests and users rely on them."""

from typing import Any

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from accounts.views import recovery_codes
from coaching.views import research, service, voice_desk, voices
from coaching.views.simulator import simulator
from coaching.views.step_trial import step_trial
from config import views
from config.machine.addresses import by_first_word
from config.pages import installed
from config.pages.metrics import metrics
from config.pages.outbox import outbox
from config.pages.sitemaps import SITEMAPS
from config.parcels import answers as parcels
from content.views import pack

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"
# Not Django's: the account library looks here for the page of its limits.
handler429 = "config.views.too_many_requests"

# Each page has an address in every language; `config/machine/languages.py` says which are written in it.
in_languages: list[Any] = i18n_patterns(
    by_first_word(path("", include("coaching.urls"))),
    # Ahead of the tips: the letters have a folder among them.
    by_first_word(path("", include("accounts.urls"))),
    path("", include("content.urls")),
    # Ahead of the account library's own page, which would show the codes again.
    path("accounts/2fa/recovery-codes/", recovery_codes.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "accounts/2fa/recovery-codes/download/", recovery_codes.recovery_codes_file, name="mfa_download_recovery_codes"
    ),
    path("accounts/", include("allauth.urls")),
    path("manifest.webmanifest", installed.manifest, name="manifest"),
    prefix_default_language=False,
)

# Each names a line or a page of lines; the first leads to all of them.
of_voices: list[Any] = [
    path("", admin.site.admin_view(voice_desk.voice_desk), name="voice_desk"),
    *(
        path(f"<slug:language>/<slug:what>/{rest}", admin.site.admin_view(view), name=view.__name__)
        for rest, view in (
            ("", voice_desk.voice_desk_page),
            ("<slug:key>/", voice_desk.voice_desk_line),
            ("<slug:key>/remove/", voice_desk.voice_desk_remove),
        )
    ),
]

urlpatterns = [
    *in_languages,
    path("admin/simulator/steps/", admin.site.admin_view(step_trial), name="step_trial"),
    path("admin/simulator/", admin.site.admin_view(simulator), name="simulator"),
    path("admin/research/", admin.site.admin_view(research.research_export), name="research_export"),
    path("admin/service/", admin.site.admin_view(service.service), name="service"),
    path("admin/service/figures.csv", admin.site.admin_view(service.service_csv), name="service_csv"),
    path("admin/voices/", include(of_voices)),
    path("admin/library-pack/", admin.site.admin_view(pack.pack), name="library_pack"),
    path("admin/library-pack/download/", admin.site.admin_view(pack.download), name="library_pack_download"),
    path("admin/", admin.site.urls),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("favicon.ico", views.favicon, name="favicon"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("sw.js", installed.worker, name="worker"),
    path("voices/<slug:language>/", voices.voices, name="voices"),
    path("voices/files/<slug:name>.mp3", voices.voice_file, name="voice_file"),
    path("voices/<slug:language>/<slug:voice>/<slug:what>.json", voices.voice_lines, name="voice_lines"),
    path("offline/parcels/<slug:language>/", parcels.parcels, name="parcels"),
    path("offline/parcels/<slug:language>/<slug:name>/", parcels.parcel, name="parcel"),
    path("outbox/", outbox, name="outbox"),
]
