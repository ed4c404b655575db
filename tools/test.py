"""
Every test, twice: on SQLite with the journeys in a browser, then on PostgreSQL. Arguments go to pytest.

Two processes at a time. The closing lines of both runs are printed last.
"""

import os
import subprocess
import sys
from pathlib import Path

from postgres import postgres

PROJECT = Path(__file__).resolve().parent.parent


def main() -> int:
    if subprocess.run([PROJECT / "tools" / "chromium.sh"]).returncode:
        return 1
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    # One thread for each process: two processes fill two cores.
    environment.setdefault("OMP_NUM_THREADS", "1")
    on_sqlite = run_pytest("SQLite", environment)
    with postgres() as url:
        on_postgres = run_pytest("PostgreSQL", {**environment, "DATABASE_URL": url}, "-m", "not journey")
    print()
    for name, (_, closing) in {"SQLite": on_sqlite, "PostgreSQL": on_postgres}.items():
        print(f"{name}:\n{closing}")
    return max(on_sqlite[0], on_postgres[0])


def run_pytest(database: str, environment: dict[str, str], *arguments: str) -> tuple[int, str]:
    """Run it, showing its output as it comes; its exit code and its closing line."""
    print(f"\nTests on {database}", flush=True)
    closing = ""
    command = [sys.executable, "-m", "pytest", "-n", "2", "--durations=10", *arguments, *sys.argv[1:]]
    with subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True) as pytest:
        assert pytest.stdout is not None
        for line in pytest.stdout:
            print(line, end="", flush=True)
            closing = line.strip() or closing
    return pytest.returncode, closing


if __name__ == "__main__":
    sys.exit(main())
