"""Sound and film: their outer boxes must fill the file. They are never played by us, only given back."""

from __future__ import annotations

import struct
from pathlib import Path

from casemgr.documents.uploads.inspection.strangers import MARKUP, TAIL, has_zip
from casemgr.documents.uploads.inspection.verdict import Facts, Refused

BOXES = frozenset((b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"uuid", b"meta", b"moof", b"mfra", b"sidx",
                   b"styp", b"pnot", b"udta", b"pdin", b"ssix", b"prft", b"emsg"))  # fmt: skip
MAX_BOXES = 100_000


def inspect(path: Path, kind: str) -> Facts:
    """:raises Refused: cut off, or another file at the same time."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(4096)
        file.seek(max(0, size - TAIL))
        tail = file.read()
    if MARKUP.search(head[:1024]) or MARKUP.search(tail[-1024:]) or has_zip(tail) or b"%PDF-" in head[:1024]:
        raise Refused("two-files")
    if kind in ("mp4", "mov", "m4a"):
        _check_boxes(path, size)
    elif kind == "wav" and struct.unpack("<I", head[4:8])[0] + 8 > size:
        raise Refused("cut-off")
    return Facts(kind, is_inert=True)


def _check_boxes(path: Path, size: int) -> None:
    at, seen = 0, set()
    with path.open("rb") as file:
        for _number in range(MAX_BOXES):
            if at >= size:
                break
            file.seek(at)
            header = file.read(16)
            if len(header) < 8 or header[4:8] not in BOXES:
                raise Refused("two-files" if seen else "broken")
            length = int.from_bytes(header[:4], "big")
            if length == 1:
                length = int.from_bytes(header[8:16], "big")
            elif length == 0:
                length = size - at
            if length < 8:
                raise Refused("broken")
            seen.add(header[4:8])
            at += length
    if at != size:
        raise Refused("cut-off")
    if not seen & {b"moov", b"moof"}:
        raise Refused("broken")
