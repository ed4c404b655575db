"""Settings of how people sign in and stay signed in. Part of `settings`, which takes them all over."""

from django.core.exceptions import ImproperlyConfigured

from ginnel.config.environment import DEBUG, DEMO, TESTING, env, env_flag

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:mine"
LOGOUT_REDIRECT_URL = "site:home"
ACCOUNT_ADAPTER = "ginnel.accounts.adapter.CodeAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_REQUIRED = False
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_PREVENT_ENUMERATION = True
# Codes and passwords are counted by our own `accounts.limits`, for address and visitor together.
ACCOUNT_RATE_LIMITS = {"request_login_code": None}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = None
MFA_ADAPTER = "ginnel.accounts.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO or DEBUG or TESTING
MFA_FORMS = {
    "authenticate": "ginnel.accounts.forms.SecondStepForm",
    "activate_totp": "ginnel.accounts.forms.AppForm",
    "add_webauthn": "ginnel.accounts.forms.PasskeyForm",
}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
# Secrets in the database are sealed with the first; the others, and the secret key, still open what they sealed.
FIELD_KEYS = env("FIELD_KEY").replace(",", " ").split()
STAFF_SESSION_SECONDS = int(env("STAFF_SESSION_HOURS", "12")) * 3600
STAFF_IDLE_SECONDS = int(env("STAFF_IDLE_MINUTES", "60")) * 60
SECOND_FACTOR = env("SECOND_FACTOR", "nobody")
if SECOND_FACTOR not in {"nobody", "administrators", "staff"}:
    raise ImproperlyConfigured(f"GINNEL_SECOND_FACTOR must be nobody, administrators or staff, not {SECOND_FACTOR!r}")
# An identity provider over plain HTTP, on this machine only.
LOCAL_PROVIDERS = DEMO or DEBUG or TESTING
# Behind a proxy the visitor's own address is the last but one that the header names.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env_flag("BEHIND_PROXY") else 0
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
