"""The form on which clearance is approved (销号审批表), and the ledger of items (积案台账) on paper and as Excel."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from casemgr.documents.rendering import Cell, DocumentText, KeyValues, Section, Table, chinese_date
from casemgr.organisation.office import office_on
from casemgr.pages.sheets.writing import Sheet, workbook
from litigation.models import BacklogItem, BacklogMeasure

MOST = 3_000
"""Items in one ledger: many times a banner's stock."""
HEADINGS = (
    *("序号", "积案编号", "责任单位", "包案领导", "裁判类型", "案号", "权利人", "履行内容", "生效日", "履行期满日"),
    *("应履行（元）", "已履行（元）", "化解时限", "状态", "销号日"),
)
WIDTHS = (1.6, 3.4, 4.2, 2.4, 2.2, 4.9, 3.8, 4.6, 3.1, 3.1, 3.6, 3.6, 3.1, 2.4, 3.1)
ROOM = "\n\n签名：　　　　　　　　　　　年　　月　　日"


def _day(day: date | None) -> str:
    return chinese_date(day) if day is not None else ""


def _yuan(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:f}"


def _measure(row: BacklogMeasure) -> str:
    amount = f"（{row.amount_yuan:f}元）" if row.amount_yuan else ""
    return f"{row.on:%Y-%m-%d} {row.get_kind_display()}：{row.text}{amount}"


def clearance_form(item: BacklogItem, today: date) -> DocumentText:
    """The item, what was done, and its proof; opinions that are not given yet leave room to sign by hand."""
    units = "、".join([item.unit.name, *(one.unit.name for one in item.joint_units.select_related("unit"))])
    measures = "\n".join(_measure(row) for row in item.measures.order_by("on", "pk"))
    proofs = [item.proof, *(one.title for one in item.proofs.living())]
    proofs += [one.material.title for one in item.proof_papers.select_related("material")]
    decided = f"{item.finding}\n\n{_day(item.cleared_on)}履行完毕，同意销号。" if item.state == "cleared" else ROOM
    rows: list[tuple[tuple[Cell, ...], float]] = [
        (_pair("责任单位", units, "包案领导", item.leader), 10),
        (_pair("案号", item.court_number, "裁判类型", str(item.get_ruling_kind_display())), 10),
        (_pair("审理法院", item.court, "权利人", item.creditor), 10),
        (_pair("生效日", _day(item.effective_on), "履行期满日", _day(item.perform_due_on)), 10),
        (_wide("履行内容", item.duty), 16),
        (_pair("应履行金额", _yuan(item.amount_yuan), "已履行金额", _yuan(item.performed_yuan)), 10),
        (_wide("化解措施", measures), 30),
        (_pair("履行完毕日", _day(item.performed_on), "提请销号日", _day(item.claimed_on)), 10),
        (_wide("证明材料", "\n".join(text for text in proofs if text)), 20),
        (_wide("责任单位意见", ROOM), 30),
        (_wide("审核意见", decided), 30),
        (_wide("审批意见", ROOM), 30),
    ]
    table = Table(
        rows=tuple(cells for cells, _height in rows),
        widths=(1.2, 2.6, 1.2, 2.0),
        heights=tuple(height for _cells, height in rows),
    )
    return DocumentText(
        title="生效裁判积案销号审批表",
        issuer=office_on(today).office,
        sections=(Section(text=f"积案编号：{item}", blocks=(table,)),),
        seal_place=False,
        kind="record",
        subject=str(item),
    )


def _pair(one: str, text: str, other: str, more: str) -> tuple[Cell, ...]:
    return (Cell(one, label=True), Cell(text), Cell(other, label=True), Cell(more))


def _wide(label: str, text: str) -> tuple[Cell, ...]:
    return (Cell(label, label=True), Cell(text, span=3))


def _lines(items: Iterable[BacklogItem]) -> list[tuple[str | int | date, ...]]:
    return [
        (
            *(number, str(item), item.unit.name, item.leader, str(item.get_ruling_kind_display())),
            *(item.court_number, item.creditor, item.duty, item.effective_on, item.perform_due_on),
            *(_yuan(item.amount_yuan), _yuan(item.performed_yuan), item.finish_on or ""),
            *(str(item.get_state_display()), item.cleared_on or ""),
        )
        for number, item in enumerate(items, 1)
    ]


def _printed(value: str | int | date) -> str:
    """Days as 2026.2.3: they keep to one line."""
    return f"{value.year}.{value.month}.{value.day}" if isinstance(value, date) else str(value)


def ledger(items: list[BacklogItem], title: str, today: date) -> DocumentText:
    """The table on A4 across."""
    head = tuple(Cell(text, label=True) for text in HEADINGS)
    body = [tuple(Cell(_printed(value)) for value in line) for line in _lines(items)]
    cleared = sum(item.state == "cleared" for item in items)
    pairs = (("件数", f"{len(items)}件，其中已销号{cleared}件"), ("打印日期", chinese_date(today)))
    return DocumentText(
        title=title,
        issuer=office_on(today).office,
        kind="figures",
        seal_place=False,
        sections=(
            Section(blocks=(KeyValues(pairs),)),
            Section(blocks=(Table((head, *body), widths=WIDTHS, header_rows=1),)),
        ),
    )


def ledger_workbook(items: list[BacklogItem]) -> bytes:
    return workbook([Sheet("积案台账", HEADINGS, _lines(items))])


__all__ = ["MOST", "clearance_form", "ledger", "ledger_workbook"]
