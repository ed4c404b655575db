"""
Gather the words to be translated into `locale/*/LC_MESSAGES/django.po`, and compile what is translated.

Run by hand (`.venv/bin/python tools/messages.py`) after words changed; needs GNU gettext, which nothing else here does. Both the texts
and what is compiled from them are committed, so that a site runs without it. `tests/test_languages.py` says when they differ.
"""

import os
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "ginnel"
ENGLISH_ONLY = ["partners/templates/*", "*/tests/*", "*/migrations/*", "wagtailadmin/*", "office/*", "demo.py"]


def main() -> None:
    languages = sorted(folder.name for folder in (PACKAGE / "locale").iterdir() if folder.is_dir())
    django = [sys.executable, "-m", "django"]
    environment = {**os.environ, "GINNEL_DEBUG": "yes", "DJANGO_SETTINGS_MODULE": "ginnel.config.settings"}
    named = [part for language in languages for part in ("-l", language)]
    left_out = [part for pattern in ENGLISH_ONLY for part in ("--ignore", pattern)]
    gather = ["makemessages", *named, *left_out, "-e", "html,txt,py,svg", "--no-wrap", "--add-location", "file"]
    subprocess.run([*django, *gather], cwd=PACKAGE, env=environment, check=True)
    subprocess.run([*django, "compilemessages", *named], cwd=PACKAGE, env=environment, check=True)


if __name__ == "__main__":
    main()
