"""Commands on a database without tables, or without a database: one line that says what to do, and no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

COMMANDS = {
    "verify_audit": ("verify_audit", "--json"),
    "sweep": ("sweep",),
    "report": ("report", "on-time", "--year", "2026"),
    "export": ("export_ledger", "mediation", "--year", "2026", "-o", "out.xlsx"),
    "import": ("import_ledger", "mediation", "in.csv"),
    "demo": ("demo",),
    "worker": ("worker", "--once"),
    "backup": ("backup", "kept"),
}


def run(folder: Path, *arguments: str, url: str = "") -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"CASEMGR_VAR": str(folder / "var"), "DATABASE_URL": url}
    (folder / "in.csv").write_text("案件编号,登记日期,申请人\n1,2026-01-05,王宝音\n", encoding="utf-8")
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.mark.parametrize("name", ["verify_audit", *(pytest.param(one, marks=pytest.mark.long) for one in COMMANDS)])
def test_without_tables_a_command_says_how_to_make_them(tmp_path: Path, name: str) -> None:
    done = run(tmp_path, *COMMANDS[name])
    assert done.returncode == 1
    assert (done.stdout, done.stderr.count("\n")) == ("", 1), done.stderr[-2000:]
    assert "manage.py migrate" in done.stderr


def test_without_a_database_it_says_so(tmp_path: Path) -> None:
    done = run(tmp_path, "sweep", url="postgresql://nobody@127.0.0.1:1/none")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and "DATABASE_URL" in done.stderr, done.stderr[-2000:]
