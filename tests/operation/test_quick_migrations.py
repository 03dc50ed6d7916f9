"""Migrating quickly makes the same tables, indexes and constraints as Django does by itself."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.support import migrated

MIGRATE_SLOWLY = """
import django
django.setup()
from casemgr.operation import quick_migrations
quick_migrations.render_as_django_does()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""


@pytest.mark.long
def test_the_tables_are_those_of_an_unhurried_migration(tmp_path: Path) -> None:
    """Here and not in `make test`: the slow way takes as long as many tests together.

    Receivers for historical states stay off: they touch no table, and with them it would take hours.
    """
    slow, quick = tmp_path / "slow.sqlite3", tmp_path / "quick.sqlite3"
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{slow}", "DJANGO_SETTINGS_MODULE": "casemgr.settings"}
    command = [sys.executable, "-c", MIGRATE_SLOWLY]
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True, timeout=1800)
    migrated.copy_to(quick)
    assert _schema(quick) == _schema(slow)
    assert len(_schema(quick)) > 300


def _schema(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY sql").fetchall()
    connection.close()
    return [sql for (sql,) in rows]
