"""Every setting, read from the environment. No secrets and no logic here.

A missing variable names itself and `.env.example`, where each is explained.
"""

import os
from pathlib import Path

import fontpkg_atkinson_hyperlegible
import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name, default=None):
    """The variable's text; raises ImproperlyConfigured when it is missing and has no default."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set. .env.example says what each variable is for.")
    return value


def env_bool(name, default="0"):
    return env(name, default).strip().lower() in {"1", "true", "yes", "on"}


def env_list(name, default=""):
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


# --- What this installation is -------------------------------------------------------------------------------
SECRET_KEY = env("SENDHUB_SECRET_KEY")
DEBUG = env_bool("SENDHUB_DEBUG")
DEMO = env_bool("SENDHUB_DEMO")
SITE_URL = env("SENDHUB_URL").rstrip("/")
SECURE = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env_list("SENDHUB_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
FILES_DIR = Path(env("SENDHUB_FILES", str(BASE_DIR / ".local" / "files")))
FIELD_KEYS = env_list("SENDHUB_FIELD_KEYS")
BACKUP_DIR = Path(env("SENDHUB_BACKUP_DIR", str(BASE_DIR / ".local" / "backups")))
BACKUP_KEY = env("SENDHUB_BACKUP_KEY", "")  # the public one; the private key is never on this machine
BACKUP_DAYS = int(env("SENDHUB_BACKUP_DAYS", "35"))

INSTALLED_APPS = [
    "sendhub.apps.SendHubConfig",
    "sendhub.audit",
    "sendhub.outbox",
    "sendhub.kit",
    "staff",
    "pupils",
    "sendhub.operate",
    "sendhub.desk",
    "pghistory",
    "pgtrigger",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_htmx",
    "template_partials",
    "lucide",
]

MIDDLEWARE = [
    "sendhub.middleware.request_log",
    "csp.middleware.CSPMiddleware",
    "sendhub.middleware.headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "sendhub.middleware.school_path",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sendhub.middleware.school",
    "staff.signin.policy.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "staff.signin.ratelimits.keep_counts",
    "staff.signin.policy.session_limits",
    "staff.signin.policy.second_factor",
    "staff.signin.policy.BadForms",
]

ROOT_URLCONF = "sendhub.urls"
SCHOOL_URLCONF = "sendhub.urls_school"
WSGI_APPLICATION = "sendhub.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["template_partials.templatetags.partials", "sendhub.templatetags.sendhub"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "sendhub.desk.frame.frame",
                "sendhub.display.reader",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Postgres: the app logs in as sendhub_app, which owns nothing; migrations as sendhub_owner ------------------
DB_ROLE = env("SENDHUB_DB_ROLE", "app")
# A migration never makes pages wait long for a table, and never runs for hours (docs/operate.md, "Upgrade").
DB_LIMITS = {
    "app": "-c lock_timeout=5s -c idle_in_transaction_session_timeout=300s",
    "owner": "-c lock_timeout=3s -c statement_timeout=15min -c idle_in_transaction_session_timeout=300s",
}
DB_PASSWORDS = {
    "app": env("SENDHUB_DB_PASSWORD_APP"),
    "owner": env("SENDHUB_DB_PASSWORD_OWNER", ""),
    "backup": env("SENDHUB_DB_PASSWORD_BACKUP", ""),
}
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": env("SENDHUB_DB_HOST"),
        "PORT": env("SENDHUB_DB_PORT", "5432"),
        "NAME": env("SENDHUB_DB_NAME", "sendhub"),
        "USER": f"sendhub_{DB_ROLE}",
        "PASSWORD": DB_PASSWORDS[DB_ROLE],
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": DB_LIMITS[DB_ROLE], "prepare_threshold": 2},  # sendhub.asking.planned_once alone
        "TEST": {"NAME": "test_sendhub" + env("SENDHUB_TEST_DB_SUFFIX", "")},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PGHISTORY_APPEND_ONLY = True
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()  # on the event row itself: no table shared by schools
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = False

# Rate limits, code replay memory: in Postgres, so that a flushed Redis reopens nothing.
CACHES = {
    "default": {
        "BACKEND": "staff.signin.ratelimits.CountCache",
        "LOCATION": "sendhub_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},  # the default of 300 would throw counts away, and so open locked doors
    }
}

# --- Celery: a doorbell. A refused Redis costs a request 0.05 s, a hung one 1 s ---------------------------------
CELERY_BROKER_URL = env("SENDHUB_REDIS_URL")
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "max_retries": 0,
    "socket_connect_timeout": 0.5,
    "socket_timeout": float(env("SENDHUB_REDIS_TIMEOUT", "5")),
    "visibility_timeout": 3600,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/London"
# In memory: the usual scheduler's file, cut short by a full disk or a kill, stops it for good. What it rings for is
# safe to ring for again.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "outbox.sweep", "schedule": 30.0},
    "heartbeat": {"task": "outbox.beat", "schedule": 30.0},
    "jobs": {"task": "kit.sweep", "schedule": 30.0},
    "tidy": {"task": "kit.tidy", "schedule": 60 * 60.0},
    "tidy-files": {"task": "pupils.tidy_files", "schedule": 60 * 60.0},
    "tidy-imports": {"task": "pupils.tidy_imports", "schedule": 60 * 60.0},
}

# --- Mail ------------------------------------------------------------------------------------------------------
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env("SENDHUB_EMAIL_HOST", "")
EMAIL_PORT = int(env("SENDHUB_EMAIL_PORT", "25"))
EMAIL_HOST_USER = env("SENDHUB_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env("SENDHUB_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env_bool("SENDHUB_EMAIL_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("SENDHUB_EMAIL_FROM", "SendHub <sendhub@localhost>")

# --- Language, time, files ---------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
STATIC_URL = "/static/"  # the leading slash keeps the school's prefix out of it
STATIC_ROOT = Path(env("SENDHUB_STATIC", str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("fonts", Path(fontpkg_atkinson_hyperlegible.__file__).parent / "files"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES_DIR}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Security ----------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_SSL_REDIRECT = False  # the proxy in front ends TLS and redirects (docs/operate.md)
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PROXIES = int(env("SENDHUB_PROXIES", "0"))
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
COOKIE_PREFIX = "__Host-" if SECURE else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sendhub"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "sendhub.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_HANDLERS = ["sendhub.uploads.UploadHandler"]
SILENCED_SYSTEM_CHECKS = ["security.W008"]  # SECURE_SSL_REDIRECT: see above

# --- People and sign-in (staff/signin; docs/decisions/0005) --------------------------------------------------------
AUTH_USER_MODEL = "staff.User"
LOGIN_URL = "/accounts/login/"  # a path: a name would be reversed under the school's prefix
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/accounts/login/"
SESSION_COOKIE_AGE = 10 * 60 * 60  # no row of a session outlives the absolute limit (signin.policy)
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "staff.signin.passwords.NotYourself"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "staff.signin.passwords.NotTheSchool"},
]
ACCOUNT_ADAPTER = "staff.signin.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "staff.signin.adapters.display"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # strangers get no mail from us
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False  # shared classroom computers
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False  # a reset is one factor: sign-in then asks for the second
ACCOUNT_LOGIN_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_FORMS = {
    "login": "staff.signin.forms.LoginForm",
    "change_password": "staff.signin.forms.ChangePasswordForm",
    "set_password": "staff.signin.forms.SetPasswordForm",
    "reset_password": "staff.signin.forms.ResetPasswordForm",
    "reset_password_from_key": "staff.signin.forms.ResetPasswordKeyForm",
    "reauthenticate": "staff.signin.forms.ReauthenticateForm",
}
ACCOUNT_RATE_LIMITS = {
    # A whole school signs in from one address at 08:30; one account is guarded by its own count.
    "login": "300/m/ip",
    "login_failed": "100/m/ip,5/300s/key",
    "reset_password": "60/m/ip,5/m/key",
    "reset_password_from_key": "60/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
MFA_ADAPTER = "staff.signin.adapters.MFAAdapter"
MFA_FORMS = {
    "activate_totp": "staff.signin.forms.ActivateTOTPForm",
    "add_webauthn": "staff.signin.forms.AddPasskeyForm",
    "edit_webauthn": "staff.signin.forms.EditPasskeyForm",
    "login_webauthn": "staff.signin.forms.PasskeyLoginForm",
    "authenticate": "staff.signin.forms.CodeForm",
    "reauthenticate": "staff.signin.forms.CodeAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "SendHub"
MFA_TOTP_TOLERANCE = 0
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TRUST_ENABLED = False
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
SOCIALACCOUNT_ADAPTER = "staff.signin.adapters.SocialAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # an account is known by issuer and subject, never by its address
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
USERSESSIONS_TRACK_ACTIVITY = True  # written by signin.policy, once a minute at most

# --- Logs: JSON lines, route names and ids, never a name -----------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "sendhub.logs.JsonFormatter"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["out"], "level": env("SENDHUB_LOG_LEVEL", "INFO")},
    "loggers": {
        "django.server": {"handlers": ["out"], "propagate": False},
        "django.request": {"handlers": ["out"], "propagate": False, "level": "ERROR"},
        "fido2": {"level": "WARNING"},  # it names each passkey, which is somebody's
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
