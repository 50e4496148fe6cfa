"""Settings of one installation. Each environment variable read here has its line in docs/operating.md."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import dj_database_url
import django_stubs_ext
from environs import Env
from environs import validate as allowed

from pilothouse.config.home import home, secret_key

django_stubs_ext.monkeypatch()  # lets ModelForm and its like name their model in code that runs

env = Env()

HOME = home()
SECRET_KEY = env.str("PILOTHOUSE_SECRET_KEY", "") or secret_key(HOME)
DEBUG = env.bool("PILOTHOUSE_DEBUG", False)
HTTPS = env.bool("PILOTHOUSE_HTTPS", False)
ALLOWED_HOSTS: list[str] = env.list("PILOTHOUSE_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS and host != "*"]
ADMIN = env.bool("PILOTHOUSE_ADMIN", False)

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_htmx",
    "django_q",
    "heroicons",
    "pilothouse.accounts",
    "pilothouse.records",
    "pilothouse.jobs",
    "pilothouse.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pilothouse.web.headers.PageHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "pilothouse.config.urls"
WSGI_APPLICATION = "pilothouse.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).resolve().parent.parent / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pilothouse.web.frame.frame",
            ],
            "builtins": ["pilothouse.web.templatetags.pilothouse"],
        },
    }
]

# --- database ---------------------------------------------------------------------------------------------------

DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        env.str("DATABASE_URL", f"sqlite:///{HOME / 'pilothouse.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # One writer at a time: take the write lock when a transaction begins, wait for it, and let readers read on.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 30,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536; "
        "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;",
    }
    if sqlite3.sqlite_version_info < (3, 35):  # pragma: no cover - Python 3.11 on Debian brings 3.40
        raise RuntimeError(
            "SQLite 3.35 or newer is needed. Update SQLite, or set DATABASE_URL to a PostgreSQL."
        )

# --- people -----------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "pilothouse.web.people.adapter.InvitedOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# Wrong passwords: five in five minutes for one address, ten a minute for one sender.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key"}

EMAIL_CONFIG = env.str("EMAIL_URL", "")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_CONFIG
    else "django.core.mail.backends.console.EmailBackend"
)
if EMAIL_CONFIG:
    _mail = env.dj_email_url("EMAIL_URL")
    EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail["EMAIL_USE_TLS"], _mail["EMAIL_USE_SSL"]
DEFAULT_FROM_EMAIL = env.str("PILOTHOUSE_MAIL_FROM", "pilothouse@localhost")
EMAIL_TIMEOUT = 30
# Where people outside reach this installation; mails and calendars have no request to take it from.
ADDRESS = env.str("PILOTHOUSE_ADDRESS", f"https://{ALLOWED_HOSTS[0]}" if HTTPS else "http://127.0.0.1:8000")
REMINDER_DAY = env.str(
    "PILOTHOUSE_REMINDER_DAY",
    "monday",
    validate=allowed.OneOf(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]),
)
REMINDER_HOUR = env.int("PILOTHOUSE_REMINDER_HOUR", 7, validate=allowed.Range(0, 23))

# Counts of wrong passwords are shared by the processes of a machine, so they are not kept in one of them.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": HOME / "cache"}
}

# --- words ------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("fr", "Français"), ("nl", "Nederlands")]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "web" / "locale"]
TIME_ZONE = env.str("PILOTHOUSE_TIME_ZONE", "Europe/Brussels")
USE_TZ = True
USE_I18N = True

# --- files ------------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "papers"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
LARGEST_FILE = env.int("PILOTHOUSE_LARGEST_FILE", 256 * 1024 * 1024)
DATA_UPLOAD_MAX_NUMBER_FILES = 5000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # of form fields; files go to disk
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_TEMP_DIR = str(HOME)

# --- papers that arrive by themselves -----------------------------------------------------------------------------

WATCH_ROOTS: list[str] = env.list("PILOTHOUSE_WATCH_ROOTS", [])
_NAMED_HOSTS: list[str] = env.list("PILOTHOUSE_MAIL_HOSTS", [])
MAIL_HOSTS = [host.strip().lower() for host in _NAMED_HOSTS]

# --- safety -----------------------------------------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
ALLAUTH_TRUSTED_PROXY_COUNT = (
    1 if HTTPS else 0
)  # who sent a wrong password: the proxy knows, and says it last
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- background work --------------------------------------------------------------------------------------------

WORKERS = env.int("PILOTHOUSE_WORKERS", 1)
# `retry` must exceed `timeout`, else a task that is still running is started again (docs/decisions/0006).
Q_CLUSTER = {
    "name": "pilothouse",
    "orm": "default",
    "workers": WORKERS,
    "timeout": 3000,
    "retry": 3600,
    "max_attempts": 5,
    "ack_failures": True,
    "catch_up": False,
    "poll": 0.3,
    "save_limit": 200,
    "label": "Background work",
    "sync": env.bool("PILOTHOUSE_WORK_AT_ONCE", False),
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": env.str("PILOTHOUSE_LOG", "WARNING")},
}
