"""`ginnel serve`, `worker`, `demo`, `manage`: running the site."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import click


def _management(*arguments: str) -> None:
    from django.core.management import call_command

    call_command(*arguments, verbosity=0)


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise click.ClickException(
                f"Port {port} is in use by another program. Stop it, or choose another: make demo PORT={port + 1}"
            ) from error


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
        "--log-level", "warning",
        "ginnel.config.wsgi:application",
    ]  # fmt: skip


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int) -> None:
    """Serve the site. Run `ginnel manage migrate` and `collectstatic` first."""
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
    from django.conf import settings

    from ginnel.config.cli.place import pack_folder

    os.environ["GINNEL_DEMO"] = "yes"
    folder = pack_folder(place)
    _check_writable(settings.VAR_DIR)
    _check_port(port)
    # Each step in a process of its own, so that the server starts from the demonstration's settings and nothing else.
    run = [sys.executable, "-m", "ginnel"]
    for step in (["manage", "migrate", "-v", "0"], ["manage", "collectstatic", "--noinput", "-v", "0"]):
        subprocess.run([*run, *step], check=True)
    subprocess.run([*run, "place", "load", "--if-changed", str(folder)], check=True)
    processes = [subprocess.Popen(_granian("127.0.0.1", port, 1)), subprocess.Popen([*run, "worker"])]
    address = f"http://localhost:{port}/"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        _wait_until_up(f"http://127.0.0.1:{port}/readyz", processes[0])
        click.echo(f"Ginnel is at {address}  (stop it with Ctrl-C)")
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
    except KeyboardInterrupt:
        pass
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=10)


def _wait_until_up(address: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise click.ClickException("The server stopped while starting; the lines above say why.")
        try:
            with urllib.request.urlopen(address, timeout=1):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise click.ClickException("The server did not answer within 30 seconds.")
