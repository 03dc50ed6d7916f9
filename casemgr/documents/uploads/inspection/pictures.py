"""Photos and pictures: measured before they are decoded, turned upright, scaled for paper, and freed of traces."""

from __future__ import annotations

import struct
import warnings
import zlib
from pathlib import Path
from typing import Any

from casemgr.documents.uploads.inspection.strangers import is_suspicious
from casemgr.documents.uploads.inspection.verdict import Facts, Refused

PAPER = (1654, 2339)
"""A4 at 200 dots an inch."""
MAX_SIDE = 32_000
MAX_PIXELS = {"jpg": 210_000_000, "png": 50_000_000}
"""A JPEG is decoded at a fraction of its size; a PNG is not."""
FORMATS = {"jpg": "JPEG", "png": "PNG"}
QUALITY = 85
ORIENTATION, MAKE, MODEL, CHANGED = 0x0112, 0x010F, 0x0110, 0x0132
DETAILS, TAKEN = 0x8769, 0x9003
PNG_HEAD = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs", b"sBIT", b"bKGD"}
WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD9)}
APP1, APP14, COMMENT, SCAN, END = 0xE1, 0xEE, 0xFE, 0xDA, 0xD9


def inspect(path: Path, kind: str, out: Path) -> Facts:
    """Writes `page.jpg` for the paper and, where it differs from what came, `original` without its traces."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None
    warnings.simplefilter("ignore")
    content = path.read_bytes()
    try:
        with Image.open(path, formats=[FORMATS[kind]]) as image:
            _measure(image.size, kind)
            exif = _kept_exif(image)
            cleaned = _clean_jpeg(content, exif) if kind == "jpg" else _clean_png(content, exif)
            if kind == "jpg":
                image.draft(None, (PAPER[1], PAPER[1]))
            image.load()
            upright = _plain(ImageOps.exif_transpose(image))
    except (Refused, MemoryError):
        raise
    except Exception as error:
        raise Refused("broken") from error
    width, height = upright.size
    upright.thumbnail(PAPER if height >= width else PAPER[::-1])
    upright.save(out / "page.jpg", "JPEG", quality=QUALITY, optimize=True)
    outputs = ["page.jpg"]
    if cleaned != content:
        (out / "original").write_bytes(cleaned)
        outputs.append("original")
    return Facts(kind, 1, outputs=outputs)


def _measure(size: tuple[int, int], kind: str) -> None:
    width, height = size
    if not width or not height:
        raise Refused("broken")
    if max(size) > MAX_SIDE or width * height > MAX_PIXELS[kind]:
        raise Refused("too-many-pixels", width=width, height=height)


def _plain(image: Any) -> Any:
    """Grey or colour on white paper."""
    from PIL import Image

    if image.mode in ("1", "L"):
        return image.convert("L")
    if image.mode.startswith(("I", "F")):
        return image.point(lambda value: value / 256).convert("L")
    if "A" in image.getbands() or "transparency" in image.info:
        paper = Image.new("RGB", image.size, "white")
        coloured = image.convert("RGBA")
        paper.paste(coloured, mask=coloured.getchannel("A"))
        return paper
    return image.convert("RGB")


def _kept_exif(image: Any) -> bytes:
    """How the picture is turned, when and with what it was taken; no place, no serial numbers, no names."""
    from PIL import Image

    came = image.getexif()
    kept = Image.Exif()
    if came.get(ORIENTATION) in range(2, 9):
        kept[ORIENTATION] = came[ORIENTATION]
    for tag, value in ((MAKE, came.get(MAKE)), (MODEL, came.get(MODEL)), (CHANGED, came.get(CHANGED))):
        if text := _harmless(value):
            kept[tag] = text
    if text := _harmless(came.get_ifd(DETAILS).get(TAKEN)):
        kept.get_ifd(DETAILS)[TAKEN] = text
    return kept.tobytes() if len(kept) or kept.get_ifd(DETAILS) else b""


def _harmless(value: Any) -> str:
    text = "".join(sign for sign in str(value or "") if sign.isascii() and (sign.isalnum() or sign in " :.-_"))
    return text.strip()[:40]


def _clean_jpeg(content: bytes, exif: bytes) -> bytes:
    """The same picture bit for bit: only segments that do not draw it are left out, and what follows its end."""
    if content[:2] != b"\xff\xd8":
        raise Refused("broken")
    kept = [b"\xff\xd8"]
    if exif:
        kept.append(b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif)
    at = 2
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            raise Refused("broken")
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker == END:
            break
        elif marker in WITHOUT_LENGTH:
            kept.append(content[at : at + 2])
            at += 2
        else:
            (length,) = struct.unpack(">H", content[at + 2 : at + 4])
            segment = content[at : at + 2 + length]
            if length < 2 or len(segment) < length + 2:
                raise Refused("cut-off")
            if _draws(marker, segment):
                kept.append(segment)
            at += 2 + length
            if marker == SCAN:
                following = _end_of_scan(content, at)
                kept.append(content[at:following])
                at = following
    if content[at : at + 2] != b"\xff\xd9":
        raise Refused("cut-off")
    if is_suspicious(content[at + 2 :]):
        raise Refused("two-files")
    return b"".join([*kept, b"\xff\xd9"])


def _draws(marker: int, segment: bytes) -> bool:
    if marker == COMMENT:
        return False
    if not 0xE0 <= marker <= 0xEF:
        return True
    body = segment[4:16]
    return (
        (marker == 0xE0 and body.startswith(b"JFIF\0"))
        or (marker == 0xE2 and body.startswith(b"ICC_PROFILE"))
        or (marker == APP14 and body.startswith(b"Adobe"))
    )


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the compressed picture stops: at a marker that is neither an escape nor a restart."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise Refused("cut-off")
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker == 0 or 0xD0 <= marker <= 0xD7:
            at += 2
        else:
            return at


def _clean_png(content: bytes, exif: bytes) -> bytes:
    kept, at = [PNG_HEAD], len(PNG_HEAD)
    while True:
        if at + 12 > len(content):
            raise Refused("cut-off")
        (length,) = struct.unpack(">I", content[at : at + 4])
        name = content[at + 4 : at + 8]
        chunk = content[at : at + 12 + length]
        if len(chunk) < 12 + length:
            raise Refused("cut-off")
        if name in PNG_KEPT:
            kept.append(chunk)
            if name == b"IHDR" and exif:
                kept.append(_chunk(b"eXIf", exif.removeprefix(b"Exif\0\0")))
        at += 12 + length
        if name == b"IEND":
            break
    if is_suspicious(content[at:]):
        raise Refused("two-files")
    return b"".join(kept)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
