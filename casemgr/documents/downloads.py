"""The files of a paper as they go out: stored bytes of an issued one, a marked draft of any other."""

from __future__ import annotations

from dataclasses import dataclass

from casemgr.documents.definition import Format, preview
from casemgr.documents.models import Document
from casemgr.documents.states import DocumentState


class NoSuchFile(Exception):
    """A discarded draft has no file, a paper issued before Word files were kept has only its PDF."""


@dataclass(frozen=True)
class PaperFile:
    """Bytes with the name under which people keep them."""

    content: bytes
    name: str
    file_format: Format


def paper_file(document: Document, file_format: Format = "pdf") -> PaperFile:
    """An issued paper as it was issued, whatever the fonts and the program are today; of any other paper a draft.

    :raises NoSuchFile: :raises FileDamaged: the stored bytes are not the issued ones any more
    """
    if document.state == DocumentState.VOID or (document.is_sealed and not has_file(document, file_format)):
        raise NoSuchFile
    if not document.is_sealed:
        content = preview(document, file_format)
    else:
        content = document.content() if file_format == "pdf" else document.word_content()
    return PaperFile(content, f"{document.number_text or document.title}-{document.pk}.{file_format}", file_format)


def has_file(document: Document, file_format: Format) -> bool:
    """Whether an issued paper has a file of this format."""
    return bool(document.file if file_format == "pdf" else document.word_file)
