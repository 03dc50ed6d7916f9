"""Where in the source a thing is said: a class, a named object of a module, a line with certain words."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from django.conf import settings

OURS = ("casemgr", "mediation", "reconsideration", "litigation")
QUOTED = re.compile(r'(?<=")[^"\n]*(?=")')
"""Between two quotation marks of a line, whichever open: more than what is quoted, and nothing less."""


@dataclass(frozen=True)
class Place:
    """A line of a file of the project; `name` is what stands there."""

    path: str
    line: int
    name: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}  {self.name}".rstrip()


def of_class(cls: type) -> Place:
    return Place(_relative(inspect.getsourcefile(cls) or ""), source_of(cls)[1], cls.__name__)


@cache
def source_of(cls: type) -> tuple[list[str], int]:
    """Its lines, and the number of the first."""
    return inspect.getsourcelines(cls)


def of_object(value: Any) -> Place | None:
    """Where a module gives the object its name, or None: it has none of its own."""
    for module, name in _named().get(id(value), ()):
        if line := _assigned(module.__file__ or "").get(name):
            return Place(_relative(module.__file__ or ""), line, name)
    return None


def of_function(function: Any) -> Place:
    """Where it is written, a lambda as well."""
    code = inspect.unwrap(function).__code__
    return Place(_relative(code.co_filename), code.co_firstlineno)


def of_member(value: Any, words: str) -> Place | None:
    """The line with these words in the module that lists the value in a tuple of its own."""
    for module in _listing().get(id(value), ()):
        path = Path(module.__file__ or "")
        if line := next((number for number, text in enumerate(_lines(path), start=1) if words in text), 0):
            return Place(_relative(path), line)
    return None


def files_quoting(text: str, folder: str) -> list[str]:
    """The Python files of a folder in which the text stands between quotation marks."""
    return [path for path, quoted in _quoting(folder).items() if text in quoted]


def _our_modules() -> list[ModuleType]:
    named = sorted(sys.modules.items())
    return [one for name, one in named if name.partition(".")[0] in OURS and getattr(one, "__file__", None)]


@cache
def _named() -> dict[int, list[tuple[ModuleType, str]]]:
    """By an object's id, where modules hold it and under which name; asked when every app has been loaded."""
    found: dict[int, list[tuple[ModuleType, str]]] = defaultdict(list)
    for module in _our_modules():
        for name, value in vars(module).items():
            found[id(value)].append((module, name))
    return found


@cache
def _listing() -> dict[int, list[ModuleType]]:
    """By an object's id, the modules that list it in a tuple."""
    found: dict[int, list[ModuleType]] = defaultdict(list)
    for module in _our_modules():
        for one in {id(one) for held in vars(module).values() if isinstance(held, tuple) for one in held}:
            found[one].append(module)
    return found


@cache
def _quoting(folder: str) -> dict[str, frozenset[str]]:
    """By file of a folder, what stands there between quotation marks."""
    paths = sorted(Path(settings.BASE_DIR, folder).rglob("*.py"))
    return {_relative(path): frozenset(QUOTED.findall("\n".join(_lines(path)))) for path in paths}


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


__all__ = ["Place", "files_quoting", "of_class", "of_function", "of_member", "of_object", "source_of"]
