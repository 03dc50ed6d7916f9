"""Backup and restore: equal counts and digests, nothing half done; a damaged backup is refused before it is read."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from casemgr.audit.sealing import seal_all
from casemgr.audit.verification import verify
from casemgr.cases.models import Case, Event
from casemgr.documents.models import Document
from casemgr.numbering.models import Counter
from casemgr.numbering.series import allocate
from casemgr.operation.backup import runs
from casemgr.operation.backup.restoring import RestoreRefused, check, restore
from casemgr.operation.backup.writing import BackupFailed, write_backup
from casemgr.operation.models import BackupRun
from casemgr.parties.models import Party
from tests.support import migrated
from tests.support.once import runs_once
from tests.support.papers import a_case, an_office

pytestmark = pytest.mark.django_db
NUMBER = "15062119900307002X"


@pytest.fixture
def filled() -> Case:
    """A case with an issued paper, sealed."""
    office = an_office()
    case = a_case(office)
    office.paper(case, "receipt", date(2026, 9, 3), {"materials": "行政复议申请书，2份"})
    seal_all(timezone.now())
    return case


@pytest.fixture
def backup(filled: Case, tmp_path: Path) -> Path:
    write_backup(tmp_path / "backup", timezone.now())
    return tmp_path / "backup"


def test_a_restored_system_is_the_backed_up_one(backup: Path, filled: Case, tmp_path: Path) -> None:
    paper = Document.objects.exclude(file="").get()
    content = paper.content()
    events = list(Event.objects.order_by("pk").values())
    Event.objects.all()._raw_delete("default")
    Path(project.MEDIA_ROOT, paper.file).unlink()
    proof = restore(backup, replace=True)
    assert proof["digest"] == json.loads((backup / "manifest.json").read_text())["digest"]
    assert list(Event.objects.order_by("pk").values()) == events
    assert Document.objects.get(pk=paper.pk).content() == content
    assert verify().is_sound
    second = write_backup(tmp_path / "again", timezone.now())
    first = json.loads((backup / "manifest.json").read_text())
    assert {name: held["sha256"] for name, held in second["tables"].items()} == {
        name: held["sha256"] for name, held in first["tables"].items()
    }


def test_numbers_go_on_behind_the_restored_ones(backup: Path, filled: Case) -> None:
    from django.db import transaction

    series = Counter.objects.get(series="reconsideration.receipt")
    restore(backup, replace=True)
    with transaction.atomic():
        number = allocate(series.series, date(series.year, 12, 1))
    assert number.number == series.last + 1
    assert Party.objects.create(kind="organisation", name="新单位").pk > 0


def test_it_holds_no_keys_no_sessions_and_no_number_in_clear(backup: Path) -> None:
    tables = b"".join(gzip.decompress(path.read_bytes()) for path in (backup / "tables").iterdir())
    whole = tables + (backup / "manifest.json").read_bytes()
    for secret in (project.SECRET_KEY, project.FIELD_KEYS.split(":")[1], NUMBER):
        assert secret.encode() not in whole
    assert not (backup / "tables" / "django_session.jsonl.gz").exists()


def damage_table(backup: Path) -> None:
    path = next((backup / "tables").glob("cases_event.*"))
    lines = gzip.decompress(path.read_bytes()).replace(b"received", b"receivex", 1)
    path.write_bytes(gzip.compress(lines))


def cut_table(backup: Path) -> None:
    path = next((backup / "tables").glob("cases_event.*"))
    path.write_bytes(path.read_bytes()[:-20])


def damage_file(backup: Path) -> None:
    path = next(path for path in (backup / "files").rglob("*.pdf"))
    path.write_bytes(path.read_bytes() + b"x")


def remove_file(backup: Path) -> None:
    next(path for path in (backup / "files").rglob("*.pdf")).unlink()


def change_manifest(backup: Path) -> None:
    path = backup / "manifest.json"
    path.write_text(path.read_text().replace('"format": 1', '"format": 1, "x": 2'))


def no_manifest(backup: Path) -> None:
    (backup / "manifest.json").unlink()


DAMAGES = (damage_table, cut_table, damage_file, remove_file, change_manifest, no_manifest)


def test_a_damaged_backup_is_refused_and_nothing_is_touched(backup: Path, filled: Case, tmp_path: Path) -> None:
    before = Event.objects.count()
    for damage in DAMAGES:
        damaged = Path(shutil.copytree(backup, tmp_path / damage.__name__))
        damage(damaged)
        with pytest.raises(RestoreRefused):
            restore(damaged, replace=True)
        assert Event.objects.count() == before, damage.__name__


def test_without_its_keys_it_is_refused_by_their_names(backup: Path, settings) -> None:
    kept = settings.FIELD_KEYS.split(":")[0]
    settings.FIELD_KEYS = "other:" + "ab" * 32
    with pytest.raises(RestoreRefused, match=kept):
        restore(backup, replace=True)


def test_a_system_in_use_is_not_overwritten_by_mistake(backup: Path) -> None:
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", str(backup))
    assert check(backup)


def test_a_folder_that_cannot_take_it_leaves_no_half_backup(filled: Case, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("x")
    (tmp_path / "plain").write_text("x")
    for folder in (tmp_path / "full", tmp_path / "plain", tmp_path / "plain" / "below"):
        with pytest.raises(BackupFailed):
            runs.run(folder, timezone.now())
    assert BackupRun.objects.filter(is_good=False).exclude(error="").count() == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["full", "plain"]


def test_the_nightly_one_keeps_the_newest_and_says_when_none_is_good(filled: Case, tmp_path: Path, settings) -> None:
    settings.BACKUP_DIR, settings.BACKUP_KEEP = str(tmp_path / "nightly"), 2
    now = timezone.now()
    assert runs.is_overdue(now)
    for hours in range(3):
        runs.scheduled(now + timezone.timedelta(hours=hours))
    assert len(list((tmp_path / "nightly").iterdir())) == 2
    assert not runs.is_overdue(now)
    assert runs.is_overdue(now + timezone.timedelta(days=2))


@runs_once
@pytest.mark.processes
def test_into_an_empty_system_by_the_commands(backup: Path, tmp_path: Path) -> None:
    migrated.copy_to(tmp_path / "new.sqlite3")
    environment = {
        **os.environ,
        "CASEMGR_VAR": str(tmp_path / "new"),
        "FONT_DIR": str(project.FONT_DIR),
        "FIELD_KEYS": project.FIELD_KEYS,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'new.sqlite3'}",
    }

    def manage(*arguments: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, env=environment, cwd=project.BASE_DIR, capture_output=True, text=True, check=False, timeout=120
        )

    done = manage("restore", str(backup), "--json")
    assert done.returncode == 0, done.stderr
    manifest = json.loads((backup / "manifest.json").read_text())
    assert json.loads(done.stdout)["rows"] == sum(held["rows"] for held in manifest["tables"].values())
    assert manage("verify_audit").returncode == 0
    again = manage("backup", str(tmp_path / "second"), "--json")
    assert again.returncode == 0, again.stderr
    second = json.loads((tmp_path / "second" / "manifest.json").read_text())
    assert {n: t["sha256"] for n, t in second["tables"].items() if n != "operation_backuprun"} == {
        n: t["sha256"] for n, t in manifest["tables"].items() if n != "operation_backuprun"
    }
