"""Scanning later what came while the malware scanner did not answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.outbox import NoticeKind, tell
from casemgr.audit.context import audited
from casemgr.documents.uploads.holding import kept
from casemgr.documents.uploads.models import KeptFile
from casemgr.documents.uploads.scanning import PIECE, Clamd, ScannerUnreachable, scanner
from casemgr.jobs.models import Job
from casemgr.jobs.runner import chunk, schedule_every, work

EVERY_MINUTES = 30
AT_ONCE = 500


def _text(data: Mapping[str, Any]) -> str:
    return _("The malware scanner found something in a file you added. It is locked; tell your administrator.")


INFECTED = NoticeKind("material_infected", gettext_lazy("Malware found in a material"), _text, is_urgent=True)


@work("scan_materials", gettext_lazy("Malware scan of files that came while the scanner was away"))
def scan_waiting(job: Job) -> dict:
    """Safe to repeat: a file is waiting until a verdict is written."""
    clamd, scanned, infected = scanner(), 0, 0
    if clamd is None:
        return {"scanned": 0, "infected": 0}
    for model in kept():
        waiting = model._default_manager.filter(scan=KeptFile.Scan.WAITING).order_by("id").values_list("pk", flat=True)
        for key in list(waiting[:AT_ONCE]):
            try:
                threat = _threat_in(model._default_manager.get(pk=key), clamd)
            except ScannerUnreachable:
                return {"scanned": scanned, "infected": infected}
            with chunk(job), audited(action="material.scan"):
                _note(model._default_manager.select_for_update(of=("self",)).get(pk=key), threat)
            scanned, infected = scanned + 1, infected + bool(threat)
    return {"scanned": scanned, "infected": infected}


def _threat_in(kept_file: KeptFile, clamd: Clamd) -> str:
    names = [name for name in (kept_file.file, kept_file.original_file) if name]
    return next(filter(None, (clamd.threat_in(_pieces(name)) for name in names)), "")


def _pieces(name: str) -> Iterator[bytes]:
    with default_storage.open(name) as file:
        while piece := file.read(PIECE):
            yield piece


def _note(kept_file: KeptFile, threat: str) -> None:
    if kept_file.scan != KeptFile.Scan.WAITING:
        return
    kept_file.scan = KeptFile.Scan.INFECTED if threat else KeptFile.Scan.CLEAN
    kept_file.scanned_at = timezone.now()
    kept_file.save()
    if threat:
        tell(INFECTED.code, [kept_file.added_by_id], subject=kept_file.about)


schedule_every("scan_materials", EVERY_MINUTES)
