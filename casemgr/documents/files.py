"""Files of papers and proofs: random names under MEDIA_ROOT, digests, and no trace of a roll-back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO
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


def digest_of(file: BinaryIO) -> tuple[str, int]:
    """SHA-256 and size of what is left of the file."""
    digest, size = hashlib.sha256(), 0
    while piece := file.read(PIECE):
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


@contextmanager
def opened(name: str, sha256: str) -> Iterator[BinaryIO]:
    """The stored file at its beginning. :raises FileDamaged: it is gone or has other bytes than those kept."""
    try:
        file = default_storage.open(name)
    except OSError as error:
        raise FileDamaged(name) from error
    with file:
        if digest_of(file)[0] != sha256:
            raise FileDamaged(name)
        file.seek(0)
        yield file


def check(name: str, sha256: str) -> None:
    """Read a stored file of any size through. :raises FileDamaged: its bytes are not the ones with this digest."""
    with opened(name, sha256):
        pass


def extension_of(head: bytes) -> str | None:
    """pdf, jpg or png by the first bytes, whatever the name says; None for anything else."""
    return next((extension for magic, extension in MAGIC.items() if head.startswith(magic)), None)
