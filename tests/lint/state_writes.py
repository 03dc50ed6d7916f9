"""Refuses code that writes a state past its transitions.

django-fsm protects direct assignment at run time, but not `queryset.update(state=…)`, `bulk_update(…, ["state"])`,
`setattr`, `__dict__` or SQL; a case moved that way has no event, no guard and no deadline.
Run: `python -m tests.lint.state_writes`.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("casemgr", "mediation", "reconsideration", "litigation")
FIELDS = frozenset({"state", "stage"})
WRITERS = frozenset(
    {
        *("update", "update_or_create", "bulk_update", "bulk_update_with_history", "raw_update"),
        *("aupdate", "aupdate_or_create", "abulk_update"),
    }
)

_SQL = re.compile(r"\bupdate\b.*\bset\b.*\b(?:state|stage)\b\s*=", re.IGNORECASE | re.DOTALL)

# (file, function): why this one may. Everything else goes through a transition.
ALLOWED = {
    ("casemgr/cases/actions.py", "settle"): "the stage is read off the state, right after the transition",
    ("casemgr/cases/undo/replay.py", "replay"): "annulling a step replays the case's states",
}


class Finding(NamedTuple):
    """One place that writes a state."""

    path: str
    line: int
    function: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what} (in {self.function or 'the module'}): use a transition"


def find_in(source: str, path: str) -> Iterator[Finding]:
    """Every write of a state in one file that is not inside a transition or a named exception."""
    visitor = _Visitor(path)
    visitor.visit(ast.parse(source, path))
    yield from visitor.findings


class _Visitor(ast.NodeVisitor):
    def __init__(self, path: str) -> None:
        self.path = path
        self.functions: list[str] = []
        self.findings: list[Finding] = []
        self.free = 0

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        is_free = _is_transition(node) or (self.path, node.name) in ALLOWED
        self.functions.append(node.name)
        self.free += is_free
        self.generic_visit(node)
        self.free -= is_free
        self.functions.pop()

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self.visit_FunctionDef(node)

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        self._check_target(node.target)
        self.generic_visit(node)

    visit_AsyncFor = visit_For

    def visit_withitem(self, node: ast.withitem) -> None:
        if node.optional_vars is not None:
            self._check_target(node.optional_vars)
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            self._check_target(target)
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self._check_target(node.target)
        if _is_dict_of_object(node.target) and _mentions_state(node.value):
            self._report(node.target, "__dict__ |= {'state': …}")
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self._check_target(node.target)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in WRITERS and _names_state(node):
            self._report(node, f"{name}(… state …)")
        if name in {"setattr", "__setattr__"} and any(_is_state(argument) for argument in node.args[:2]):
            self._report(node, f"{name}(…, 'state', …)")
        if name == "_update":
            self._report(node, "_update(…)")
        if name in {"execute", "executemany", "raw"} and node.args and _SQL.search(ast.unparse(node.args[0])):
            self._report(node, "UPDATE … SET state")
        self.generic_visit(node)

    def _check_target(self, target: ast.expr) -> None:
        if isinstance(target, ast.Tuple | ast.List):
            for part in target.elts:
                self._check_target(part)
        if isinstance(target, ast.Attribute) and target.attr in FIELDS:
            self._report(target, f".{target.attr} = …")
        if isinstance(target, ast.Subscript) and _is_dict_of_object(target.value) and _is_state(target.slice):
            self._report(target, "__dict__['state'] = …")

    def _report(self, node: ast.expr, what: str) -> None:
        if not self.free:
            self.findings.append(Finding(self.path, node.lineno, ".".join(self.functions), what))


def _is_dict_of_object(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "vars"
    return isinstance(node, ast.Attribute) and node.attr == "__dict__"


def _is_transition(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    calls = (decorator.func if isinstance(decorator, ast.Call) else decorator for decorator in node.decorator_list)
    return any(getattr(call, "id", getattr(call, "attr", "")) == "transition" for call in calls)


def _names_state(call: ast.Call) -> bool:
    for keyword in call.keywords:
        if keyword.arg in FIELDS:
            return True
        # update_or_create(defaults={"state": …}), bulk_update(cases, fields=["state"]), update(**{"state": …})
        if keyword.arg in {None, "defaults", "create_defaults", "fields"} and _mentions_state(keyword.value):
            return True
    return any(_mentions_state(argument) for argument in call.args)


def _mentions_state(node: ast.expr) -> bool:
    if isinstance(node, ast.Dict):
        return any(key is not None and _is_state(key) for key in node.keys)
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return any(_is_state(element) for element in node.elts)
    return False


def _is_state(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value in FIELDS


def find_in_project() -> list[Finding]:
    """All findings in our packages; migrations only describe the field."""
    findings: list[Finding] = []
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                findings += find_in(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())
    return findings


def main() -> int:
    """1 and a line for each place, or 0."""
    findings = find_in_project()
    for finding in findings:
        print(finding)
    print(f"State-writing check: {len(findings)} places write a state past its transitions.")
    return bool(findings)


if __name__ == "__main__":
    sys.exit(main())
