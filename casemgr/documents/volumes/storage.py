"""Files of volumes: read and written in pieces, whatever their size."""

from __future__ import annotations

from typing import BinaryIO
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import default_storage

VOLUMES, ITEMS, COPIES, BUNDLES = "volumes", "volume-items", "inspections", "bundles"


def keep(file: BinaryIO, folder: str, year: int, extension: str) -> str:
    """Store the file under a name nobody can guess. Outside `perform`: whoever keeps it removes it again on refusal."""
    file.seek(0)
    return default_storage.save(f"{folder}/{year}/{uuid4().hex}.{extension}", File(file))


def remove(name: str) -> None:
    if name:
        default_storage.delete(name)
