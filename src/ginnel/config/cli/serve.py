"""`ginnel serve`, `worker`, `demo`, `manage`: running the site."""

import ctypes
import errno
import gc
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn, TypeAlias

import click
import django

Process: TypeAlias = "subprocess.Popen[bytes]"

SECONDS_TO_START = 30
SECONDS_TO_STOP = 10


def _management(*arguments: str) -> None:
    from django.core.management import call_command

    call_command(*arguments, verbosity=0)


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            why = "is kept for the system" if error.errno == errno.EACCES else "is in use by another program"
            another = port + 1 if 1024 <= port < 65535 else 8000
            raise click.ClickException(f"Port {port} {why}. Choose another: make demo PORT={another}") from error


def _check_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        raise click.ClickException(
            f"Cannot write to {folder} ({error.strerror}). Make it writable, or set GINNEL_VAR to a folder that is."
        ) from error


def _granian(host: str, port: int, workers: int) -> list[str]:
    granian = shutil.which("granian", path=str(Path(sys.executable).parent)) or "granian"
    return [
        granian,
        "--interface", "wsgi",
        "--host", host,
        "--port", str(port),
        "--workers", str(workers),
        "--blocking-threads", "4",
        "--no-ws",
        "--workers-kill-timeout", "5",
        "--log-level", "warning",
        "ginnel.config.wsgi:application",
    ]  # fmt: skip


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int) -> None:
    """Serve the site. Run `ginnel manage migrate` and `collectstatic` first. Languages that are new get their pages now."""
    from django.db import DatabaseError
    from django.utils import timezone

    from ginnel.site.commands import open_languages

    # A server without its tables still starts, and /readyz says so.
    with suppress(DatabaseError):
        open_languages(by=None, at=timezone.now())
    command = _granian(host, port, workers)
    os.execvp(command[0], command)  # noqa: S606 - our own server, no shell


@click.command()
def worker() -> None:
    """Run the background worker: it does what pages have put off."""
    _management("db_worker")


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Django's own commands: `ginnel manage migrate`."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["ginnel manage", *arguments])


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--place", default="leeds", show_default=True, help="Place pack to load.")
def demo(port: int, place: str) -> None:
    """Prepare the demonstration place under var/ and serve it with its worker."""
    # The demonstration shows every language there is.
    os.environ.setdefault("GINNEL_LANGUAGES", "pl ar")

    from django.conf import settings

    from ginnel.config.cli.place import pack_folder

    folder = pack_folder(place)
    _check_writable(settings.VAR_DIR)
    _check_port(port)
    address = f"http://localhost:{port}"
    environment = {**os.environ, "GINNEL_DEMO": "yes", "GINNEL_ORIGIN": address}
    command = _granian("127.0.0.1", port, 1)
    prepared = settings.VAR_DIR / ".prepared"
    with _running(environment) as (start, processes):
        # Where all was well last time it most likely is now: the server starts while we look, and again if we find work to do.
        if prepared.is_file():
            start("server", command)
        django.setup()
        if _prepare(folder) and "server" in processes:
            _stop_process(processes.pop("server"))
        prepared.touch()
        server = processes.get("server") or start("server", command)
        _wait_until_up(f"http://127.0.0.1:{port}/readyz", server)
        start("worker", [sys.executable, "-m", "ginnel", "worker"])
        click.echo(f"Ginnel is at {address}/  (stop it with Ctrl-C)")
        while True:
            for name, process in processes.items():
                if process.poll() is not None:
                    raise click.ClickException(f"The {name} stopped by itself (exit code {process.returncode}).")
            time.sleep(0.2)


def _prepare(folder: Path) -> bool:
    """Bring tables, static files, the pack, and the invented partners and pages up to date. Returns whether there was anything to do."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.utils import timezone

    from ginnel.config.cli.place import HOW_TO_KEEP
    from ginnel.config.pack import WouldLose, is_loaded, load_pack
    from ginnel.core.tables import BadPack
    from ginnel.partners.demo import load_demo_partners
    from ginnel.site.commands import open_languages
    from ginnel.site.demo import load_demo_pages

    executor, worked = MigrationExecutor(connection), False
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        click.echo("Making the database … (once; half a minute)")
        # Migrations make models by the ten thousand, and looking for garbage among them takes a third of the time.
        usual = gc.get_threshold()
        gc.set_threshold(200_000, 50, 100)
        _management("migrate")
        gc.set_threshold(*usual)
        worked = True
    worked |= _collect_static()
    if not is_loaded(folder):
        click.echo(f"Loading the {folder.name} pack …")
        try:
            load_pack(folder)
        except BadPack as error:
            problems = "".join(f"\n  {problem}" for problem in error.problems)
            raise click.ClickException(f"The pack has mistakes; nothing was changed.{problems}") from error
        except WouldLose as error:
            raise click.ClickException(f"{error}.\n{HOW_TO_KEEP}") from error
        worked = True
    worked |= load_demo_partners()
    worked |= bool(open_languages(by=None, at=timezone.now()))
    return load_demo_pages() or worked


def _collect_static() -> bool:
    """Copy, compress and fingerprint the static files, unless they are the ones of last time. Returns whether it did."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
    collected = Path(settings.STATIC_ROOT) / ".collected"
    if collected.is_file() and collected.read_text() == digest.hexdigest():
        return False
    click.echo("Collecting the static files …")
    _management("collectstatic", "--noinput", "--clear")
    collected.write_text(digest.hexdigest())
    return True


@contextmanager
def _running(environment: dict[str, str]) -> Iterator[tuple[Callable[[str, list[str]], Process], dict[str, Process]]]:
    """Start processes that stop together: at Ctrl-C, at a signal to us, or when one of them fails."""
    processes: dict[str, Process] = {}

    def start(name: str, command: list[str]) -> Process:
        processes[name] = subprocess.Popen(command, env=environment, preexec_fn=_end_with_parent)  # noqa: PLW1509, S603
        return processes[name]

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        yield start, processes
    except KeyboardInterrupt:
        click.echo("Stopping …")
    finally:
        for process in processes.values():
            process.terminate()
        for process in processes.values():
            _stop_process(process)


def _stop_process(process: Process) -> None:
    """Ask it to stop; make it, if it does not."""
    process.terminate()
    try:
        process.wait(timeout=SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _stop(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _end_with_parent() -> None:
    """In the child: when the parent is killed outright, be asked to stop instead of living on."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def _wait_until_up(address: str, server: Process) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        if server.poll() is not None:
            raise click.ClickException("The server stopped while starting; the lines above say why.")
        try:
            with urllib.request.urlopen(address, timeout=SECONDS_TO_START):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise click.ClickException(f"The server did not answer within {SECONDS_TO_START} seconds.")
