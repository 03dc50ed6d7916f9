"""What is kept of a sheet that was sent in: its cells, encrypted, for as long as somebody works with them."""

from __future__ import annotations

import zlib
from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.jobs.models import Job
from casemgr.jobs.runner import report_progress, schedule_daily, work
from casemgr.ledgers.models import KeptCells, LedgerImport, RowQuestion
from casemgr.organisation.field_keys import CannotOpen, decrypt, encrypt, new_data_key, register_wrapped, unwrap, wrap
from casemgr.pages.sheets.reading import Book, FileRefused, book_of

KEPT = timedelta(days=14)
"""Counted from the last step on the import."""
PURGE, PURGE_AT = "ledger_cells", time(3, 40)
LARGEST = 1024 * 1024 * 1024


GONE = gettext_lazy("The cells of this file are not kept any more. Send it in again.")


def connect() -> None:
    """Called from `AppConfig.ready()`: a rotation of the field keys reaches the cells, the night clears them."""
    register_wrapped(KeptCells, "wrapped_key")
    schedule_daily(PURGE, PURGE_AT)


def _label(of_import: LedgerImport) -> bytes:
    """Binds the bytes to their place."""
    return f"ledger|{of_import.pk}".encode()


def keep(of_import: LedgerImport, book: Book) -> None:
    data_key = new_data_key()
    wrapped, _key_id = wrap(data_key)
    body = encrypt(data_key, _label(of_import), zlib.compress(book.as_bytes(), 1))
    KeptCells.objects.create(of_import=of_import, wrapped_key=wrapped, body=body)


def opened(of_import: LedgerImport) -> Book:
    """The sheets again. :raises FileRefused: they are gone, or cannot be opened any more."""
    kept = KeptCells.objects.filter(of_import=of_import).first()
    if kept is None:
        raise FileRefused(str(GONE))
    try:
        packed = decrypt(unwrap(kept.wrapped_key), _label(of_import), kept.body)
    except CannotOpen:
        raise FileRefused(_("The cells of this file cannot be opened any more. Send it in again.")) from None
    unpacking = zlib.decompressobj()
    return book_of(unpacking.decompress(packed, LARGEST))


def are_kept(of_import: LedgerImport) -> bool:
    return KeptCells.objects.filter(of_import=of_import).exists()


def forget(of_import: LedgerImport) -> None:
    """Delete the cells, and what was asked about the people in them."""
    KeptCells.objects.filter(of_import=of_import).delete()
    RowQuestion.objects.filter(of_import=of_import).delete()


def purge(at: datetime) -> int:
    """Forget what nobody went on with for a fortnight; returns of how many imports."""
    old = LedgerImport.objects.filter(cells__isnull=False, changed_at__lt=at - KEPT).exclude(
        job__status__in=(Job.State.QUEUED, Job.State.RUNNING)
    )
    found = list(old)
    for of_import in found:
        forget(of_import)
    return len(found)


@work(PURGE, gettext_lazy("Clear the cells of old imports"))
def _purge(job: Job) -> dict[str, int]:
    report_progress(job, 0, 1)
    return {"cleared": purge(timezone.now())}
