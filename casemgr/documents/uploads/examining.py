"""One file from the moment it came to the verdict on it. Slow, so it is done before anything is locked."""

from __future__ import annotations

import hashlib
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from casemgr.documents.uploads import refusals, scanning
from casemgr.documents.uploads.detection import HEAD, family_of
from casemgr.documents.uploads.file_kinds import KINDS, MATERIAL, FileKind, family_limit
from casemgr.documents.uploads.inspection.verdict import Refused
from casemgr.documents.uploads.sandbox import inspected
from casemgr.pages.masking import without_numbers

PIECE = 1 << 20
NAME_LENGTH = 100
NONE, WAITING, CLEAN = "none", "waiting", "clean"


@dataclass(frozen=True)
class Examined:
    """A file that may be kept. `page` is a picture made fit for paper; `original` the picture without its traces,
    None when nothing had to be left out."""

    name: str
    kind: FileKind
    sha256: str
    size: int
    pages: int | None = None
    features: tuple[str, ...] = ()
    is_inert: bool = False
    page: bytes | None = field(default=None, repr=False)
    original: bytes | None = field(default=None, repr=False)
    scan: str = NONE

    def as_received(self) -> dict[str, Any]:
        """What `Material.received` keeps: the very bytes that came can be known again by their digest."""
        return {"name": self.name, "sha256": self.sha256, "size": self.size, "media_type": self.kind.media_type}


class FileRefused(Exception):
    """The file is not taken; the text says why and what to do."""

    def __init__(self, code: str, file: str, **detail: str | int) -> None:
        self.code, self.file, self.detail = code, file, detail
        super().__init__(code)

    @property
    def sentence(self) -> str:
        return refusals.sentence(self.code, self.file, **self.detail)


def examine(file: UploadedFile, codes: tuple[str, ...] = MATERIAL) -> Examined:
    """The verdict on an uploaded file; remembered with it, so that a form asked twice examines once.

    :raises FileRefused: it is not taken, with the reason.
    """
    remembered = getattr(file, "_verdict", None)
    if remembered is None:
        try:
            remembered = _examine(file, codes)
        except FileRefused as refused:
            remembered = refused
        file._verdict = remembered
    if isinstance(remembered, FileRefused):
        raise remembered
    if remembered.kind.code not in codes:
        raise FileRefused("not-this-kind", remembered.name, what=str(remembered.kind.label), kept=refusals.kept(codes))
    return remembered


def _examine(file: UploadedFile, codes: tuple[str, ...]) -> Examined:
    name = shown_name(file.name or "")
    file.seek(0)
    family = family_of(file.read(HEAD))
    _check_head(name, family, file.size or 0, codes)
    digest = hashlib.sha256()
    for piece in file.chunks(PIECE):
        digest.update(piece)
    with _on_disk(file) as (path, out):
        try:
            facts = inspected(path, family, out)
        except Refused as refused:
            detail = {"what": refusals.named(family), "kept": refusals.kept(codes)} | refused.detail
            raise FileRefused(refused.code, name, **detail) from None
        made = {made: (out / made).read_bytes() for made in facts.outputs if made in ("page.jpg", "original")}
    kind = KINDS[facts.kind]
    _check_name(name, kind.code)
    _check_size(name, file.size or 0, kind)
    scan = _scanned(file, name)
    file.seek(0)
    return Examined(
        name=name,
        kind=kind,
        sha256=digest.hexdigest(),
        size=file.size or 0,
        pages=facts.pages,
        features=tuple(facts.features),
        is_inert=facts.is_inert,
        page=made.get("page.jpg"),
        original=made.get("original"),
        scan=scan,
    )


def _check_head(name: str, family: str, size: int, codes: tuple[str, ...]) -> None:
    """What can be said before the file is read: nothing in it, a kind that is never taken, too large."""
    if not size:
        raise FileRefused("empty", name)
    if family == "heic":
        raise FileRefused("heic", name)
    if not any(kind.family == family for kind in KINDS.values()):
        extension = _extension(name)
        if extension in {item for code in MATERIAL for item in KINDS[code].extensions}:
            raise FileRefused("disguised", name, extension=extension, what=refusals.named(family))
        if family == "archive":
            raise FileRefused("archive", name)
        raise FileRefused("unknown", name, what=refusals.named(family), kept=refusals.kept(codes))
    if size > family_limit(family):
        kind = next(kind for kind in KINDS.values() if kind.family == family and kind.limit == family_limit(family))
        _check_size(name, size, kind)


def _check_size(name: str, size: int, kind: FileKind) -> None:
    if size > kind.limit:
        raise FileRefused("too-large", name, most=kind.limit_mb, kind=str(kind.label))


def _check_name(name: str, code: str) -> None:
    """A name without extension contradicts nothing (cameras, clipboards); nor is a PNG called .jpg a disguise."""
    kind, extension = KINDS[code], _extension(name)
    called = next((other for other in KINDS.values() if extension in other.extensions), None)
    if not extension or called is kind or (called and called.is_picture and kind.is_picture):
        return
    told = "misnamed" if called else "disguised"
    raise FileRefused(told, name, extension=extension, what=str(kind.label))


def _extension(name: str) -> str:
    found = PurePosixPath(name).suffix.lstrip(".").lower()
    return found if re.fullmatch(r"[a-z0-9]{1,8}", found) else ""


def shown_name(name: str) -> str:
    """The name as it came, without folders, invisible or turning signs and personal numbers."""
    bare = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(sign for sign in bare if unicodedata.category(sign) not in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp"))
    seen = without_numbers(seen.strip())
    if len(seen) > NAME_LENGTH:
        stem, dot, extension = seen.rpartition(".")
        seen = f"{stem[: NAME_LENGTH - 10]}…{dot}{extension[:8]}" if dot else seen[:NAME_LENGTH]
    return seen


@contextmanager
def _on_disk(file: UploadedFile) -> Iterator[tuple[Path, Path]]:
    """Where the inspection reads the file, and an empty folder for what it makes."""
    with tempfile.TemporaryDirectory(prefix="casemgr-inspect-") as folder:
        out = Path(folder)
        if hasattr(file, "temporary_file_path"):
            yield Path(file.temporary_file_path()), out
            return
        path = out / "came"
        with path.open("wb") as copy:
            for piece in file.chunks(PIECE):
                copy.write(piece)
        yield path, out


def _scanned(file: UploadedFile, name: str) -> str:
    """What may be said about the malware scan. :raises FileRefused: something was found, or nobody could look."""
    scanner = scanning.scanner()
    if scanner is None:
        return NONE
    try:
        threat = scanner.threat_in(file.chunks(PIECE))
    except scanning.ScannerUnreachable:
        if settings.CLAMD_UNREACHABLE == "keep":
            return WAITING
        raise FileRefused("not-scanned", name) from None
    if threat:
        raise FileRefused("infected", name, threat=threat)
    return CLEAN
