"""All settings, from the environment alone; the defaults run. The table in docs/settings.md is made from here."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from guiju.project import environment as env

PACKAGE = Path(__file__).resolve().parent.parent

DATA = Path(env.text("DATA", "./data")).resolve()
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)  # the database holds digests of passwords and secrets of factors
FILES = DATA / "files"
DEMO = env.truth("DEMO", False)  # a demonstration: loopback only, people sign in by a click

SECRET_KEY = env.secret_key(DATA)
# The installation's key, and the last heads it signed, kept beside it: a copy of the database put back is found by them.
SIGNING_KEY = Path(env.text("SIGNING_KEY_PATH") or DATA / "keys" / "signing-key.pem").resolve()
LAST_HEADS = Path(env.text("LAST_HEADS_PATH") or SIGNING_KEY.with_name("last-heads.json")).resolve()
TSA_URL = env.text("TSA_URL")  # an authority that stamps signed heads (RFC 3161)
TSA_CA = env.text("TSA_CA_PATH")
# Backups made by themselves: each day in the worker where a place is named, and before an upgrade.
BACKUP_PATH = env.text("BACKUP_PATH")
BACKUP_KEEP = env.number("BACKUP_KEEP", 3)
BACKUP_BEFORE_UPGRADE = env.truth("BACKUP_BEFORE_UPGRADE", True)
DEBUG = False
BASE_URL = env.text("BASE_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = [*env.names("ALLOWED_HOSTS"), urlsplit(BASE_URL).hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
# Addresses of the proxies in front of us; only from them are X-Forwarded-For and X-Forwarded-Proto believed.
TRUSTED_PROXIES = env.names("TRUSTED_PROXIES")
MAX_UPLOAD_BYTES = env.number("MAX_UPLOAD_MB", 100) << 20

DATABASES = {"default": env.database(env.text("DATABASE_URL"), DATA)}
MIGRATE_DATABASE_URL = env.text("MIGRATE_DATABASE_URL")  # the owner's role on PostgreSQL (law L18)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "ninja",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "guiju.spine.jobs",
    "guiju.spine.trail",
    "guiju.spine.records",
    "guiju.spine.search",
    "guiju.spine.notices",
    "guiju.spine.attachments",
    "guiju.spine.tasks",
    "guiju.spine.signatures",
    "guiju.spine.prints",
    "guiju.spine.registers",
    "guiju.organizations",
    "guiju.organizations.letters",
    "guiju.organizations.trail",
    "guiju.modules.kinds",
    "guiju.modules.processes",
    "guiju.modules.indicators",
    "guiju.modules.documents",
    "guiju.modules.folders",
    "guiju.modules.copies",
    "guiju.modules.readings",
    "guiju.modules.keeping",
    "guiju.modules.editions",
    "guiju.modules.translations",
    "guiju.modules.terminals",
    "guiju.modules.batches",
    "guiju.modules.actions",
    "guiju.modules.nonconformities",
    "guiju.modules.complaints",
    "guiju.project.backups",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "guiju.project.browser.telling",
    "csp.middleware.CSPMiddleware",
    "guiju.project.requests.WholeRequests",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "guiju.organizations.middleware.network",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "guiju.organizations.middleware.language_and_idleness",
    "guiju.organizations.middleware.acting",
    "guiju.project.errors.Refusals",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "guiju.project.urls"
WSGI_APPLICATION = "guiju.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"i18n": "guiju.spine.registers.templatetags.words"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "guiju.spine.registers.frame.frame",
            ],
        },
    }
]

# People and sign-in (django-allauth); its adapter keeps failures in the database and enters them on the trail.
AUTH_USER_MODEL = "organizations.Person"
AUTHENTICATION_BACKENDS = ["guiju.organizations.backend.SignInBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "guiju.organizations.passwords.WordsOfTheHouse"},
]
PASSWORD_RESET_TIMEOUT = 4 * 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "guiju.organizations.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False  # failures are counted in the database, the same for all processes
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_FORMS = {
    "login": "guiju.organizations.forms.sign_in.SignInForm",
    "change_password": "guiju.organizations.forms.sign_in.ChangePasswordForm",
    "set_password": "guiju.organizations.forms.sign_in.SetPasswordForm",
    "reauthenticate": "guiju.organizations.forms.sign_in.ReauthenticateForm",
}
MFA_ADAPTER = "guiju.organizations.adapter.FactorAdapter"
MFA_FORMS = {
    "authenticate": "guiju.organizations.forms.sign_in.CodeForm",
    "reauthenticate": "guiju.organizations.forms.sign_in.ReauthenticateByCodeForm",
    "activate_totp": "guiju.organizations.forms.sign_in.ActivateForm",
    "add_webauthn": "guiju.organizations.forms.passkeys.AddPasskeyForm",
    "login_webauthn": "guiju.organizations.forms.passkeys.SignInByPasskeyForm",
    "authenticate_webauthn": "guiju.organizations.forms.passkeys.SecondByPasskeyForm",
    "reauthenticate_webauthn": "guiju.organizations.forms.passkeys.AgainByPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Of an origin without TLS fido2 lets localhost through by itself; MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN would let every one.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RATE_LIMITS = False  # counted in the database, as passwords are
MFA_TOTP_ISSUER = "Guiju"
MFA_TOTP_TOLERANCE = 1  # one step of 30 s either way, for clocks that are off (RFC 6238, 5.2)
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an address is Person.email; allauth's own table of addresses stays empty
USERSESSIONS_TRACK_ACTIVITY = False  # the middleware does, once a minute

SECURE = BASE_URL.startswith("https://")
COOKIE_PREFIX = "__Host-" if SECURE else ""  # browsers then take a cookie from this very host alone, and send it nowhere else
SESSION_COOKIE_NAME = COOKIE_PREFIX + "guiju_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 14 * 24 * 3600
IDLE_MINUTES = env.number("IDLE_MINUTES", 60)  # without a request for so long a person is signed off
SESSION_HOURS = env.number("SESSION_HOURS", 24)  # and after so long in any case
CSRF_COOKIE_NAME = COOKIE_PREFIX + "guiju_csrf"
CSRF_COOKIE_HTTPONLY = True  # forms carry the token; no script reads it
MESSAGE_STORAGE = "guiju.project.browser.Said"
CSRF_FAILURE_VIEW = "guiju.project.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 365 * 24 * 3600 if SECURE else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_SECONDS > 0
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 << 20
DATA_UPLOAD_MAX_NUMBER_FILES = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

STATIC_URL = "/static/"
STATIC_ROOT = env.text("STATIC_ROOT") or str(DATA / "static")
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Key and certificates (PEM) with which prints are signed on request. Empty: made once, in `DATA`.
SEAL_KEY = env.text("SEAL_KEY_PATH")
SEAL_CERTIFICATE = env.text("SEAL_CERTIFICATE_PATH")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = COOKIE_PREFIX + "guiju_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "files", "notices"]}}
EMAIL_URL = env.text("EMAIL_URL")
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "guiju@localhost")
EMAIL_BOUNCES_TO = env.text("EMAIL_BOUNCES_TO") or DEFAULT_FROM_EMAIL  # the envelope's sender of letters with notices
EMAIL_TIMEOUT = 30  # seconds; without it a mail server that says nothing would hold the worker for good
URGENT_LETTERS_PER_HOUR = env.number("URGENT_LETTERS_PER_HOUR", 10)  # to one person; the rest go into the digest
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_URL else 'console'}.EmailBackend"
if EMAIL_URL:
    _mail = urlsplit(EMAIL_URL)
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.scheme == "smtp+tls", _mail.scheme == "smtps"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "guiju.project.logs.Line"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "WARNING")},
}
SILENCED_SYSTEM_CHECKS = [
    "security.W004",  # TLS ends at the proxy, which sets this
    "security.W008",  # and this
    "templates.W003",  # our i18n stands in the place of Django's on purpose: the same, and quicker
]
