"""Volumes as evidence: what their records say, and the bytes of volumes and of copies handed out."""

from __future__ import annotations

from collections.abc import Iterator

from casemgr.audit import evidence
from casemgr.audit.evidence import Finding
from casemgr.documents.evidence import damaged
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
        yield from damaged(model, "file", "sha256", **condition)


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
