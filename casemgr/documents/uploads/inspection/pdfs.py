"""PDF: can it be read, how many pages, and what in it acts by itself."""

from __future__ import annotations

import io
import logging
from pathlib import Path
from typing import Any

from casemgr.documents.uploads.inspection.strangers import MARKUP, TAIL, has_zip, is_suspicious
from casemgr.documents.uploads.inspection.verdict import Facts, Refused

MAX_PAGES = 5000
MAX_OBJECTS = 400_000
MAX_DEPTH = 40
END = b"%%EOF"
REST = 1024
"""Bytes behind the end mark that writers leave there in good faith."""

KEYS = {
    "/JS": "script",
    "/JavaScript": "script",
    "/XFA": "forms",
    "/EF": "attachments",
    "/EmbeddedFiles": "attachments",
    "/RichMediaContent": "media",
    "/3DD": "media",
}
VALUES = {
    "/JavaScript": "script",
    "/Launch": "launch",
    "/SubmitForm": "forms",
    "/ImportData": "forms",
    "/GoToE": "attachments",
    "/EmbeddedFile": "attachments",
    "/RichMedia": "media",
    "/Rendition": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/3D": "media",
}
BARE = {b"/JavaScript": "script", b"/Launch": "launch", b"/EmbeddedFile": "attachments"}
"""Names looked for in the bare bytes too, should the table of objects leave something out."""


def inspect(path: Path) -> Facts:
    """:raises Refused: not a whole PDF, locked, or another file at the same time."""
    from pypdf import PdfReader

    logging.disable(logging.CRITICAL)
    content = path.read_bytes()
    _refuse_other_files(content)
    try:
        reader = PdfReader(io.BytesIO(content))
        features = set()
        if reader.is_encrypted:
            if not reader.decrypt(""):
                raise Refused("locked")
            features.add("restricted")
        pages = len(reader.pages)
        if pages > MAX_PAGES:
            raise Refused("too-many-pages", pages=pages, most=MAX_PAGES)
        for page in reader.pages:
            _ = page.mediabox
    except (Refused, MemoryError):
        raise
    except Exception as error:
        raise Refused("broken") from error
    if not pages:
        raise Refused("broken")
    features |= {feature for name, feature in BARE.items() if name in content} | _walked(reader)
    if "launch" in features:
        raise Refused("launches")
    acting = features - {"signed", "restricted"}
    return Facts("pdf", pages, sorted(features), is_inert=bool(acting))


def _refuse_other_files(content: bytes) -> None:
    if not content.startswith(b"%PDF-"):
        raise Refused("broken")
    end = content.rfind(END)
    if end < 0:
        raise Refused("cut-off")
    rest = content[end + len(END) :]
    if len(rest.strip()) > REST or is_suspicious(rest) or has_zip(content[-TAIL:]) or MARKUP.search(content[:REST]):
        raise Refused("two-files")


def _walked(reader: Any) -> set[str]:
    """What the objects of the file can do, streams left packed."""
    from pypdf.generic import IndirectObject

    places = {(number, generation) for generation, found in reader.xref.items() for number in found}
    places |= {(number, 0) for number in reader.xref_objStm}
    if len(places) > MAX_OBJECTS:
        raise Refused("too-much")
    found: set[str] = set()
    for number, generation in places:
        try:
            value = IndirectObject(number, generation, reader).get_object()
        except MemoryError:
            raise
        except Exception:
            continue
        _note(value, found, MAX_DEPTH)
    return found


def _note(value: Any, found: set[str], depth: int) -> None:
    if depth == 0:
        raise Refused("too-much")
    if isinstance(value, dict):
        if "/ByteRange" in value and "/Contents" in value:
            found.add("signed")
        for key, item in value.raw_items() if hasattr(value, "raw_items") else dict.items(value):
            if feature := KEYS.get(key):
                found.add(feature)
            _note(item, found, depth - 1)
    elif isinstance(value, list):
        for item in list.__iter__(value):
            _note(item, found, depth - 1)
    elif isinstance(value, str) and (feature := VALUES.get(value)) and type(value).__name__ == "NameObject":
        found.add(feature)
