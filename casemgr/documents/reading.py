"""The text of a paper as people read it on a page, by phone or through the API.

Of an issued paper it is the text of that day, kept beside PDF and Word under a digest of its own: what the program
would write today, with other wording or another layout, does not matter any more.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from casemgr.documents import files
from casemgr.documents.definition import definition_of
from casemgr.documents.models import Document
from casemgr.documents.rendering import DocumentText, parts
from casemgr.documents.rendering.outline import attachment_lines


@dataclass(frozen=True)
class Reading:
    """`printed` and the lines the layout adds below it: attachments, and who signed on which day."""

    printed: DocumentText
    attached: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()

    def as_bytes(self) -> bytes:
        """What is kept. Read for as long as the paper is: add to it, never rename or remove."""
        kept = asdict(self) | {"printed": self.printed.as_json()}
        return json.dumps(kept, ensure_ascii=False, sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Reading:
        kept = json.loads(content)
        return cls(DocumentText.from_json(kept["printed"]), tuple(kept["attached"]), tuple(kept["signed"]))


def drawn(printed: DocumentText) -> Reading:
    """As the program writes it now."""
    signed = tuple(part.text for part in parts(printed) if part.role == "signature")
    return Reading(printed, tuple(attachment_lines(printed.attachments)), signed)


def reading_of(document: Document) -> Reading:
    """As issued, or of an unfinished paper as it would be printed.

    A paper issued before its text was kept reads as the program writes it now.

    :raises FileDamaged: the kept text is gone or is not the one that was issued.
    """
    if not document.text_file:
        return drawn(definition_of(document))
    return Reading.from_bytes(files.read(document.text_file, document.text_sha256))
