"""What one import run found and did: plain values that the command prints, or writes as JSON."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

PROBLEMS_SHOWN = 20
PROBLEMS_KEPT = 1000


@dataclass(frozen=True, slots=True)
class Problem:
    """Why one row, or a whole file, was refused, and what to do."""

    file: str
    what: str
    remedy: str = ""
    row: int | None = None
    field: str = ""

    def __str__(self) -> str:
        where = self.file
        if self.row is not None:
            where += f", row {self.row}"
        if self.field:
            where += f", {self.field}"
        return f"{where}: {self.what}." + (f" {self.remedy}." if self.remedy else "")


@dataclass(slots=True)
class FileReport:
    """The counts of one recognised file."""

    file: str
    importer: str
    source: str
    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    kept: int = 0
    kept_why: str = ""
    own: int = 0
    own_shown: str = ""
    refused: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    sha256: str = ""
    vintage: str = ""
    seconds: float = 0.0


@dataclass(slots=True)
class Report:
    """The whole run. `saved` is false after a problem and on a dry run."""

    files: list[FileReport] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    dry_run: bool = False
    saved: bool = False
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether nothing was refused."""
        return not self.problem_count

    def refuse(self, problem: Problem) -> None:
        """Count a problem; keep the first thousand."""
        self.problem_count += 1
        if len(self.problems) < PROBLEMS_KEPT:
            self.problems.append(problem)

    def total(self, count: str) -> int:
        """One of the counts, over all files."""
        return sum(getattr(file, count) for file in self.files)

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON values, with the first problems."""
        return {
            "saved": self.saved,
            "dry_run": self.dry_run,
            "seconds": round(self.seconds, 2),
            "totals": {
                name: self.total(name) for name in ("read", "added", "changed", "unchanged", "removed", "kept", "own")
            }
            | {"left_out": sum(sum(file.left_out.values()) for file in self.files), "refused": self.problem_count},
            "files": [asdict(file) | {"seconds": round(file.seconds, 2)} for file in self.files],
            "skipped": [{"file": name, "reason": reason} for name, reason in self.skipped],
            "problems": [asdict(problem) for problem in self.problems[:PROBLEMS_SHOWN]],
            "more_problems": max(0, self.problem_count - PROBLEMS_SHOWN),
        }
