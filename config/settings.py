"""Settings: one file, and everything that differs between machines comes from the environment.

They fail closed. Without `DEBUG` there must be a `SECRET_KEY`, `FIELD_KEYS`, and a `SITE_URL` that is https or points
at this very machine; whatever is missing is named in the error. `.env.example` says what each variable means.
"""

from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env

from config.limits import LIMITS
from config.machine import mail_settings
from config.machine.content_policy import content_security_policy
from config.machine.database import database_at, server_at, with_options
from config.machine.logs import logs
from config.machine.web_push import PUSH_SERVICES

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)

# --- Where we are -----------------------------------------------------------------------

DEBUG = env.bool("DEBUG", False)
SITE_URL = env.str("SITE_URL", "http://localhost:8000").rstrip("/")
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
VOICES_FOLDER = BASE_DIR / "content" / "library" / "voices"
_site = urlsplit(SITE_URL)
_LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
IS_HTTPS = _site.scheme == "https"

if not _site.hostname:
    raise ImproperlyConfigured("SITE_URL must be a full address such as https://unloop.example.")
if not (DEBUG or IS_HTTPS or _site.hostname in ("localhost", "127.0.0.1", "::1")):
    raise ImproperlyConfigured("SITE_URL must start with https:// outside DEBUG, unless it is localhost.")

# What script/serve made on a laptop is there for `manage.py` beside it. A site with a public name has its own.
if not (DEBUG or IS_HTTPS):
    env.read_env(str(VAR_DIR / "secrets.env"), recurse=False)

SECRET_KEY = env.str("SECRET_KEY", "only-for-debug" if DEBUG else "")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is not set. Set it in the environment; script/serve makes one.")

FIELD_KEYS: list[str] = env.list("FIELD_KEYS", [])
if not (FIELD_KEYS or DEBUG):
    raise ImproperlyConfigured("FIELD_KEYS is not set. Set it in the environment; script/serve makes one.")

ALLOWED_HOSTS = [_site.hostname, *env.list("ALLOWED_HOSTS", []), *([] if IS_HTTPS else _LOCAL_HOSTS)]
CSRF_TRUSTED_ORIGINS = [SITE_URL, *env.list("CSRF_TRUSTED_ORIGINS", [])]

# --- What it is made of -----------------------------------------------------------------

INSTALLED_APPS = [
    "coaching",
    "accounts",
    "content",
    "config.apps.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "config.middleware.a_number_for_each_request",
    "config.pages.metrics.counted",
    "config.machine.languages.language_of_each_request",
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.two_more_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.pages.compressed.ZippedPages",  # pads at random, and SameSite cookies: no size tells a secret
    "config.middleware.PolicyInOrder",
    "config.probes.by_any_name",
    "config.pages.standby.standing_by",  # around all that may ask the database
    "coaching.danger.hearing.danger_outlives_its_session",  # around the session, which another tab may end meanwhile
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.machine.languages.LanguageOfTheAddress",
    "config.machine.languages.OnlyWhatIsTranslated",
    "coaching.danger.hearing.danger_is_heard",  # around the check of tokens, which may refuse what tells of danger
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.WhoIsLoggedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "coaching.danger.unread.unread_forms",  # once it is known who asks, and before any form is looked at
    "accounts.drafts.say_which_drafts_arrived",
    "accounts.middleware.RefusedForms",
    "coaching.people.visits.SlowVisits",
    "accounts.middleware.personal_pages",
    "coaching.people.in_no_cache.pages_of_a_person",
    "coaching.help.flare.in_no_cache",
    "coaching.help.danger_standing.in_no_cache",
    "coaching.help.care_for_words.take_care_along",
    "accounts.middleware.clean_device",
    "accounts.middleware.log_ins_end",
    "accounts.middleware.staff_second_factor",
    "config.pages.nearby.say_where_to_go",
]

ROOT_URLCONF = "config.urls"
READY_MB = env.int("READY_MB", 24)  # of each process, for pages that are kept ready for strangers; 0: for none
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "libraries": {"drawn": "config.drawn.tags"},
            "loaders": [
                (
                    "config.drawn.loader.Loader",
                    [f"django.template.loaders.{name}.Loader" for name in ("filesystem", "app_directories")],
                ),
            ],
            "context_processors": [
                "config.ready.tokens.form_token",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "coaching.help.flare.flare",
                "coaching.help.danger_standing.danger",
                "coaching.help.care_for_words.care",
                "coaching.help.buttons.buttons",
                "coaching.offline.unsent.owner_label",
                "coaching.people.shell.shell",
            ],
        },
    },
]

FORM_RENDERER = "coaching.widgets.PlainInputs"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["unloop"]
CRISPY_TEMPLATE_PACK = "unloop"
CRISPY_FAIL_SILENTLY = False

# --- Data -------------------------------------------------------------------------------

_database = database_at(env.str("DATABASE_URL", "") or f"sqlite:///{VAR_DIR / 'unloop.sqlite3'}")
DATABASES = {"default": with_options(_database, pool=env.int("DATABASE_POOL", 4))}
DATABASE_ITSELF = server_at(env.str("DATABASE_DIRECT_URL", ""))
# Whom a restored backup must not bring back: keyed hashes, one a line. Keep it apart from the database.
TOMBSTONES_FILE = env.str("TOMBSTONES_FILE", str(VAR_DIR / "tombstones.txt"))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Limits, which all processes share. Past this many some are thrown out at random: no flood may wipe them.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}
# A second queue for mail that a person waits for: `accounts/core/queues.py`.
TASKS = {name: {"BACKEND": "django_tasks_db.DatabaseBackend"} for name in ("default", "mail")}

# --- People -----------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.MemberBackend"]
PASSWORD_HASHERS = [
    "accounts.members.hashers.LeanArgon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "accounts.members.passwords.NotOnTheLists"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "coaching:today"
ACCOUNT_ADAPTER = "accounts.members.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# For log-ins; sign-up alone comes before the code (`accounts/unproved.py` says how nothing is told by that).
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# By code as well: a link would put a token into the address, and so into logs and histories.
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGOUT_REDIRECT_URL = "coaching:home"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = LIMITS
ACCOUNT_FORMS = {
    "login": "accounts.forms.account.LoginForm",
    "signup": "accounts.forms.account.SignupForm",
    "confirm_email_verification_code": "accounts.forms.account.ConfirmEmailCodeForm",
    "confirm_password_reset_code": "accounts.forms.account.ConfirmPasswordResetCodeForm",
    "add_email": "accounts.forms.account.AddEmailForm",
    "change_password": "accounts.forms.account.ChangePasswordForm",
    "reset_password": "accounts.forms.account.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.account.ResetPasswordKeyForm",
    "reauthenticate": "accounts.forms.account.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": "accounts.forms.account.AuthenticateForm",
    "reauthenticate": "accounts.forms.account.ReauthenticateCodeForm",
    "activate_totp": "accounts.forms.account.ActivateTotpForm",
    "add_webauthn": "accounts.forms.account.AddPasskeyForm",
    "edit_webauthn": "accounts.forms.account.RenamePasskeyForm",
}
# People who begin without an account, from one source; 0 is no limit (`coaching/people/visits.py`).
VISITS_A_MINUTE = env.int("VISITS_A_MINUTE", 60)
# Staff see people's addresses: on a public site they need a passkey or an authenticator app.
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", IS_HTTPS)
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Unloop"
MFA_ADAPTER = "accounts.members.adapter.SecondStepAdapter"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS

# --- Mail -------------------------------------------------------------------------------

_email = mail_settings.mail_server(env.str("EMAIL_URL", ""))
# Without a mail server, letters are kept as files, and a page on the local site shows them.
EMAIL_BACKEND = _email.get("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = str(VAR_DIR / "outbox")
EMAIL_HOST, EMAIL_PORT = _email.get("EMAIL_HOST", "localhost"), _email.get("EMAIL_PORT") or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _email.get("EMAIL_HOST_USER") or "", _email.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = _email.get("EMAIL_USE_TLS", False), _email.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", 20)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"Unloop <hello@{_site.hostname}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Letters to many come from an address of their own, so that their name with mail providers is their own too.
LETTERS_FROM_EMAIL = env.str("LETTERS_FROM_EMAIL", f"Unloop tips <tips@{_site.hostname}>")
LETTERS_POSTAL_ADDRESS = env.str("LETTERS_POSTAL_ADDRESS", "")
# Who runs this site, as /about/ and /privacy/ say it; `manage.py check --deploy` names what is empty.
OWNER_NAME, OWNER_CONTACT = env.str("OWNER_NAME", ""), env.str("OWNER_CONTACT", "")
# Who reads an answer to a mail, and where mail comes back to that was not delivered.
REPLY_TO = env.str("REPLY_TO", OWNER_CONTACT if "@" in OWNER_CONTACT and "/" not in OWNER_CONTACT else "")
BOUNCE_ADDRESS = mail_settings.way_back(env.str("BOUNCE_ADDRESS", ""))
BOUNCES_URL = mail_settings.mailbox(env.str("BOUNCES_URL", ""))
OWNER_FUNDING, OWNER_REVIEWER = env.str("OWNER_FUNDING", ""), env.str("OWNER_REVIEWER", "")
# In letters a minute; 0 is no limit.
MAIL_RATE_PER_MINUTE = env.int("MAIL_RATE_PER_MINUTE", 0)
MAIL_DOMAIN_RATE_PER_MINUTE = env.int("MAIL_DOMAIN_RATE_PER_MINUTE", 600)
# For how long a worker holds letters that it has claimed. A mail server may take half of it to say that it has one.
MAIL_LEASE_SECONDS = env.int("MAIL_LEASE_SECONDS", 1200)
LETTERS_HOURS = mail_settings.hours_of_a_day(env.str("LETTERS_HOURS", "7-21"))
LETTERS_TIME_ZONE = mail_settings.time_zone(env.str("LETTERS_TIME_ZONE", "UTC"))
# Where the provider reports bounces and complaints: only when it is named, and only with a secret.
MAIL_PROVIDER = env.str("MAIL_PROVIDER", "")
ANYMAIL = mail_settings.anymail(
    MAIL_PROVIDER, secret=env.str("MAIL_WEBHOOK_SECRET", ""), key=env.str("MAIL_WEBHOOK_KEY", "")
)
DKIM_DOMAIN, DKIM_SELECTOR = env.str("DKIM_DOMAIN", _site.hostname), env.str("DKIM_SELECTOR", "")
DKIM_KEY = mail_settings.dkim_key(env.str("DKIM_KEY_FILE", ""), selector=DKIM_SELECTOR)

# Who is told when a reader found a mistake. The row is in the admin in any case.
STAFF_LETTERS_TO: list[str] = env.list("STAFF_LETTERS_TO", [])
# Who is told when letters stop, mail is stuck or an edition ended, and by which other way than the usual one.
ALERTS_TO: list[str] = env.list("ALERTS_TO", STAFF_LETTERS_TO)
ALERTS_EMAIL = mail_settings.mail_server(env.str("ALERTS_EMAIL_URL", ""), "ALERTS_EMAIL_URL")
VAPID_PRIVATE_KEY, PUSH_HOSTS = env.str("VAPID_PRIVATE_KEY", ""), env.list("PUSH_HOSTS", PUSH_SERVICES)
VAPID_SUBJECT = env.str("VAPID_SUBJECT", f"mailto:hello@{_site.hostname}")
SHOWS_OUTBOX = not IS_HTTPS and EMAIL_BACKEND.endswith("filebased.EmailBackend")

# --- Words and times --------------------------------------------------------------------

# The language of a page stands in its address; nothing is chosen by the browser (`config/machine/languages.py`).
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "templates" / "locale"]
FORMAT_MODULE_PATH = "config.formats"
TIME_ZONE = "UTC"
USE_I18N = USE_TZ = True

# --- Files ------------------------------------------------------------------------------

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT, MEDIA_ROOT = VAR_DIR / "static", VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.machine.static.HashedStaticFiles"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400

# --- Keeping it safe --------------------------------------------------------------------

CONTENT_SECURITY_POLICY = content_security_policy(is_https=IS_HTTPS)
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
if BEHIND_TLS_PROXY := env.bool("BEHIND_TLS_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if IS_HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if IS_HTTPS else "csrftoken"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# A log-in lasts 90 days without a change, 180 in all, and for staff's pages one hour and twelve (`second_factor`).
SESSION_ENGINE = "accounts.guard.session_store"
SESSION_SERIALIZER = "accounts.guard.session_words.SealedWords"
# In the session, not in a cookie of their own: a message may name an address.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 90 * 24 * 3600
CSRF_FAILURE_VIEW = "config.views.csrf_failure"

# --- What is written down ---------------------------------------------------------------

# Figures at /metrics, for whoever has this word; empty: nobody.
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
LOGGING = logs(env.str("LOG_LEVEL", "INFO"), as_json=env.bool("LOG_JSON", False))
