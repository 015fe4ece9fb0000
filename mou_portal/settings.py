"""Django's settings. What a server must say comes from the environment (.env.example)."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from mou_portal.environment import (
    MODE,
    PRODUCTION,
    ROOT,
    VAR,
    allowed_hosts,
    env,
    required,
    secret,
    site_url,
)
from mou_portal.inbound import inbound_mailbox
from mou_portal.servers import (
    LONGEST_TASK,
    TICK_EXPIRES,
    database,
    database_owner,
    transport_options,
)
from mou_portal.sign_on.configured import sign_on

DEMONSTRATION = MODE == "demonstration"
DEBUG = False
SECRET_KEY = secret("SECRET_KEY", otherwise="demonstration-and-test-only-" + "x" * 40)
SITE_URL = site_url()
ALLOWED_HOSTS = allowed_hosts(SITE_URL)
CSRF_TRUSTED_ORIGINS = [SITE_URL]
ROOT_URLCONF = "mou_portal.urls"
WSGI_APPLICATION = "mou_portal.wsgi.application"
APPEND_SLASH = True

INSTALLED_APPS = [
    "mou_portal.apps.PortalConfig",
    "reports.apps.ReportsConfig",
    "escalations.apps.EscalationsConfig",
    "meetings.apps.MeetingsConfig",
    "communications.apps.CommunicationsConfig",
    "performance.apps.PerformanceConfig",
    "commitments.apps.CommitmentsConfig",
    "agreements.apps.AgreementsConfig",
    "deadlines.apps.DeadlinesConfig",
    "parties.apps.PartiesConfig",
    "web.apps.WebConfig",
    "jobs.apps.JobsConfig",
    "mail.apps.MailConfig",
    "documents.apps.DocumentsConfig",
    "nhsuk.apps.NhsukConfig",
    "audit.apps.AuditConfig",
    "house.apps.HouseConfig",
    "mou_portal.admin_site.PortalAdminConfig",
    # Before the framework's own: its makemigrations writes down which migration is the newest.
    "django_linear_migrations",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "guardian",
    "import_export",
    "simple_history",
]

MIDDLEWARE = [
    "mou_portal.middleware.RequestIdMiddleware",
    "mou_portal.health.ProbesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mou_portal.middleware.CompressMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mou_portal.middleware.SessionAgeMiddleware",
    "mou_portal.middleware.ActingMiddleware",
    "mou_portal.middleware.AccessMiddleware",
    "web.kept_typing.KeptTypingMiddleware",
    "web.sent_forms.SentFormsMiddleware",
]

# --- Data -----------------------------------------------------------------------------------

DATABASES = {"default": database()}
DATABASE_OWNER = database_owner()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Limits of the log-in live in the cache: in the database they outlast a restart and hold for
# every process.
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "mou_portal_cache",
        # Of more, a third is thrown away: with the usual 300, who tries 300 addresses would have
        # the counts of the others forgotten.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
# Child processes that work on files at once, for all processes of this machine, and where the
# locks for them are.
CHILDREN_AT_ONCE = max(2, env.int("CHILDREN_AT_ONCE", default=2))
PLACES_FOLDER = VAR / "places"
FILES_FOLDER = env.path("FILES_FOLDER", default=str(VAR / "files"))
STORAGES = {
    # Stored files are reached through views that ask who may see them; there is no media URL.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(FILES_FOLDER), "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "mou_portal.static.StaticStorage"
        if MODE != "test"
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- Time and language ----------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

# --- Pages ----------------------------------------------------------------------------------

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "mou_portal.jinja.environment",
            "context_processors": ["mou_portal.jinja.page"],
        },
    },
    {
        # The admin, and what Django renders itself.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "mou_portal" / "django_templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
STATIC_URL = "/static/"
# An image collects them when it is built, into a place that is not VAR.
STATIC_ROOT = Path(env.str("STATIC_FOLDER", default=str(VAR / "static")))
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [ROOT / "static" / "built"]
# The mark and name of the NHS are not ours to show: an installation that may, says so.
PORTAL_NAME = env.str("PORTAL_NAME", default="MoU portal")
ORGANISATION_NAME = env.str("ORGANISATION_NAME", default="")

# --- People ---------------------------------------------------------------------------------

AUTH_USER_MODEL = "parties.User"
AUTHENTICATION_BACKENDS = [
    "mou_portal.log_in.LogInBackend",
    "guardian.backends.ObjectPermissionBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}  # type: ignore[assignment]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "mou_portal.log_in.AccountAdapter"
MFA_ADAPTER = "mou_portal.log_in.MfaAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account begins with an invitation to its address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # seconds
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {
    "login": "mou_portal.log_in_forms.LoginForm",
    "reauthenticate": "mou_portal.log_in_forms.ReauthenticateForm",
    "change_password": "mou_portal.log_in_forms.ChangePasswordForm",
    "reset_password": "mou_portal.log_in_forms.ResetPasswordForm",
    "reset_password_from_key": "mou_portal.log_in_forms.NewPasswordForm",
}
# Here `key` is a user at one network address, of `login_failed_anywhere` the user alone, and of
# `login_failed_known` the user in a browser in which they logged in before, where nothing else
# counts (record 0036). A trust of 500 people may have one network address: they log in within
# minutes, some of them wrongly.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "login_failed_anywhere": "50/h/key",
    "login_failed_known": "5/5m/key",
    "reset_password": "60/m/ip,5/m/key",
    "reset_password_from_key": "60/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = PORTAL_NAME
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute out
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the invitation went to the address
MFA_FORMS = {
    "authenticate": "mou_portal.log_in_forms.CodeForm",
    "reauthenticate": "mou_portal.log_in_forms.ReauthenticateCodeForm",
    "activate_totp": "mou_portal.log_in_forms.ActivateForm",
    "add_webauthn": "mou_portal.log_in_forms.AddPasskeyForm",
    "authenticate_webauthn": "mou_portal.log_in_forms.PasskeyCodeForm",
    "login_webauthn": "mou_portal.log_in_forms.LoginPasskeyForm",
    "reauthenticate_webauthn": "mou_portal.log_in_forms.ReauthenticatePasskeyForm",
    "edit_webauthn": "mou_portal.log_in_forms.RenamePasskeyForm",
}
# Who works on real agreements proves it with a second factor; the demonstration has none to lose.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=PRODUCTION)
# Single sign-on, where it is configured (record 0037): by the identity that somebody linked, never
# by an address; nobody gets an account by it but who was invited.
# So many years an MoU is kept from its end: the shortest time that the NHS Records Management Code
# of Practice gives for contracts. Nothing is disposed of by itself.
RETENTION_YEARS = env.int("RETENTION_YEARS", default=6)

SINGLE_SIGN_ON = sign_on(os.environ, strict=PRODUCTION)
SOCIALACCOUNT_PROVIDERS = SINGLE_SIGN_ON.for_allauth() if SINGLE_SIGN_ON else {}
SOCIALACCOUNT_ADAPTER = "mou_portal.sign_on.adapter.SignOnAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 3  # seconds
ANONYMOUS_USER_NAME = None  # guardian: a visitor has no row and no grants
GUARDIAN_RAISE_403 = False
SIMPLE_HISTORY_REVERT_DISABLED = True
SIMPLE_HISTORY_ENFORCE_HISTORY_MODEL_PERMISSIONS = True
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "view"

# --- E-mail, tasks --------------------------------------------------------------------------

EMAIL_FOLDER = VAR / "mail"
EMAIL_URL = required("EMAIL_URL", otherwise=f"filemail:///{EMAIL_FOLDER}")
vars().update(env.email_url_config(EMAIL_URL))
EMAIL_TIMEOUT = 10  # seconds for each answer; all of an e-mail end before its lease does
DEFAULT_FROM_EMAIL = required("EMAIL_FROM", otherwise="MoU portal <portal@mou-portal.example>")
SUPPORT_CONTACT = env.str("SUPPORT_CONTACT", default="")

# The mailbox that people forward e-mails to, where one is configured (record 0079).
INBOUND_MAILBOX = inbound_mailbox(os.environ)

CELERY_BROKER_URL = required("CELERY_BROKER_URL", otherwise="filesystem://")
CELERY_BROKER_TRANSPORT_OPTIONS = transport_options(CELERY_BROKER_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = LONGEST_TASK
# A worker takes a task when it is free for one. Counted by what it acknowledged, one that could not
# tell a Redis which hung for a while would never take another.
CELERY_WORKER_DISABLE_PREFETCH = not CELERY_BROKER_URL.startswith("filesystem")
CELERY_WORKER_PREFETCH_MULTIPLIER = 0 if CELERY_WORKER_DISABLE_PREFETCH else 1
# Seconds that a worker which is told to stop gives its task, before it hands it back to Redis.
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# UTC: by London's clock crontabs lose an hour each October. A tick only says "look".
CELERY_TIMEZONE = "UTC"
CELERY_ENABLE_UTC = True
# Beat keeps nothing on disk: a file torn by a kill would keep it from starting again.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "look-for-reminders": {
        "task": "deadlines.tasks.look_for_reminders",
        "schedule": timedelta(minutes=1),
    },
    "look-for-mail": {"task": "mail.tasks.send_due_mail", "schedule": timedelta(minutes=1)},
    "look-for-jobs": {"task": "jobs.tasks.work_on_jobs", "schedule": timedelta(minutes=1)},
    "look-for-entries": {"task": "audit.tasks.link_entries", "schedule": timedelta(minutes=1)},
    "look-for-the-day": {
        "task": "mou_portal.tasks.tell_administrators",
        "schedule": timedelta(minutes=1),
    },
    "look-for-seals": {
        "task": "agreements.tasks.seal_what_waits",
        "schedule": timedelta(minutes=1),
    },
}
if INBOUND_MAILBOX:
    CELERY_BEAT_SCHEDULE["look-for-forwarded"] = {
        "task": "agreements.tasks.look_into_mailbox",
        "schedule": timedelta(minutes=1),
    }
for _tick in CELERY_BEAT_SCHEDULE.values():
    _tick["options"] = {"expires": TICK_EXPIRES}

# --- The seal -------------------------------------------------------------------------------

SEAL_CERTIFICATE = required("SEAL_CERTIFICATE", otherwise=str(VAR / "seal" / "certificate.pem"))
SEAL_KEY = required("SEAL_KEY", otherwise=str(VAR / "seal" / "key.pem"))
# The audit chain is keyed: who holds only the database cannot forge it.
AUDIT_KEY = secret("AUDIT_KEY", otherwise="demonstration-and-test-only")

# --- Safety ---------------------------------------------------------------------------------

HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 30 * 60  # idle seconds; SessionAgeMiddleware ends it for good
SESSION_SEEN_EVERY = timedelta(minutes=1)  # how often use is noted: not with every page
SESSION_LONGEST = timedelta(hours=12)
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "mou_portal.views.csrf_failed"
X_FRAME_OPTIONS = "DENY"
# The one inline script of the page frame says that JavaScript is there; its sum is pinned.
FRAME_SCRIPT_SHA256 = "'sha256-tDOvXJi1PXbg0CWjLCCYSNHRXtps26K4JXkE3M6u/c0='"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, FRAME_SCRIPT_SHA256],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # A browser asks it of where a form leads on to, too.
        "form-action": [SELF, *([SINGLE_SIGN_ON.origin] if SINGLE_SIGN_ON else [])],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
LARGEST_UPLOAD = 20 * 1024 * 1024  # bytes

# --- Logs -----------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "mou_portal.logs.JsonFormatter"}},
    "filters": {"busy": {"()": "mou_portal.logs.BusyIsNoFault"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "WARNING" if MODE == "test" else "INFO"},
    # Chatty: about fonts, every PDF object, each tick, and a broker in a folder that has no host.
    "loggers": {
        "django.request": {"filters": ["busy"]},
        "fontTools": {"level": "ERROR"},
        "pyhanko": {"level": "ERROR"},
        "pikepdf": {"level": "WARNING"},
        "kombu.connection": {"level": "ERROR"},
        "celery.app.trace": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
    },
}
