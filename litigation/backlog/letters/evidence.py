"""Letters as evidence: what a sent one says, and its bytes on disk."""

from __future__ import annotations

from collections.abc import Iterator

from casemgr.audit.evidence import Finding
from casemgr.documents.evidence import damaged
from litigation.models import UnitLetter

LETTER = (
    *("year_id", "unit_id", "matter", "kind", "state", "number_id", "sent_on", "sha256", "word_sha256"),
    *("answered_on", "answer", "withdrawn_reason"),
)


def damaged_letters() -> Iterator[Finding]:
    """Files of sent letters that are gone or have other bytes than those whose digest is kept."""
    for name, digest in (("file", "sha256"), ("word_file", "word_sha256")):
        yield from damaged(UnitLetter, name, digest)
