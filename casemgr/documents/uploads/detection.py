"""What a file is by its first bytes, whatever it is called."""

from __future__ import annotations

from casemgr.documents.uploads.inspection.strangers import MARKUP

HEAD = 4096
_STARTS = (
    (b"%PDF-", "pdf"),
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"#!AMR", "amr"),
    (b"ID3", "mp3"),
)
_BRANDS = {b"qt  ": "mov", b"M4A ": "m4a", b"M4B ": "m4a"}
_FILMS = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"3gp4", b"3gp5")
_HEIC = (b"heic", b"heix", b"heif", b"hevc", b"mif1", b"msf1", b"avif")
_NAMED = (
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"#!", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"PK\x05\x06", "archive"),
    (b"PK\x07\x08", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"MSCF", "archive"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"{\\rtf", "text"),
)


def family_of(head: bytes) -> str:
    """The family of a kind we take, or a word of `refusals.FOUND` for what it is instead; empty when unknown."""
    for start, family in _STARTS:
        if head.startswith(start):
            return family
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return "heic" if brand in _HEIC else _BRANDS.get(brand) or ("mp4" if brand in _FILMS else "")
    if head[:4] == b"RIFF":
        return {b"WAVE": "wav", b"WEBP": "picture"}.get(head[8:12], "")
    if _is_mpeg_sound(head):
        return "mp3"
    if MARKUP.search(head[:1024]) or head.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"<"):
        return "markup"
    return next((found for start, found in _NAMED if head.startswith(start)), "") or _by_puremagic(head)


def _is_mpeg_sound(head: bytes) -> bool:
    """A frame of layer III with a possible bit rate and sampling rate."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return False
    return head[2] >> 4 not in (0, 15) and head[2] & 0x0C != 0x0C


def _by_puremagic(head: bytes) -> str:
    """Its name for the file, for the message that refuses it."""
    import puremagic

    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return ""
    return f".{found[0].extension.lstrip('.').upper()}"[:12] if found and found[0].extension else ""
