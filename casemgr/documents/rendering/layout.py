"""A document's parts as rows: head, body, closing (signature and seal), copies.

The head follows the practice of reconsideration offices: the organ's name and under it the document's title, both
centred in 小标宋 without a red head or rule (those belong to letters sent up or down between organs), the number
at the right under them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from reportlab.pdfbase.pdfdoc import PDFDictionary
from reportlab.pdfgen.canvas import Canvas

from casemgr.documents.fonts import stack
from casemgr.documents.rendering import wording
from casemgr.documents.rendering.definition import DocumentText, KeyValues, Pictures, SignLines, Table
from casemgr.documents.rendering.levels import TO, Paragraph
from casemgr.documents.rendering.lines import Line, Measure, break_lines
from casemgr.documents.rendering.outline import Part, attachment_lines, copies_line, parts
from casemgr.documents.rendering.pictures import PictureRow, set_beside
from casemgr.documents.rendering.rows import DrawnRow, Row, TextRow, draw_line
from casemgr.documents.rendering.style import (
    BEFORE_DAY,
    COPIES_PITCH,
    COPIES_SIZE,
    DATE_INSET,
    GAP_BEFORE_SIGNATURE,
    LEVEL_FONTS,
    ROOM_TO_SIGN,
    ROWS_UNDER_DATE,
    SEAL_DIAMETER,
    SIGN_ROWS,
    STYLES,
    Style,
    head_gap,
)
from casemgr.documents.rendering.tables import table_rows
from casemgr.documents.rendering.titles import title_lines

_TITLE_WEIGHT = 0.55  # Song with thickened strokes stands for 小标宋 until the office brings its own
_SQUEEZES = (0.85, 0.7, 0.55, 0.4)


@dataclass(frozen=True)
class Fit:
    """How a document was made to fit: shares of the usual distance of lines, and of the heights of a form's rows.

    `room` is what was left on the last page above the copies, in points.
    """

    tighter: float = 1.0
    squeeze: float = 1.0
    room: float = 0.0


@dataclass
class Layout:
    """Rows of a document in three groups that the paginator treats differently."""

    style: Style
    fit: Fit = Fit()
    body: list[Row] = field(default_factory=list)
    closing: list[Row] = field(default_factory=list)
    copies: list[Row] = field(default_factory=list)

    @property
    def height(self) -> float:
        """Height of everything on one endless page."""
        return sum(row.height for row in (*self.body, *self.closing, *self.copies))


def lay_out(definition: DocumentText, *, draft: bool = False, tighter: float = 1.0) -> Layout:
    """Turn a definition into rows; `tighter` shrinks the distance of lines.

    A form gives up the air in its cells to stay on one page.
    """
    layout = _lay_out(definition, draft, Fit(tighter))
    if definition.kind != "official" and layout.height > layout.style.sheet.height:
        for squeeze in _SQUEEZES:
            squeezed = _lay_out(definition, draft, Fit(tighter, squeeze))
            if squeezed.height <= squeezed.style.sheet.height:
                return squeezed
    return layout


def _lay_out(definition: DocumentText, draft: bool, fit: Fit) -> Layout:
    style = fitted(STYLES[definition.kind], fit)
    layout = Layout(style, fit)
    listed = list(parts(definition))
    layout.body.extend(_head(definition, listed, style))
    for part in listed:
        layout.body.extend(_body_rows(part, style, fit.squeeze))
    attached = list(_attachments(definition, style))
    if definition.signature_block:
        layout.closing = [*attached, *_signature(definition, style, draft)]
    else:
        layout.body.extend(attached)
    layout.copies = _copies(definition, style.sheet.width)
    return layout


def fitted(style: Style, fit: Fit) -> Style:
    """A style with its lines as far apart as the fit says."""
    return style if fit.tighter == 1.0 else replace(style, pitch=style.pitch * fit.tighter)


def _head(definition: DocumentText, listed: list[Part], style: Style) -> Iterator[Row]:
    title = stack("title")
    weight = 0.0 if title.is_office else _TITLE_WEIGHT
    width = style.sheet.width
    measure = Measure(width, style.title_size, style.title_size, spread=False)
    bookmark = (definition.title.replace("\n", ""), 0)
    height = 0.0
    for part in listed:
        if part.role not in ("issuer", "title"):
            continue
        for text in title_lines(part.text, style.title_columns):
            line = _centred(break_lines([(text, title)], measure)[0], width)
            yield TextRow(
                style.title_pitch,
                stays_with_next=True,
                line=line,
                size=style.title_size,
                weight=weight,
                bookmark=bookmark,
            )
            bookmark, height = None, height + style.title_pitch
    if definition.number:
        line = _right(break_lines([(definition.number, stack("body"))], _measure(style, 0))[0], width, style.step)
        yield Row(style.pitch * 0.25)
        yield TextRow(style.pitch, stays_with_next=True, line=line, size=style.size)
        height += style.pitch * 1.25
    yield Row(head_gap(height, style), stays_with_next=True)


def _body_rows(part: Part, style: Style, squeeze: float) -> Iterator[Row]:
    if part.role == "addressee":
        yield from _text([(part.text, "body")], style, indent=0)
    elif part.role == "heading":
        yield from _text([(part.text, "hei")], style, indent=2, heading=part.text, depth=1)
    elif part.paragraph:
        yield from _paragraph(part.paragraph, style)
    elif isinstance(part.block, Table):
        yield from table_rows(part.block, style, squeeze)
        yield Row(style.pitch * 0.5)
    elif isinstance(part.block, KeyValues):
        for key, value in part.block.pairs:
            yield from _text([(f"{key}：", "hei"), (value, "body")], style, indent=2)
    elif isinstance(part.block, SignLines):
        yield from _sign_lines(part.block, style)
    elif isinstance(part.block, Pictures):
        placed, height = set_beside(part.block.charts, style)
        yield PictureRow(height, placed=placed)


def _paragraph(paragraph: Paragraph, style: Style) -> Iterator[Row]:
    font = LEVEL_FONTS.get(paragraph.level, "body")
    runs = [(paragraph.heading, font), (paragraph.rest, "body")]
    heading = paragraph.heading if paragraph.is_heading and paragraph.level <= 2 else ""
    yield from _text(
        [run for run in runs if run[0]],
        style,
        indent=0 if paragraph.is_to else 2,
        heading=heading,
        depth=paragraph.level,
        holds=paragraph.is_heading or paragraph.rest == TO,
    )


def _text(
    runs: list[tuple[str, str]], style: Style, *, indent: int, heading: str = "", depth: int = 0, holds: bool = False
) -> list[Row]:
    lines = break_lines([(text, stack(role)) for text, role in runs], _measure(style, indent))
    stays = bool(heading) or holds
    rows: list[Row] = [TextRow(style.pitch, stays_with_next=stays, line=line, size=style.size) for line in lines]
    if runs[-1][0].endswith("："):
        rows[-1].stays_with_next = True  # what it announces follows on the same page
    if heading:
        rows[0].bookmark = (heading, depth)
    return rows


def _measure(style: Style, indent: int) -> Measure:
    return Measure(style.sheet.width, style.size, style.step, indent * style.step)


def _sign_lines(block: SignLines, style: Style) -> Iterator[Row]:
    for label in block.labels:
        yield from _sign_rows(label, block.dated, style)


def _sign_rows(label: str, dated: bool, style: Style) -> Iterator[Row]:
    """The name, and beside it room to sign; under a name that leaves too little, a line of its own."""
    indent = 2 * style.step
    plain = Measure(style.sheet.width - indent, style.size, style.size, spread=False)
    names = break_lines([(label.rstrip("：:") + "：", stack("body"))], plain)
    day = break_lines([(wording.BLANK_DATE.strip("\u3000"), stack("body"))], plain)[0] if dated else None
    right = style.sheet.width - (day.width + BEFORE_DAY * style.size if day else 0)
    start = indent + names[-1].width
    if right - start < ROOM_TO_SIGN:
        start = indent
        above, beside = names, None
    else:
        above, beside = names[:-1], names[-1]
    for line in above:
        yield TextRow(style.pitch, stays_with_next=True, line=_at(line, indent), size=style.size)
    yield DrawnRow(style.pitch * SIGN_ROWS, painter=_sign_painter(beside, start, right, day, style))


def _sign_painter(name: Line | None, start: float, right: float, day: Line | None, style: Style):
    def paint(canvas: Canvas, x: float, top: float) -> None:
        y = top - style.pitch * 0.35
        if name:
            draw_line(canvas, name, x + start - name.width, y, style.size)
        if day:
            draw_line(canvas, day, x + style.sheet.width - day.width, y, style.size)
        canvas.setLineWidth(0.5)
        base = y - style.size * 1.1
        canvas.line(x + start, base, x + right, base)

    return paint


def _attachments(definition: DocumentText, style: Style) -> Iterator[Row]:
    if not definition.attachments:
        return
    yield Row(style.pitch, stays_with_next=True)
    label = len(wording.ATTACHMENT) * style.step
    for number, text in enumerate(attachment_lines(definition.attachments)):
        indent = 2 * style.step + (label if number else 0)
        measure = Measure(style.sheet.width, style.size, style.step, indent, 2 * style.step + label, spread=False)
        for line in break_lines([(text, stack("body"))], measure):
            yield TextRow(style.pitch, line=line, size=style.size)


def _signature(definition: DocumentText, style: Style, draft: bool) -> list[Row]:
    block = definition.signature_block
    width = style.sheet.width
    plain = Measure(width, style.size, style.step, spread=False)
    day = break_lines([(wording.chinese_date(block.on), stack("body"))], plain)[0]
    names = break_lines([(block.issuer, stack("body"))], Measure(width * 0.75, style.size, style.step, spread=False))
    centre = width - DATE_INSET * style.step - day.width / 2
    widest = max(line.width for line in names)
    centre = min(centre, width - widest / 2 - style.step)
    seal = [_seal_row(len(names), centre, style, draft)] if definition.seal_place else []
    rows: list[Row] = [*seal, *(Row(style.pitch) for _ in range(GAP_BEFORE_SIGNATURE if definition.seal_place else 1))]
    for line in (*names, day):
        rows.append(TextRow(style.pitch, line=_at(line, centre - line.width / 2), size=style.size))
    rows.extend(Row(style.pitch) for _ in range(ROWS_UNDER_DATE if definition.seal_place else 0))
    return rows


def _seal_row(names: int, centre: float, style: Style, draft: bool) -> DrawnRow:
    """Where the seal goes: a named destination `seal` for the sealing program, and on drafts a dashed circle."""
    radius = SEAL_DIAMETER / 2
    # The middle of name and date lies a little below the middle of the seal.
    depth = (GAP_BEFORE_SIGNATURE + (names + 1) / 2) * style.pitch - 4

    def paint(canvas: Canvas, x: float, top: float) -> None:
        middle_x, middle_y = x + centre, top - depth
        edges = {"left": middle_x - radius, "bottom": middle_y - radius}
        canvas.bookmarkPage("seal", fit="FitR", right=middle_x + radius, top=middle_y + radius, **edges)
        canvas.setCatalogEntry("Dests", PDFDictionary({"seal": canvas._bookmarkReference("seal")}))
        if draft:
            canvas.saveState()
            canvas.setStrokeGray(0.6)
            canvas.setLineWidth(0.7)
            canvas.setDash(3, 3)
            canvas.circle(middle_x, middle_y, radius)
            canvas.restoreState()

    return DrawnRow(0.0, painter=paint)


def _copies(definition: DocumentText, width: float) -> list[Row]:
    if not definition.copies_to:
        return []
    step = COPIES_SIZE
    label = (len(wording.COPIES_TO) + 1) * step
    measure = Measure(width - step, COPIES_SIZE, step, step, label, spread=False)
    lines = break_lines([(copies_line(definition), stack("body"))], measure)
    rows: list[Row] = [_rule(1.0, width)]
    rows.extend(TextRow(COPIES_PITCH, line=line, size=COPIES_SIZE) for line in lines)
    if definition.printed_by:
        day = wording.chinese_date(definition.dated) + wording.PRINTED
        rows.extend([_rule(0.7, width), _ends(definition.printed_by, day, width)])
    return [*rows, _rule(1.0, width)]


def _rule(thickness: float, width: float) -> DrawnRow:
    def paint(canvas: Canvas, x: float, top: float) -> None:
        canvas.setLineWidth(thickness)
        canvas.line(x, top, x + width, top)

    return DrawnRow(7.0, painter=paint)


def _ends(left: str, right: str, width: float) -> DrawnRow:
    measure = Measure(width, COPIES_SIZE, COPIES_SIZE, spread=False)
    first, last = (break_lines([(text, stack("body"))], measure)[0] for text in (left, right))

    def paint(canvas: Canvas, x: float, top: float) -> None:
        draw_line(canvas, first, x + COPIES_SIZE, top, COPIES_SIZE)
        draw_line(canvas, last, x + width - COPIES_SIZE - last.width, top, COPIES_SIZE)

    return DrawnRow(COPIES_PITCH, painter=paint)


def _centred(line: Line, width: float) -> Line:
    return _at(line, (width - line.width) / 2)


def _right(line: Line, width: float, inset: float = 0.0) -> Line:
    return _at(line, width - inset - line.width)


def _at(line: Line, start: float) -> Line:
    return Line(line.pieces, line.spacing, start, line.width)
