"""What a letter says: the facts of the register, the demand, and nothing the register does not hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from casemgr.documents.rendering import Cell, DocumentText, Section, SignatureBlock, Table, chinese_date
from casemgr.organisation.models import Unit
from casemgr.organisation.office import office_on
from litigation.backlog.clearance import Clearance
from litigation.backlog.figures import items_of
from litigation.backlog.letters.escalation import absences, pressed_items
from litigation.models import BacklogYear, UnitLetter
from litigation.models.pressing import PressingKind, PressingMatter

Kind, Matter = PressingKind, PressingMatter
TITLES = {Kind.REMINDER: "提醒函", Kind.LETTER: "督办函", Kind.INTERVIEW: "约谈通知书", Kind.CIRCULAR: "通报"}
SUBJECTS = {Matter.BACKLOG: "限期化解生效裁判积案", Matter.ABSENCE: "行政机关负责人未出庭应诉"}
EVERYBODY = "各苏木镇人民政府、街道办事处，旗直各部门、各单位"
HEADS = {
    Matter.BACKLOG: ("序号", "案号", "履行内容", "未履行金额（元）", "履行期满日"),
    Matter.ABSENCE: ("序号", "案号", "受诉法院", "首次开庭日", "情况"),
}
WIDTHS = {Matter.BACKLOG: (0.7, 2.6, 2.6, 1.7, 1.6), Matter.ABSENCE: (0.7, 2.9, 2.4, 1.6, 1.8)}
BACKLOG_DEMANDS = {
    Kind.REMINDER: "请对照上列清单逐案核对，明确包案领导和化解时限，抓紧履行。",
    Kind.LETTER: (
        "请于收到本函后立即研究，逐案制定履行方案，落实资金和责任人，按期履行完毕，并提交履行凭证，申请销号。"
    ),
    Kind.INTERVIEW: ("请准备逐案未履行的原因、已采取的措施、履行方案和完成时限的书面说明，由主要负责人到场说明情况。"),
    Kind.CIRCULAR: "请该单位立即整改，限期履行生效裁判；其他单位要引以为戒，对照自查。",
}
ABSENCE_DEMANDS = {
    Kind.REMINDER: "请切实落实行政机关负责人出庭应诉制度，提前安排后续开庭的出庭负责人。",
    Kind.LETTER: (
        "请书面说明负责人未出庭的原因，并报送后续开庭的出庭负责人名单；"
        "确有正当理由不能出庭的，依法向人民法院提交情况说明和证明材料。"
    ),
    Kind.INTERVIEW: "请准备负责人历次未出庭原因及整改措施的书面说明，由主要负责人到场说明情况。",
    Kind.CIRCULAR: "请该单位立即整改，依法出庭应诉；其他单位要引以为戒，做到应出尽出。",
}
DEMANDS = {Matter.BACKLOG: BACKLOG_DEMANDS, Matter.ABSENCE: ABSENCE_DEMANDS}
"""The usual demand, proposed with a new draft and changed at will."""


def facts_for(unit: Unit, year: BacklogYear, matter: str, user: Any, today: date) -> dict[str, Any]:
    """What the register says of the unit on the day: `rows` the letter lists, and its figures."""
    if matter == Matter.ABSENCE:
        found = absences(year.year, user, today).get(unit, [])
        rows = [
            {
                "number": str(one.in_instance), "what": one.in_instance.court, "amount": one.heard_on.isoformat(),
                "day": "、".join(one.words) or "负责人未出庭", "case": one.in_instance.case_id,
            }
            for one in found
        ]  # fmt: skip
        return {"rows": rows}
    items = pressed_items(year, today).get(unit, [])
    rows = [
        {
            "number": item.court_number, "what": item.duty, "day": item.perform_due_on.isoformat(), "item": item.pk,
            "amount": f"{item.open_yuan:f}" if item.open_yuan else "—",
        }
        for item in items
    ]  # fmt: skip
    base = items_of(year, "base", today).of_unit(unit.pk).count() if year.snapshot_on is not None else 0
    cleared = items_of(year, "cleared", today).of_unit(unit.pk).count() if year.snapshot_on is not None else 0
    owed = sum((item.open_yuan or Decimal(0) for item in items), Decimal("0.00"))
    return {"rows": rows, "base": base, "cleared": cleared, "owed": f"{owed:f}"}


def definition_of(letter: UnitLetter, on: date | None) -> DocumentText:
    """The letter as it is printed; without `on`, room is left for its day."""
    kind, matter = Kind(letter.kind), Matter(letter.matter)
    office = office_on(on or letter.drafted_on).office
    to_all = kind == Kind.CIRCULAR
    sections = [
        Section(text=_introduction(letter, letter.facts), blocks=(_table(matter, letter.facts["rows"]),)),
        Section(text=_demand(letter)),
    ]
    return DocumentText(
        title=f"关于{letter.unit.name if to_all else ''}{SUBJECTS[matter]}{'情况' if to_all else ''}的{TITLES[kind]}",
        issuer=office,
        number=letter.number.text if letter.number is not None else "",
        addressee=EVERYBODY if to_all else letter.unit.name,
        sections=tuple(sections),
        signature_block=SignatureBlock(office, on),
        copies_to=(letter.unit.name,) if to_all else (),
    )


def _introduction(letter: UnitLetter, facts: Mapping[str, Any]) -> str:
    who = letter.unit.name if letter.kind == Kind.CIRCULAR else "你单位"
    day = chinese_date(letter.drafted_on)
    count = len(facts["rows"])
    if letter.matter == Matter.ABSENCE:
        return (
            "《中华人民共和国行政诉讼法》第三条第三款规定，被诉行政机关负责人应当出庭应诉。"
            f"截至{day}，{who}本年度有{count}件行政诉讼案件负责人无正当理由未出庭，具体如下："
        )
    year = letter.year
    figure = Clearance(facts["base"], facts["cleared"], year.target)
    percent = "" if figure.percent is None else f"，化解率{figure.percent}%"
    return (
        "当事人必须履行人民法院发生法律效力的裁判文书。"
        f"根据《{year.basis.strip('《》')}》，{year.year}年度积案须于{chinese_date(year.target_on)}前化解{year.target.normalize():f}%。"
        f"截至{day}，{who}列入底数{facts['base']}件，已销号{facts['cleared']}件{percent}；"
        f"尚未履行{count}件，未履行金额合计{facts['owed']}元，具体如下："
    )


def _table(matter: PressingMatter, rows: list[Mapping[str, Any]]) -> Table:
    head = tuple(Cell(text, label=True) for text in HEADS[matter])
    body = [
        (
            Cell(str(number), align="center"), Cell(row["number"]), Cell(row["what"]),
            Cell(_short(row["amount"]), align="right"), Cell(_short(row["day"]), align="center"),
        )
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip
    return Table(rows=(head, *body), widths=WIDTHS[matter], header_rows=1)


def _short(text: str) -> str:
    """A day as 2026.2.3, so that it keeps to its line; anything else as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.year}.{day.month}.{day.day}"


def _demand(letter: UnitLetter) -> str:
    lines = [line.strip() for line in letter.demands.splitlines() if line.strip()]
    if letter.kind == Kind.INTERVIEW and letter.meeting:
        lines.insert(0, f"现决定对你单位进行约谈，时间、地点：{letter.meeting}。")
    if letter.answer_by is not None:
        lines.append(f"请于{chinese_date(letter.answer_by)}前将办理情况书面报我局。")
    lines.append({Kind.CIRCULAR: "特此通报。", Kind.INTERVIEW: "特此通知。"}.get(Kind(letter.kind), "特此函告。"))
    return "\n".join(lines)


__all__ = ["DEMANDS", "definition_of", "facts_for"]
