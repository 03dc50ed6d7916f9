"""The ledger of suits: its columns, and what its words stand for."""

from __future__ import annotations

from datetime import timedelta

from litigation.terms import Level, Outcome, PaperKind

NUMBER, LEVEL, PLAINTIFF, DEFENDANT, THIRD = "法院案号", "审级", "原告", "被告", "第三人"
COURT = "受理法院"
CAUSE, OWED, HEAD, POST, REASON = "案由", "应出庭机关", "出庭负责人", "出庭负责人职务", "未出庭理由"
PAPER, OUTCOME, RECONSIDERATION, RESPONSIBLE = "裁判文书类型", "裁判结果", "关联复议案号", "责任单位"
COLUMNS = (
    NUMBER, LEVEL, COURT, PLAINTIFF, DEFENDANT, THIRD, CAUSE, "收到起诉状日期", "答辩日期", "开庭日期", OWED, HEAD,
    POST, REASON, PAPER, OUTCOME, "裁判送达日期", "上诉日期", "生效日期", RECONSIDERATION, RESPONSIBLE,
)  # fmt: skip
LEVELS = {"一审": Level.FIRST, "二审": Level.SECOND, "再审": Level.RETRIAL, "非诉审查": Level.REVIEW,
          "执行": Level.EXECUTION}  # fmt: skip
PAPERS = {"判决书": PaperKind.JUDGMENT, "裁定书": PaperKind.RULING, "调解书": PaperKind.MEDIATION}
OUTCOMES = {
    "驳回诉讼请求": Outcome.CLAIM_REJECTED, "驳回起诉": Outcome.DISMISSED, "撤销": Outcome.ANNULLED,
    "撤销并责令重作": Outcome.ANNULLED_REDO, "部分撤销": Outcome.PARTLY_ANNULLED, "责令履行": Outcome.DUTY,
    "给付": Outcome.PAYMENT, "变更": Outcome.CHANGED, "确认违法": Outcome.CONFIRMED_ILLEGAL,
    "确认无效": Outcome.CONFIRMED_VOID, "协议履行或补偿": Outcome.AGREEMENT, "准许撤诉": Outcome.WITHDRAWN,
    "终结": Outcome.ENDED, "调解": Outcome.MEDIATED, "移送": Outcome.TRANSFERRED, "维持原判": Outcome.UPHELD,
    "改判": Outcome.REVERSED, "发回重审": Outcome.REMANDED, "不予立案": Outcome.NOT_FILED,
    "准予执行": Outcome.ENFORCEMENT_ALLOWED, "不准予执行": Outcome.ENFORCEMENT_REFUSED,
}  # fmt: skip
DAYS = {
    "收到起诉状日期": "received_on", "答辩日期": "answered_on", "裁判送达日期": "served_on",
    "上诉日期": "appealed_on", "生效日期": "effective_on",
}  # fmt: skip
HEARD = "开庭日期"
SIDES = ((PLAINTIFF, "applicant"), (DEFENDANT, "respondent"), (THIRD, "third_party"))
HEADS = (OWED, HEAD, POST, REASON)
STILL_OPEN = timedelta(days=365)
CAN_RUN = (Level.FIRST, Level.SECOND, Level.RETRIAL)
"""Of an enforcement the columns tell too little for a clock."""
FIELDS = {
    "court_number": NUMBER, "level": LEVEL, "court": COURT, "cause": CAUSE, "kind": PAPER, "outcome": OUTCOME,
    "heard_on": HEARD, "unheard": REASON, "reconsideration_number": RECONSIDERATION, "responsible": RESPONSIBLE,
    **{name: column for column, name in DAYS.items()},
}  # fmt: skip
"""From the form of `record_past_case` to the cells."""


def column_of(name: str) -> str:
    """The cell of an entry that was refused."""
    if name.startswith("agencies"):
        return DEFENDANT
    if name.startswith("heads"):
        return HEAD
    return PLAINTIFF if name.startswith("people") else FIELDS.get(name, "")
