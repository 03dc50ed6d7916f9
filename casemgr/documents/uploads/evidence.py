"""Materials as evidence: what was recorded about each file, and the bytes on disk."""

from __future__ import annotations

from collections.abc import Iterator

from casemgr.audit import evidence
from casemgr.audit.evidence import Finding
from casemgr.documents import files
from casemgr.documents.uploads.models import CONTENT, Material

DESCRIPTION = ("kind", "title", "received_on", "received_from_id", "is_secret", "withdrawn_on", "withdrawn_reason")


def damaged_files() -> Iterator[Finding]:
    """Files and originals that are gone or have other bytes than those whose digest is kept."""
    for name, digest in (("file", "sha256"), ("original_file", "original_sha256")):
        rows = Material._base_manager.exclude(**{name: ""}).order_by("pk").values_list("pk", name, digest)
        for key, file, sha256 in rows.iterator():
            try:
                files.check(file, sha256)
            except files.FileDamaged:
                yield Finding("file-damaged", Material._meta.label_lower, key, detail=file)


def register() -> None:
    """Called from UploadsConfig.ready()."""
    evidence.mirror(Material, *CONTENT, *DESCRIPTION)
    evidence.register_check("materials", damaged_files)
