"""
Time and memory of the importers over the publishers' files: `python benchmarks/imports.py [SHARED_DATA]`.

Each import runs as its own process on a fresh SQLite place, so that the peak is that of one `ginnel import`.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SHARED = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data").resolve()
PARTS = (
    ("ESCO, whole", [SHARED / "careers/esco"]),
    ("ESCO again", [SHARED / "careers/esco"]),
    ("all of careers", [SHARED / "careers"]),
    ("careers again", [SHARED / "careers"]),
    ("all of place", [SHARED / "place"]),
    ("place again", [SHARED / "place"]),
)


def main() -> None:
    """Print one line per import."""
    with tempfile.TemporaryDirectory() as var:
        environment = {
            **os.environ,
            "GINNEL_VAR": var,
            "GINNEL_OFFLINE": "yes",
            "GINNEL_DEBUG": "no",
            "DATABASE_URL": "",
        }
        run([sys.executable, "-m", "ginnel", "manage", "migrate", "-v0"], environment)
        print(f"{'import':20}{'seconds':>9}{'CPU s':>8}{'peak MB':>9}  result")
        for name, paths in PARTS:
            seconds, processor, peak, result = run(
                [sys.executable, "-m", "ginnel", "import", *map(str, paths)], environment
            )
            print(f"{name:20}{seconds:9.1f}{processor:8.1f}{peak:9.0f}  {result}")


def run(command: list[str], environment: dict[str, str]) -> tuple[float, float, float, str]:
    """Wall seconds, processor seconds, peak memory in MB, and the last line printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - started
    if done.returncode:
        sys.exit(done.stdout[-2000:] + done.stderr[-2000:])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, processor, after.ru_maxrss / 1024, (done.stdout.strip().splitlines() or [""])[-1]


if __name__ == "__main__":
    main()
