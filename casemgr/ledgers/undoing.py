"""Undoing an import: what its rows made is taken back, row by row, as long as nobody has touched it since.

Nothing is deleted that is evidence: a case becomes void with the import's undoing as its reason. The number is free for
another import, and no ledger, figure or table counts the void case.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from itertools import pairwise
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
_undoing: ContextVar[int | None] = ContextVar("ledger_undoing", default=None)


def is_being_undone(of_import_id: int) -> bool:
    """Whether this very work undoes the import: taking back is nobody else's step."""
    return _undoing.get() == of_import_id


@contextmanager
def _being_undone(of_import_id: int) -> Iterator[None]:
    token = _undoing.set(of_import_id)
    try:
        yield
    finally:
        _undoing.reset(token)


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
        going_on = {"done": done, "total": total, "below": below}
        with chunk(job, checkpoint=going_on, done=done, total=total), _being_undone(of_import.pk):
            _lock(rows)
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


def _lock(rows: Sequence[ImportedRow]) -> None:
    """All that the rows made, in the rising order in which everybody locks; they are taken back in the falling one."""
    for label in sorted({row.made_type for row in rows}):
        ids = [row.made_id for row in rows if row.made_type == label]
        made = apps.get_model(label)._base_manager.select_for_update(of=("self",))
        list(made.filter(pk__in=ids).order_by("pk").values_list("pk"))


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
    """The version in which the import left what it made; None when it did not make it, but only added to it.

    0, which is no version, when somebody changed it between two rows of the import: each row makes one version.
    """
    label = made._meta.concrete_model._meta.label_lower
    rows = ImportedRow.objects.filter(of_import_id=of_import_id, made_type=label, made_id=made.pk).order_by("number")
    found = list(rows.values_list("outcome", "made_version"))
    if not any(outcome == Outcome.CREATED for outcome, _version in found):
        return None
    versions = [version or 0 for _outcome, version in found]
    return versions[-1] if all(after - before in (0, 1) for before, after in pairwise(versions)) else 0


__all__ = ["is_being_undone", "undo_rows", "version_left", "waiting_rows"]
