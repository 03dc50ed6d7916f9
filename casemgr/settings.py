"""Settings from the environment (and `.env`); every variable is described in docs/configuration.md."""

import contextlib
import os
import secrets
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from dotenv import load_dotenv

from casemgr.operation.practice.environment import NotSeparate, is_asked, separate

BASE_DIR = Path(__file__).resolve().parent.parent
load_dotenv(BASE_DIR / ".env")
# The practice system: database, files, keys and cookies of its own (docs/decisions/0035).
PRACTICE = is_asked(os.environ)
if PRACTICE:
    try:
        _values, _cut_off = separate(os.environ, BASE_DIR)
    except NotSeparate as error:
        raise ImproperlyConfigured(str(error)) from error
    os.environ.update(_values)
    for _name in _cut_off:
        os.environ.pop(_name, None)

VAR_DIR = Path(os.environ.get("CASEMGR_VAR") or BASE_DIR / "var")
VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)


def _flag(name: str, default: bool) -> bool:
    return os.environ.get(name, "1" if default else "0").strip().lower() in {"1", "true", "yes", "on"}


def _kept_secret(name: str, make) -> str:
    """The environment's value, or one made once and kept under `var/` so that a single machine works without set-up."""
    if value := os.environ.get(name):
        return value
    path = VAR_DIR / f"{name.lower()}.txt"
    if not path.exists():
        # Linked when whole: of processes that start together the first one's is kept, and all read it.
        draft = VAR_DIR / f".{name.lower()}.{secrets.token_hex(4)}"
        draft.touch(mode=0o600)
        draft.write_text(make())
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text().strip()


DEBUG = _flag("DEBUG", False)
SECRET_KEY = _kept_secret("SECRET_KEY", lambda: secrets.token_urlsafe(50))
# "key-id:64 hex digits" pairs, comma-separated; the first wraps new data keys (see docs/configuration.md).
FIELD_KEYS = _kept_secret("FIELD_KEYS", lambda: f"k1:{secrets.token_hex(32)}")
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if origin]
SECURE_TRANSPORT = _flag("SECURE_TRANSPORT", False)
# Under what address people reach the server: the QR code of a paper leads there. Empty: papers carry none.
_LOCAL = "" if "ALLOWED_HOSTS" in os.environ else f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
SITE_URL = os.environ.get("SITE_URL", next(iter(CSRF_TRUSTED_ORIGINS), _LOCAL)).rstrip("/")
# The name in the header of every page; empty: the translated default.
OFFICE_NAME = os.environ.get("OFFICE_NAME", "")

GROUND_APPS = [
    "casemgr.audit",
    "casemgr.organisation",
    "casemgr.organisation.accounts",
    "casemgr.organisation.tokens",
    "casemgr.numbering",
    "casemgr.pages",
    "casemgr.jobs",
    "casemgr.calendar",
    "casemgr.actions",
    "casemgr.timelimits",
    "casemgr.parties",
    "casemgr.cases",
    "casemgr.documents",
    "casemgr.documents.approvals",
    "casemgr.documents.uploads",
    "casemgr.documents.service_addresses",
    "casemgr.documents.sealing",
    "casemgr.documents.wording",
    "casemgr.documents.volumes",
    "casemgr.documents.clues",
    "casemgr.documents.referral_letters",
    "casemgr.rooms",
    "casemgr.notices",
    "casemgr.ledgers",
    "casemgr.indicators",
    "casemgr.indicators.tables",
    "casemgr.assessment",
    "casemgr.boards",
    "casemgr.operation",
    "casemgr.operation.practice",
    "casemgr.web",
]
PROCEDURE_APPS = ["mediation", "reconsideration", "litigation"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "django_htmx",
    "simple_history",
    *GROUND_APPS,
    *PROCEDURE_APPS,
]

MIDDLEWARE = [
    "casemgr.pages.proxies.ProxyAddressMiddleware",
    "casemgr.operation.monitoring.requests.RequestLogMiddleware",
    "casemgr.pages.csp.ContentSecurityPolicyMiddleware",
    "casemgr.pages.practice.PracticeMarkMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "casemgr.pages.language.LanguageMiddleware",
    "casemgr.pages.api.middleware.ApiMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "casemgr.documents.uploads.receiving.BodySizeMiddleware",
    "casemgr.pages.requests.PlainTextMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "casemgr.organisation.middleware.LogInMiddleware",
    "casemgr.organisation.middleware.AccountMiddleware",
    "casemgr.web.errors.UnprintableMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "casemgr.urls"
WSGI_APPLICATION = "casemgr.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "casemgr.web.context.page",
            ],
        },
    }
]

DATABASE_URL = os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'casemgr.sqlite3'}"
DATABASES = {"default": dj_database_url.parse(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Without IMMEDIATE half of eight rival writers fail at once (docs/decisions/0001-sqlite-immediate.md).
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 30,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
    # A file, not memory: live-server and rival-writer tests open several connections.
    DATABASES["default"]["TEST"] = {"NAME": os.environ.get("SQLITE_TEST_NAME") or None}
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organisation.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
PASSWORD_LENGTH = int(os.environ.get("PASSWORD_LENGTH", "10"))
# How many kinds of signs a password needs, after how many days it expires (0: never), how many are not used again.
PASSWORD_KINDS = int(os.environ.get("PASSWORD_KINDS", "1"))
PASSWORD_EXPIRY_DAYS = int(os.environ.get("PASSWORD_EXPIRY_DAYS", "0"))
PASSWORD_HISTORY = int(os.environ.get("PASSWORD_HISTORY", "5"))
_PASSWORD_RULES = ["LongEnough", "NotCommon", "NotOnlyDigits", "NotAboutThePerson", "NotARun", "NotUsedBefore"]
if PASSWORD_KINDS > 1:
    _PASSWORD_RULES.append("KindsOfSigns")
AUTH_PASSWORD_VALIDATORS = [{"NAME": f"casemgr.operation.accounts.password_rules.{name}"} for name in _PASSWORD_RULES]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
SESSION_ENGINE = "casemgr.organisation.accounts.session_store"
SESSION_COOKIE_AGE = int(os.environ.get("SESSION_MINUTES", "60")) * 60
# Slid forward by AccountMiddleware, not by a write on every request.
SESSION_SAVE_EVERY_REQUEST = False
# In the session, not in a cookie: a message may name a party.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# Log-ins are in our own access log.
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_USERNAME_CALLABLE = "casemgr.web.accounts.counted_name"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "next", "csrfmiddlewaretoken"]
AXES_LOCKOUT_CALLABLE = "casemgr.web.accounts.locked_out"
# Tries in a minute, on the log-in page and for tokens together; an office may sit behind one address.
LOG_IN_TRIES_PER_ADDRESS = int(os.environ.get("LOG_IN_TRIES_PER_ADDRESS", "60"))
LOG_IN_TRIES_PER_NAME = int(os.environ.get("LOG_IN_TRIES_PER_NAME", "10"))
# Of a hundred agreements that nothing makes risky, how many are visited.
VISIT_SHARE = int(os.environ.get("VISIT_SHARE", "100"))
# Which papers of reconsideration are offered for publication: decision, and where an office does so refusal, dismissal.
PUBLISHED_PAPERS = [kind.strip() for kind in os.environ.get("PUBLISHED_PAPERS", "decision").split(",") if kind.strip()]
# Tries in a minute on the public pages that ask for a code, and complaints sent from one address.
PUBLIC_TRIES_PER_ADDRESS = int(os.environ.get("PUBLIC_TRIES_PER_ADDRESS", "20"))
PUBLIC_TRIES_PER_CODE = int(os.environ.get("PUBLIC_TRIES_PER_CODE", "5"))
PUBLIC_COMPLAINTS_PER_ADDRESS = int(os.environ.get("PUBLIC_COMPLAINTS_PER_ADDRESS", "3"))
# Working days within which a complaint about the office is answered: its own promise, no statute names a number.
COMPLAINT_ANSWER_DAYS = int(os.environ.get("COMPLAINT_ANSWER_DAYS", "15"))
# How long a token lives: one got by logging in through the API; at most, one that a person or system keeps.
API_LOG_IN_HOURS = int(os.environ.get("API_LOG_IN_HOURS", "12"))
API_TOKEN_MAX_DAYS = int(os.environ.get("API_TOKEN_MAX_DAYS", "366"))
# What one request of the API may send: JSON, and files with it.
API_MAX_JSON_BYTES = int(os.environ.get("API_MAX_JSON_BYTES", str(2 * 1024 * 1024)))
API_MAX_UPLOAD_BYTES = int(os.environ.get("API_MAX_UPLOAD_BYTES", str(50 * 1024 * 1024)))
CSRF_FAILURE_VIEW = "casemgr.web.errors.csrf_failed"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["casemgr.pages.formats"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", VAR_DIR / "media"))
# Papers, proofs and database hold names: for our own account only.
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
# Drafts of registrations: how many one person keeps, and for how many days after the last change.
DRAFTS_KEPT = int(os.environ.get("DRAFTS_KEPT", "20"))
DRAFTS_KEPT_DAYS = int(os.environ.get("DRAFTS_KEPT_DAYS", "30"))
DATA_REQUEST_TARGET_DAYS = int(os.environ.get("DATA_REQUEST_TARGET_DAYS", "15"))
# The heads of the audit chain, outside the database; best on a disk that the database's keeper cannot write.
SEAL_HEADS_FILE = Path(os.environ.get("SEAL_HEADS_FILE", VAR_DIR / "seals" / "heads.txt"))
FONT_DIR = Path(os.environ.get("FONT_DIR", VAR_DIR / "fonts"))
OFFICE_FONT_DIR = os.environ.get("OFFICE_FONT_DIR", "")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}

# Files people bring: megabytes by kind of file, of one request with files, and of any other request.
UPLOAD_LIMITS_MB = {"document": 100, "photo": 30, "office": 20, "sound": 100, "film": 300}
for _pair in filter(None, os.environ.get("UPLOAD_LIMITS_MB", "").split(",")):
    _group, _, _megabytes = _pair.partition("=")
    UPLOAD_LIMITS_MB[_group.strip()] = int(_megabytes)
UPLOAD_REQUEST_MB = int(os.environ.get("UPLOAD_REQUEST_MB", "320"))
REQUEST_MB = int(os.environ.get("REQUEST_MB", "70"))
UPLOAD_INSPECTIONS = int(os.environ.get("UPLOAD_INSPECTIONS", "2"))
# Django's own handlers come last; the first stops a file that is too large for what it is while it streams in.
FILE_UPLOAD_HANDLERS = [
    "casemgr.documents.uploads.receiving.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# The malware scanner; empty: nothing is scanned, and nothing claims it was.
CLAMD_URL = os.environ.get("CLAMD_URL", "")
CLAMD_SECONDS = float(os.environ.get("CLAMD_SECONDS", "60"))
CLAMD_UNREACHABLE = os.environ.get("CLAMD_UNREACHABLE", "refuse")

# Proxies in front of us that write X-Forwarded-For, and who may read /metrics.
TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "0"))
METRICS_NETWORKS = os.environ.get("METRICS_NETWORKS", "127.0.0.0/8,::1/128").split(",")

# Address of the practice system, for a link under "My account"; empty: no link.
PRACTICE_URL = os.environ.get("PRACTICE_URL", "")

# Where the nightly backup goes; empty: backups are made by hand only.
BACKUP_DIR = os.environ.get("BACKUP_DIR", "")
BACKUP_KEEP = int(os.environ.get("BACKUP_KEEP", "14"))

# Opening a case in an emergency: which roles may, for how long, how much must be said, and wrong numbers in a day.
EMERGENCY_ROLES = tuple(
    filter(None, os.environ.get("EMERGENCY_ROLES", "officer,head,authority,town,committee,liaison,leader").split(","))
)
EMERGENCY_HOURS = int(os.environ.get("EMERGENCY_HOURS", "24"))
EMERGENCY_REASON_LENGTH = int(os.environ.get("EMERGENCY_REASON_LENGTH", "20"))
EMERGENCY_MISSES = int(os.environ.get("EMERGENCY_MISSES", "3"))

# Mail and SMS. Without a mail server mails are written to files, so that nothing is sent by surprise.
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "465"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_SSL, EMAIL_TIMEOUT = EMAIL_PORT == 465, 20
EMAIL_USE_TLS = EMAIL_PORT == 587
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "casemgr@localhost")
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
SMS_GATEWAY = os.environ.get("SMS_GATEWAY", "casemgr.notices.sending.RecordingGateway")
SMS_URL = os.environ.get("SMS_URL", "")
SMS_TOKEN = os.environ.get("SMS_TOKEN", "")
SMS_RECEIPT_TOKEN = os.environ.get("SMS_RECEIPT_TOKEN", "")

CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", "")
CELERY_TIMEZONE = TIME_ZONE

# A registration with two hundred applicants has some thousands of fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
if PRACTICE:  # both can be open in one browser
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME = (
        "practice_session",
        "practice_csrf",
        "practice_language",
    )
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT = SECURE_TRANSPORT
# Asked by machines at the process's own port, past the proxy.
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_TRANSPORT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_TRANSPORT
if SECURE_TRANSPORT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "casemgr.operation.monitoring.log.JsonFormatter"},
        "line": {
            "()": "casemgr.pages.masking.MaskingFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
    },
    "filters": {"view": {"()": "casemgr.operation.monitoring.log.ViewFilter"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": os.environ.get("LOG_FORMAT", "line"),
            "filters": ["view"],
        }
    },
    # Django's own handlers mail errors with the whole form in them, and print past the masking.
    "loggers": {
        "django": {"handlers": []},
        "django.server": {"handlers": [], "propagate": True},
        "casemgr.requests": {"level": os.environ.get("REQUEST_LOG_LEVEL", "WARNING")},
    },
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
