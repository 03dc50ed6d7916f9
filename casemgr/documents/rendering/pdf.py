"""The PDF of a document: laid out on pages, fonts embedded as subsets, the same bytes for the same definition.

Drawn on reportlab's canvas rather than through Platypus frames: the rule that the signature takes text back with it
looks backwards over paragraphs, and Platypus only splits forwards.
"""

import io
from datetime import date

from django.conf import settings
from reportlab.pdfgen.canvas import Canvas

from casemgr.documents import fonts
from casemgr.documents.rendering import qr, wording
from casemgr.documents.rendering.definition import DocumentText
from casemgr.documents.rendering.glyphs import refuse_unprintable
from casemgr.documents.rendering.lines import Measure, break_lines
from casemgr.documents.rendering.pages import LaidOut, Page, laid_out
from casemgr.documents.rendering.rows import draw_line
from casemgr.documents.rendering.style import (
    PAGE_NUMBER_DROP,
    PAGE_NUMBER_SIZE,
    PORTRAIT,
    Sheet,
)


def render_pdf(definition: DocumentText, *, draft: bool = False, numbered: bool = True) -> bytes:
    """The document as PDF. A draft carries a watermark; it, and what is not numbered, shows 〓 for a character without
    type: sheets of a volume carry other people's words, and must come out.

    Raises MissingGlyphs when a document that is not a draft has such a character.
    """
    if not draft and numbered:
        refuse_unprintable(definition)
    return draw_pdf(definition, laid_out(definition, draft=draft), draft=draft, numbered=numbered)


def draw_pdf(definition: DocumentText, laid: LaidOut, *, draft: bool = False, numbered: bool = True) -> bytes:
    """The PDF of pages that are laid out."""
    with fonts.writing:
        file = io.BytesIO()
        canvas = _canvas(file, definition, laid.sheet)
        for number, page in enumerate(laid.pages, 1):
            if number == 1 and definition.address:
                qr.draw(canvas, definition.address)
            _draw_page(canvas, page, laid.sheet, number, draft, numbered)
        canvas.save()
    return file.getvalue()


def _canvas(file: io.BytesIO, definition: DocumentText, sheet: Sheet) -> Canvas:
    canvas = Canvas(
        file,
        pagesize=(sheet.page_width, sheet.page_height),
        invariant=1,
        pageCompression=1,
        lang=wording.LANGUAGE,
        initialFontName=fonts.stack("body").fonts[0].fontName,  # not the unembedded Helvetica
    )
    title = definition.title.replace("\n", "")
    canvas.setTitle(f"{title} {definition.number}".strip())
    canvas.setAuthor(definition.issuer or (definition.signature_block.issuer if definition.signature_block else ""))
    canvas.setSubject(definition.subject or title)
    canvas.setCreator("casemgr")
    canvas.setKeywords(definition.number)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    if definition.dated:
        _set_date(canvas, definition.dated)
    return canvas


def _set_date(canvas: Canvas, on: date) -> None:
    """The day of the document, not of the printing: the bytes must not change."""
    stamp = canvas._doc._timeStamp
    stamp.YMDhms, stamp.dhh, stamp.dmm = (on.year, on.month, on.day, 0, 0, 0), 8, 0


def _draw_page(canvas: Canvas, page: Page, sheet: Sheet, number: int, draft: bool, numbered: bool) -> None:
    if draft or settings.PRACTICE:
        _watermark(canvas, sheet, wording.PRACTICE if settings.PRACTICE else wording.DRAFT)
    top = sheet.page_height - sheet.top
    for index, (offset, row) in enumerate(page.rows):
        if row.bookmark:
            text, depth = row.bookmark
            key = f"p{number}r{index}"
            canvas.bookmarkPage(key, fit="XYZ", left=sheet.left, top=top - offset)
            canvas.addOutlineEntry(text, key, level=_depth(canvas, depth))
        row.draw(canvas, sheet.left, top - offset)
    if numbered:
        draw_page_number(canvas, number, sheet)
    canvas.showPage()


def _depth(canvas: Canvas, depth: int) -> int:
    """Outline levels may only go down one at a time."""
    last = getattr(canvas, "_casemgr_depth", -1)
    canvas._casemgr_depth = min(depth, last + 1)
    return canvas._casemgr_depth


def draw_page_number(canvas: Canvas, number: int, sheet: Sheet = PORTRAIT) -> None:
    """— 1 — in 4号, outer side, one character in (GB/T 9704-2012, 7.5)."""
    line = _plain_line(f"— {number} —", PAGE_NUMBER_SIZE)
    x = sheet.right - PAGE_NUMBER_SIZE - line.width if number % 2 else sheet.left + PAGE_NUMBER_SIZE
    draw_line(canvas, line, x, sheet.bottom - PAGE_NUMBER_DROP + PAGE_NUMBER_SIZE / 2, PAGE_NUMBER_SIZE)


def _watermark(canvas: Canvas, sheet: Sheet, text: str) -> None:
    size = 110
    line = _plain_line(text, size)
    canvas.saveState()
    canvas.setFillGray(0.88)
    canvas.translate(sheet.page_width / 2, sheet.page_height / 2)
    canvas.rotate(45)
    draw_line(canvas, line, -line.width / 2, size * 0.5, size)
    canvas.restoreState()


def _plain_line(text: str, size: float):
    return break_lines([(text, fonts.stack("body"))], Measure(PORTRAIT.page_height * 2, size, size, spread=False))[0]
