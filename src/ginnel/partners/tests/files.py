"""Files of organisations and people that tests give to the import."""

import csv
import io
from pathlib import Path

from openpyxl import Workbook

HEADER = ("organisation", "kind", "email", "name", "job title", "staff number", "roles", "line manager")


def csv_text(*rows, header=HEADER):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def a_csv(folder: Path, *rows, header=HEADER, name="people.csv", encoding="utf-8") -> Path:
    path = folder / name
    path.write_bytes(csv_text(*rows, header=header).encode(encoding))
    return path


def a_workbook(folder: Path, *sheets, name="people.xlsx") -> Path:
    """Each sheet is a list of rows, the first of which is the header."""
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
    path = folder / name
    book.save(path)
    return path


def many(organisations: int, people: int) -> list[tuple[str, ...]]:
    """Rows of so many organisations, and people evenly among them: the first of each manages the others."""
    rows: list[tuple[str, ...]] = []
    for n in range(people):
        place = n % organisations
        first = n < organisations
        rows.append(
            (
                f"Meadow {place:03} Care Ltd", "home-care", f"person{n}@meadow{place}.example", f"Person {n}", "Care worker",
                f"M{n}", "administrator" if first else "", "" if first else f"person{place}@meadow{place}.example",
            )
        )  # fmt: skip
    return rows
