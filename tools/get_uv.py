"""
Put uv into .tools/ and print where it is.

Debian and Ubuntu ship Python without pip and venv, so the last of three ways needs the standard library only.
"""

import hashlib
import io
import os
import platform
import re
import stat
import subprocess
import sys
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

UV_VERSION = "0.13.9"
TOOLS = Path(__file__).resolve().parent.parent / ".tools"
UV = TOOLS / "uv" / "bin" / "uv"


def by_pip() -> bool:
    """With the pip of this Python; it knows the machine's mirror, proxy and certificates."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(UV.parent.parent), f"uv=={UV_VERSION}"]
    return _succeeds(pip) and UV.exists()


def by_venv() -> bool:
    """With the pip that a virtual environment brings."""
    folder = TOOLS / "pip"
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--target", str(UV.parent.parent)]
    made = _succeeds([sys.executable, "-m", "venv", "--clear", str(folder)])
    return made and _succeeds([*pip, f"uv=={UV_VERSION}"]) and UV.exists()


def by_download() -> bool:
    """With the standard library: find the wheel for this machine, check its SHA-256, unpack the one program in it."""
    index = os.environ.get("UV_INDEX_URL") or os.environ.get("PIP_INDEX_URL") or "https://pypi.org/simple"
    page = f"{index.rstrip('/')}/uv/"
    with urllib.request.urlopen(page, timeout=60) as answer:
        links = re.findall(r'href="([^"#]+)#sha256=([0-9a-f]{64})"', answer.read().decode())
    system = "manylinux" if platform.libc_ver()[0] else "musllinux"
    name = re.compile(rf"/uv-{re.escape(UV_VERSION)}-[^/]*{system}[^/]*_{platform.machine()}\.whl$")
    link, sha256 = next(found for found in links if name.search(found[0]))
    with urllib.request.urlopen(urllib.parse.urljoin(page, link), timeout=60) as answer:
        content = answer.read()
    if hashlib.sha256(content).hexdigest() != sha256:
        sys.exit("ginnel: the download of uv was damaged on the way (wrong SHA-256). Try again.")
    UV.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        UV.write_bytes(archive.read(f"uv-{UV_VERSION}.data/scripts/uv"))
    UV.chmod(UV.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    return True


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def main() -> None:
    if not (UV.exists() and _succeeds([str(UV), "--version"])):
        try:
            by_pip() or by_venv() or by_download()
        except (OSError, StopIteration, ValueError, KeyError) as error:
            sys.exit(
                f"ginnel: could not fetch uv {UV_VERSION} ({error or 'no build for this machine'}). "
                "Go online, set UV_INDEX_URL to a mirror, or install uv yourself."
            )
    print(UV)


if __name__ == "__main__":
    main()
