"""Arrays on disk: written whole or not at all, opened without being read (memory-mapped)."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

POINTER = "current.json"
"""Names the generation that readers should open. Replacing this one file is what makes a save visible."""

PAGE = 4096
"""Arrays in files smaller than this are read instead of mapped. Unit: bytes."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]*")
_CSR_PARTS = ("data", "indices", "indptr")


class StoreUnreadable(Exception):
    """The folder holds no complete set of arrays, or one that was damaged."""


def save_arrays(folder: Path, mapping: Mapping[str, Any]) -> None:
    """
    Save arrays, sparse matrices and JSON values under one folder so that readers see all of them or none.

    Each save is a new generation in its own sub-folder; when it is complete and on disk, the pointer file is replaced
    (an atomic rename), and older generations are removed. Readers that hold an older generation open keep it.

    Parameters
    ----------
    folder
        Made if missing. Should hold nothing else.
    mapping
        Name (lower case letters, digits, ``_ . -``) to an ndarray (not of objects), a SciPy CSR matrix,
        or a value that JSON can hold (strings, lists, numbers).

    Raises
    ------
    ValueError
        For a name or an array that cannot be stored. Nothing is changed then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="writing-", dir=folder))
    try:
        contents: dict[str, Any] = {}
        for name, value in mapping.items():
            if not _NAME.fullmatch(name):
                raise ValueError(f"{name!r} can not name a stored array")
            contents[name] = _write(work, name, value)
        _write_json(work / "contents.json", contents)
        generation = work.rename(folder / work.name.replace("writing-", "generation-"))
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    pointer = folder / f"{POINTER}.{generation.name}"
    _write_json(pointer, {"generation": generation.name})
    pointer.replace(folder / POINTER)
    for old in folder.glob("generation-*"):
        if old != generation:
            shutil.rmtree(old, ignore_errors=True)


def load_arrays(folder: Path) -> dict[str, Any]:
    """
    Open what `save_arrays` wrote. Arrays are memory-mapped and read-only: pages are read as they are touched.

    Raises
    ------
    StoreUnreadable
        If nothing was saved here, or a file is missing, cut short or not ours.
    """
    for attempt in (1, 2, 3):
        try:
            generation = folder / json.loads((folder / POINTER).read_text(encoding="utf-8"))["generation"]
            contents = json.loads((generation / "contents.json").read_text(encoding="utf-8"))
            return {name: _read(generation, name, entry) for name, entry in contents.items()}
        except FileNotFoundError as error:
            # A save may have replaced the generation between our two reads: look again before giving up.
            if attempt == 3:
                raise StoreUnreadable(f"No complete set of arrays in {folder}") from error
        except (ValueError, KeyError, TypeError, EOFError, OSError) as error:
            raise StoreUnreadable(f"The arrays in {folder} are damaged: {error}") from error
    raise AssertionError("unreachable")


def _write(folder: Path, name: str, value: Any) -> dict[str, Any]:
    if sparse.issparse(value):
        matrix = sparse.csr_matrix(value)
        for part in _CSR_PARTS:
            np.save(folder / f"{name}.{part}.npy", getattr(matrix, part), allow_pickle=False)
        return {"kind": "csr", "shape": list(matrix.shape)}
    if isinstance(value, np.ndarray):
        if value.dtype.hasobject:
            raise ValueError(f"{name!r} holds Python objects")
        np.save(folder / f"{name}.npy", value, allow_pickle=False)
        return {"kind": "array"}
    try:
        _write_json(folder / f"{name}.json", value)
    except TypeError as error:
        raise ValueError(f"{name!r} is neither an array nor a plain value") from error
    return {"kind": "json"}


def _read(folder: Path, name: str, entry: Mapping[str, Any]) -> Any:
    if entry["kind"] == "json":
        return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    if entry["kind"] == "array":
        return _open(folder / f"{name}.npy")
    data, indices, indptr = (_open(folder / f"{name}.{part}.npy") for part in _CSR_PARTS)
    if len(indptr) != entry["shape"][0] + 1 or len(data) != len(indices) or int(indptr[-1]) != len(data):
        raise ValueError(f"parts of {name} do not fit each other")
    return sparse.csr_matrix((data, indices, indptr), shape=tuple(entry["shape"]), copy=False)


def _open(path: Path) -> np.ndarray[Any, Any]:
    # A mapping costs a page and a file handle: not worth it for what fits in one page.
    small = path.stat().st_size < PAGE
    found: np.ndarray[Any, Any] = np.load(path, mmap_mode=None if small else "r", allow_pickle=False)
    return found


def _write_json(path: Path, value: Any) -> None:
    with path.open("w", encoding="utf-8") as handle:
        json.dump(value, handle, ensure_ascii=False)
        handle.flush()
        os.fsync(handle.fileno())
