"""Files of papers and proofs: random names under MEDIA_ROOT, digests, and no trace of a roll-back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import uuid4

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from casemgr.actions.perform import on_rollback

# First bytes of the files a proof may be.
MAGIC = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

PIECE = 1 << 20


class FileDamaged(Exception):
    """The stored bytes are gone or are not those that were issued."""


@dataclass(frozen=True)
class StoredFile:
    """Where bytes were put, and how to know them again."""

    name: str
    sha256: str
    size: int


def store(content: bytes, folder: str, extension: str) -> StoredFile:
    """Write bytes under a name nobody can guess. Inside `perform`; a roll-back removes the file again."""
    name = default_storage.save(f"{folder}/{uuid4().hex}.{extension}", ContentFile(content))
    on_rollback(lambda: default_storage.delete(name))
    return StoredFile(name, hashlib.sha256(content).hexdigest(), len(content))


def store_file(file: File, folder: str, extension: str, sha256: str) -> StoredFile:
    """Like `store`, for a file of any size whose digest is known; a large one is moved, not copied."""
    size = file.size
    name = default_storage.save(f"{folder}/{uuid4().hex}.{extension}", file)
    on_rollback(lambda: default_storage.delete(name))
    return StoredFile(name, sha256, size)


def read(name: str, sha256: str) -> bytes:
    """The stored bytes. :raises FileDamaged: they are not the ones with this digest."""
    try:
        with default_storage.open(name) as file:
            content = file.read()
    except OSError as error:
        raise FileDamaged(name) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileDamaged(name)
    return content


def check(name: str, sha256: str) -> None:
    """Read a stored file of any size through. :raises FileDamaged: its bytes are not the ones with this digest."""
    digest = hashlib.sha256()
    try:
        with default_storage.open(name) as file:
            while piece := file.read(PIECE):
                digest.update(piece)
    except OSError as error:
        raise FileDamaged(name) from error
    if digest.hexdigest() != sha256:
        raise FileDamaged(name)


def extension_of(head: bytes) -> str | None:
    """pdf, jpg or png by the first bytes, whatever the name says; None for anything else."""
    return next((extension for magic, extension in MAGIC.items() if head.startswith(magic)), None)
