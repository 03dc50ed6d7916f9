"""申请材料收件回执: what came in, and when."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, DocumentKind, KindForm, Missing, Part
from casemgr.documents.rendering import Cell, KeyValues, SignLines, Table, chinese_date
from reconsideration.documents import organs, series
from reconsideration.documents.casefile import METHOD_WORDS, CaseFile, lines


class ReceiptForm(KindForm):
    materials = forms.CharField(
        label=_("Papers received, one a line"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Name, then the number of copies after a comma, like: 行政复议申请书，2份"),
    )


def compose(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    note = (
        f"以上材料已于{chinese_date(file.received_on)}收到。本回执不表示行政复议申请已经受理；行政复议机关将依照"
        "《中华人民共和国行政复议法》第三十条的规定，自收到申请之日起五日（工作日）内审查是否受理。"
    )
    progress = "需要自行查询办理进度的，可以向本机关领取查询码单，凭查询码和约定的核对词在行政复议公开网站查询。"
    return Composed((Part("particulars"), Part("note", (note, progress))))


def blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    file = CaseFile(case)
    particulars = KeyValues(
        (
            ("申请人", file.applicant_names),
            ("被申请人", file.respondent_names),
            ("申请事项", file.complaint()),
            ("收到日期", chinese_date(file.received_on)),
            ("提交方式", METHOD_WORDS.get(file.facts.application_method, "")),
        )
    )
    rows = [
        (Cell("序号", label=True), Cell("材料名称", label=True), Cell("份数", label=True), Cell("备注", label=True))
    ]
    for number, line in enumerate(lines(data, "materials"), 1):
        name, copies = _copies(line)
        rows.append((Cell(str(number), align="center"), Cell(name), Cell(copies, align="center"), Cell("")))
    return {
        "particulars": (particulars, Table.of(*rows, widths=(1, 6, 1.4, 2), header_rows=1)),
        "note": (SignLines(("收件人", "提交人")),),
    }


def _copies(line: str) -> tuple[str, str]:
    for mark in ("，", ",", "　", " "):
        name, found, copies = line.rpartition(mark)
        if found and copies.strip("份 ").isdigit():
            return name.strip(), copies.strip("份 ")
    return line, "1"


def requires(case: Case, data: Data) -> list[Missing]:
    if lines(data, "materials"):
        return []
    return [Missing("materials", _("List the papers received."), field="materials")]


RECEIPT = DocumentKind(
    code="receipt",
    name=_("Receipt for the application"),
    title="行政复议申请材料收件回执",
    issuer=organs.OFFICE,
    compose=compose,
    blocks=blocks,
    states=("RECEIVED", "CORRECTING"),
    series=series.RECEIPT,
    signer_roles=(),
    form=ReceiptForm,
    recipients=lambda case: CaseFile(case).applicants,
    requires=requires,
    layout="receipt",
    primary=20,
)
