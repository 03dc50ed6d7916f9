"""Word and Excel of before 2007, and WPS: compound files, judged by the names of their streams."""

from __future__ import annotations

from pathlib import Path

from casemgr.documents.uploads.inspection.strangers import TAIL, has_zip
from casemgr.documents.uploads.inspection.verdict import Facts, Refused

HEAD = bytes.fromhex("d0cf11e0a1b11ae1")
LOCKED = ("EncryptedPackage", "EncryptionInfo")
MACROS = ("_VBA_PROJECT", "VBA", "Macros", "_VBA_PROJECT_CUR")
OBJECTS = ("ObjectPool", "\x01Ole10Native")
KINDS = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls"}


def inspect(path: Path) -> Facts:
    """:raises Refused: macros, locked, or no kind of office file we keep."""
    content = path.read_bytes()
    if len(content) < 1536 or not content.startswith(HEAD) or content[28:30] != b"\xfe\xff":
        raise Refused("broken")
    if has_zip(content[-TAIL:]):
        raise Refused("two-files")
    names = _stream_names(content)
    if names & set(LOCKED):
        raise Refused("locked")
    if names & set(MACROS):
        raise Refused("macros")
    kind = next((kind for name, kind in KINDS.items() if name in names), "")
    if not kind:
        raise Refused("unknown", what="OLE")
    return Facts(kind, features=["attachments"] if names & set(OBJECTS) else [], is_inert=True)


def _stream_names(content: bytes) -> set[str]:
    """Names in the entries of the directory, wherever its sectors lie; entries are 128 bytes on 128-byte borders."""
    found = set()
    for at in range(512, len(content) - 127, 128):
        length = int.from_bytes(content[at + 64 : at + 66], "little")
        if content[at + 66] in (1, 2, 5) and 4 <= length <= 64 and length % 2 == 0 and content[at + 67] in (0, 1):
            name = content[at : at + length - 2].decode("utf-16-le", "replace")
            if content[at + length - 2 : at + length] == b"\0\0":
                found.add(name)
    return found
