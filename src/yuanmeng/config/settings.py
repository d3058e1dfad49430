"""Settings of one install.

Everything that differs between installs comes from the environment or from files in the
data folder (`YUANMENG_DATA`, default `var/`); nothing secret stands here. Numbers with a
reason are explained where they stand; the measured ones come from docs/reference/settings.md.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from yuanmeng.core.keys import Keyring
from yuanmeng.places.ground.online import hosts_of

PACKAGE = Path(__file__).resolve().parents[1]
PROJECT = PACKAGE.parents[1]
DATA_DIR = Path(os.environ.get("YUANMENG_DATA", PROJECT / "var")).resolve()
# Loops that are compiled on first use are kept, so that only the first start of an install pays for them.
os.environ.setdefault("NUMBA_CACHE_DIR", str(DATA_DIR / "cache" / "numba"))


def _flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


# Demo mode shows phone codes on the page and accepts demo-safe numbers. A system check
# (yuanmeng.ops.checks) refuses it together with anything that looks like production.
DEMO_MODE = _flag("YUANMENG_DEMO")
DEBUG = _flag("YUANMENG_DEBUG")
# Plain HTTP is for the loopback only: cookies then lose __Host- and Secure.
PLAIN_HTTP = DEMO_MODE or _flag("YUANMENG_PLAIN_HTTP")

KEYS = Keyring.in_folder(DATA_DIR / "keys")
SECRET_KEY = KEYS.text("secret")
ALLOWED_HOSTS = os.environ.get("YUANMENG_HOSTS", "127.0.0.1,localhost").split(",")
BASE_URL = os.environ.get("YUANMENG_BASE_URL", "http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL.startswith("https://") else []

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_vite",
    "csp",
    "yuanmeng.core",
    "yuanmeng.people",
    "yuanmeng.places",
    "yuanmeng.occupations",
    "yuanmeng.organisations",
    "yuanmeng.vacancies",
    "yuanmeng.seekers",
    "yuanmeng.applications",
    "yuanmeng.programme",
    "yuanmeng.counsel",
    "yuanmeng.signage",
    "yuanmeng.intake",
    "yuanmeng.recommend",
    "yuanmeng.oversight",
    "yuanmeng.ops",
    "yuanmeng.web.shared",
    "yuanmeng.web.citizen",
    "yuanmeng.web.wall",
    "yuanmeng.web.windows",
    "yuanmeng.web.kiosk",
    "yuanmeng.web.employer",
    "yuanmeng.web.desk",
    "yuanmeng.web.office",
    "yuanmeng.web.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Before the files: an SVG of ours that is opened by itself is a page too.
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yuanmeng.web.shared.middleware.HouseRules",
    "yuanmeng.web.shared.middleware.Sessions",
    "yuanmeng.web.shared.middleware.ChooseLanguage",
    "yuanmeng.web.shared.middleware.NotTooFast",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "yuanmeng.web.shared.middleware.WhoAsks",
    "yuanmeng.web.shared.middleware.SayRefusals",
]

ROOT_URLCONF = "yuanmeng.config.urls"
WSGI_APPLICATION = "yuanmeng.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "yuanmeng.web.shared.context.house",
            ],
        },
    },
]


# --- Stores --------------------------------------------------------------------------------

# Each pragma answers a measured loss; see docs/reference/settings.md before touching one.
# trusted_schema=OFF is not among them: it makes SQLite refuse the JSON_VALID checks of JSON columns.
SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA secure_delete=ON; PRAGMA cell_size_check=ON;"
)


def _database() -> dict[str, Any]:
    """The SQLite file of the data folder, or PostgreSQL when YUANMENG_DATABASE names one.

    Form: postgresql://user:password@host:port/name
    """
    url = os.environ.get("YUANMENG_DATABASE", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "yuanmeng.db",
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 10, "init_command": SQLITE_START},
            # A real file: the journeys need several connections at once.
            "TEST": {"NAME": DATA_DIR / "test.db"},
        }
    from urllib.parse import unquote, urlsplit

    at = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": at.path.lstrip("/"),
        "USER": unquote(at.username or ""),
        "PASSWORD": unquote(at.password or ""),
        "HOST": at.hostname or "",
        "PORT": at.port or "",
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "options": "-c statement_timeout=10000 -c lock_timeout=5000"
            " -c idle_in_transaction_session_timeout=30000"
        },
    }


DATABASES = {"default": _database()}
ATOMIC_REQUESTS = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- Identity ------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["yuanmeng.people.passwords.HouseArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_ENGINE = "yuanmeng.people.sessions"
SESSION_COOKIE_AGE = 43200
SESSION_SAVE_EVERY_REQUEST = False
_HOST = "" if PLAIN_HTTP else "__Host-"
SESSION_COOKIE_NAME = f"{_HOST}sid"
CSRF_COOKIE_NAME = f"{_HOST}csrf"
LANGUAGE_COOKIE_NAME = f"{_HOST}lang"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not PLAIN_HTTP
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "yuanmeng.web.shared.errors.csrf_failed"

# How often one may do a thing where this install differs from web.shared.limits: searches=30,exports=10,…
LIMITS = {
    name.strip(): int(most)
    for name, _equals, most in (
        one.partition("=") for one in os.environ.get("YUANMENG_LIMITS", "").split(",")
    )
    if name.strip()
}

# --- Web -----------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = not PLAIN_HTTP
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not PLAIN_HTTP
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Only behind a proxy that overwrites X-Forwarded-Proto and X-Forwarded-For.
BEHIND_PROXY = _flag("YUANMENG_BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
# A city app that shows the public pages in a frame: https://… origins, comma separated. Personal pages never.
FRAMED_BY = [one.strip() for one in os.environ.get("YUANMENG_FRAMED_BY", "").split(",") if one.strip()]
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = 2621440
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 10
# The ground of the employment map (docs/reference/map.md): schematic, extract, tianditu or amap.
BASEMAP = os.environ.get("YUANMENG_BASEMAP", "") or "extract"
TIANDITU_KEY = os.environ.get("YUANMENG_TIANDITU_KEY", "")
# 审图号: the number under which a map was examined, printed in its attribution.
MAP_APPROVAL = os.environ.get("YUANMENG_MAP_APPROVAL", "")
# Nothing leaves the house unless the map's ground comes from outside.
TILE_HOSTS = hosts_of(BASEMAP, TIANDITU_KEY)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *TILE_HOSTS],
        "font-src": [SELF],
        "connect-src": [SELF, *TILE_HOSTS],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "media-src": [SELF, "blob:"],
        "form-action": [SELF],
        "frame-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "upgrade-insecure-requests": not PLAIN_HTTP,
        "report-uri": "/csp-report",
    }
}
# Where somebody says that this install is not safe: mailto:… or https://…, told in /.well-known/security.txt.
SECURITY_CONTACT = os.environ.get("YUANMENG_SECURITY_CONTACT", "") or f"{BASE_URL}/help/"
PERMISSIONS_POLICY = "camera=(), microphone=(), geolocation=(self), payment=(), usb=(), clipboard-read=()"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
DIST = PACKAGE / "web" / "dist"
STATICFILES_DIRS = [("dist", DIST)]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MIMETYPES = {".geojson": "application/geo+json", ".mjs": "text/javascript"}


def WHITENOISE_IMMUTABLE_FILE_TEST(path: str, url: str) -> bool:
    """Only hashed bundles never change; public files carry ?v= instead."""
    return url.startswith("/static/dist/assets/")


DJANGO_VITE = {"default": {"manifest_path": DIST / "manifest.json", "static_url_prefix": "dist"}}

# --- Language and time ---------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
# In the checkout beside the sources, in an installed package inside it.
LOCALE_PATHS = [path for path in (PROJECT / "locale", PACKAGE / "locale") if path.is_dir()]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
FORMAT_MODULE_PATH = ["yuanmeng.config.formats"]

# --- The place this install serves ---------------------------------------------------------

SUBDISTRICT_CODE = os.environ.get("YUANMENG_SUBDISTRICT", "310105006")
OPERATOR_LINE = os.environ.get("YUANMENG_OPERATOR_LINE", "")
HERE = (121.4001, 31.2103)  # 娄山关路500号 as in data/reference/gazetteer.json, WGS-84; "you are here"
KIOSK_IDLE_S, KIOSK_WARNING_S = 60, 10
# What the printer at the kiosks holds: "80mm" (a roll), "a4", or "" where there is none.
KIOSK_PAPER = os.environ.get("YUANMENG_KIOSK_PAPER", "80mm")
OUTBOX = DATA_DIR / "outbox.jsonl"

TEST_RUNNER = "django.test.runner.DiscoverRunner"
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {
        "console": {"class": "logging.StreamHandler"},
        # One file a day, JSON lines, nothing personal in them (ops.logs).
        "day": {"class": "yuanmeng.ops.logs.DayFile", "folder": DATA_DIR / "logs"},
    },
    "root": {"handlers": ["day"], "level": "WARNING"},
    "loggers": {"yuanmeng": {"handlers": ["console"], "level": "INFO"}},
}
