"""An empty database with every table, made once for the migrations as they are and copied: they take many seconds.

A file for SQLite; for PostgreSQL a database that the tests' own are copied from.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

FOLDER = settings.BASE_DIR / "var" / "migrated"


def copy_to(path: Path) -> None:
    """Put the database file at `path`; whoever asks first makes it, the others wait."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = FOLDER / f"{_fingerprint()}.sqlite3"
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            _make(made)
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(made, path)


def postgresql_template(database: Mapping[str, Any]) -> str:
    """Name of a database with every table on the server of this address; made by whoever asks first."""
    import psycopg

    name = f"casemgr_tables_{_fingerprint()}"
    place = {"host": database["HOST"], "port": database["PORT"] or 5432, "user": database["USER"]}
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with psycopg.connect(**place, password=database["PASSWORD"], dbname="postgres", autocommit=True) as server:
            if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                draft = f"{name}_draft"
                server.execute(f'DROP DATABASE IF EXISTS "{draft}"')
                server.execute(f'CREATE DATABASE "{draft}"')
                login = (
                    f"{database['USER']}:{database['PASSWORD']}@" if database["PASSWORD"] else f"{database['USER']}@"
                )
                _migrate(f"postgres://{login}{place['host']}:{place['port']}/{draft}")
                server.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')
    return name


def _fingerprint() -> str:
    """Of everything the tables come from: our migrations, and the packages that bring their own."""
    sources = [settings.BASE_DIR / "requirements.txt", *settings.BASE_DIR.glob("*/**/migrations/*.py")]
    digest = hashlib.sha256()
    for source in sorted(sources):
        digest.update(str(source.relative_to(settings.BASE_DIR)).encode() + source.read_bytes())
    return digest.hexdigest()[:16]


def _make(made: Path) -> None:
    for older in FOLDER.glob("*.sqlite3*"):
        older.unlink()
    draft = made.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    _migrate(f"sqlite:///{draft}")
    connection = sqlite3.connect(draft)
    # What is still in the write-ahead log belongs into the one file that is copied.
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    draft.rename(made)


def _migrate(database_url: str) -> None:
    command = [sys.executable, "manage.py", "migrate", "-v0"]
    environment = {**os.environ, "DATABASE_URL": database_url}
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True, timeout=900)
