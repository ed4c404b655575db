"""
Gather the words to be translated into `locale/*/LC_MESSAGES/django.po`, and compile what is translated.

Run by hand (`.venv/bin/python tools/messages.py`) after words changed; needs GNU gettext, which nothing else here does. Both the texts
and what is compiled from them are committed, so that a site runs without it. `tests/test_catalogues.py` says when they differ.

With `--check` nothing is written: it leaves with 1 and names what stands in the code and in no catalogue, or the other way about. On a
machine without GNU gettext that is left out.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "ginnel"
ENGLISH_ONLY = ["partners/templates/*", "*/tests/*", "*/migrations/*", "wagtailadmin/*", "office/*", "demo.py"]
ENVIRONMENT = {**os.environ, "GINNEL_DEBUG": "yes", "DJANGO_SETTINGS_MODULE": "ginnel.config.settings"}
DJANGO = [sys.executable, "-m", "django"]


def main() -> int:
    if "--check" in sys.argv:
        return check()
    gather(PACKAGE)
    named = [part for language in languages() for part in ("-l", language)]
    subprocess.run([*DJANGO, "compilemessages", *named], cwd=PACKAGE, env=ENVIRONMENT, check=True)
    return 0


def languages() -> list[str]:
    return sorted(folder.name for folder in (PACKAGE / "locale").iterdir() if folder.is_dir())


def catalogue(package: Path, language: str) -> Path:
    return package / "locale" / language / "LC_MESSAGES" / "django.po"


def gather(package: Path, *, quiet: bool = False) -> None:
    """Bring each catalogue of a package up to what its code says. New words have no translation, not one that is a guess."""
    named = [part for language in languages() for part in ("-l", language)]
    left_out = [part for pattern in ENGLISH_ONLY for part in ("--ignore", pattern)]
    how = ["-e", "html,txt,py,svg", "--no-wrap", "--add-location", "file", "--no-obsolete"]
    out = subprocess.DEVNULL if quiet else None
    subprocess.run(
        [*DJANGO, "makemessages", *named, *left_out, *how], cwd=package, env=ENVIRONMENT, check=True, stdout=out
    )
    for language in languages():
        file = str(catalogue(package, language))
        subprocess.run(
            ["msgattrib", "--clear-fuzzy", "--clear-previous", "--empty", "--no-wrap", "-o", file, file], check=True
        )


def check() -> int:
    if not shutil.which("msgmerge"):
        sys.stdout.write("GNU gettext is not here, so words of the code were not set beside the catalogues.\n")
        return 0
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "ginnel"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "vendor", "fonts", "images"))
        gather(copy, quiet=True)
        for language in languages():
            kept, found = words(catalogue(PACKAGE, language)), words(catalogue(copy, language))
            wrong += [f"{language}: in no catalogue: {one}" for one in sorted(found - kept)]
            wrong += [f"{language}: nowhere in the code: {one}" for one in sorted(kept - found)]
    if wrong:
        sys.stderr.write("\n".join([*wrong, "Run tools/messages.py, then translate what has no translation.", ""]))
    return 1 if wrong else 0


def words(file: Path) -> set[str]:
    """The English of each entry, unwrapped."""
    text = subprocess.run(["msgcat", "--no-wrap", str(file)], capture_output=True, text=True, check=True).stdout
    entries = [entry.partition("\nmsgstr")[0].split("\n") for entry in text.split("\n\n")[1:]]
    return {" ".join(line for line in entry if not line.startswith("#")) for entry in entries}


if __name__ == "__main__":
    sys.exit(main())
