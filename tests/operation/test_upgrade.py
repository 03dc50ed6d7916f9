"""A filled database of an earlier version comes to this one with nothing lost and every date the same."""

from __future__ import annotations

import json
import lzma
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = Path(__file__).parent.parent / "data" / "upgrade"
MADE_ON = {"c25d250": "2026-11-27", "d40554e": "2026-11-30"}
OLDEST, *LATER = MADE_ON
"""The oldest goes the longest way, through every change that a later one meets."""
DERIVED = {"indicators_countedrow", "indicators_rollup"}
"""Counted anew by `load_reference` where what is counted has changed."""
LEFT_OUT = DERIVED | {
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "django_session",
    "sqlite_sequence",
}
pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif("postgresql" in settings.DATABASES["default"]["ENGINE"], reason="the old files are SQLite"),
]
LOOK = """
import json, os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "casemgr.settings"
django.setup()
from datetime import date
from django.conf import settings
from django.test import Client
from casemgr.audit.sealing import seal_all
from casemgr.audit.verification import verify
from casemgr.cases.deadlines import sync
from casemgr.cases.models import Case, Deadline
from casemgr.organisation.models import User
from casemgr.parties.models import Party
from django.utils import timezone

before = {d.pk: (d.rule, str(d.due_on), d.status) for d in Deadline.objects.all()}
for case in Case.objects.all():
    sync(case.typed(), date.fromisoformat(sys.argv[1]))
after = {d.pk: (d.rule, str(d.due_on), d.status) for d in Deadline.objects.all()}
client = Client()
head = User.objects.get(username="head")
client.force_login(head)
seen = Case.objects.visible_to(head, date.fromisoformat(sys.argv[1])).order_by("pk")
pages = [client.get(f"/cases/{case.pk}/").status_code for case in seen[::3]]
pages += [client.get(path).status_code for path in ("/work/", "/cases/", "/parties/", "/notices/", "/referrals/")]
numbers = [party.open_number() for party in Party.objects.exclude(masked_number="")]
seal_all(timezone.now())
findings = [f.what for f in verify().findings if f.what != "file-damaged"]  # the fixture has no files
seen = {"moved": before != after, "pages": sorted(set(pages)), "numbers": all(numbers), "findings": findings}
print(json.dumps(seen))
"""


def counts(path: Path) -> dict[str, int]:
    with sqlite3.connect(path) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
            for table in tables
            if table not in LEFT_OUT
        }


def test_every_kept_database_is_brought_up() -> None:
    assert {path.name.split(".")[0] for path in FOLDER.glob("*.xz")} == set(MADE_ON)


@pytest.mark.parametrize("commit", [OLDEST, *(pytest.param(one, marks=pytest.mark.long) for one in LATER)])
def test_an_older_filled_database_is_brought_up(commit: str, tmp_path: Path) -> None:
    database = tmp_path / "casemgr.sqlite3"
    database.write_bytes(lzma.decompress((FOLDER / f"{commit}.sqlite3.xz").read_bytes()))
    before = counts(database)
    environment = {
        **os.environ,
        "CASEMGR_VAR": str(tmp_path),
        "FONT_DIR": str(settings.FONT_DIR),
        "DATABASE_URL": f"sqlite:///{database}",
        "FIELD_KEYS": "k1:" + "ab" * 32,
    }

    def run(*command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command],
            env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False, timeout=900,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("manage.py", "migrate", "-v0")
    after = counts(database)
    assert {table: after.get(table) for table in before} == before
    run("manage.py", "load_reference")
    with sqlite3.connect(database) as filled:
        assert all(filled.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in DERIVED)
    found = json.loads(run("-c", LOOK, MADE_ON[commit]).splitlines()[-1])
    assert found == {"moved": False, "pages": [200], "numbers": True, "findings": []}
