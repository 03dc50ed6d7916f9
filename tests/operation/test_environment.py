"""The first command on a fresh machine says in one line what is missing, and does nothing twice."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from casemgr.operation import environment
from casemgr.operation.environment import Environment


class Version(NamedTuple):
    major: int
    minor: int
    micro: int


def test_an_old_python_is_named_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", Version(3, 9, 2))
    line = environment.missing_on_machine()
    assert "3.9.2" in line
    assert "PYTHON=" in line
    assert "\n" not in line


def test_a_missing_venv_module_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    assert "python3-venv" in environment.missing_on_machine()


def test_nothing_is_missing_here() -> None:
    assert environment.missing_on_machine() == ""


def test_changed_requirements_are_installed_again(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("Django==5.2.19\n")
    one = Environment(tmp_path, dev=False)
    assert not one.is_current()
    one.python.parent.mkdir(parents=True)
    one.python.touch()
    one.stamp.write_text(one.wanted())
    assert one.is_current()
    (tmp_path / "requirements.txt").write_text("Django==5.2.20\n")
    assert not one.is_current()
