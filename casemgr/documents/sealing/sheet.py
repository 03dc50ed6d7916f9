"""The register on paper and as Excel: every numbered entry of a year, annulled ones with their reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from casemgr.documents.rendering import Cell, DocumentText, KeyValues, Section, Table, chinese_date, render_pdf
from casemgr.documents.sealing.models import SealUse
from casemgr.pages.sheets.writing import Sheet, workbook

HEADINGS = ("编号", "用印日期", "印章", "用印文书及文号", "份数", "用途", "批准人", "用印人", "备注")
PURPOSES = {
    SealUse.Purpose.PAPER: "案件文书",
    SealUse.Purpose.CERTIFICATE: "证明",
    SealUse.Purpose.LETTER: "函件、复函",
    SealUse.Purpose.AUTHORISATION: "授权委托、身份证明",
    SealUse.Purpose.OTHER: "其他完整文书",
}
WIDTHS = (10.2, 4.8, 9.7, 24.5, 3.2, 5.5, 4.6, 4.6, 8.8)


def lines(uses: Iterable[SealUse]) -> list[tuple[str, ...]]:
    """One line an entry, as the register shows it."""
    return [
        (
            use.number_text,
            f"{use.sealed_on:%Y-%m-%d}" if use.sealed_on else "",
            use.seal_name,
            f"{use.title}\n{use.paper_number}".strip(),
            str(use.copies),
            PURPOSES[use.purpose],
            use.approved_by.full_name if use.approved_by else "",
            use.sealed_by.full_name if use.sealed_by else "",
            f"已作废：{use.reason}" if use.status == SealUse.Status.ANNULLED else use.note,
        )
        for use in uses
    ]


def register_pdf(uses: list[SealUse], office: str, year: int, today: date) -> bytes:
    """The register of a year as PDF."""
    header = tuple(Cell(text, label=True) for text in HEADINGS)
    rows = [
        # The year stands in the heading: without it the day keeps to one line.
        (Cell(number), Cell(day.removeprefix(f"{year}-")), *(Cell(text.replace("\n", " ")) for text in rest))
        for number, day, *rest in lines(uses)
    ]
    waste = sum(use.status == SealUse.Status.ANNULLED for use in uses)
    pairs = (
        ("登记年度", f"{year}年"),
        ("登记数", f"{len(uses)}笔，其中作废{waste}笔"),
        ("打印日期", chinese_date(today)),
    )
    text = DocumentText(
        title="用印登记簿",
        issuer=office,
        kind="register",
        seal_place=False,
        sections=(
            Section(blocks=(KeyValues(pairs),)),
            Section(blocks=(Table((header, *rows), widths=WIDTHS, header_rows=1),)),
        ),
    )
    return render_pdf(text)


def register_excel(uses: list[SealUse]) -> bytes:
    return workbook([Sheet("用印登记", HEADINGS, lines(uses))])
