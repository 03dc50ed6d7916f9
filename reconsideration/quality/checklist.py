"""The first checklist of the review of files: a proposal by the order of the procedure, which the office changes by a
new version."""

from __future__ import annotations

from datetime import date
from typing import Any

TITLE = "达拉特旗行政复议案卷评查标准（第一版）"
FROM = date(2026, 1, 1)
TOTAL = 100

_ROWS = """
A1|收件受理|申请材料收件登记完整，五个工作日内作出受理、补正或者不予受理的处理|8|行政复议法30
A2|收件受理|补正通知一次性载明全部需要补正的事项|4|行政复议法31
A3|收件受理|受理条件逐项审查并有记录|4|行政复议法30
B1|办理期限|在法定期限内发送答复通知书和副本|5|行政复议法48、54
B2|办理期限|在法定期限内作出行政复议决定；延期、中止依法办理并通知当事人|10|行政复议法39、62
C1|听取意见|普通程序案件听取当事人意见并有记录|8|行政复议法49
D1|听证咨询|应当听证的案件组织听证，提前五个工作日通知，笔录完整|6|行政复议法50、51
D2|听证咨询|应当提请行政复议委员会咨询的案件已提请，咨询意见附卷并说明采纳情况|6|行政复议法52；实施条例52
E1|证据调查|证据按当事人列目，逐件记明来源、证明目的、质证意见和审查认定|8|行政复议法43
E2|证据调查|调查取证不少于两人并出示证件，笔录签名齐全|5|行政复议法45
F1|决定说理|事实认定清楚，依据准确，争议焦点逐一回应|12|行政复议法61、75
F2|决定说理|决定结果与法定情形相符，主文明确可执行|8|行政复议法63至72
G1|文书送达|文书种类齐全、格式规范、审批签发手续完备|6|行政复议法61、75
G2|文书送达|逐人送达，送达回证填写完整，告知诉权和期限|5|行政复议法75；民事诉讼法87
H1|立卷归档|正卷、副卷分立，目录页码相符，材料齐全，按期归档|5|行政复议案卷归档要求
"""


def parse(text: str) -> list[dict[str, Any]]:
    """Rows code|group|text|points|basis, one a line. :raises ValueError: a line is incomplete or no number."""
    found = []
    for line in filter(None, (line.strip() for line in text.replace("｜", "|").splitlines())):
        code, group, said, points, *basis = (piece.strip() for piece in line.split("|"))
        if not (code and group and said):
            raise ValueError(line)
        found.append({"code": code, "group": group, "text": said, "points": int(points), "basis": "".join(basis)})
    return found


def as_text(items: list[dict[str, Any]]) -> str:
    return "\n".join("|".join(str(row[name]) for name in ("code", "group", "text", "points", "basis")) for row in items)


FIRST = parse(_ROWS)
"""Its points add up to 100."""
__all__ = ["FIRST", "FROM", "TITLE", "TOTAL", "as_text", "parse"]
