"""What the installation's environment says, read by the settings."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured


def env(name: str, default: str = "") -> str:
    """The value of GINNEL_<name>, stripped; the default where it is unset or empty."""
    return os.environ.get(f"GINNEL_{name}", "").strip() or default


def env_flag(name: str, default: bool = False) -> bool:
    """A yes/no variable. Anything but 1, yes, true, on or their opposites is refused."""
    value = env(name, "yes" if default else "no").lower()
    if value in {"1", "yes", "true", "on"}:
        return True
    if value in {"0", "no", "false", "off"}:
        return False
    raise ImproperlyConfigured(f"GINNEL_{name} must be yes or no, not {value!r}")


def env_number(name: str, default: int) -> int:
    """A whole number of 0 or more."""
    value = env(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"GINNEL_{name} must be a whole number, not {value!r}")
    return int(value)


def env_choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    """One of a few words, in capitals."""
    value = env(name, default).upper()
    if value not in choices:
        raise ImproperlyConfigured(f"GINNEL_{name} must be one of {', '.join(choices)}, not {value!r}")
    return value


DEMO = env_flag("DEMO")
DEBUG = env_flag("DEBUG")
TESTING = "pytest" in sys.modules
