"""A picture as a page: proofs of service may be photographs."""

from __future__ import annotations

import io
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from casemgr.documents import fonts
from casemgr.documents.rendering.style import MM, PAGE_HEIGHT, PAGE_WIDTH
from casemgr.documents.volumes.making.importing import Unreadable

MARGIN = 15 * MM
LONGEST = 2600
"""Pixels of the longer side: about 230 dots an inch on A4, enough to read a receipt."""


def picture_page(file: BinaryIO) -> bytes:
    """:raises Unreadable: it is no picture."""
    try:
        picture = ImageOps.exif_transpose(Image.open(file)).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise Unreadable(str(error)) from error
    picture.thumbnail((LONGEST, LONGEST))
    turned = picture.width > picture.height
    width, height = (PAGE_HEIGHT, PAGE_WIDTH) if turned else (PAGE_WIDTH, PAGE_HEIGHT)
    scale = min((width - 2 * MARGIN) / picture.width, (height - 2 * MARGIN) / picture.height)
    shown = (picture.width * scale, picture.height * scale)
    packed = io.BytesIO()
    picture.save(packed, "JPEG", quality=88)
    packed.seek(0)
    with fonts.writing:
        out = io.BytesIO()
        first = fonts.stack("body").fonts[0].fontName
        canvas = Canvas(out, pagesize=(width, height), invariant=1, initialFontName=first)
        canvas.drawImage(ImageReader(packed), (width - shown[0]) / 2, (height - shown[1]) / 2, *shown)
        canvas.showPage()
        canvas.save()
    return out.getvalue()
