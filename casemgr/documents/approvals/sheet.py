"""审批表: who drafted, examined and signed a paper, with opinions and days; printable while cells are still open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from casemgr.documents.approvals.models import Approval
from casemgr.documents.approvals.rounds import Level, Outcome, Round, digest_of, rounds_of, text_of
from casemgr.documents.definition import issuer_of
from casemgr.documents.models import Document
from casemgr.documents.rendering import Cell, DocumentText, Section, Table, chinese_date

IN_SECOND_VOLUME = True
"""The sheet belongs to the 副卷: internal opinions are not shown to parties who inspect the file."""

_LEVELS = {Level.DRAFT: "拟稿", Level.EXAMINE: "审核", Level.SIGN: "签发"}
_OUTCOMES = {
    Outcome.SUBMITTED: "送审",
    Outcome.PASSED: "审核通过",
    Outcome.SIGNED: "签发",
    Outcome.RETURNED: "退回修改",
}

_UNSAID = {Outcome.PASSED: "同意。", Outcome.SIGNED: "同意。"}
"""Passing and signing are consent, also without a word."""


def approval_sheet(document: Document) -> DocumentText:
    """The sheet as a paper of its own, for PDF and Word; see `IN_SECOND_VOLUME`."""
    rounds = rounds_of(document)
    parts = [Section(blocks=(_form(document, rounds),))]
    if any(one.returned for one in rounds) or len(rounds) > 1:
        parts.append(Section(heading="历次审批记录", blocks=(_course(rounds),)))
    return DocumentText(
        title="文书审批表",
        issuer=issuer_of(document),
        sections=tuple(parts),
        seal_place=False,
        kind="record",
        subject=document.case.number,
    )


def _label(text: str) -> Cell:
    return Cell(text, label=True)


def _form(document: Document, rounds: list[Round]) -> Table:
    kind, case = document.kind_info, document.case
    submitted = _last(rounds, Outcome.SUBMITTED)
    drafted = document.author.full_name or document.author.username
    rows: list[tuple[Cell, ...]] = [
        (_label("文书名称"), Cell(document.title), _label("文号"), Cell(document.number_text)),
        (_label("案号"), Cell(case.number), _label("主送"), Cell(document.addressee)),
        (_label("案件名称"), Cell(case.title, span=3)),
    ]
    if document.corrects_id:
        rows.append((_label("更正的文书"), Cell(str(document.corrects), span=3)))
    rows += [(_label(title), Cell(text, span=3)) for title, text in kind.enclosures(case)]
    rows += [
        (_label("拟稿人"), Cell(drafted), _label("送审日期"), Cell(_day(submitted))),
        (_label("拟稿意见"), _opinion(submitted)),
    ]
    if kind.reviewer_roles:
        rows.append((_label("审核意见"), _opinion(_standing(rounds, Level.EXAMINE))))
    if kind.signer_roles:
        rows.append((_label("签发意见"), _opinion(_standing(rounds, Level.SIGN))))
    rows.append((_label("编号用印"), Cell(_issue(document), span=3)))
    if judged := _last(rounds, Outcome.SIGNED):
        same = "与签发稿一致" if judged.digest == digest_of(text_of(document)) else "与签发稿不一致"
        rows.append((_label("文稿校验"), Cell(f"{same}（SHA-256：{judged.digest[:16]}）", span=3)))
    high = {"拟稿意见": 30.0, "审核意见": 38.0, "签发意见": 38.0}
    heights = tuple(high.get(row[0].text, 10.0) for row in rows)
    return Table(rows=tuple(rows), widths=(1.2, 2.6, 1.1, 2.1), heights=heights)


def _standing(rounds: list[Round], level: str) -> Approval | None:
    """What counts at this level now. A return ends the round: what was passed or signed before it has fallen."""
    rows = _rows_now(rounds)
    return next((row for row in reversed(rows) if row.level == level), None)


def _rows_now(rounds: list[Round]) -> tuple[Approval, ...]:
    if not rounds:
        return ()
    fallen = (Outcome.PASSED, Outcome.SIGNED) if rounds[-1].returned else ()
    return tuple(row for row in rounds[-1].rows if row.outcome not in fallen)


def _opinion(row: Approval | None) -> Cell:
    """Opinion, name and day; empty while it is open, with room to sign by hand."""
    if row is None:
        return Cell("\n\n签名：　　　　　　　　　　　年　　月　　日", span=3)
    said = row.opinion or _UNSAID.get(row.outcome, "")
    outcome = "（退回修改）" if row.outcome == Outcome.RETURNED else ""
    own = "（本人拟稿）" if row.is_own else ""
    return Cell(f"{outcome}{said}\n\n{row.name}{own}　　{chinese_date(row.on)}", span=3)


def _issue(document: Document) -> str:
    if document.issued_on is None:
        return ""
    seal = f"，加盖{document.seal_name}印章" if document.seal_name else ""
    return f"{chinese_date(document.issued_on)}印发{seal}"


def _course(rounds: Iterable[Round]) -> Table:
    head = tuple(Cell(text, label=True) for text in ("轮次", "环节", "姓名", "日期", "结果", "意见"))
    rows = [
        (
            Cell(str(one.number), align="center"),
            Cell(_LEVELS[Level(row.level)], align="center"),
            Cell(row.name, align="center"),
            Cell(_short(row.on), align="center"),
            Cell(_OUTCOMES[Outcome(row.outcome)], align="center"),
            Cell(row.opinion),
        )
        for one in rounds
        for row in one.rows
    ]
    return Table(rows=(head, *rows), widths=(0.7, 0.8, 1.2, 1.5, 1.3, 3.4), header_rows=1)


def _short(day: date) -> str:
    return f"{day.year}.{day.month}.{day.day}"


def _last(rounds: list[Round], outcome: str) -> Approval | None:
    """The entry with this outcome in the present round."""
    return next((row for row in _rows_now(rounds) if row.outcome == outcome), None)


def _day(row: Approval | None) -> str:
    return chinese_date(row.on) if row else ""
