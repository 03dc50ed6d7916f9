"""Backups by hand and on schedule, and which was the last good one."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from casemgr.operation.backup.restoring import RestoreRefused, check
from casemgr.operation.backup.writing import BackupFailed, write_backup
from casemgr.operation.models import BackupRun

OLD = timedelta(hours=26)
"""A last good backup older than this is a warning."""


def run(folder: Path, now: datetime) -> BackupRun:
    """Make one, read it back, and keep its record. :raises BackupFailed: after the failure was recorded."""
    record = BackupRun.objects.create(folder=str(folder))
    try:
        manifest = write_backup(folder, now)
    except BackupFailed as error:
        record.error = str(error)[:300]
        record.save()
        raise
    try:
        check(folder)
    except RestoreRefused as error:
        record.error = str(error)[:300]
        record.save()
        raise BackupFailed(str(error)) from error
    record.is_good, record.digest, record.verified_at = True, manifest["digest"], timezone.now()
    record.size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    record.rows = sum(table["rows"] for table in manifest["tables"].values())
    record.files = len(manifest["files"])
    record.save()
    return record


def scheduled(now: datetime) -> BackupRun | None:
    """Into a new folder under `BACKUP_DIR`, keeping the newest `BACKUP_KEEP`; None without such a folder."""
    if not settings.BACKUP_DIR:
        return None
    root = Path(settings.BACKUP_DIR)
    record = run(root / timezone.localtime(now).strftime("%Y%m%d-%H%M%S"), now)
    kept = sorted(path for path in root.iterdir() if path.is_dir() and path.name[:1].isdigit())
    for old in kept[: -settings.BACKUP_KEEP]:
        shutil.rmtree(old)
    return record


def last_good() -> BackupRun | None:
    return BackupRun.objects.filter(is_good=True).first()


def is_overdue(now: datetime) -> bool:
    """No good backup in the last day."""
    last = last_good()
    return last is None or now - last.at > OLD
