"""A sheet on paper: its numbers, objections and answers, as they are kept."""

from __future__ import annotations

from datetime import date

from casemgr.assessment.models import SheetLine, SheetObjection, SheetPaper, UnitSheet
from casemgr.documents.rendering import (
    Cell,
    DocumentText,
    KeyValues,
    Section,
    SignatureBlock,
    Table,
    chinese_date,
)
from casemgr.organisation.office import office_on

HEADINGS = ("序号", "考核事项", "件数", "统计总数", "对应指标", "指标值（%）", "目标值（%）")
FOLDER = "assessment_sheets"


def sheet_text(sheet: UnitSheet, on: date | None = None) -> DocumentText:
    """From what is kept alone; with `on`, as it would be given to the unit on that day."""
    day = on or sheet.frozen_on or sheet.as_of
    office = office_on(day)
    body = [tuple(Cell(text) for text in _cells(line)) for line in sheet.lines.all()]
    head = tuple(Cell(text, label=True) for text in HEADINGS)
    particulars = KeyValues((("单位", sheet.unit.name), ("数据截止日", chinese_date(on or sheet.as_of))))
    sections = [
        Section(blocks=(particulars,)),
        Section(blocks=(Table((head, *body), widths=(0.9, 3.2, 1, 1.2, 3.2, 1.5, 1.5), header_rows=1),)),
    ]
    objections = SheetObjection.objects.filter(line__sheet=sheet).select_related("line")
    if rows := [(one.line.name, one.text, one.answer) for one in objections]:
        titles = tuple(Cell(text, label=True) for text in ("考核事项", "单位异议", "答复"))
        listed = tuple(tuple(Cell(text) for text in row) for row in rows)
        sections.append(Section(heading="异议和答复", blocks=(Table((titles, *listed), header_rows=1),)))
    return DocumentText(
        title=f"{sheet.year}年度依法行政考核单" + ("" if sheet.frozen_on else "（征求意见）"),
        issuer=office.name,
        sections=tuple(sections),
        signature_block=SignatureBlock(office.name, day),
        kind="record",
        subject=str(sheet),
    )


def _cells(line: SheetLine) -> tuple[str, ...]:
    rates = ("—" if value is None else f"{value:f}" for value in (line.rate, line.target))
    return (str(line.order), line.name, str(line.number), str(line.base), line.indicator_name, *rates)


def keep_paper(sheet: UnitSheet, state: str, on: date) -> None:
    """Render the sheet as it is given to its unit in this state, and keep the bytes."""
    paper = SheetPaper(sheet=sheet, state=state, on=on)
    paper.keep(sheet_text(sheet), FOLDER, on)
    paper.save()


__all__ = ["FOLDER", "keep_paper", "sheet_text"]
