"""Files that are ZIP archives inside: OFD, Word and Excel. Judged by their table of contents, never unpacked."""

from __future__ import annotations

import re
import struct
import zipfile
from pathlib import Path

from casemgr.documents.uploads.inspection.verdict import Facts, Refused

MAX_ENTRIES = 10_000
MAX_UNPACKED = 400 * 1024 * 1024
MAX_RATIO, RATIO_FROM = 100, 20 * 1024 * 1024
MAX_ENTRY_RATIO, ENTRY_RATIO_FROM = 500, 2 * 1024 * 1024
MAX_READ = 1024 * 1024
END_RECORD = struct.Struct("<IHHHHIIH")
MARKS = {"OFD.xml": "ofd", "word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
OFFICE_LIST = "[Content_Types].xml"
PROGRAM = re.compile(
    r"\.(?:exe|dll|scr|com|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|lnk|msi|jar|apk|html?|svg|zip|rar|7z|gz|iso|docm|xlsm)$",
    re.IGNORECASE,
)
MACRO = re.compile(r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml|activeX/|macrosheets/)", re.IGNORECASE)
EXTERNAL = re.compile(rb"<[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
HARMLESS_LINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.IGNORECASE)
ENTITIES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def inspect(path: Path) -> Facts:
    """:raises Refused: a bomb, macros, a program inside, locked, or no package of a kind we keep."""
    size = path.stat().st_size
    _check_end(path, size)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            kind = next((kind for mark, kind in MARKS.items() if mark in names), "")
            if not kind:
                raise Refused("archive")
            if kind != "ofd" and OFFICE_LIST not in names:
                raise Refused("broken")
            _check_sizes(entries, size)
            _check_places(path, entries)
            _check_names(entries)
            _check_text(archive, entries, kind)
    except (Refused, MemoryError):
        raise
    except Exception as error:
        raise Refused("broken") from error
    has_objects = any("/embeddings/" in f"/{name}" for name in names)
    return Facts(kind, features=["attachments"] if has_objects else [], is_inert=True)


def _check_end(path: Path, size: int) -> None:
    """The end record stands at the very end, its table right before it, and the archive begins at the first byte."""
    with path.open("rb") as file:
        if file.read(4) != b"PK\x03\x04":
            raise Refused("broken")
        file.seek(max(0, size - 65_557))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < END_RECORD.size:
        raise Refused("cut-off")
    _sig, disk, _first, _here, entries, length, offset, comment = END_RECORD.unpack(tail[at : at + END_RECORD.size])
    if entries > MAX_ENTRIES or length > MAX_ENTRIES * 512 or 0xFFFFFFFF in (length, offset):
        raise Refused("bomb")
    position = size - len(tail) + at
    if disk or comment or position + END_RECORD.size != size or offset + length != position:
        raise Refused("two-files")


def _check_sizes(entries: list[zipfile.ZipInfo], size: int) -> None:
    if len(entries) > MAX_ENTRIES:
        raise Refused("bomb")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or (unpacked > RATIO_FROM and unpacked > MAX_RATIO * size):
        raise Refused("bomb")
    for entry in entries:
        if entry.flag_bits & 1:
            raise Refused("locked")
        if entry.file_size > ENTRY_RATIO_FROM and entry.file_size > MAX_ENTRY_RATIO * max(entry.compress_size, 1):
            raise Refused("bomb")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused("broken")


def _check_places(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    """No two entries share bytes, nothing lies before the first, and each is called the same in both places."""
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    if ordered[0].header_offset != 0:
        raise Refused("two-files")
    end = 0
    with path.open("rb") as file:
        for entry in ordered:
            if entry.header_offset < end:
                raise Refused("bomb")
            file.seek(entry.header_offset)
            header = file.read(30)
            if header[:4] != b"PK\x03\x04":
                raise Refused("broken")
            name_length, extra_length = struct.unpack("<HH", header[26:30])
            if file.read(name_length) != entry.orig_filename.encode("utf-8" if entry.flag_bits & 0x800 else "cp437"):
                raise Refused("broken")
            end = entry.header_offset + 30 + name_length + extra_length + entry.compress_size


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise Refused("broken")
    for name in names:
        if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name:
            raise Refused("broken")
        if MACRO.search(name):
            raise Refused("macros")
        if PROGRAM.search(name):
            raise Refused("program-inside", name=name.rpartition("/")[2][:40])


def _check_text(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], kind: str) -> None:
    """Nothing is fetched from elsewhere when the file is opened, and no text defines entities."""
    budget = 20 * MAX_READ
    for entry in entries:
        if not entry.filename.endswith((".xml", ".rels")):
            continue
        with archive.open(entry) as part:
            text = part.read(MAX_READ if entry.filename.endswith(".rels") else 4096)
        budget -= len(text)
        if budget < 0:
            raise Refused("too-much")
        if ENTITIES.search(text):
            raise Refused("fetches")
        if entry.filename.endswith(".rels") and kind != "ofd" and _reaches_out(text, entry.file_size):
            raise Refused("fetches")
        if entry.filename == OFFICE_LIST and b"macroEnabled" in text:
            raise Refused("macros")


def _reaches_out(links: bytes, size: int) -> bool:
    return size > MAX_READ or any(not HARMLESS_LINK.search(link[0]) for link in EXTERNAL.finditer(links))
