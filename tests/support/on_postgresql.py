"""Which tests `make test` repeats on PostgreSQL: those whose answer hangs on the database. The long run repeats all.

Kept are rival writers and whatever opens connections of its own, the packages of the ground that are locks, searches
or bulk writing, and of the rest what counts, searches, imports or walks every address. What a rule, a form, a step or
a page says was said by the same code on SQLite a moment before.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
WHOLE = "whole"
GROUND = frozenset({"audit", "indicators", "jobs", "ledgers", "numbering", "parties"})
ASKING = re.compile(
    r"rival|bulk|ledger|search|figure|tables|subsidy|backup|lost_updates|access_walk|first_start|documents/test_papers"
)


def is_repeated(path: Path) -> bool:
    """Whether the tests of the file or folder may run on PostgreSQL, too. A run by hand leaves nothing out."""
    if os.environ.get("POSTGRESQL_TESTS", WHOLE) == WHOLE or path.suffix != ".py" or not path.is_relative_to(TESTS):
        return True
    inside = path.relative_to(TESTS)
    return inside.parts[0] in GROUND or bool(ASKING.search(inside.as_posix())) or inside.name == "conftest.py"
