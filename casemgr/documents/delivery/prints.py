"""What goes with the papers of a batch: service receipts, envelopes, labels, the list of registered mail.

Names and addresses only: no number of a person stands on anything that leaves the office.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from casemgr.documents import fonts
from casemgr.documents.definition import definition_of
from casemgr.documents.delivery.queue import Row
from casemgr.documents.models import Document
from casemgr.documents.page import kind_for
from casemgr.documents.rendering import (
    Cell,
    DocumentText,
    KeyValues,
    Section,
    SignLines,
    Table,
    chinese_date,
    render_pdf,
)
from casemgr.documents.rendering.lines import Measure, break_lines
from casemgr.documents.rendering.rows import draw_line
from casemgr.documents.rendering.style import MM
from casemgr.organisation.office import office_on
from casemgr.pages.sheets.writing import Sheet, workbook

ENVELOPES = {"dl": (220 * MM, 110 * MM), "c5": (229 * MM, 162 * MM)}
"""Width and height of an envelope."""
A4 = (210 * MM, 297 * MM)
LABEL_COLUMNS, LABEL_ROWS = 2, 7
LABEL = (99.1 * MM, 38.1 * MM)
LABEL_MARGIN = (4.7 * MM, 15.1 * MM)
LABEL_GAP = 2.5 * MM
MAIL_HEADINGS = ("序号", "邮件号码", "收件人", "邮政编码", "寄达地址", "内件名称及文号")


def receipts(rows: list[Row], today: date) -> bytes:
    """A service receipt for each row, in one PDF."""
    writer = PdfWriter()
    for row in rows:
        kind = kind_for(row.document.case, "receipt")
        if kind is None:
            continue
        form = Document(
            case=row.document.case,
            kind=kind.code,
            title=kind.title,
            data={"document": row.document.pk, "recipient": row.part.pk},
        )
        for sheet in PdfReader(io.BytesIO(render_pdf(definition_of(form, on=today)))).pages:
            writer.add_page(sheet)
    return _bytes(writer)


def _bytes(writer: PdfWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def envelopes(rows: list[Row], size: str, today: date) -> bytes:
    """One envelope a page: postal code and recipient at the top left, the office as sender at the bottom right."""
    width, height = ENVELOPES[size]
    office = office_on(today)
    return _drawn((width, height), rows, lambda canvas, row: _envelope(canvas, row, width, height, office))


def _drawn(size: tuple[float, float], items: list, paint: Callable) -> bytes:
    stream = io.BytesIO()
    with fonts.writing:
        first = fonts.stack("body").fonts[0].fontName
        canvas = Canvas(stream, pagesize=size, invariant=1, pageCompression=1, initialFontName=first)
        canvas.setCreator("casemgr")
        for item in items:
            paint(canvas, item)
            canvas.showPage()
        canvas.save()
    return stream.getvalue()


def _envelope(canvas: Canvas, row: Row, width: float, height: float, office) -> None:
    left, top = 12 * MM, height - 12 * MM
    if row.destination.postal_code:
        _postal_boxes(canvas, row.destination.postal_code, left, top)
    middle = height * (0.62 if height < 120 * MM else 0.66)
    y = _text(canvas, row.destination.address, 25 * MM, middle, 15, width - 60 * MM)
    _text(canvas, f"{row.destination.name}　收", 40 * MM, y - 6, 19, width - 75 * MM)
    sender = [office.office, office.address]
    y = 27 * MM
    for line in filter(None, sender):
        y = _text(canvas, line, width - 105 * MM, y, 11, 93 * MM)
    if office.postal_code:
        _text(canvas, f"邮政编码：{office.postal_code}", width - 105 * MM, y, 11, 93 * MM)
    _text(canvas, f"内件：{row.document.title} {row.document.number_text}".strip(), left, 12 * MM, 9, 85 * MM)


def _postal_boxes(canvas: Canvas, code: str, left: float, top: float) -> None:
    """Six boxes, as post offices read them."""
    side, gap = 8 * MM, 2 * MM
    canvas.setLineWidth(0.6)
    for place, figure in enumerate(code):
        x = left + place * (side + gap)
        canvas.rect(x, top - side, side, side)
        _text(canvas, figure, x + side / 2 - 4, top - 3.5, 15, side)


def _text(canvas: Canvas, text: str, x: float, top: float, size: float, width: float) -> float:
    """Print a text within a width; returns the upper edge of what comes below it."""
    measure = Measure(width, size, size, spread=False)
    for line in break_lines([(text, fonts.stack("body"))], measure):
        draw_line(canvas, line, x, top, size)
        top -= size * 1.4
    return top


def labels(rows: list[Row]) -> bytes:
    """A4 sheets of fourteen labels (99.1 × 38.1 mm), filled row by row."""
    per_sheet = LABEL_COLUMNS * LABEL_ROWS
    sheets = [rows[start : start + per_sheet] for start in range(0, len(rows), per_sheet)]
    return _drawn(A4, sheets, _sheet)


def _sheet(canvas: Canvas, rows: list[Row]) -> None:
    for place, row in enumerate(rows):
        column, line = place % LABEL_COLUMNS, place // LABEL_COLUMNS
        x = LABEL_MARGIN[0] + column * (LABEL[0] + LABEL_GAP) + 5 * MM
        top = A4[1] - LABEL_MARGIN[1] - line * LABEL[1] - 4 * MM
        width = LABEL[0] - 10 * MM
        if row.destination.postal_code:
            top = _text(canvas, row.destination.postal_code, x, top, 12, width)
        top = _text(canvas, row.destination.address, x, top, 11, width)
        top = _text(canvas, f"{row.destination.name}　收", x, top - 2, 13, width)
        _text(canvas, row.document.number_text, x, top, 8, width)


def mail_lines(rows: list[Row]) -> list[tuple[str, ...]]:
    """One line a mailing; the postal number where it is known already."""
    return [
        (
            str(number),
            row.latest.postal_number if row.latest else "",
            row.destination.name,
            row.destination.postal_code,
            row.destination.address,
            f"{row.document.title}\n{row.document.number_text}".strip(),
        )
        for number, row in enumerate(rows, 1)
    ]


def mail_list(rows: list[Row], today: date) -> bytes:
    """交寄清单: what is handed to the post office, signed by both sides."""
    office = office_on(today)
    header = tuple(Cell(text, label=True) for text in MAIL_HEADINGS)
    lines = [tuple(Cell(text) for text in line) for line in mail_lines(rows)]
    pairs = (("寄件单位", f"{office.office}　{office.address}"), ("交寄日期", chinese_date(today)),
             ("件数", f"{len(rows)}件"))  # fmt: skip
    text = DocumentText(
        title="挂号邮件交寄清单",
        issuer=office.name or office.office,
        kind="record",
        seal_place=False,
        sections=(
            Section(blocks=(KeyValues(pairs),)),
            Section(blocks=(Table((header, *lines), widths=(0.9, 3, 2.2, 1.9, 4.2, 3.8), header_rows=1),)),
            Section(blocks=(SignLines(("交寄人", "收寄人（邮政日戳）")),)),
        ),
    )
    return render_pdf(text)


def mail_excel(rows: list[Row]) -> bytes:
    return workbook([Sheet("交寄清单", MAIL_HEADINGS, mail_lines(rows))])
