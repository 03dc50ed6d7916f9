"""A sheet on paper: its numbers, objections and answers, as they are kept."""

from __future__ import annotations

from casemgr.assessment.models import SheetObjection, UnitSheet
from casemgr.documents.rendering import Cell, DocumentText, KeyValues, Section, SignatureBlock, Table, chinese_date
from casemgr.organisation.office import office_on

HEADINGS = ("序号", "考核事项", "件数", "统计总数", "比率（%）", "目标值（%）")


def sheet_text(sheet: UnitSheet) -> DocumentText:
    """From what is kept alone, so that a frozen sheet prints alike for ever."""
    day = sheet.frozen_on or sheet.as_of
    office = office_on(day)
    body = [
        tuple(Cell(text) for text in (str(line.order), line.name, str(line.number), str(line.base), *_rates(line)))
        for line in sheet.lines.all()
    ]
    head = tuple(Cell(text, label=True) for text in HEADINGS)
    particulars = KeyValues((("单位", sheet.unit.name), ("数据截止日", chinese_date(sheet.as_of))))
    sections = [
        Section(blocks=(particulars,)),
        Section(blocks=(Table((head, *body), widths=(1, 4.4, 1.4, 1.6, 1.6, 1.6), header_rows=1),)),
    ]
    objections = SheetObjection.objects.filter(line__sheet=sheet).select_related("line")
    if rows := [(one.line.name, one.text, one.answer) for one in objections]:
        titles = tuple(Cell(text, label=True) for text in ("考核事项", "单位异议", "答复"))
        listed = tuple(tuple(Cell(text) for text in row) for row in rows)
        sections.append(Section(heading="异议和答复", blocks=(Table((titles, *listed), header_rows=1),)))
    return DocumentText(
        title=f"{sheet.year}年度依法行政考核单",
        issuer=office.name,
        sections=tuple(sections),
        signature_block=SignatureBlock(office.name, day),
        kind="record",
        subject=str(sheet),
    )


def _rates(line) -> tuple[str, str]:
    return tuple("—" if value is None else f"{value:f}" for value in (line.rate, line.target))


__all__ = ["sheet_text"]
