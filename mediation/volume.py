"""The order of a mediation volume: the documents of the 2010 forms in the order of their use (dossier §2, D01–D22).

The rules of what must be in it come with the procedure itself: they hang on its course.
"""

from casemgr.documents.volumes.order import INTERNAL, Slot, VolumeOrder

VOLUME = VolumeOrder(
    name="人民调解卷宗",
    slots=(
        Slot("application", "人民调解申请书或者受理登记表", materials=("application",)),
        Slot("rights", "权利义务告知书"),
        Slot("identity", "当事人身份证明", materials=("identity",)),
        Slot("authority", "授权委托书、法定代表人证明"),
        Slot("representatives", "代表人推选书"),
        Slot("inquiries", "调查记录"),
        Slot("evidence", "证据材料", materials=("evidence",)),
        Slot("records", "调解记录", materials=("transcript",)),
        Slot("agreement", "人民调解协议书或者口头协议登记表"),
        Slot("performance", "履行凭证"),
        Slot("visits", "回访记录"),
        Slot("confirmation", "司法确认材料"),
        Slot("end", "终止调解、调解不成告知书"),
        Slot("refusal", "不予受理告知书、复函"),
        Slot("referral", "委派、委托函、接收回执、结果反馈函"),
        Slot("receipts", "送达回证"),
        Slot("closing", "结案报告表"),
        Slot("others", "其他材料", materials=("other",)),
        Slot("approvals", "审批表", INTERNAL),
        Slot("inner", "内部材料、激化风险报告单", INTERNAL),
    ),
    others="others",
    internal_others="inner",
    approvals="approvals",
    services="receipts",
    needs=lambda case: (),
)
