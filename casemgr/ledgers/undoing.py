"""Undoing an import: what its rows made is taken back, row by row, as long as nobody has touched it since.

Nothing is deleted that is evidence: a case becomes void with the import's undoing as its reason. The number is free for
another import, and no ledger, figure or table counts the void case.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casemgr.actions.errors import ActionError
from casemgr.actions.perform import perform
from casemgr.jobs.models import Job
from casemgr.jobs.runner import chunk
from casemgr.ledgers.definition import ledgers
from casemgr.ledgers.models import ImportedRow, LedgerImport
from casemgr.pages.masking import without_numbers

Outcome = ImportedRow.Outcome
AT_ONCE = 25
"""Rows to a transaction; each is a step of its own."""


def waiting_rows(of_import: LedgerImport) -> Any:
    """What the import made and nobody has taken back yet, the last first: a later row may rest on an earlier one."""
    made = of_import.imported_rows.filter(outcome__in=(Outcome.CREATED, Outcome.ADDED), is_taken_back=False)
    return made.order_by("-number")


def undo_rows(job: Job, of_import: LedgerImport, actor: Any, today: date) -> dict[str, Any]:
    """Take back what can be taken back; of the rest each row says why it stays."""
    action = ledgers()[of_import.kind].take_back
    done, total = job.checkpoint.get("done", 0), job.checkpoint.get("total") or waiting_rows(of_import).count()
    below = job.checkpoint.get("below")
    while rows := list(waiting_rows(of_import).filter(**({"number__lt": below} if below else {}))[:AT_ONCE]):
        done, below = done + len(rows), rows[-1].number
        with chunk(job, checkpoint={"done": done, "total": total, "below": below}, done=done, total=total):
            for row in rows:
                _take_back(row, action, job.arguments.get("reason", ""), actor, today)
    with chunk(job, done=total, total=total):
        taken = of_import.imported_rows.filter(is_taken_back=True).count()
        of_import.taken_back = taken
        stays = waiting_rows(of_import).count()
        of_import.status = LedgerImport.Status.LOADED if stays and not taken else LedgerImport.Status.UNDONE
        of_import.undone_at = timezone.now()
        of_import.version += 1
        of_import.save()
    return {"taken_back": taken, "stays": stays}


def _take_back(row: ImportedRow, action: str, reason: str, actor: Any, today: date) -> None:
    model = apps.get_model(row.made_type)
    made = model._default_manager.filter(pk=row.made_id).first()
    same = row.of_import.imported_rows.filter(made_type=row.made_type, made_id=row.made_id)
    if same.filter(is_taken_back=True).exists():
        row.is_taken_back = True
    elif made is not None:
        try:
            with transaction.atomic():
                perform(action, made, {"of_import": row.of_import_id, "reason": reason}, actor, today)
            row.is_taken_back = True
        except ActionError as error:
            row.stays_because = without_numbers(str(error.message))[:300]
    else:
        row.stays_because = _("It is not in the register any more.")
    row.save(update_fields=["is_taken_back", "stays_because"])


def version_left(of_import_id: int, made: Any) -> int | None:
    """The version in which the import left what it made; None when it did not make it, or only added to it."""
    label = made._meta.concrete_model._meta.label_lower
    rows = list(ImportedRow.objects.filter(of_import_id=of_import_id, made_type=label, made_id=made.pk))
    if not any(row.outcome == Outcome.CREATED for row in rows):
        return None
    return max(row.made_version or 0 for row in rows)


__all__ = ["undo_rows", "version_left", "waiting_rows"]
