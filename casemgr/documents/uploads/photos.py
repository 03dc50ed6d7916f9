"""Photos as pages: made fit for paper one by one, joined into one PDF; the originals kept together."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

MARGIN = 14
"""Points of white around a photo, which no printer reaches anyway."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def joined(pages: Sequence[bytes]) -> bytes:
    """One PDF with a page for each JPEG, upright or across as the photo is. The same photos give the same bytes."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1)
    for page in pages:
        picture = ImageReader(io.BytesIO(page))
        width, height = picture.getSize()
        paper = A4 if height >= width else (A4[1], A4[0])
        scale = min((paper[0] - 2 * MARGIN) / width, (paper[1] - 2 * MARGIN) / height)
        shown = width * scale, height * scale
        canvas.setPageSize(paper)
        canvas.drawImage(picture, (paper[0] - shown[0]) / 2, (paper[1] - shown[1]) / 2, *shown)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def packed(originals: Sequence[tuple[str, bytes]]) -> bytes:
    """The originals in one archive, not compressed, numbered in the order of the pages; `(extension, bytes)`."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for number, (extension, content) in enumerate(originals, 1):
            archive.writestr(zipfile.ZipInfo(f"{number:03}.{extension}", _EPOCH), content)
    return target.getvalue()
