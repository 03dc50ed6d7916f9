"""The text of a document as paragraphs of a Word file, part after part in the order of the outline."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from casemgr.documents.fonts import stack
from casemgr.documents.rendering import wording
from casemgr.documents.rendering.definition import (
    DocumentText,
    KeyValues,
    Pictures,
    SignatureBlock,
    SignLines,
    Table,
)
from casemgr.documents.rendering.layout import Fit, fitted
from casemgr.documents.rendering.levels import Paragraph as Read
from casemgr.documents.rendering.lines import Measure, break_lines
from casemgr.documents.rendering.outline import Part, attachment_lines, copies_line, parts
from casemgr.documents.rendering.style import (
    BEFORE_DAY,
    COPIES_PITCH,
    COPIES_SIZE,
    DATE_INSET,
    GAP_BEFORE_SIGNATURE,
    LEVEL_FONTS,
    ROOM_TO_SIGN,
    ROWS_UNDER_DATE,
    SIGN_ROWS,
    STYLES,
    WIDTH,
    Style,
    head_gap,
)
from casemgr.documents.rendering.titles import title_lines
from casemgr.documents.rendering.word import pictures, qr, styles
from casemgr.documents.rendering.word.measures import eighths
from casemgr.documents.rendering.word.tables import table_xml
from casemgr.documents.rendering.word.xml import UNDERLINED_TAB, Paragraph, Raw, run

_RUN_STYLES = {"hei": styles.HEI, "kai": styles.KAI, "body": ""}
_HEADINGS = {1: styles.HEADING_1, 2: styles.HEADING_2}
_AIR = 4  # points
Item = Paragraph | Raw


def body_xml(definition: DocumentText, fit: Fit) -> str:
    """Everything between the beginning of the document and its page settings."""
    style = fitted(STYLES[definition.kind], fit)
    listed = list(parts(definition))
    items: list[Item] = list(_head(listed, style))
    if definition.address:
        items[0].runs = qr.picture() + items[0].runs
        items[:0] = qr.caption()
    for part in listed:
        items.extend(_body(part, style, fit))
    items.extend(_attachments(definition, style))
    if definition.signature_block:
        _hold_last_text(items)
        items.extend(_signature(definition.signature_block, definition.seal_place, style))
    _part_from_tables(items)
    if isinstance(items[-1], Paragraph) and items[-1].style == styles.GAP:
        items[-1].line = 1  # Word wants a paragraph after the last table: one that needs no room
    items.extend(_copies(definition, fit.room - style.pitch))
    return "".join(item.xml() for item in items)


def _head(listed: list[Part], style: Style) -> Iterator[Paragraph]:
    head: list[Paragraph] = []
    height = 0.0
    for part in listed:
        if part.role in ("issuer", "title"):
            lines = title_lines(part.text, style.title_columns)
            head.append(Paragraph(styles.TITLE, run("\n".join(lines))))
            height += len(lines) * style.title_pitch
        elif part.role == "number":
            head.append(Paragraph(styles.NUMBER, run(part.text)))
            height += style.pitch * 1.25
    head[-1].after = head_gap(height, style)
    yield from head


def _body(part: Part, style: Style, fit: Fit) -> Iterator[Item]:
    if part.role == "addressee":
        yield Paragraph(styles.ADDRESSEE, run(part.text), keep=True)
    elif part.role == "heading":
        yield Paragraph(styles.HEADING_1, run(part.text))
    elif part.paragraph:
        yield _text(part.paragraph)
    elif isinstance(part.block, Table):
        yield Raw(table_xml(part.block, style, fit.squeeze))
        yield Paragraph(styles.GAP, "")
    elif isinstance(part.block, KeyValues):
        for key, value in part.block.pairs:
            yield Paragraph(styles.TEXT, run(f"{key}：", styles.HEI) + run(value))
    elif isinstance(part.block, SignLines):
        for label in part.block.labels:
            yield from _sign_lines(label, part.block.dated, style)
    elif isinstance(part.block, Pictures):
        yield pictures.paragraph(part.block, style)


def _text(read: Read) -> Paragraph:
    if read.is_heading and read.level in _HEADINGS:
        return Paragraph(_HEADINGS[read.level], run(read.heading))
    opening = run(read.heading, _RUN_STYLES[LEVEL_FONTS.get(read.level, "body")]) if read.heading else ""
    return Paragraph(
        styles.ADDRESSEE if read.is_to else styles.TEXT,
        opening + (run(read.rest) if read.rest else ""),
        keep=True if read.is_heading or read.announces else None,
    )


def _sign_lines(label: str, dated: bool, style: Style) -> Iterator[Paragraph]:
    """The name, beside it a rule to sign on and a place for the day; under a name that leaves too little, both."""
    name, indent = label.rstrip("：:") + "：", 2 * style.step
    plain = Measure(WIDTH - indent, style.size, style.size, spread=False)
    last = break_lines([(name, stack("body"))], plain)[-1]
    day = wording.BLANK_DATE.strip("\u3000")
    right = WIDTH - (stack("body").width(day) + BEFORE_DAY) * style.size if dated else WIDTH
    runs = run(name)
    if right - indent - last.width < ROOM_TO_SIGN:
        yield Paragraph(styles.SIGN_LINE, runs, keep=True, left=indent, align="left")
        runs = ""
    tabs = (("left", right), ("right", WIDTH)) if dated else (("right", right),)
    runs += UNDERLINED_TAB + (run(f"\t{day}") if dated else "")
    yield Paragraph(styles.SIGN_LINE, runs, line=style.pitch * SIGN_ROWS, left=indent, tabs=tabs, align="left")


def _attachments(definition: DocumentText, style: Style) -> Iterator[Paragraph]:
    label = len(wording.ATTACHMENT) * style.step
    for number, text in enumerate(attachment_lines(definition.attachments)):
        yield Paragraph(
            styles.ATTACHMENT,
            run(text),
            keep=True if definition.signature_block else None,
            before=None if number else style.pitch,
            left=2 * style.step + label,
            first=0 if number else -label,
            align="left",
        )


def _part_from_tables(items: list[Item]) -> None:
    """Some air between a line of text and the rule of the table under it."""
    for above, below in pairwise(items):
        if isinstance(above, Paragraph) and isinstance(below, Raw) and above.after is None:
            above.after = _AIR


def _hold_last_text(items: list[Item]) -> None:
    """The signature never stands on a page without text (GB/T 9704-2012, 7.3.5)."""
    for item in reversed(items):
        if isinstance(item, Paragraph):
            item.keep = True
            if item.style not in (styles.GAP, styles.ATTACHMENT):
                return


def _signature(block: SignatureBlock, seal_place: bool, style: Style) -> Iterator[Paragraph]:
    """Name over day, both about one middle, the day four characters in; `seal` marks the place of the seal."""
    day = wording.chinese_date(block.on)
    name_width, day_width = (_width(text, style) for text in (block.issuer, day))
    centre = WIDTH - DATE_INSET * style.step - day_width / 2
    centre = min(centre, WIDTH - min(name_width, WIDTH * 0.75) / 2 - style.step)
    left = max(2 * centre - WIDTH, 0)
    gap = (GAP_BEFORE_SIGNATURE if seal_place else 1) * style.pitch
    name = run(block.issuer)
    if seal_place:
        name = f'<w:bookmarkStart w:id="1" w:name="seal"/>{name}<w:bookmarkEnd w:id="1"/>'
    yield Paragraph(styles.SIGNATURE, name, before=gap, left=left)
    after = ROWS_UNDER_DATE * style.pitch if seal_place else None
    yield Paragraph(styles.SIGNATURE, run(day), keep=False, after=after, left=left)


def _width(text: str, style: Style) -> float:
    return stack("body").width(text) * style.size + len(text) * (style.step - style.size)


def _copies(definition: DocumentText, room: float) -> Iterator[Paragraph]:
    """抄送 and 印发 between rules, at the foot of the last page as far as lines break alike."""
    if not definition.copies_to:
        return
    label = (len(wording.COPIES_TO) + 1) * COPIES_SIZE
    lines = [Paragraph(styles.COPIES, run(copies_line(definition)), left=label, first=COPIES_SIZE - label)]
    lines[0].right, lines[0].before = COPIES_SIZE, max(room, 0)
    if definition.printed_by:
        day = wording.chinese_date(definition.dated) + wording.PRINTED
        end = WIDTH - COPIES_SIZE
        lines.append(
            Paragraph(styles.COPIES, run(f"{definition.printed_by}\t{day}"), left=COPIES_SIZE, tabs=(("right", end),))
        )
    for number, line in enumerate(lines):
        line.line = COPIES_PITCH
        above, below = 1.0 if number == 0 else 0.0, 1.0 if number == len(lines) - 1 else 0.7
        line.rules = f"<w:pBdr>{_rule('top', above)}{_rule('bottom', below)}</w:pBdr>"
    yield from lines


def _rule(side: str, width: float) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths(width)}" w:space="3" w:color="auto"/>' if width else ""
