"""
Every setting of the installation, read from the environment.

The table in `docs/operate.md` lists the variables; a test fails when one is missing there.
"""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured

from ginnel.config.environment import DEBUG, DEMO, TESTING, env, env_choice, env_flag, env_number
from ginnel.config.log_lines import lines
from ginnel.config.settings_people import *  # noqa: F403 - every name is a setting
from ginnel.config.settings_people import LOGIN_URL

PACKAGE_DIR = Path(__file__).resolve().parent.parent
# The checkout when run from one; a wheel has no pyproject.toml three levels up, so there it is the folder one stands in.
PROJECT_DIR = PACKAGE_DIR.parent.parent if (PACKAGE_DIR.parent.parent / "pyproject.toml").exists() else Path.cwd()
VAR_DIR = Path(env("VAR", str(PROJECT_DIR / "var"))).resolve()
PLACES_DIR = Path(env("PLACES", str(PROJECT_DIR / "places"))).resolve()

SECRET_KEY = env("SECRET_KEY")
# Without a key of its own, a command may read but must not encrypt anything that the site is to open.
OFFLINE_KEY = not SECRET_KEY and not (DEMO or DEBUG or TESTING)
if not SECRET_KEY:
    if not (DEMO or DEBUG or TESTING or env_flag("OFFLINE")):
        raise ImproperlyConfigured("Set GINNEL_SECRET_KEY to a long random text (50 characters or more).")
    SECRET_KEY = "not-secret-only-for-the-demonstration-and-the-tests-on-one-machine"  # noqa: S105 - says so itself

# Equality answers are kept under pseudonyms made with this key. A command that has neither key must not make wrong ones.
EQUALITY_KEY = env("EQUALITY_KEY") or env("SECRET_KEY") or (SECRET_KEY if DEMO or DEBUG or TESTING else "")

ALLOWED_HOSTS = [
    host for host in env("HOSTS", "localhost 127.0.0.1 [::1] testserver").replace(",", " ").split() if host
]
CSRF_TRUSTED_ORIGINS = env("ORIGINS").replace(",", " ").split()
# Empty: links in e-mails and QR codes are of the address the visitor used.
SITE_ORIGIN = env("ORIGIN").rstrip("/")
ROOT_URLCONF = "ginnel.config.urls"
WSGI_APPLICATION = "ginnel.config.wsgi.application"

INSTALLED_APPS = [
    "ginnel.config",
    "ginnel.site",
    "ginnel.careers",
    "ginnel.partners",
    "ginnel.places",
    "ginnel.sources",
    "ginnel.search",
    "ginnel.events",
    "ginnel.accounts",
    "ginnel.accounts.equality",
    "ginnel.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "wagtail.contrib.redirects",
    "wagtail.contrib.simple_translation",
    "ginnel.site.apps.OfficePeopleConfig",  # wagtail.users, with far less in it
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_structlog",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
]
if TESTING or DEBUG:
    INSTALLED_APPS.append("django_linear_migrations")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "ginnel.core.middleware.english_only",
    "django.middleware.common.CommonMiddleware",
    "ginnel.core.middleware.marked_english",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "ginnel.core.middleware.PrivateRequestLog",
    "ginnel.site.middleware.office_door",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ginnel.accounts.middleware.KeepSignedIn",
    "ginnel.core.middleware.plain_errors",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ginnel.core.context.language",
                "ginnel.places.context.place",
                "ginnel.careers.context.shortlist",
                "ginnel.site.context.menus",
            ],
            "builtins": ["ginnel.core.templatetags.ginnel", "django.templatetags.i18n"],
        },
    },
]

# --- Database ---------------------------------------------------------------------------------------------------

DATABASE_URL = os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'ginnel.sqlite3'}"
if DATABASE_URL.split("://")[0] not in ("sqlite", "postgres", "postgresql"):
    raise ImproperlyConfigured(
        "DATABASE_URL must begin with postgres:// or sqlite://: Ginnel runs on PostgreSQL and SQLite"
    )
DATABASES = {"default": dj_database_url.parse(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Writers queue instead of failing: the lock is taken when a transaction begins, and waited for.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000; "
        # What is deleted is overwritten, so that nothing of it is left in the file.
        "PRAGMA secure_delete=ON;",
    }
# Opening a connection costs more than a page's queries: each thread of the server keeps its own for a minute.
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if env("REDIS_URL"):
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env("REDIS_URL")}}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
if TESTING:
    TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# --- Mail -----------------------------------------------------------------------------------------------------

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
if DEMO or DEBUG:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_HOST = env("EMAIL_HOST", "localhost")
EMAIL_PORT = env_number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env("EMAIL_USER")
EMAIL_HOST_PASSWORD = env("EMAIL_PASSWORD")
EMAIL_USE_TLS = env_flag("EMAIL_TLS")
DEFAULT_FROM_EMAIL = env("EMAIL_FROM", "Ginnel <no-reply@localhost>")

# --- Safety -----------------------------------------------------------------------------------------------------

# Over plain HTTP (the demonstration on one machine) a secure cookie would never be sent back.
SECURE_COOKIES = not (DEMO or DEBUG or TESTING)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = SECURE_COOKIES
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env_flag("BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE_COOKIES else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_COOKIES
CSRF_FAILURE_VIEW = "ginnel.site.views.permission_denied"
# Whether browsers should be told for good is for whoever owns the domain to decide.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# Wagtail's pages run inline scripts and set inline styles, and its preview is a frame. Only addresses under /office/ carry this.
OFFICE_CONTENT_SECURITY_POLICY = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}
# Anything larger is a mistake or an attack. Files do not count here. A long page in the office has some thousands of fields.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# --- Language, files, logs --------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
# Each in its own words. A site offers those it names in GINNEL_LANGUAGES, and English always; the demonstration offers all.
TRANSLATED = {"pl": "Polski", "ar": "العربية"}
offered = env("LANGUAGES", " ".join(TRANSLATED) if DEMO else "").replace(",", " ").split()
if unknown := set(offered) - {"en", *TRANSLATED}:
    raise ImproperlyConfigured(f"GINNEL_LANGUAGES: there is no translation into {', '.join(sorted(unknown))}")
LANGUAGES = [("en-gb", "English")] + [(code, name) for code, name in TRANSLATED.items() if code in offered]
LOCALE_PATHS = [PACKAGE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = SECURE_COOKIES
LANGUAGE_COOKIE_SAMESITE = "Lax"
# Partners' pages and the office are in English only so far, and say so to browsers and screen readers.
ENGLISH_ONLY = ("/organisations/", "/what-happened/", "/partners/", "/office/", "/scim/")
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING

# --- Editors ----------------------------------------------------------------------------------------------------

MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# What editors upload may be read by the server's own group only; it is served by the site, never run.
FILE_UPLOAD_PERMISSIONS = 0o640
WAGTAIL_SITE_NAME = "Ginnel"
WAGTAILADMIN_BASE_URL = SITE_ORIGIN
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# What editors write may be in every language the site offers (site/languages.py).
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = len(LANGUAGES) > 1
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILIMAGES_IMAGE_MODEL = "site.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "ginnel.site.office.files.PictureForm"
# No SVG: it is a document that can carry scripts.
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 8 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "site.Download"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "xlsx", "ods", "pptx", "odp", "csv", "txt", "rtf"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []

LOG_LEVEL = env_choice("LOG_LEVEL", "WARNING" if TESTING else "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING = lines(LOG_LEVEL, plain=DEMO or DEBUG or TESTING)
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = "pk"
