"""Is the system able to work: database, tables, worker, files, fonts. Asked by load balancers and by people."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from casemgr.documents import font_files
from casemgr.jobs.runner import health


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _tables() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise RuntimeError("migrations are not applied")


def _worker() -> None:
    if not health().is_alive(timezone.now()):
        raise RuntimeError("no worker or beat has looked at the schedule for five minutes")


def _broker() -> None:
    if not settings.CELERY_BROKER_URL:
        return
    from casemgr.celery import app

    with app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, timeout=3)


def _storage() -> None:
    name = default_storage.save(f"ready/{uuid4().hex}", ContentFile(b"ready"))
    default_storage.delete(name)


def _fonts() -> None:
    if font_files.missing():
        raise RuntimeError("fonts are not prepared")


CHECKS: dict[str, Callable[[], None]] = {
    "database": _database,
    "tables": _tables,
    "worker": _worker,
    "broker": _broker,
    "storage": _storage,
    "fonts": _fonts,
}


def readiness() -> dict[str, str]:
    """ "ok" or what is wrong, by part. No addresses, no secrets: the kind of error only, or our own words."""
    found = {}
    for name, check in CHECKS.items():
        try:
            check()
        except RuntimeError as error:
            found[name] = str(error)
        except Exception as error:
            found[name] = type(error).__name__
        else:
            found[name] = "ok"
    return found
