"""Restoring a backup: checked before anything is written, all or nothing, and proven equal afterwards."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from casemgr.cases.models import Case
from casemgr.operation.backup.tables import backed_up, empty, insert, lines_of
from casemgr.operation.backup.writing import FORMAT, MANIFEST, digest_of, roots, sha256_of
from casemgr.organisation.models import User
from casemgr.parties import erased
from casemgr.parties.crypto import field_keys

BATCH = 1000


class RestoreRefused(RuntimeError):
    """Nothing was written; the message says why and what to do."""


def read_manifest(folder: Path) -> dict[str, Any]:
    """The checked manifest. :raises RestoreRefused: it is missing, damaged or of another format."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RestoreRefused(f"{folder} holds no readable backup: {error}") from error
    if manifest.get("format") != FORMAT:
        raise RestoreRefused(f"the backup has format {manifest.get('format')}, this version reads {FORMAT}")
    if manifest.get("digest") != digest_of(manifest):
        raise RestoreRefused("the manifest was changed after the backup")
    return manifest


def check(folder: Path) -> dict[str, Any]:
    """Every part against its digest. :raises RestoreRefused: naming the first damaged or missing part."""
    manifest = read_manifest(folder)
    for table, held in manifest["tables"].items():
        digest, rows = hashlib.sha256(), 0
        try:
            for line in _raw_lines(folder, table):
                digest.update(line)
                rows += 1
        except (OSError, EOFError) as error:
            raise RestoreRefused(f"table {table} is damaged or missing: {error}") from error
        if (digest.hexdigest(), rows) != (held["sha256"], held["rows"]):
            raise RestoreRefused(f"table {table} is not as it was backed up")
    for place, held in manifest["files"].items():
        path = folder / "files" / place
        if not path.is_file() or sha256_of(path) != held["sha256"]:
            raise RestoreRefused(f"file {place} is damaged or missing")
    return manifest


def restore(folder: Path, *, replace: bool = False) -> dict[str, Any]:
    """Load a checked backup into an empty system and prove it; returns counts and digests.

    The database comes to the backup's migrations first and to this version's afterwards.

    :param replace: give up what the system holds now.
    :raises RestoreRefused: damaged, newer than this version, keys missing, or the system is not empty.
    """
    manifest = check(folder)
    _refuse_newer(manifest)
    _refuse_without_keys(manifest)
    if not replace and not _is_empty():
        raise RestoreRefused("the system is not empty; --replace gives up what it holds")
    _migrate_to([tuple(pair) for pair in manifest["migrations"]])
    with transaction.atomic():
        _load(folder, manifest)
        proof = _proof(manifest)
        _copy_files(folder, manifest)
    _migrate_to_head()
    return proof


def _is_empty() -> bool:
    """No account and no case; a database without tables is empty too."""
    present = set(connection.introspection.table_names())
    return not any(model._meta.db_table in present and model._base_manager.exists() for model in (User, Case))


def _refuse_newer(manifest: dict[str, Any]) -> None:
    known = set(MigrationExecutor(connection).loader.graph.nodes)
    unknown = [pair for pair in map(tuple, manifest["migrations"]) if pair not in known]
    own = [f"{app}.{name}" for app, name in unknown if app in {config.label for config in apps.get_app_configs()}]
    if own:
        raise RestoreRefused(f"the backup is of a newer version: this one does not know {', '.join(own[:3])}")


def _refuse_without_keys(manifest: dict[str, Any]) -> None:
    missing = set(manifest["field_key_ids"]) - {key.key_id for key in field_keys()}
    if missing:
        raise RestoreRefused(
            f"FIELD_KEYS lacks the keys {', '.join(sorted(missing))}: personal numbers could not be read"
        )


def _copy_files(folder: Path, manifest: dict[str, Any]) -> None:
    places = roots()
    for place in manifest["files"]:
        name, _slash, rest = place.partition("/")
        target = places[name] / rest
        target.parent.mkdir(parents=True, exist_ok=True)
        erasures = erased.read() if target == erased.path() else []
        shutil.copyfile(folder / "files" / place, target)
        if erasures:
            erased.append(erasures)
        target.chmod(0o600)


def _migrate_to(applied: list[tuple[str, str]]) -> None:
    """Bring an empty schema to the state the backup was made in."""
    executor = MigrationExecutor(connection)
    graph, wanted = executor.loader.graph, set(applied)
    missing = wanted - set(executor.loader.applied_migrations)
    leaves = [node for node in graph.nodes if node in missing and not _followers(graph, node) & wanted]
    if leaves:
        executor.migrate(leaves)


def _followers(graph, node: tuple[str, str]) -> set[tuple[str, str]]:
    return {child.key for child in graph.node_map[node].children if child.key[0] == node[0]}


def _migrate_to_head() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def _load(folder: Path, manifest: dict[str, Any]) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
    for table in manifest["tables"]:
        empty(table)
    for table, held in manifest["tables"].items():
        columns = [(name, kind) for name, kind in held["columns"]]
        batch: list[list[Any]] = []
        for line in _raw_lines(folder, table):
            batch.append(json.loads(line))
            if len(batch) == BATCH:
                insert(table, columns, batch)
                batch = []
        if batch:
            insert(table, columns, batch)
    with connection.cursor() as cursor:
        restored = [model for model in backed_up() if model._meta.db_table in manifest["tables"]]
        for statement in connection.ops.sequence_reset_sql(no_style(), restored):
            cursor.execute(statement)


def _proof(manifest: dict[str, Any]) -> dict[str, Any]:
    """Read everything back. :raises RestoreRefused: a table differs from the backup; the transaction is undone."""
    rows = 0
    for model in backed_up():
        held = manifest["tables"].get(model._meta.db_table)
        if held is None or [name for name, _kind in held["columns"]] != [f.column for f in model._meta.concrete_fields]:
            continue  # a table this version added or changed; its rows are those that were just written
        digest, count = hashlib.sha256(), 0
        for line in lines_of(model):
            digest.update(line + b"\n")
            count += 1
        if (digest.hexdigest(), count) != (held["sha256"], held["rows"]):
            raise RestoreRefused(f"after the restore table {model._meta.db_table} differs from the backup")
        rows += count
    return {"rows": rows, "files": len(manifest["files"]), "digest": manifest["digest"], "made_at": manifest["made_at"]}


def _raw_lines(folder: Path, table: str) -> Iterator[bytes]:
    with gzip.open(folder / "tables" / f"{table}.jsonl.gz", "rb") as file:
        yield from file
