"""The ledger of the backlog: its columns, and what its words stand for."""

from __future__ import annotations

from litigation.models import BacklogItem

UNIT, NUMBER, KIND, DUTY = "责任单位", "法院案号", "裁判类型", "应履行内容"
COLUMNS = (
    UNIT, NUMBER, KIND, "裁判结果", "生效日期", "履行期满日", DUTY, "金额", "已履行金额", "包案领导", "化解措施",
    "完成时限", "销号日期", "销号依据", "备注",
)  # fmt: skip
K = BacklogItem.RulingKind
KINDS = {"行政": K.ADMINISTRATIVE, "行政赔偿": K.COMPENSATION, "民事": K.CIVIL, "劳动": K.LABOUR, "执行": K.EXECUTION,
         "其他": K.OTHER}  # fmt: skip
AMOUNTS = {"金额": "amount_yuan", "已履行金额": "performed_yuan"}
TEXTS = {NUMBER: "court_number", "裁判结果": "outcome", DUTY: "duty", "包案领导": "leader", "化解措施": "measure",
         "销号依据": "proof", "备注": "note"}  # fmt: skip
DAYS = {"生效日期": "effective_on", "履行期满日": "perform_due_on", "完成时限": "finish_on", "销号日期": "cleared_on"}
FIELDS = {name: column for column, name in (AMOUNTS | TEXTS | DAYS | {UNIT: "unit", KIND: "ruling_kind"}).items()}
"""From the form of `backlog.record_past_item` to the cells."""
