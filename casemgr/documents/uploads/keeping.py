"""From examined files to what is stored: pictures become one PDF, anything else stays as it came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile

from casemgr.documents import files
from casemgr.documents.uploads.examining import CLEAN, NONE, WAITING, Examined
from casemgr.documents.uploads.fields import verdict_of
from casemgr.documents.uploads.file_kinds import KINDS
from casemgr.documents.uploads.models import KeptFile, Material
from casemgr.documents.uploads.photos import joined, packed

FOLDER = "materials"
ARCHIVE_TYPE = "application/zip"


@dataclass(frozen=True)
class Piece:
    """Files that become one material: some pictures, or one other file."""

    files: tuple[UploadedFile, ...]

    @property
    def verdicts(self) -> list[Examined]:
        return [verdict_of(file) for file in self.files]

    @property
    def pages(self) -> int | None:
        counts = [verdict.pages for verdict in self.verdicts]
        return None if None in counts else sum(counts)


def pieces_of(sent: Sequence[UploadedFile]) -> list[Piece]:
    """All pictures together where the first of them stands; every other file by itself."""
    pictures = tuple(file for file in sent if verdict_of(file).kind.is_picture)
    result = []
    for file in sent:
        if not verdict_of(file).kind.is_picture:
            result.append(Piece((file,)))
        elif file is pictures[0]:
            result.append(Piece(pictures))
    return result


def keep(piece: Piece, today: date, **described: Any) -> Material:
    """Store the piece as a material of a case."""
    return keep_as(Material, FOLDER, piece, today, **described)


Kept = TypeVar("Kept", bound=KeptFile)


def keep_as(model: type[Kept], folder: str, piece: Piece, today: date, **described: Any) -> Kept:
    """Store the piece and make its row. Inside `perform`, so that a roll-back removes the files again.

    `folder` under MEDIA_ROOT is the model's own, as `holding.hold` was told.
    """
    folder, verdicts = f"{folder}/{today:%Y}", piece.verdicts
    kept = model(
        original_name=verdicts[0].name,
        received=[verdict.as_received() for verdict in verdicts],
        scan=_scan_of(verdicts),
        **described,
    )
    if verdicts[0].kind.is_picture:
        _keep_pictures(kept, piece, folder)
    else:
        _keep_file(kept, piece.files[0], verdicts[0], folder)
    kept.save()
    return kept


def _keep_file(kept: KeptFile, file: UploadedFile, verdict: Examined, folder: str) -> None:
    file.seek(0)
    stored = files.store_file(file, folder, verdict.kind.code, verdict.sha256)
    kept.file, kept.sha256, kept.size = stored.name, stored.sha256, verdict.size
    kept.media_type, kept.pages = verdict.kind.media_type, verdict.pages
    kept.features, kept.is_inert = list(verdict.features), verdict.is_inert


def _keep_pictures(kept: KeptFile, piece: Piece, folder: str) -> None:
    verdicts = piece.verdicts
    stored = files.store(joined([verdict.page or b"" for verdict in verdicts]), folder, "pdf")
    kept.file, kept.sha256, kept.size = stored.name, stored.sha256, stored.size
    kept.media_type, kept.pages = KINDS["pdf"].media_type, len(verdicts)
    originals = [
        (verdict.kind.code, _original(file, verdict)) for file, verdict in zip(piece.files, verdicts, strict=True)
    ]
    if len(originals) == 1:
        extension, content = originals[0]
        kind = verdicts[0].kind.media_type
    else:
        extension, content, kind = "zip", packed(originals), ARCHIVE_TYPE
    stored = files.store(content, folder, extension)
    kept.original_file, kept.original_sha256, kept.original_size = stored.name, stored.sha256, stored.size
    kept.original_type = kind


def _original(file: UploadedFile, verdict: Examined) -> bytes:
    """The picture bit for bit, without the place where it was taken (docs/decisions/0032)."""
    if verdict.original is not None:
        return verdict.original
    file.seek(0)
    return file.read()


def _scan_of(verdicts: list[Examined]) -> str:
    """Of several files the weakest word counts."""
    found = {verdict.scan for verdict in verdicts}
    return NONE if NONE in found else WAITING if WAITING in found else CLEAN
