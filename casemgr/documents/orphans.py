"""Files that no row names: what a process killed between writing and committing left behind.

A paper's bytes are written before its row commits, so that a committed row always has its file. The other way round, a
kill leaves a file nobody can reach; this job removes such files once they are older than any transaction can be.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casemgr.jobs.models import Job
from casemgr.jobs.runner import schedule_daily, work

AGE = timedelta(hours=1)
AT = time(3, 30)
BATCH = 500
OWNERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "documents": ("documents.Document", ("file", "word_file", "text_file")),
    "proofs": ("documents.Service", ("proof_file",)),
    "publications": ("documents.Publication", ("proof_file",)),
}
"""By the first folder under MEDIA_ROOT: whose columns name its files. Other folders are left alone."""


def own(folder: str, label: str, *columns: str) -> None:
    """Declare whose columns name the files of a folder; called from `AppConfig.ready()`."""
    OWNERS[folder] = (label, columns)


def remove_orphans(now: datetime, *, age: timedelta = AGE) -> list[str]:
    """Delete the files older than `age` that no row names; returns their names."""
    removed = []
    for folder, (label, columns) in OWNERS.items():
        model = apps.get_model(label)
        for batch in _batches(Path(settings.MEDIA_ROOT) / folder, (now - age).timestamp()):
            known = {
                name
                for column in columns
                for name in model._base_manager.filter(**{f"{column}__in": batch}).values_list(column, flat=True)
            }
            for name in sorted(set(batch) - known):
                (Path(settings.MEDIA_ROOT) / name).unlink(missing_ok=True)
                removed.append(name)
    return removed


def _batches(folder: Path, before: float) -> Iterator[list[str]]:
    root, batch = Path(settings.MEDIA_ROOT), []
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and path.stat().st_mtime < before:
            batch.append(path.relative_to(root).as_posix())
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


@work("orphans", _("Removal of files that belong to nothing"))
def run_orphans(job: Job) -> dict:
    """Safe to repeat."""
    return {"removed": len(remove_orphans(timezone.now()))}


schedule_daily("orphans", AT)
