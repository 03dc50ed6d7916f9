"""Files of volumes: read and written in pieces, whatever their size."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import default_storage

from casemgr.documents.files import FileDamaged

PIECE = 1024 * 1024
VOLUMES, ITEMS, COPIES, BUNDLES = "volumes", "volume-items", "inspections", "bundles"


def digest_of(file: BinaryIO) -> tuple[str, int]:
    """SHA-256 and size of what is left of the file."""
    digest, size = hashlib.sha256(), 0
    while piece := file.read(PIECE):
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


def keep(file: BinaryIO, folder: str, year: int, extension: str) -> str:
    """Store the file under a name nobody can guess. Outside `perform`: whoever keeps it removes it again on refusal."""
    file.seek(0)
    return default_storage.save(f"{folder}/{year}/{uuid4().hex}.{extension}", File(file))


def remove(name: str) -> None:
    if name:
        default_storage.delete(name)


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
