"""Texts are collected by the names of the calls: another name for one of them hides its texts from the catalogue."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.conf import settings

from casemgr.operation.messages import KEYWORDS

PACKAGES = ("casemgr", "reconsideration", "litigation", "mediation")
MODULES = sorted(path for package in PACKAGES for path in Path(settings.BASE_DIR, package).rglob("*.py"))
MARKS = {"gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(settings.BASE_DIR).as_posix())
def test_a_translating_call_has_a_name_that_is_collected(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names = {name.asname or name.name for name in node.names if name.name in MARKS}
            assert names <= KEYWORDS.keys(), node.lineno
