"""Volumes as evidence: what their records say, and the bytes of volumes and of copies handed out."""

from __future__ import annotations

from collections.abc import Iterator

from casemgr.audit import evidence
from casemgr.audit.evidence import Finding
from casemgr.documents.files import FileDamaged
from casemgr.documents.volumes import storage
from casemgr.documents.volumes.models import Appraisal, Inspection, Loan, Volume, VolumeItem
from casemgr.documents.volumes.models.volume import CONTENT

ITEM = (
    "volume_id", "sequence", "key", "slot", "title", "number_text", "author", "dated_on", "first_page", "last_page",
    "carrier", "note", "sha256", "size", "media_type",
)  # fmt: skip


def damaged_volumes() -> Iterator[Finding]:
    """Volumes, what was rendered for them, and copies for inspection that are gone or have other bytes."""
    for model, condition in (
        (Volume, {"destroyed_on__isnull": True}),
        (VolumeItem, {"file__startswith": f"{storage.ITEMS}/"}),
        (Inspection, {}),
    ):
        rows = model._base_manager.filter(**condition).exclude(file="").order_by("pk")
        for key, name, sha256 in rows.values_list("pk", "file", "sha256").iterator():
            try:
                with storage.opened(name, sha256):
                    pass
            except FileDamaged:
                yield Finding("file-damaged", model._meta.label_lower, key, detail=name)


def register() -> None:
    """Called from VolumesConfig.ready()."""
    evidence.mirror(Volume, *CONTENT, "file", "size", "term", "keep_until", "destroyed_on")
    evidence.mirror(VolumeItem, *ITEM)
    evidence.mirror(Loan, "volume_id", "borrower", "lent_on", "due_on", "returned_on")
    evidence.mirror(Inspection, "case_id", "reader_id", "items", "withheld", "sha256", "size", "pages", "on")
    evidence.mirror(
        Appraisal, "volume_id", "verdict", "status", "proposed_by_id", "first_by_id", "second_by_id", "done_on"
    )
    evidence.register_check("volumes", damaged_volumes)
