"""Where in the source a thing is said: a class, a named object of a module, a line with certain words."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from django.conf import settings

OURS = ("casemgr", "mediation", "reconsideration", "litigation")


@dataclass(frozen=True)
class Place:
    """A line of a file of the project; `name` is what stands there."""

    path: str
    line: int
    name: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}  {self.name}".rstrip()


def of_class(cls: type) -> Place:
    return Place(_relative(inspect.getsourcefile(cls) or ""), inspect.getsourcelines(cls)[1], cls.__name__)


def of_object(value: Any) -> Place | None:
    """Where a module gives the object its name, or None: it has none of its own."""
    for module in our_modules():
        for name, found in vars(module).items():
            if found is value and (line := _assigned(module.__file__ or "").get(name)):
                return Place(_relative(module.__file__ or ""), line, name)
    return None


def of_function(function: Any) -> Place:
    """Where it is written, a lambda as well."""
    code = inspect.unwrap(function).__code__
    return Place(_relative(code.co_filename), code.co_firstlineno)


def of_member(value: Any, words: str) -> Place | None:
    """The line with these words in the module that lists the value in a tuple of its own."""
    for module in our_modules():
        if any(isinstance(found, tuple) and any(one is value for one in found) for found in vars(module).values()):
            path = Path(module.__file__ or "")
            if line := next((number for number, text in enumerate(_lines(path), start=1) if words in text), 0):
                return Place(_relative(path), line)
    return None


def files_with(words: tuple[str, ...], folder: str) -> list[str]:
    """The Python files of a folder in which one of the words stands."""
    found = sorted(Path(settings.BASE_DIR, folder).rglob("*.py"))
    return [_relative(path) for path in found if any(word in line for line in _lines(path) for word in words)]


def our_modules() -> Iterator[ModuleType]:
    for name, module in sorted(sys.modules.items()):
        if name.partition(".")[0] in OURS and getattr(module, "__file__", None):
            yield module


@cache
def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


@cache
def _assigned(path: str) -> dict[str, int]:
    """Line by name of what a module itself assigns at its top."""
    found: dict[str, int] = {}
    for node in ast.parse(Path(path).read_text(encoding="utf-8")).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        found |= {target.id: node.lineno for target in targets if isinstance(target, ast.Name)}
    return found


def _relative(path: str | Path) -> str:
    return Path(path).resolve().relative_to(settings.BASE_DIR).as_posix()


__all__ = ["Place", "files_with", "of_class", "of_function", "of_member", "of_object"]
