"""Materials as evidence: what was recorded about each file, and the bytes on disk."""

from __future__ import annotations

from collections.abc import Iterator

from casemgr.audit import evidence
from casemgr.audit.evidence import Finding
from casemgr.documents.evidence import damaged
from casemgr.documents.uploads import holding
from casemgr.documents.uploads.keeping import FOLDER
from casemgr.documents.uploads.models import Material

DESCRIPTION = ("kind", "title", "received_on", "received_from_id", "is_secret", "withdrawn_on", "withdrawn_reason")


def damaged_files() -> Iterator[Finding]:
    """Files and originals that are gone or have other bytes than those whose digest is kept."""
    for model in holding.kept():
        for name, digest in (("file", "sha256"), ("original_file", "original_sha256")):
            yield from damaged(model, name, digest)


def register() -> None:
    """Called from UploadsConfig.ready()."""
    holding.hold(Material, FOLDER, *DESCRIPTION)
    evidence.register_check("materials", damaged_files)
