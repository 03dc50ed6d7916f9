"""What is imported is pinned, what is pinned is imported, and each has its reason in docs/dependencies.md."""

from __future__ import annotations

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

from django.conf import settings

OURS = {"casemgr", "mediation", "reconsideration", "litigation", "tests"}
# Used without an import of ours: named in settings, loaded by others, or data.
WITHOUT_IMPORT = {"gunicorn", "whitenoise", "redis", "argon2-cffi", "psycopg", "tzdata", "django-axes", "django-htmx"}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def direct(file: str) -> set[str]:
    """The first block of a requirements file: what we use ourselves."""
    block = (settings.BASE_DIR / file).read_text().split("\n\n")[0]
    return {normal(re.split(r"[\[=]", line)[0]) for line in block.splitlines() if "==" in line}


def imported() -> set[str]:
    """Distributions that our code imports."""
    distributions = packages_distributions()
    found = set()
    for package in OURS - {"tests"}:
        for path in Path(settings.BASE_DIR / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and not node.level and node.module:
                    names = [node.module]
                found |= {name.split(".")[0] for name in names}
    foreign = found - OURS - set(sys.stdlib_module_names)
    return {normal(distributions[name][0]) for name in foreign if name in distributions}


def test_everything_imported_is_pinned_as_our_own_need() -> None:
    assert not imported() - direct("requirements.txt")


def test_nothing_is_pinned_that_nobody_uses() -> None:
    assert not direct("requirements.txt") - imported() - WITHOUT_IMPORT


def test_each_dependency_has_its_reason() -> None:
    reasons = normal((settings.BASE_DIR / "docs" / "dependencies.md").read_text())
    assert not {name for name in direct("requirements.txt") | direct("requirements-dev.txt") if name not in reasons}
