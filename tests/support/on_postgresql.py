"""Which tests `make test` repeats on PostgreSQL: those whose answer hangs on the database. The long run repeats all.

Kept are rival writers and whatever opens connections of its own, the packages of the ground that are queries, locks
or bulk writing, and of the rest what counts, searches, imports or walks every address. What a rule, a form or a page
says was said by the same code on SQLite a moment before.
"""

from __future__ import annotations

import os
import re
from pathlib import PurePosixPath

import pytest

WHOLE = "whole"
GROUND = frozenset(
    {
        *("actions", "audit", "calendar", "cases", "indicators", "jobs", "ledgers", "notices", "numbering"),
        *("operation", "organisation", "parties"),
    }
)
ASKING = re.compile(
    r"rival|quer|bulk|ledger|search|figure|tables|backlog|campaigns|subsidy|walk|registered|sessions|api"
)
MARKS = ("rivals", "long")


def is_repeated(item: pytest.Item) -> bool:
    """Whether the test runs on PostgreSQL, too. A run by hand, or the long run, leaves nothing out."""
    if os.environ.get("POSTGRESQL_TESTS", WHOLE) == WHOLE or any(item.get_closest_marker(name) for name in MARKS):
        return True
    if item.get_closest_marker("processes"):
        return False
    inside = PurePosixPath(item.nodeid.split("::")[0]).parts[1:]
    return inside[0] in GROUND or bool(ASKING.search("/".join(inside)))
