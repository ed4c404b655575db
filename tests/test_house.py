"""House rules that neither a linter nor an import contract can see."""

import logging
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

PROJECT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((PROJECT / "src").glob("ginnel/*/templates/**/*.html"))
STYLES = sorted((PROJECT / "src").glob("ginnel/*/static/**/*.css"))
OURS = [model for model in apps.get_models() if model.__module__.startswith("ginnel.")]


def name_of(item: Path | type[models.Model]) -> str:
    return item.relative_to(PROJECT / "src" / "ginnel").as_posix() if isinstance(item, Path) else item._meta.label


@pytest.mark.parametrize("model", OURS, ids=name_of)
def test_a_model_does_not_hide_an_order_or_a_write(model):
    assert not model._meta.ordering, "a list says its own order: for_list()"
    assert "save" not in vars(model), "a write is a command, not a trick in save()"
    assert "delete" not in vars(model)


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_a_template_has_nothing_that_the_content_security_policy_would_stop(template):
    text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", template.read_text(), flags=re.DOTALL)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"<[^>]+\sstyle=", text)
    assert not re.search(r"<[^>]+\son[a-z]+=", text)
    assert not re.search(r"javascript:", text)
    assert all("src=" in tag or "application/json" in tag for tag in re.findall(r"<script\b[^>]*>", text))


@pytest.mark.parametrize("sheet", STYLES, ids=name_of)
def test_no_style_asks_for_the_nhs_typeface_or_for_another_site(sheet):
    text = sheet.read_text()
    assert "frutiger" not in text.lower()
    assert not re.search(r"url\(['\"]?(https?:)?//", text)


@pytest.fixture
def checkout(tmp_path):
    """As much of a fresh clone as installing needs."""
    for name in ("uv.lock", "pyproject.toml", "Makefile"):
        shutil.copy(PROJECT / name, tmp_path)
    shutil.copytree(PROJECT / "tools", tmp_path / "tools")
    return tmp_path


def test_an_old_python_is_refused_in_one_line(checkout):
    old = checkout / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
    old.chmod(0o755)
    run = subprocess.run(
        ["make", "-s", "demo", f"PYTHON={old}"], cwd=checkout, capture_output=True, text=True, check=False
    )
    assert run.returncode != 0
    lines = [line for line in run.stderr.splitlines() if not line.startswith("make")]
    assert len(lines) == 1
    assert "Python 3.11 or newer is needed, and here is Python 3.9.2" in lines[0]


def test_a_folder_that_cannot_be_written_to_is_refused_in_one_line(checkout):
    # A file where the folder should be stops even root, as a read-only disk would.
    (checkout / ".tools").write_text("")
    run = subprocess.run(
        ["make", "-s", "demo", f"PYTHON={sys.executable}"], cwd=checkout, capture_output=True, text=True, check=False
    )
    assert run.returncode != 0
    lines = [line for line in run.stderr.splitlines() if not line.startswith("make")]
    assert lines == [f"ginnel: cannot write to {checkout}. Make the folder writable, or clone it to one that is."]


def test_a_busy_port_is_refused_in_one_line(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        run = _demo(tmp_path, "--port", str(other.getsockname()[1]))
    assert run.returncode != 0
    assert run.stderr.count("\n") == 1
    assert "in use by another program" in run.stderr


def test_a_place_that_is_not_there_is_refused_in_one_line(tmp_path):
    run = _demo(tmp_path, "--place", "atlantis")
    assert run.returncode != 0
    assert run.stderr.count("\n") == 1
    assert "There is no place pack 'atlantis'" in run.stderr


def test_a_data_folder_that_cannot_be_made_is_refused_in_one_line(tmp_path):
    (tmp_path / "var").write_text("a file")
    run = _demo(tmp_path / "var")
    assert run.returncode != 0
    assert run.stderr.count("\n") == 1
    assert "GINNEL_VAR" in run.stderr


def _demo(var: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "ginnel", "demo", *arguments],
        env={"GINNEL_VAR": str(var), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.django_db
def test_a_log_line_tells_the_path_and_never_what_was_asked(client, caplog):
    caplog.set_level(logging.INFO, logger="django_structlog")
    client.get("/roles/", {"q": "my-secret-illness"})
    assert "GET /roles/" in caplog.text
    assert "request_id" in caplog.text
    assert "my-secret-illness" not in caplog.text
