"""One file that is two: what is hidden behind or before a harmless head."""

from __future__ import annotations

import re
import struct

TAIL = 65_557
"""A ZIP's end record and the longest comment behind it."""
MARKUP = re.compile(rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|\?php|%@|hta:)", re.IGNORECASE)
ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"MSCF")
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"%PDF-", b"PK\x03\x04")


def has_zip(tail: bytes) -> bool:
    """Whether a ZIP program would find an archive at the end of these bytes."""
    at = tail.rfind(b"PK\x05\x06")
    while at >= 0:
        record = tail[at : at + 22]
        if len(record) == 22:
            _sig, disk, _start, _here, entries, size, _offset, _comment = struct.unpack("<IHHHHIIH", record)
            begins = at - size
            if disk == 0 and (entries == 0 or begins < 0 or tail[begins : begins + 4] == b"PK\x01\x02"):
                return True
        at = tail.rfind(b"PK\x05\x06", 0, at)
    return False


def is_suspicious(rest: bytes) -> bool:
    """Whether what stands behind a file's end is a file of another kind."""
    head = rest.lstrip(b"\x00\r\n\t ")[:16]
    return (
        head.startswith((*_PROGRAMS, *ARCHIVES))
        or any(mark in rest[:TAIL] for mark in (b"%PDF-", b"PK\x03\x04", *ARCHIVES[:2]))
        or bool(MARKUP.search(rest[:TAIL]))
        or bool(MARKUP.search(rest[-TAIL:]))
        or has_zip(rest[-TAIL:])
    )
