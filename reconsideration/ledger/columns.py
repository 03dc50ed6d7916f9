"""The ledger of reconsideration cases: its columns, and what its words stand for."""

from __future__ import annotations

from datetime import timedelta

from casemgr.cases.matters import Matter
from reconsideration.terms import ApplicationMethod, Outcome, Track

NUMBER = "案号"
COLUMNS = (
    NUMBER, "收到日期", "申请方式", "申请人", "申请人证件号码", "被申请人", "行政行为", "行政行为文号", "行政行为日期",
    "知道日期", "事项类别", "管理类别", "受理日期", "审理程序", "答复通知送达日期", "答复日期", "听证日期", "中止日期",
    "恢复日期", "延长天数", "决定文书号", "决定日期", "结案方式", "送达日期", "是否起诉", "承办人", "归档日期",
)  # fmt: skip
METHODS = {
    "当面": ApplicationMethod.IN_PERSON, "邮寄": ApplicationMethod.POST, "网络": ApplicationMethod.ONLINE,
    "口头": ApplicationMethod.ORAL, "经行政机关": ApplicationMethod.VIA_AGENCY,
}  # fmt: skip
TRACKS = {"普通": Track.ORDINARY, "简易": Track.SIMPLIFIED}
MATTERS = {
    "行政处罚": Matter.PENALTY, "行政强制措施": Matter.COERCIVE_MEASURE, "行政强制执行": Matter.COERCIVE_EXECUTION,
    "行政征收": Matter.EXPROPRIATION, "行政许可": Matter.LICENCE, "行政确权": Matter.RIGHT_DETERMINATION,
    "行政确认": Matter.CONFIRMATION, "行政不作为": Matter.OMISSION, "政府信息公开": Matter.DISCLOSURE,
    "举报投诉处理": Matter.COMPLAINT_HANDLING, "行政协议": Matter.AGREEMENT, "行政赔偿": Matter.STATE_COMPENSATION,
    "行政补偿": Matter.INDEMNITY, "工伤认定": Matter.WORK_INJURY, "其他": Matter.OTHER,
}  # fmt: skip
OUTCOMES = {
    "维持": Outcome.UPHELD, "撤销": Outcome.ANNULLED, "部分撤销": Outcome.PARTLY_ANNULLED, "变更": Outcome.CHANGED,
    "确认违法": Outcome.CONFIRMED_ILLEGAL, "确认无效": Outcome.CONFIRMED_VOID, "责令履行": Outcome.PERFORMANCE_ORDERED,
    "协议责任": Outcome.AGREEMENT_LIABILITY, "赔偿": Outcome.COMPENSATION, "驳回请求": Outcome.REQUEST_REJECTED,
    "驳回申请": Outcome.APPLICATION_DISMISSED, "不予受理": Outcome.NOT_ACCEPTED, "告知不再处理": Outcome.NOT_HANDLED,
    "视为放弃": Outcome.ABANDONED, "终止": Outcome.TERMINATED, "调解": Outcome.MEDIATED,
    "提级移送": Outcome.TAKEN_UP,
}  # fmt: skip
# How a case ended, as the event that ended it and the one of its service
ENDED: dict[str, tuple[str, str]] = {
    Outcome.APPLICATION_DISMISSED: ("dismissed", "dismissal_served"),
    Outcome.NOT_ACCEPTED: ("refused", "refusal_served"),
    Outcome.NOT_HANDLED: ("not_handled", "not_handled_served"),
    Outcome.ABANDONED: ("abandoned", ""),
    Outcome.TERMINATED: ("terminated", "termination_served"),
    Outcome.MEDIATED: ("mediated", ""),
    Outcome.TAKEN_UP: ("handed_up", ""),
}
DECIDED = ("decided", "decision_served")
HAPPENED = {
    "收到日期": "received", "受理日期": "accepted", "答复通知送达日期": "copy_served", "答复日期": "reply_received",
    "听证日期": "hearing_held", "中止日期": "suspended", "恢复日期": "resumed", "归档日期": "archived",
}  # fmt: skip
YES, NO = "是", "否"
DAYS = (*HAPPENED, "决定日期", "送达日期")
ENDING = {"决定日期", "送达日期", "归档日期"}
IN_TRIAL = {"答复通知送达日期", "答复日期", "听证日期", "中止日期", "恢复日期"}
STILL_OPEN = timedelta(days=365)
NO_DAY = "台账未记载日期"
ENTRIES = {"number": NUMBER, "act_title": "行政行为", "act_number": "行政行为文号", "acted_on": "行政行为日期",
           "known_on": "知道日期"}  # fmt: skip
