"""Small true files for tests that send some."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image
from reportlab.pdfgen.canvas import Canvas


def a_pdf(text: str = "proof", pages: int = 1) -> bytes:
    """The same text gives the same bytes."""
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1)
    for number in range(pages):
        canvas.drawString(100, 700, f"{text} {number + 1}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (320, 240), colour: str = "navy", **saved: Any) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, kind, **saved)
    return target.getvalue()
