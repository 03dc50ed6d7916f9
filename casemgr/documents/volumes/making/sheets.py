"""The sheets a volume consists of beside its papers: cover, catalogue, note at the end, and a sheet for what cannot be
shown. Their words are Chinese, as on every paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from casemgr.documents.rendering import Cell, DocumentText, Section, SignLines, Table, chinese_date, render_pdf
from casemgr.documents.volumes.models import Carrier
from casemgr.documents.volumes.models.retention import CHINESE
from casemgr.documents.volumes.order import PART_NAMES

CARRIER_WORDS = {
    Carrier.PAPER: "纸质材料",
    Carrier.DISC: "光盘或其他实物载体",
    Carrier.INERT: "不能按页显示的电子文件",
}


@dataclass(frozen=True)
class CoverText:
    """What the cover says. `facts`: the lines of the case, label and value."""

    name: str
    office: str
    part: str
    number: int
    case_number: str
    title: str
    archive_number: str
    facts: tuple[tuple[str, str], ...]
    term: str
    keep_until: date | None
    pages: str
    compiler: str
    on: date


@dataclass(frozen=True)
class Line:
    """One line of the catalogue."""

    title: str
    number_text: str
    author: str
    dated_on: date | None
    pages: str
    note: str


def volume_name(name: str, part: str, number: int) -> str:
    """行政复议案卷（正卷）, …补充卷第1册"""
    added = f" 补充卷第{number - 1}册" if number > 1 else ""
    return f"{name}（{PART_NAMES[part]}）{added}"


def cover(text: CoverText) -> bytes:
    until = f"（至{chinese_date(text.keep_until)}）" if text.keep_until else ""
    pairs = [
        ("案　　号", text.case_number),
        ("题　　名", text.title),
        *text.facts,
        ("归 档 号", text.archive_number or "（归档时编）"),
        ("保管期限", f"{CHINESE[text.term]}{until}"),
        ("本卷页数", text.pages),
        ("立 卷 人", text.compiler),
        ("立卷日期", chinese_date(text.on)),
    ]
    rows = tuple((Cell(label, label=True), Cell(value)) for label, value in pairs)
    table = Table(rows, widths=(1, 3.4), heights=(11.0,) * len(rows))
    return _sheet(
        volume_name(text.name, text.part, text.number).replace("（", "\n（", 1),
        text.office,
        (Section(blocks=(table,)),),
    )


def catalogue(title: str, case_number: str, lines: Sequence[Line]) -> bytes:
    heads = ("序号", "文号", "责任者", "题名", "日期", "页号", "备注")
    rows = [tuple(Cell(head, label=True) for head in heads)]
    for number, line in enumerate(lines, 1):
        rows.append(
            (
                Cell(str(number), align="center"),
                Cell(line.number_text),
                Cell(line.author),
                Cell(line.title),
                Cell(_short(line.dated_on), align="center"),
                Cell(line.pages, align="center"),
                Cell(line.note),
            )
        )
    table = Table(tuple(rows), widths=(0.9, 2.1, 1.6, 3.0, 2.2, 1.5, 1.4), header_rows=1)
    return _sheet("卷内目录", "", (Section(f"{title}　{case_number}", blocks=(table,)),))


def copy_list(heading: Sequence[tuple[str, str]], lines: Sequence[Line]) -> bytes:
    """The first sheet of a copy for inspection: for whom, on what basis, what it holds."""
    particulars = Table(tuple((Cell(label, label=True), Cell(value)) for label, value in heading), widths=(1, 3.4))
    rows = [tuple(Cell(head, label=True) for head in ("序号", "文号", "题名", "页号"))]
    for number, line in enumerate(lines, 1):
        rows.append(
            (
                Cell(str(number), align="center"),
                Cell(line.number_text),
                Cell(line.title),
                Cell(line.pages, align="center"),
            )
        )
    listed = Table(tuple(rows), widths=(0.8, 2.6, 5, 1.2), header_rows=1)
    return _sheet("阅卷复制件", "", (Section(blocks=(particulars,)), Section(heading="复制材料目录", blocks=(listed,))))


def closing_note(title: str, case_number: str, said: Iterable[str], compiler: str, on: date) -> bytes:
    """备考表: how many pages there are, what is lacking and why, what is only on paper."""
    lines = "\n".join(said)
    signs = SignLines((f"立卷人（{compiler}）", "检查人"), dated=False)
    sections = (
        Section(f"{title}　{case_number}"),
        Section(lines, heading="本卷情况说明"),
        Section(f"立卷时间：{chinese_date(on)}", blocks=(signs,)),
    )
    return _sheet("卷内备考表", "", sections)


def back_cover(title: str, case_number: str, office: str) -> bytes:
    """封底: what lies in a pile of files upside down is still known by it."""
    return _sheet(office, "", (Section(f"{title}　{case_number}"),))


def stand_in(title: str, carrier: str, pages: str, said: Iterable[str]) -> bytes:
    """The sheet in the place of what lies on paper or cannot be shown."""
    rows = [("材料名称", title), ("载　　体", CARRIER_WORDS[carrier]), ("页　　号", pages)]
    table = Table(tuple((Cell(label, label=True), Cell(value)) for label, value in rows), widths=(1, 3.4))
    return _sheet("替 代 页", "", (Section(blocks=(table,)), Section("\n".join(said))))


def _sheet(title: str, office: str, sections: tuple[Section, ...]) -> bytes:
    definition = DocumentText(title=title, issuer=office, kind="record", seal_place=False, sections=sections)
    return render_pdf(definition, numbered=False)


def _short(on: date | None) -> str:
    return f"{on.year}.{on.month:02d}.{on.day:02d}" if on else ""
