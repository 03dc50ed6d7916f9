"""Papers as evidence: what an issued paper says, its service, and the bytes on disk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models

from casemgr.audit import evidence
from casemgr.audit.evidence import Finding
from casemgr.documents import files
from casemgr.documents.models import CONTENT, Document, Publication, Service

SERVICE = (
    "document_id", "participation_id", "method", "state", "sent_on", "served_on", "effective_on", "receiver_name",
    "relation", "witness", "is_recorded", "postal_number", "notice_ground", "paper_was_given", "note", "failure",
    "proof_file", "proof_sha256", "proof_size", "receiver_kind", "refused_because", "place", "medium", "via",
    "via_kind", "to_confirmed", "deemed", "notice_id", "paper_asked_on", "paper_given_on",
)  # fmt: skip
PUBLICATION = ("service_id", "place", "name", "published_on", "proof_file", "proof_sha256", "proof_size")

FILES = (
    (Document, "file", "sha256"),
    (Document, "word_file", "word_sha256"),
    (Document, "text_file", "text_sha256"),
    (Service, "proof_file", "proof_sha256"),
    (Publication, "proof_file", "proof_sha256"),
)
"""Models with the columns that hold a file's name and its digest."""


def damaged_files() -> Iterator[Finding]:
    """Files of papers and of proofs that are gone or have other bytes than those whose digest is kept."""
    for model, name, digest in FILES:
        yield from damaged(model, name, digest)


def damaged(model: type[models.Model], name: str, digest: str, **condition: Any) -> Iterator[Finding]:
    """Rows of the model whose file (column `name`) is gone or has other bytes than those whose digest is kept."""
    rows = model._base_manager.filter(**condition).exclude(**{name: ""}).order_by("pk")
    for key, file, sha256 in rows.values_list("pk", name, digest).iterator():
        try:
            files.check(file, sha256)
        except files.FileDamaged:
            yield Finding("file-damaged", model._meta.label_lower, key, detail=file)


def register() -> None:
    """Called from DocumentsConfig.ready()."""
    evidence.mirror(Document, *CONTENT, "state", "unserved_count")
    evidence.mirror(Service, *SERVICE)
    evidence.mirror(Publication, *PUBLICATION)
    evidence.register_check("files", damaged_files)
