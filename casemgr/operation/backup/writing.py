"""Writing a backup: every table in one snapshot, every file, and a manifest that proves both."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from casemgr.operation.backup.tables import backed_up, columns_of, lines_of
from casemgr.parties.rotation import key_ids_in_use

FORMAT = 1
MANIFEST = "manifest.json"


class BackupFailed(RuntimeError):
    """The folder cannot take the backup; nothing of it counts."""


def write_backup(folder: Path, now: datetime) -> dict[str, Any]:
    """Back up everything into a new folder and return the manifest. Half a backup never bears the folder's name.

    :raises BackupFailed: the folder is not empty or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupFailed(f"{folder} exists and is not an empty folder")
    draft = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        shutil.rmtree(draft, ignore_errors=True)
        (draft / "tables").mkdir(parents=True)
        draft.chmod(0o700)
        with _snapshot():
            tables = {model._meta.db_table: _write_table(draft, model) for model in backed_up()}
            head = _head()
        manifest = {
            "format": FORMAT,
            "made_at": now.isoformat(),
            "database": connection.vendor,
            **head,
            "tables": tables,
            "files": dict(_copy_files(draft / "files")),
        }
        manifest["digest"] = digest_of(manifest)
        (draft / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
        if folder.exists():
            folder.rmdir()
        draft.rename(folder)
    except OSError as error:
        shutil.rmtree(draft, ignore_errors=True)
        raise BackupFailed(f"{error.strerror}: {error.filename}") from error
    return manifest


def digest_of(manifest: dict[str, Any]) -> str:
    """SHA-256 over the manifest without its digest."""
    content = {name: value for name, value in manifest.items() if name != "digest"}
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@contextmanager
def _snapshot() -> Iterator[None]:
    """One view of all tables, while people go on working."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _head() -> dict[str, Any]:
    applied = sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())
    return {"migrations": applied, "field_key_ids": key_ids_in_use()}


def _write_table(draft: Path, model) -> dict[str, Any]:
    """The rows of one table, compressed; count and digest are of the lines themselves."""
    table, digest, rows = model._meta.db_table, hashlib.sha256(), 0
    with gzip.GzipFile(draft / "tables" / f"{table}.jsonl.gz", "wb", compresslevel=5, mtime=0) as file:
        for line in lines_of(model):
            digest.update(line + b"\n")
            file.write(line + b"\n")
            rows += 1
    return {"rows": rows, "sha256": digest.hexdigest(), "columns": [list(pair) for pair in columns_of(model)]}


def roots() -> dict[str, Path]:
    """Folders whose files belong to the system."""
    return {"media": Path(settings.MEDIA_ROOT), "seals": Path(settings.SEAL_HEADS_FILE).parent}


def _copy_files(target: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, root in roots().items():
        for path in sorted(root.rglob("*")) if root.is_dir() else []:
            if path.is_file():
                place = f"{name}/{path.relative_to(root).as_posix()}"
                (target / place).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target / place)
                yield place, {"size": path.stat().st_size, "sha256": sha256_of(target / place)}


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
