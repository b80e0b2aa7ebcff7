"""Settings of the platform. What an operator may change comes through env.py; the rest is the product's."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.env import Env
from lianxin.ground.core import logs

env = Env()
ROOT = Path(__file__).resolve().parent.parent
HOME = Path(env.text("HOME", str(ROOT / "var"))).resolve()
KEYS = HOME / "keys"
PRESETS = [*([Path(env.text("PRESETS"))] if env.text("PRESETS") else []), ROOT / "presets"]  # a locality's own go first

SECRET_KEY = env.key("SECRET_KEY", KEYS)
VAULT_KEY = env.text("VAULT_KEY")
VAULT_KEY_OLD = [key for key in env.text("VAULT_KEY_OLD").split(",") if key]
BACKUP_KEY = env.text("BACKUP_KEY")
BACKUP_DAYS = env.number("BACKUP_DAYS", 30)
LOG_DAYS = env.number("LOG_DAYS", 180)
LOGGING = logs.config(HOME / "logs")
CIPHER = env.choice("CIPHER", "aes-256-gcm", "sm4-gcm")
DEBUG = env.yes("DEBUG")
ALLOWED_HOSTS = env.text("HOSTS", "127.0.0.1,localhost,[::1]").split(",")
WSGI_APPLICATION = "config.wsgi.application"
ROOT_URLCONF = "config.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Which apps there are: floors top to bottom, as docs/architecture says; templates are found in this order.
INSTALLED_APPS = [
    "lianxin.doors.demo",
    "lianxin.doors.desks",
    "lianxin.account.bulletin",
    "lianxin.account.duty",
    "lianxin.account.publishing",
    "lianxin.affairs.suggestions",
    "lianxin.affairs.opinions",
    "lianxin.affairs.contact",
    "lianxin.affairs.stations",
    "lianxin.ground.cases",
    "lianxin.ground.messages",
    "lianxin.ground.documents",
    "lianxin.ground.people",
    "lianxin.ground.vault",
    "lianxin.ground.access",
    "lianxin.ground.rulebook",
    "lianxin.ground.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "lianxin.ground.core.logs.AccessLog",
    "lianxin.ground.core.rehearsing.RightTime",
    "lianxin.ground.core.headers.Headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "lianxin.ground.core.traditional.TraditionalMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lianxin.ground.core.refusals.RefusalMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lianxin.ground.access.middleware.IdleExit",
    "lianxin.ground.access.middleware.SecondStep",
    "axes.middleware.AxesMiddleware",
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
                "csp.context_processors.nonce",
                "lianxin.ground.core.context.page",
                "lianxin.doors.desks.context.doors",
            ],
        },
    },
]


# PostgreSQL weighs a row that is looked up by its key as a turning disk would have it, and reads tables whole instead; and
# for a page it starts processes, which many pages at once take from each other.
FOR_SHORT_QUESTIONS = ("random_page_cost=1.1", "max_parallel_workers_per_gather=0")


def database(url: str) -> dict[str, object]:
    """Django's description of the database at `url`; raises ValueError for a scheme it does not know."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path,
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON; PRAGMA cache_size=-8000;",
            },
        }
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or parse_qs(parts.query).get("host", [""])[0],  # ?host=/run/postgresql: a socket
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"options": " ".join(f"-c {setting}" for setting in FOR_SHORT_QUESTIONS)},
        }
    raise ValueError(f"LIANXIN_DATABASE begins with {parts.scheme!r}; write sqlite:///FILE or postgres://…")


DATABASES = {"default": database(env.text("DATABASE", f"sqlite://{HOME}/lianxin.sqlite3"))}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Language and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "lianxin_language"
FORMAT_MODULE_PATH = "config.formats"  # days in English
CALENDARS = Path(env.text("CALENDARS")) if env.text("CALENDARS") else None
TIME_ZONE = env.text("TIME_ZONE", "Asia/Shanghai")
USE_TZ = True
FORM_RENDERER = "lianxin.ground.core.forms.ComponentRenderer"

# Static files and uploads
STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "build" / "static"
MEDIA_ROOT = HOME / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "documents": {"BACKEND": "lianxin.ground.documents.storage.DurableStorage"},
    "staticfiles": {"BACKEND": "lianxin.ground.core.static_files.OneStylesheetStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "lianxin.ground.documents.arriving.IntoNamelessFiles",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Who signs in, and how: lianxin/ground/access
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "access:account"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"lianxin.ground.access.passwords.{name}"} for name in ("Length", "Uncommon", "NotOnlyDigits", "Unlike")
]
ACCOUNT_ADAPTER = "lianxin.ground.access.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody makes the platform write to addresses that it does not know
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = True  # how long one stays is the idle exit's to say
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False  # counted by lianxin/ground/access/limits.py, over all processes
ACCOUNT_USER_DISPLAY = str
ACCOUNT_FORMS = {
    "login": "lianxin.ground.access.forms.signing_in.LoginForm",
    "change_password": "lianxin.ground.access.forms.signing_in.ChangePasswordForm",
    "set_password": "lianxin.ground.access.forms.signing_in.SetPasswordForm",
    "reset_password": "lianxin.ground.access.forms.signing_in.ResetPasswordForm",
    "reset_password_from_key": "lianxin.ground.access.forms.signing_in.ResetPasswordKeyForm",
    "reauthenticate": "lianxin.ground.access.forms.signing_in.ReauthenticateForm",
}
MFA_ADAPTER = "lianxin.ground.access.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # somebody is still typing when the telephone shows the next code (RFC 6238, 5.2)
MFA_FORMS = {
    "authenticate": "lianxin.ground.access.forms.signing_in.AuthenticateForm",
    "reauthenticate": "lianxin.ground.access.forms.signing_in.ReauthenticateCodeForm",
    "activate_totp": "lianxin.ground.access.forms.signing_in.ActivateTOTPForm",
    "add_webauthn": "lianxin.ground.access.forms.passkeys.AddPasskeyForm",
    "edit_webauthn": "lianxin.ground.access.forms.passkeys.EditPasskeyForm",
    "login_webauthn": "lianxin.ground.access.forms.passkeys.SignInByPasskeyForm",
    "authenticate_webauthn": "lianxin.ground.access.forms.passkeys.SecondStepByPasskeyForm",
    "reauthenticate_webauthn": "lianxin.ground.access.forms.passkeys.ReauthenticateByPasskeyForm",
}
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # what the page says about the time stays true
AXES_LOCKOUT_CALLABLE = "lianxin.ground.access.lockout.locked_out"
AXES_CLIENT_IP_CALLABLE = "lianxin.ground.core.network.client_ip"
AXES_USERNAME_FORM_FIELD = "username"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login", "csrfmiddlewaretoken"]
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_ACCESS_FAILURE_LOG_PER_USER_LIMIT = 10**9  # old rows go by age, not by number: the newest must stay
AXES_VERBOSE = False
FACES = ("title", "body", "first", "second", "page")  # of papers: lianxin/lib/papers
PAPER_FONTS = {face: font for face in FACES if (font := env.text(f"FONT_{face.upper()}"))}
IDLE_MINUTES = env.number("IDLE_MINUTES", 30)

# Mail, where LIANXIN_EMAIL names a server: smtps:// speaks TLS from the start, smtp:// begins it where it signs in
mail = urlsplit(env.text("EMAIL"))
SENDS_MAIL = bool(mail.hostname)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if SENDS_MAIL else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = mail.hostname or "", mail.port or (465 if mail.scheme == "smtps" else 587)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(mail.username or ""), unquote(mail.password or "")
EMAIL_USE_SSL = mail.scheme == "smtps"
EMAIL_USE_TLS = mail.scheme == "smtp" and bool(mail.username)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("EMAIL_FROM", "lianxin@localhost")
SMS, MAILBOX = env.text("SMS"), env.text("MAILBOX")  # looked at before a start: lianxin/ground/messages
WECHAT = env.text("WECHAT")  # too

# Protection of the browser
SECURITY_CONTACT = env.text("SECURITY_CONTACT")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "lianxin.ground.core.views.errors.csrf_failure"
BEHIND_PROXY = env.yes("PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if env.yes("HTTPS") else 0
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "lianxin_session", "lianxin_csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.yes("HTTPS")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

SITE_NAME = _("连心桥")
